/** What an overlay says of a column, and what the column is: whether they go together. */
import { attributePath, itemPath, propertyPath } from "../file/json_path.ts";
import type { CheckList } from "./check_list.ts";
import type { ColumnKind } from "./column_kind.ts";
import type { ClassTable, ReportProblem } from "./derived_tables.ts";
import type { AttributeOverlay } from "./overlay_type.ts";
import { nearestName } from "../../nearest_name.ts";
import type { ColumnFacts } from "./schema_facts.ts";

export interface CheckedColumn {
  readonly table: ClassTable;
  readonly column: ColumnFacts;
  readonly overlay: AttributeOverlay;
  /** Null: it is an external key. */
  readonly kind: ColumnKind | null;
  readonly list: CheckList | undefined;
}

const TEXTS: ReadonlySet<string> = new Set(["string", "text", "html", "email", "phone", "url", "ip", "ipv4"]);

export function checkAttributeOverlay(
  { table, column, overlay, kind, list }: CheckedColumn,
  report: ReportProblem,
): void {
  const path = attributePath(table.facts.name, column.name);
  const found = kind?.kind ?? "external_key";
  const isDate = found === "date" || found === "datetime";
  const isStored = typeof overlay.stored === "string" ? isDate : found === "boolean";
  const wrong: readonly (readonly [keyof AttributeOverlay, boolean])[] = [
    ["stored", !isStored],
    ["values", found !== "enum"],
    ["length", !TEXTS.has(found)],
    ["empty", column.keyPlace > 0],
    ["null", column.keyPlace > 0 && overlay.null === true],
    ["default", column.isGenerated],
    ["generate", column.isGenerated],
  ];
  for (const [property, isWrong] of wrong) {
    if (!isWrong || overlay[property] === undefined) continue;
    report({
      kind: "not_for_kind",
      path: propertyPath(path, property),
      property,
      found: foundIn(column, property, found),
    });
  }
  if (kind?.kind === "enum") checkValues(overlay, list, propertyPath(path, "values"), report);
}

/** What the column is that does not go with the property. */
function foundIn({ isGenerated }: ColumnFacts, property: string, kind: string): string {
  if (property === "empty" || property === "null") return "primary_key";
  return isGenerated ? "generated" : kind;
}

function checkValues(
  { values = [] }: AttributeOverlay,
  list: CheckList | undefined,
  path: string,
  report: ReportProblem,
): void {
  if (list === undefined) return;
  const allowed = list.values.map(({ text }) => text);
  for (const [index, { code }] of values.entries()) {
    if (!allowed.includes(code)) report({ kind: "unknown_value", path: itemPath(path, index), found: code, allowed });
  }
}

/** Columns that the overlay names and the table does not have. */
export function checkColumnNames({ facts, overlay }: ClassTable, report: ReportProblem): void {
  const names = facts.columns.map(({ name }) => name);
  const unknown = (name: string, path: string) => {
    if (names.includes(name)) return;
    report({ kind: "unknown_column", path, table: facts.name, name, nearest: nearestName(name, names) });
  };
  for (const name of Object.keys(overlay.attributes ?? {})) unknown(name, attributePath(facts.name, name));
}
