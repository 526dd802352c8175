/** Which rows of a group may depend on what rows before them write: then they are asked about when that is written. */
import { feedingParts } from "../columns/plan.ts";
import type { Cell, CsvRecord } from "../csv/record.ts";
import { classOf, isColumn, isGenerated, isNeverGiven } from "../model/look_up.ts";
import type { Attribute, ClassCode, Model, ModelClass } from "../model/model.ts";
import type { RoleOfColumn } from "./column_role.ts";
import { DefaultCells } from "./default_cells.ts";
import { areEmpty, type ExternalKeyResolver } from "./external_key.ts";
import { linksStandApart } from "./links_apart.ts";
import { isTraced } from "./own_targets.ts";
import { organizationIsInOthers, rootsOfDeletion, standsInOthers } from "./roots_behind.ts";
import type { RunContext } from "./run_context.ts";
import { WrittenNames } from "./written_names.ts";

/**
 * So many rows are read, asked about and written together. A power of two, because rows are inserted in such numbers. Four times as many
 * take 45 MiB more, and a tenth more time.
 */
export const ROWS_TOGETHER = 512;

/** Cuts records into parts; the rows of a part depend on each other by their reconciliation keys, and by external keys that are traced, only. */
export type PartsOf = (records: readonly CsvRecord[]) => readonly (readonly CsvRecord[])[];

/**
 * @param altered see `alteredRoots`
 * @param namesAreTold friendly names of new objects are told, as they are when the object is made
 */
export function createParts(
  context: RunContext,
  resolvers: readonly ExternalKeyResolver[],
  roles: readonly RoleOfColumn[],
  altered: ReadonlySet<ClassCode>,
  namesAreTold: boolean,
): PartsOf {
  const { root, code } = context.plan.class;
  const own = resolvers.filter((resolver) => [root, ...altered].some((one) => resolver.dependsOn(one)));
  // What a limited user may see may change with every object, where it decides on what others belong to.
  const mayHide = context.someObjectsAreHidden && (own.length > 0 || organizationIsInOthers(context.model, root));
  const mayRename = namesAreTold && standsInOthers(context.model, code, "friendlyname");
  if (
    allDepend(context, roles) || !linksStandApart(context, roles, altered) || altered.has(root) || mayHide || mayRename
  ) {
    return (records) => records.map((record) => [record]);
  }
  const feeding = own.filter((resolver) => !isTraced(context, resolver)).map(({ columns }) => feedingParts(columns));
  const defaults = DefaultCells.of(context.plan);
  const linkCells = roles.flatMap(({ cell, role }) => role.kind === "link_set" ? [cell] : []);
  const most = () => context.store.answersLater?.rowsTogether() ?? ROWS_TOGETHER;
  if (feeding.length === 0 && linkCells.length === 0) return (records) => inRows(records, most());
  const mayRefer = (cells: readonly Cell[]) => feeding.some((parts) => !areEmpty(parts, cells));
  const textOf = ({ cells }: CsvRecord) => linkCells.reduce((sum, cell) => sum + (cells[cell]?.length ?? 0), 0);
  return (records) => cut(records, ({ cells }) => mayRefer(defaults?.filled(cells) ?? cells), textOf, most());
}

/** The root classes of which a run writes objects. @param altered see `alteredRoots` */
export function writtenRoots(
  { plan, model, createTargets }: RunContext,
  roles: readonly RoleOfColumn[],
  altered: ReadonlySet<ClassCode>,
): readonly ClassCode[] {
  const links = roles.flatMap(({ role }) => role.kind === "link_set" ? [role.attribute.linkClass] : []);
  const created = plan.externalKeys.filter(({ key }) => createTargets.has(key.code))
    .map(({ key }) => classOf(model, key.target).root);
  return [
    plan.class.root,
    ...created,
    ...altered,
    ...rootsOfDeletion(model, links.map((code) => classOf(model, code).root)),
  ];
}

/** No record depends on another. */
function inRows(records: readonly CsvRecord[], most: number): readonly (readonly CsvRecord[])[] {
  const parts: (readonly CsvRecord[])[] = [];
  for (let start = 0; start < records.length; start += most) {
    parts.push(records.slice(start, start + most));
  }
  return parts;
}

/** So much text of link sets may a part have, in UTF-16 code units, or one row: some 400 links. */
const MOST_TEXT_OF_LINKS = 16 * 1024;

/**
 * A record of which nobody can tell to which of those before it it refers begins a new part.
 * @param textOf how much text of link sets a record has
 * @param most how many a part has, for as many times as much text
 */
function cut(
  records: readonly CsvRecord[],
  depends: (record: CsvRecord) => boolean,
  textOf: (record: CsvRecord) => number,
  most: number,
): readonly CsvRecord[][] {
  const mostText = MOST_TEXT_OF_LINKS * most / ROWS_TOGETHER;
  const parts: CsvRecord[][] = [];
  let text = 0;
  for (const record of records) {
    const last = parts.at(-1);
    text += textOf(record);
    if (last === undefined || last.length === most || text > mostText || depends(record)) {
      parts.push([record]);
      text = textOf(record);
    } else last.push(record);
  }
  return parts;
}

function allDepend(context: RunContext, roles: readonly RoleOfColumn[]): boolean {
  const { plan, model, rules } = context;
  // To compare a password is slow on purpose: nobody waits for those of many rows.
  const hasPasswords = roles.some(({ role }) => role.kind === "value" && role.attribute.kind === "password");
  const hasLinkSets = roles.some(({ role }) => role.kind === "link_set");
  // What is written cannot be told from the row's key: it may change with another attribute, or a subclass reads the cell otherwise.
  const hasOtherKeys = plan.keys.some((key) => {
    const attribute = key.kind === "attribute" ? key.attribute : key.kind === "external_key" ? key.columns.key : null;
    if (attribute === null) return false;
    if (isGenerated(attribute)) return true;
    if (attribute.kind === "friendly_name") return hasLinkSets || WrittenNames.of(context, plan.class.code) === null;
    return key.kind === "attribute" && (isNeverGiven(attribute) || isOverridden(model, plan.class, attribute));
  });
  return hasPasswords || hasOtherKeys || rules?.followEveryRow === true;
}

/** Whether a class below has this attribute with rules or words of its own. */
function isOverridden(model: Model, { concreteClasses }: ModelClass, attribute: Attribute): boolean {
  return isColumn(attribute) &&
    concreteClasses.some((code) => classOf(model, code).attributes.get(attribute.code) !== attribute);
}
