/** What a column holds: what the overlay says, else what a CHECK says, else its declared type. */
import type { EnumValue, TextAttribute } from "../model.ts";
import { foldName } from "./ascii_names.ts";
import { type CheckList, checkListIn } from "./check_list.ts";
import { declaredDecimal, declaredKind, declaredLength } from "./declared_type.ts";
import type { ClassTable } from "./derived_tables.ts";
import type { DateStorage, DerivedColumn, StoredForm } from "./derived_model.ts";
import type { AttributeOverlay } from "./overlay_type.ts";
import type { ColumnFacts } from "./schema_facts.ts";

/** The kind of an attribute that is no external key, and how its values are stored. */
export type ColumnKind =
  | { readonly kind: TextAttribute["kind"]; readonly maxLength: number }
  | { readonly kind: "enum"; readonly values: readonly EnumValue[]; readonly areIntegers: boolean }
  | { readonly kind: "boolean"; readonly no: number | string; readonly yes: number | string }
  | { readonly kind: "date" | "datetime"; readonly as: DateStorage }
  | { readonly kind: "decimal"; readonly digits: number; readonly decimals: number }
  | { readonly kind: "loose"; readonly isNumeric: boolean }
  | { readonly kind: "integer" | "number" }
  | { readonly kind: "bytes" };

/** SQLite takes no longer text. */
export const NO_LIMIT = 1_000_000_000;

export interface KindQuestion {
  readonly table: ClassTable;
  readonly column: ColumnFacts;
  readonly affinity: DerivedColumn["affinity"];
  readonly overlay: AttributeOverlay;
  /** Rows are told apart by it, alone or with others. */
  readonly isInKey: boolean;
}

/** Null: an overlay says a kind and not what belongs to it. */
export function columnKind(question: KindQuestion, lists: ReadonlyMap<string, CheckList>): ColumnKind | null {
  const { column, overlay } = question;
  const list = lists.get(foldName(column.name));
  const wanted = overlay.kind ?? (overlay.values === undefined ? undefined : "enum");
  if (wanted !== undefined) return overlaidKind(wanted, question, list);
  return list === undefined ? plainKind(question) : listKind(list, question) ?? plainKind(question);
}

/** The lists of a table's CHECKs by folded name of the column; the first of several. */
export function checkLists({ text, columns }: ClassTable): ReadonlyMap<string, CheckList> {
  const names = new Set(columns.keys());
  const lists = new Map<string, CheckList>();
  for (const check of text.checks) {
    const list = checkListIn(check, names);
    if (list !== null && !lists.has(list.column)) lists.set(list.column, list);
  }
  return lists;
}

function plainKind(question: KindQuestion): ColumnKind {
  const { column, affinity } = question;
  const declared = declaredKind(column.type, affinity);
  switch (declared.kind) {
    case "text":
      return textKind(question);
    case "boolean":
      return booleanKind(question);
    case "date":
    case "datetime":
      return { kind: declared.kind, as: storageOf(question) };
    case "loose":
      return { kind: "loose", isNumeric: affinity === "NUMERIC" };
    case "bytes":
      return { kind: "bytes" };
    case "decimal":
      return declared;
    default:
      return { kind: declared.kind };
  }
}

/** Blanks at the ends count in a plain TEXT only, which may have lines, and rows of which nobody tells apart by it. */
function textKind({ column, overlay, isInKey }: KindQuestion): ColumnKind {
  const length = overlay.length ?? declaredLength(column.type);
  const isLine = isInKey || length !== null || /CHAR/i.test(column.type);
  return { kind: isLine ? "string" : "text", maxLength: length ?? NO_LIMIT };
}

/** What the affinity makes of 0 and 1. */
function booleanKind({ affinity, overlay }: KindQuestion): ColumnKind {
  const { stored } = overlay;
  const [no, yes] = Array.isArray(stored) ? stored as readonly (string | number)[] : [];
  if (no !== undefined && yes !== undefined) return { kind: "boolean", no, yes };
  return affinity === "TEXT" ? { kind: "boolean", no: "0", yes: "1" } : { kind: "boolean", no: 0, yes: 1 };
}

function storageOf({ overlay: { stored } }: KindQuestion): DateStorage {
  return typeof stored === "string" ? stored : "text";
}

/** Null: what the column would hold cannot be told. */
function listKind(list: CheckList, question: KindQuestion): ColumnKind | null {
  const { values } = list;
  if (values.every(({ text, isInteger }) => isInteger && (text === "0" || text === "1"))) return booleanKind(question);
  const areIntegers = holdsIntegers(list, question);
  return areIntegers === null ? null : { kind: "enum", areIntegers, values: codesOf(list, question) };
}

/** Whether the values of a list are stored as integers; null: some are, and some are not. */
function holdsIntegers({ values }: CheckList, { affinity }: KindQuestion): boolean | null {
  if (affinity === "TEXT") return false;
  const madeIntegers = affinity === "BLOB" ? /^$(?!)/ : /^-?(?:0|[1-9]\d*)$/;
  const integers = values.filter(({ text, isInteger }) => isInteger || madeIntegers.test(text));
  if (integers.length === 0) return false;
  return integers.length === values.length ? true : null;
}

/** The empty text is no code: it is where nothing is. */
function codesOf(list: CheckList, { overlay }: KindQuestion): readonly EnumValue[] {
  const labels = new Map(overlay.values?.map((value) => [value.code, value.labels]));
  return list.values.filter(({ text }) => text !== "")
    .map(({ text }) => ({ code: text, labels: labels.get(text) ?? new Map() }));
}

function overlaidKind(
  kind: NonNullable<AttributeOverlay["kind"]>,
  question: KindQuestion,
  list: CheckList | undefined,
): ColumnKind | null {
  const { affinity, column, overlay } = question;
  switch (kind) {
    case "enum":
      return enumKind(question, list);
    case "boolean":
      return booleanKind(question);
    case "date":
    case "datetime":
      return { kind, as: storageOf(question) };
    case "decimal": {
      const decimal = declaredDecimal(column.type);
      return decimal === null ? null : { kind, ...decimal };
    }
    case "integer":
    case "number":
      return { kind };
    case "loose":
      return { kind, isNumeric: affinity === "NUMERIC" };
    default:
      return { kind, maxLength: overlay.length ?? declaredLength(column.type) ?? NO_LIMIT };
  }
}

/** What a CHECK lists, with the overlay's labels; without a CHECK the overlay's list. */
function enumKind(question: KindQuestion, list: CheckList | undefined): ColumnKind | null {
  const { affinity, overlay: { values } } = question;
  const listed = list ?? {
    column: "",
    values: values?.map(({ code }) => ({ text: code, isInteger: false })) ?? [],
  };
  if (listed.values.length === 0) return null;
  const areIntegers = holdsIntegers(listed, question);
  return { kind: "enum", areIntegers: areIntegers ?? affinity !== "TEXT", values: codesOf(listed, question) };
}

export function formOf(kind: ColumnKind): StoredForm {
  switch (kind.kind) {
    case "enum":
      return { kind: "enum", areIntegers: kind.areIntegers };
    case "boolean":
      return { kind: "boolean", no: kind.no, yes: kind.yes };
    case "date":
    case "datetime":
      return { kind: "date", holds: kind.kind, as: kind.as };
    case "decimal":
      return { kind: "decimal", decimals: kind.decimals };
    case "loose":
      return { kind: "loose", isNumeric: kind.isNumeric };
    case "integer":
    case "number":
    case "bytes":
      return { kind: kind.kind };
    default:
      return { kind: "text" };
  }
}
