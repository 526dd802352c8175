/** A table as a class of the model. */
import type { Attribute, ModelClass } from "../model.ts";
import { foldName } from "./ascii_names.ts";
import { derivedAttribute, labelsOf } from "./derived_attributes.ts";
import type { SettledColumn } from "./derived_columns.ts";
import type { ClassTable, ReportProblem } from "./derived_tables.ts";
import { friendlyNameOf } from "./friendly_name.ts";
import { jointKeyNames, keyNames } from "./key_names.ts";
import { defaultKeys } from "./key_sets.ts";
import { type LinkSet, linkSetAttribute } from "./link_tables.ts";
import { uniquenessRules } from "./unique_rules.ts";
import { ID } from "./attribute_codes.ts";
import type { Reference } from "./references.ts";

export interface ClassSource {
  readonly table: ClassTable;
  readonly columns: ReadonlyMap<string, SettledColumn>;
  readonly references: ReadonlyMap<string, Reference>;
  readonly linkSets: readonly LinkSet[];
  readonly codeIn: (table: ClassTable, column: string) => string;
}

export function derivedClass(source: ClassSource, report: ReportProblem): ModelClass {
  const { table, columns } = source;
  const { name } = table.facts;
  const { attributes, ambiguous } = attributesOf(source);
  const joint = jointKeyNames(table.facts);
  return {
    code: name,
    labels: labelsOf(name, table.overlay.labels),
    parent: null,
    root: name,
    abstract: false,
    ...defaultKeys(table, columns, report),
    ...table.key === null ? { hasNoIds: true } : {},
    friendlyName: friendlyNameOf(table, columns, report),
    uniquenessRules: uniquenessRules(table, columns),
    obsoleteWhen: null,
    organization: null,
    attributes: new Map(attributes.map((attribute) => [attribute.code, attribute])),
    concreteClasses: [name],
    ...ambiguous.size === 0 ? {} : { ambiguousNames: ambiguous },
    ...joint.size === 0 ? {} : { jointKeyNames: joint },
  };
}

function attributesOf({ table, columns, references, linkSets, codeIn }: ClassSource) {
  const { name } = table.facts;
  const settled = [...columns.values()];
  const taken = new Set(settled.flatMap(({ derived }) => [derived.attribute, derived.name]).map(foldName));
  const sets = linkSets.map((set) => linkSetAttribute(set, name, taken));
  const names = keyNames(settled.map(({ facts }) => facts.name), references, [ID, ...sets.map(({ code }) => code)]);
  const context = { table, codeIn, keyNames: names.names };
  const attributes: Attribute[] = [
    ...settled.flatMap((column) => derivedAttribute(column, context) ?? []),
    ...sets,
    friendlyName(name),
  ];
  return { attributes, ambiguous: names.ambiguous };
}

function friendlyName(declaredBy: string): Attribute {
  const code = "friendlyname";
  return { kind: "friendly_name", code, declaredBy, labels: new Map(), aliases: new Map(), isNameless: true };
}
