/** What a row is called where people read of it. */
import { attributesIn, hasLoneBrace, parseTemplate } from "../file/template.ts";
import { classPath, propertyPath } from "../file/json_path.ts";
import type { FriendlyNamePart } from "../model.ts";
import { nearestName } from "../../nearest_name.ts";
import { foldName } from "./ascii_names.ts";
import type { SettledColumn } from "./derived_columns.ts";
import { type ClassTable, isInPrimaryKey, type ReportProblem } from "./derived_tables.ts";

type Columns = ReadonlyMap<string, SettledColumn>;

export function friendlyNameOf(
  table: ClassTable,
  columns: Columns,
  report: ReportProblem,
): readonly FriendlyNamePart[] {
  const { friendlyName: template } = table.overlay;
  const parts = template === undefined ? null : templateParts(template, table, columns, report);
  return parts ?? joined(derivedName(table, [...columns.values()]));
}

/** Null: it cannot be used. */
function templateParts(
  template: string,
  { facts }: ClassTable,
  columns: Columns,
  report: ReportProblem,
): readonly FriendlyNamePart[] | null {
  const path = propertyPath(classPath(facts.name), "friendly_name");
  const parts = parseTemplate(template);
  const named = attributesIn(parts);
  if (hasLoneBrace(template) || named.length === 0) report({ kind: "bad_template", path, found: template });
  const known = facts.columns.map(({ name }) => name);
  const unknown = named.filter((name) => !known.includes(name));
  for (const name of unknown) {
    report({ kind: "unknown_column", path, table: facts.name, name, nearest: nearestName(name, known) });
  }
  if (unknown.length > 0 || hasLoneBrace(template) || named.length === 0) return null;
  return parts.map((part) =>
    "text" in part ? part : { attribute: columns.get(foldName(part.attribute))?.derived.attribute ?? part.attribute }
  );
}

/** The first text that is unique and always there, else one that is always there, else a unique one, else the key, else whatever comes first. */
function derivedName({ uniqueColumns, key }: ClassTable, columns: readonly SettledColumn[]): readonly SettledColumn[] {
  const texts = columns.filter(({ derived }) => derived.form.kind === "text");
  const isUnique = ({ facts }: SettledColumn) => uniqueColumns.has(foldName(facts.name));
  const isThere = ({ facts }: SettledColumn) => facts.isNotNull || isInPrimaryKey(facts);
  const best = texts.find((one) => isUnique(one) && isThere(one)) ??
    texts.find(({ facts }) => facts.isNotNull) ?? texts.find(isUnique);
  if (best !== undefined) return [best];
  const ofKey = columns.filter(({ facts, derived }) => key?.columns.includes(facts) === true && !isBytes({ derived }));
  return ofKey.length > 0 ? ofKey : columns.filter((column) => !isBytes(column)).slice(0, 1);
}

function isBytes({ derived }: Pick<SettledColumn, "derived">): boolean {
  return derived.form.kind === "bytes";
}

/** With a blank between. */
function joined(columns: readonly SettledColumn[]): readonly FriendlyNamePart[] {
  return columns.flatMap(({ derived: { attribute } }, index) =>
    index === 0 ? [{ attribute }] : [{ text: " " }, { attribute }]
  );
}
