/** Where the attributes of a class are, and how their values are stored. */
import { attributePath, propertyPath } from "../file/json_path.ts";
import { foldName } from "./ascii_names.ts";
import { checkLists, type ColumnKind, columnKind, formOf } from "./column_kind.ts";
import { declaredDecimal } from "./declared_type.ts";
import { affinityOf } from "./declared_type.ts";
import type { DerivedColumn } from "./derived_model.ts";
import { type ClassTable, isInPrimaryKey, type ReportProblem } from "./derived_tables.ts";
import type { AttributeOverlay } from "./overlay_type.ts";
import { checkAttributeOverlay } from "./overlay_checks.ts";
import type { Reference } from "./references.ts";
import type { ColumnFacts } from "./schema_facts.ts";

/** A column with all that its attribute is made of. */
export interface SettledColumn {
  readonly facts: ColumnFacts;
  readonly overlay: AttributeOverlay;
  readonly derived: DerivedColumn;
  /** Null: it is an external key. */
  readonly kind: ColumnKind | null;
  readonly reference: Reference | null;
}

/** All columns of a table, by folded name, in their order. @param codeIn of the attribute of a column */
export function settleColumns(
  table: ClassTable,
  references: ReadonlyMap<string, Reference>,
  codeIn: (table: ClassTable, column: string) => string,
  report: ReportProblem,
): ReadonlyMap<string, SettledColumn> {
  const lists = checkLists(table);
  const inKeys = columnsOfKeys(table);
  const overlays = new Map(Object.entries(table.overlay.attributes ?? {}));
  return new Map(table.facts.columns.map((facts) => {
    const folded = foldName(facts.name);
    const overlay = overlays.get(facts.name) ?? {};
    const affinity = affinityOf(facts.type, table.facts.isStrict);
    const reference = references.get(folded) ?? null;
    const question = { table, column: facts, affinity, overlay, isInKey: inKeys.has(folded) };
    const settled = reference === null ? columnKind(question, lists) : null;
    if (reference === null && settled === null) reportIncomplete(question, report);
    const kind = reference !== null ? null : settled ?? columnKind({ ...question, overlay: {} }, lists);
    checkAttributeOverlay({ table, column: facts, overlay, kind, list: lists.get(folded) }, report);
    const derived = derivedColumn({ facts, overlay, kind, reference, affinity }, table, codeIn(table, facts.name));
    return [folded, { facts, overlay, derived, kind, reference }];
  }));
}

/** Folded names of the columns by which rows are told apart, alone or with others. */
function columnsOfKeys({ key, facts }: ClassTable): ReadonlySet<string> {
  const unique = facts.indexes.filter(({ isUnique }) => isUnique).flatMap(({ columns }) => columns);
  return new Set([...unique, ...key?.columns ?? []].map(({ name }) => foldName(name ?? "")));
}

function reportIncomplete(
  { table, column, overlay }: { table: ClassTable; column: ColumnFacts; overlay: AttributeOverlay },
  report: ReportProblem,
): void {
  const path = attributePath(table.facts.name, column.name);
  const found = overlay.kind === "decimal" && declaredDecimal(column.type) === null ? "decimal" : "enum";
  report({ kind: "incomplete_kind", path: propertyPath(path, overlay.kind === undefined ? "values" : "kind"), found });
}

function derivedColumn(
  { facts, overlay, kind, reference, affinity }: Omit<SettledColumn, "derived"> & Pick<DerivedColumn, "affinity">,
  table: ClassTable,
  attribute: string,
): DerivedColumn {
  return {
    name: facts.name,
    attribute,
    affinity,
    collation: overlay.collation ?? searchCollation(facts, table),
    isNotNull: facts.isNotNull,
    isGenerated: facts.isGenerated,
    emptyIsText: holdsEmptyText(facts, overlay),
    default: facts.default,
    fill: overlay.default?.sql ?? null,
    generate: overlay.generate ?? null,
    form: kind === null ? { kind: "reference" } : formOf(kind),
    references: reference === null ? null : { class: reference.target.facts.name, column: reference.column },
  };
}

/** A column that says no collation may have a unique index that does. */
function searchCollation({ name, collation }: ColumnFacts, { facts }: ClassTable): string {
  if (collation.toUpperCase() !== BINARY) return collation;
  const others = facts.indexes.flatMap(({ isUnique, isPartial, columns: [first, ...more] }) => {
    const isAlone = isUnique && !isPartial && more.length === 0 && foldName(first?.name ?? "") === foldName(name);
    return isAlone && first !== undefined && first.collation.toUpperCase() !== BINARY ? [first.collation] : [];
  });
  return others.length === 1 ? others[0] ?? collation : collation;
}

/** SQLite's own. */
const BINARY = "BINARY";

function holdsEmptyText(facts: ColumnFacts, { empty }: AttributeOverlay): boolean {
  if (isInPrimaryKey(facts)) return false;
  return empty === "text" || facts.isNotNull && /^\(*\s*(?:''|"")\s*\)*$/.test(facts.default ?? "");
}
