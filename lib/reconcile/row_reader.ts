/** Reads the cells of a row into the values that an object would get, and says what is wrong with each cell. */
import type { DirectColumn } from "../columns/plan.ts";
import type { Cell, CsvRecord } from "../csv/record.ts";
import * as sentences from "../messages/cells.ts";
import { isColumn } from "../model/look_up.ts";
import type { ClassCode, ExternalKeyAttribute, LinkSetAttribute, StoredValue } from "../model/model.ts";
import type { ObjectSearch } from "../store/objects.ts";
import type { ValueProblem, ValueReader } from "../values/value_reader.ts";
import { readerFor, type ValueAttribute } from "../values/reader_for.ts";
import type { ExternalKeyResolver } from "./external_key.ts";
import type { KeyTarget } from "./key_target.ts";
import { namesClass } from "./final_class.ts";
import { createLinkSetReader, type LinkSetPlan, type LinkSetReader } from "./link_set.ts";
import { createOwnAttributes, type OwnAttributes } from "./own_attributes.ts";
import type { RunContext } from "./run_context.ts";

/** What a direct column does. */
export type ColumnRole =
  /** Never written: `id`, computed attributes. */
  | { readonly kind: "shown" }
  | { readonly kind: "friendly_name" }
  | { readonly kind: "final_class" }
  /** The id of an external key, which is resolved with the key's other columns. */
  | { readonly kind: "external_key"; readonly key: ExternalKeyAttribute; readonly resolver: number }
  | { readonly kind: "link_set"; readonly attribute: LinkSetAttribute; readonly reader: LinkSetReader }
  | { readonly kind: "value"; readonly attribute: ValueAttribute; readonly reader: ValueReader };

export interface RoleOfColumn {
  readonly cell: number;
  readonly role: ColumnRole;
}

/** What the cells of one row say. */
export interface ReadRow {
  /** By the index of the resolver. */
  readonly targets: readonly KeyTarget[];
  /** Of direct columns, by cell; undefined where the cell is bad or holds no value. */
  readonly values: readonly (StoredValue | undefined)[];
  readonly linkSets: readonly LinkSetPlan[];
  /** What is wrong with direct columns, by cell: the whole text for the report's cell. */
  readonly problems: ReadonlyMap<number, string>;
}

/** The object that a row matched. */
export interface MatchedObject {
  readonly id: number;
  readonly class: ClassCode;
}

export interface RowReader {
  readonly roles: readonly RoleOfColumn[];
  /** Cells with wrong dates, by cell; they are looked at before everything else. */
  wrongDates(record: CsvRecord): ReadonlyMap<number, string>;
  /**
   * @param known external keys that were resolved already, by the index of the resolver
   * @param object null: it would be created
   */
  read(record: CsvRecord, known: readonly (KeyTarget | undefined)[], object: MatchedObject | null): ReadRow;
}

const NO_PROBLEMS: ReadonlyMap<number, string> = new Map();
/** Shared by all rows of a file without link sets, and so never added to. */
const NO_LINK_SETS: LinkSetPlan[] = [];

export function createRowReader(context: RunContext, resolvers: readonly ExternalKeyResolver[]): RowReader {
  const roles = context.plan.direct.map((column) => ({
    cell: column.cell,
    role: roleOf(context, column, resolvers),
  }));
  const explainId = idExplainer(context);
  const own = createOwnAttributes(context);
  const hasLinkSets = roles.some(({ role }) => role.kind === "link_set");
  const targetsOf = (
    { cells }: CsvRecord,
    known: readonly (KeyTarget | undefined)[],
    object: MatchedObject | null,
  ): readonly KeyTarget[] => {
    const targets: KeyTarget[] = [];
    for (const resolver of resolvers) {
      const target = known[targets.length] ?? resolver.resolve(cells, false);
      targets.push(ofOwnClass(own, resolver, object, target));
    }
    return targets;
  };
  return {
    roles,
    wrongDates: wrongDatesOf(roles),
    read(record, known, object) {
      const row: RowBeingRead = {
        object,
        own,
        targets: targetsOf(record, known, object),
        values: new Array(record.cells.length),
        linkSets: hasLinkSets ? [] : NO_LINK_SETS,
        problems: NO_PROBLEMS,
      };
      for (const { cell, role } of roles) {
        const text = record.cells[cell] ?? null;
        const problem = role.kind === "external_key" && row.targets[role.resolver]?.ok === false
          ? explainId(object === null ? role.key : own.keyOf(role.key, object.class), text)
          : readCell(context, row, cell, role, text);
        // Nearly every row is good: it must not cost a map.
        if (problem !== null) row.problems = new Map([...row.problems, [cell, problem]]);
      }
      return row;
    },
  };
}

/** A key that may be empty in the loaded class, but not in the object's own one. */
function ofOwnClass(
  own: OwnAttributes,
  { columns }: ExternalKeyResolver,
  object: MatchedObject | null,
  target: KeyTarget,
): KeyTarget {
  if (object === null || !target.ok || target.id !== null) return target;
  return own.keyOf(columns.key, object.class).nullAllowed ? target : { ok: false, text: sentences.keyIsNull() };
}

interface RowBeingRead extends ReadRow {
  readonly object: MatchedObject | null;
  readonly own: OwnAttributes;
  readonly values: (StoredValue | undefined)[];
  readonly linkSets: LinkSetPlan[];
  problems: ReadonlyMap<number, string>;
}

/** Notes what the cell holds; gives the text for the report when it is wrong. */
function readCell(context: RunContext, row: RowBeingRead, cell: number, role: ColumnRole, text: Cell): string | null {
  if (role.kind === "value") {
    // An empty password keeps the one that there is (golden decisions, b-att-password).
    if (role.attribute.kind === "password" && row.object !== null && (text ?? "") === "") return null;
    const { attribute, reader } = role;
    const ownReader = row.object === null ? reader : row.own.readerOf(attribute, reader, row.object.class);
    const parsed = ownReader.parse(text);
    if (!parsed.ok) return problemText(text, attribute.code, parsed.problem);
    row.values[cell] = parsed.value;
  } else if (role.kind === "link_set") {
    const result = role.reader.read(text, row.object?.id ?? null);
    if (!result.ok) return sentences.invalidCell(text, result.text);
    row.linkSets.push(result.plan);
  } else if (role.kind === "final_class") {
    return finalClassProblem(context, text, row.object?.class ?? context.plan.class.code);
  }
  return null;
}

function wrongDatesOf(roles: readonly RoleOfColumn[]): RowReader["wrongDates"] {
  const dates = roles.filter(({ role }) =>
    role.kind === "value" && (role.attribute.kind === "date" || role.attribute.kind === "datetime")
  );
  if (dates.length === 0) return () => NO_PROBLEMS;
  return (record) => {
    const problems = new Map<number, string>();
    for (const { cell, role } of dates) {
      if (role.kind !== "value") continue;
      const parsed = role.reader.parse(record.cells[cell] ?? null);
      if (parsed.ok || parsed.problem.kind !== "wrong_date") continue;
      problems.set(cell, problemText(record.cells[cell] ?? null, role.attribute.code, parsed.problem));
    }
    return problems;
  };
}

function problemText(cell: Cell, code: string, problem: ValueProblem): string {
  return sentences.invalidCell(cell, sentences.valueProblem(code, problem));
}

function roleOf(
  context: RunContext,
  column: DirectColumn,
  resolvers: readonly ExternalKeyResolver[],
): ColumnRole {
  const { attribute } = column;
  if (attribute === "id") return { kind: "shown" };
  if (attribute.kind === "friendly_name" || attribute.kind === "final_class") return { kind: attribute.kind };
  if (attribute.kind === "link_set") {
    return { kind: "link_set", attribute, reader: createLinkSetReader(context, attribute) };
  }
  if (attribute.kind === "external_key") {
    const resolver = resolvers.findIndex((candidate) => candidate.columns.key.code === attribute.code);
    if (resolver === -1) throw new Error(`no resolver for ${attribute.code}`);
    return { kind: "external_key", key: attribute, resolver };
  }
  if (!isColumn(attribute)) return { kind: "shown" };
  return { kind: "value", attribute, reader: readerFor(attribute, context) };
}

/** A class may be named, but only the object's own one. */
function finalClassProblem(context: RunContext, cell: Cell, actual: string): string | null {
  if (cell === null || cell === "" || namesClass(context, cell, actual)) return null;
  return problemText(cell, "finalclass", { kind: "value_not_allowed", found: cell });
}

/**
 * Says why the id of an external key that could not be resolved is wrong (golden b-key-id-and-attr, a-rep-external-key-not-found).
 * An object that the user may not see is no object here, so that nobody learns which ids there are.
 */
function idExplainer(context: RunContext): (key: ExternalKeyAttribute, cell: Cell) => string {
  const searches = new Map<string, ObjectSearch>();
  const exists = (target: string, id: number): boolean => {
    const search = searches.get(target) ??
      context.store.search({ class: target, conditions: ["id"], read: [], includeHidden: false });
    searches.set(target, search);
    return search.find([[id]])[0]?.kind === "one";
  };
  return (key, cell) => {
    const isNumber = cell !== null && /^-?\d{1,15}$/.test(cell) && Number(cell) !== 0;
    if (isNumber && !exists(key.target, Number(cell))) {
      return sentences.invalidCell(cell, sentences.targetNotFound(key.code, key.target, cell));
    }
    if (!isNumber && !key.nullAllowed) return problemText(cell, key.code, { kind: "null_not_allowed" });
    return sentences.invalidCell(cell, sentences.objectNotFound());
  };
}
