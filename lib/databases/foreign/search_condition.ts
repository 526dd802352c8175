/** One condition of a search: what it compares, and what is bound for a value that is looked for. */
import type { DerivedColumn, DerivedTable } from "../../model/derive/derived_model.ts";
import type { AttributeCode, ClassCode, StoredValue } from "../../model/model.ts";
import { idIn, type ObjectId } from "../../store/object_id.ts";
import { isRawText, type Raw, rawIn } from "../sqlite/raw_value.ts";
import { quoteName } from "../sql/sql_text.ts";
import { requireCollation } from "./collations.ts";
import { type ForeignContext, tableOf } from "./foreign_context.ts";
import { columnOf, ROW } from "./foreign_table.ts";
import type { KeyPart } from "./key_tables.ts";
import { friendlyName } from "./read_attribute.ts";
import { declaredCollation } from "./references.ts";
import { boundAddress, hasAddress } from "./row_address.ts";

/** In which way a value is looked for: each has a statement of its own. */
export type ConditionForm = "value" | "nothing" | "key" | "rowid";

/** Values to be bound, one of which it must be. */
export interface AskedValue {
  readonly form: ConditionForm;
  readonly alternatives: readonly (readonly Raw[])[];
}

export interface SearchCondition {
  /** The column that an index may serve; null: none does. */
  readonly column: DerivedColumn | null;
  /** What a table of keys would hold; null: it needs none. */
  readonly part: KeyPart | null;
  /** How many values are bound. */
  widthOf(form: ConditionForm): number;
  /** @param isServed by an index; else SQLite is not to take one @param values SQL of the bound values */
  sqlOf(form: ConditionForm, values: readonly string[], isServed: boolean): string;
  /** One answer for each value; null: nothing can be it. */
  asked(values: readonly StoredValue[]): readonly (AskedValue | null)[];
}

const NOTHING: AskedValue = { form: "nothing", alternatives: [[]] };

export function searchCondition(
  context: ForeignContext,
  code: ClassCode,
  attribute: AttributeCode | "id",
): SearchCondition {
  const table = tableOf(context, code);
  const column = table.columns.get(attribute);
  if (column !== undefined) return columnCondition(context, table, column);
  return attribute === "id" ? idCondition(table) : nameCondition(context, code);
}

function idCondition(table: DerivedTable): SearchCondition {
  return {
    column: null,
    part: null,
    widthOf: (form) => form === "rowid" ? 1 : table.key?.columns.length ?? 0,
    sqlOf: (form, values) => hasAddress(table, form === "rowid" ? form : "key", values),
    asked: (values) =>
      values.map((value) => {
        const id = idIn(value);
        const bound = id === null ? null : boundAddress(table, id);
        return bound === null ? null : { form: bound.kind, alternatives: [bound.values] };
      }),
  };
}

/** By the name as it is shown. */
function nameCondition(context: ForeignContext, code: ClassCode): SearchCondition {
  const part: KeyPart = { expression: (of) => friendlyName(context, code, of), collation: "NOCASE" };
  return {
    column: null,
    part,
    widthOf: () => 1,
    sqlOf: (_, [value]) => `${part.expression(ROW)} COLLATE NOCASE = ${value}`,
    asked: (values) => values.map((value) => ({ form: "value", alternatives: [[String(value ?? "")]] })),
  };
}

function columnCondition(context: ForeignContext, table: DerivedTable, column: DerivedColumn): SearchCondition {
  requireCollation(context.database, table, column);
  const name = columnOf(column);
  const isDeclared = declaredCollation(table, column) === column.collation.toUpperCase();
  const collated = isDeclared ? "" : ` COLLATE ${quoteName(column.collation)}`;
  return {
    column,
    part: { expression: (of) => columnOf(column, of), collation: column.collation },
    widthOf: (form) => form === "nothing" ? 0 : 1,
    sqlOf: (form, [value], isServed) =>
      form === "nothing" ? isNothing(name) : `${isServed ? "" : "+"}${name}${collated} = ${value}`,
    asked: column.references === null
      ? (values) => values.map((value) => askedValue(context, table, column, value))
      : (values) => askedTargets(context, column, values),
  };
}

export function isNothing(value: string): string {
  return `(${value} IS NULL OR ${value} = '')`;
}

function askedValue(
  { values }: ForeignContext,
  table: DerivedTable,
  column: DerivedColumn,
  value: StoredValue,
): AskedValue | null {
  if (value === null || value === "") return NOTHING;
  const alternatives = values.keys(table, column, value);
  return alternatives.length === 0 ? null : { form: "value", alternatives: alternatives.map((one) => [one]) };
}

/** External keys are told by what they refer to. */
function askedTargets(
  { references }: ForeignContext,
  column: DerivedColumn,
  values: readonly StoredValue[],
): readonly (AskedValue | null)[] {
  const ids = values.flatMap((value) => isId(value) ? [value] : []);
  const found = references.valuesOf(column, ids);
  return values.map((value) => {
    if (value === null || value === "") return NOTHING;
    if (typeof value === "string" && isRawText(value)) return { form: "value", alternatives: [[rawIn(value)]] };
    const raw = isId(value) ? found.get(value) ?? null : null;
    return raw === null ? null : { form: "value", alternatives: [[raw]] };
  });
}

function isId(value: StoredValue): value is ObjectId {
  return value !== null && value !== "";
}
