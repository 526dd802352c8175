/** Values between what SQLite holds and what the program compares, by the form that a column stores them in. */
import { neitherYesNorNo } from "../../messages/stored_values.ts";
import type { DerivedColumn, DerivedTable, StoredForm } from "../../model/derive/derived_model.ts";
import type { StoredValue } from "../../model/model.ts";
import { isRawText, jsonOf, type Raw, rawIn, rawText, storedOf } from "../sqlite/raw_value.ts";
import { ValueNotTold } from "../sqlite/sqlite_refusal.ts";
import type { ColumnDates } from "./column_dates.ts";
import { keysOfDate, readStoredDate, writeStoredDate } from "./date_values.ts";
import { asHeld, isOf64Bits, numberIn } from "./stored_affinity.ts";

/** What is compared of a value that a column holds. Nothing is null, or the empty text where the column holds texts. */
export type ReadValue = (raw: Raw) => StoredValue;

/** Made once for a column. External keys are read as values: `References` tells their targets. */
export function valueReader({ form, affinity }: DerivedColumn): ReadValue {
  switch (form.kind) {
    case "text":
      return (raw) => raw === null ? "" : typeof raw === "string" ? storedOf(raw) : textOf(raw);
    case "integer":
    case "number":
    case "decimal":
      return (raw) => isNothing(raw) ? null : storedOf(typeof raw === "string" ? numberIn(raw) : raw);
    case "boolean": {
      const yes = asHeld(rawOfNumber(form.yes), affinity);
      const no = asHeld(rawOfNumber(form.no), affinity);
      return (raw) =>
        isNothing(raw) ? null : isEqual(raw, yes) ? "yes" : isEqual(raw, no) ? "no" : rawText(asInteger(raw));
    }
    case "enum":
      return (raw) => raw === null ? null : typeof raw === "string" ? storedOf(raw) : textOf(raw);
    case "date":
      return (raw) => isNothing(raw) ? null : readStoredDate(raw, form);
    case "loose":
    case "reference":
    case "bytes":
      return (raw) => isNothing(raw) ? null : storedOf(raw);
  }
}

function isNothing(raw: Raw): boolean {
  return raw === null || raw === "";
}

/** A number as a text. */
function textOf(raw: Exclude<Raw, string | null>): string {
  return raw instanceof Uint8Array ? rawText(raw) : String(raw);
}

/** Searches do not tell whole reals from integers. */
function asInteger(raw: Raw): Raw {
  return typeof raw === "number" ? rawOfNumber(raw) : raw;
}

/** A real may be an integer. */
function isEqual(raw: Raw, other: Raw): boolean {
  // deno-lint-ignore eqeqeq -- 1 and 1n are the same number; texts are compared with texts
  return typeof raw === "string" || typeof other === "string" ? raw === other : raw == other;
}

export class StoredValues {
  readonly #readers = new Map<DerivedColumn, ReadValue>();

  constructor(readonly dates: ColumnDates) {}

  readerOf(column: DerivedColumn): ReadValue {
    let reader = this.#readers.get(column);
    if (reader === undefined) this.#readers.set(column, reader = valueReader(column));
    return reader;
  }

  read(column: DerivedColumn, raw: Raw): StoredValue {
    return this.readerOf(column)(raw);
  }

  /**
   * What the column will hold. Of an external key it is the value that `References` gives.
   * @param old what the row holds by now; null: nothing, or the row is new
   * @throws ValueNotTold when nobody can say what the old value means
   */
  write(table: DerivedTable, column: DerivedColumn, value: StoredValue, old: Raw = null): Raw {
    if (typeof value === "string" && isRawText(value)) return rawIn(value);
    requireTold(column, this.read(column, old), old);
    if (value === null || (value === "" && column.form.kind !== "enum")) return column.emptyIsText ? "" : null;
    return asHeld(this.#written(table, column, value, old), column.affinity);
  }

  /** All that a column may hold which is this value: more than one where a value has several forms. It is not empty. */
  keys(table: DerivedTable, column: DerivedColumn, value: StoredValue): readonly Raw[] {
    if (typeof value === "string" && isRawText(value)) return [rawIn(value)];
    const { form, affinity } = column;
    if (form.kind === "date") {
      return keysOfDate({ dates: this.dates, table, column }, form, value).map((raw) => asHeld(raw, affinity));
    }
    const written = asHeld(this.#written(table, column, value, null), affinity);
    if (form.kind !== "loose" || affinity !== "BLOB") return [written];
    // A cell cannot say whether its 10 is a text.
    return typeof written === "string" && isPlainNumber(written)
      ? [written, numberIn(written)]
      : typeof written === "string"
      ? [written]
      : [written, String(written)];
  }

  #written(table: DerivedTable, column: DerivedColumn, value: StoredValue, old: Raw): Raw {
    const { form } = column;
    if (form.kind === "date") return writeStoredDate({ dates: this.dates, table, column }, form, value, old);
    if (form.kind === "boolean") return booleanOf(form, value);
    if (typeof value === "number") return form.kind === "text" ? String(value) : rawOfNumber(value);
    if (value === null || form.kind === "text" || form.kind === "bytes") return value;
    if (form.kind === "loose") return looseOf(form.isNumeric, value, old);
    const isInteger = form.kind !== "enum" || form.areIntegers;
    return isInteger && form.kind !== "reference" ? integerIn(value) : value;
  }
}

function requireTold({ form, name }: DerivedColumn, stored: StoredValue, old: Raw): void {
  if (form.kind !== "boolean" || typeof stored !== "string" || !isRawText(stored)) return;
  throw new ValueNotTold(name, neitherYesNorNo(name, typeof old === "string" ? old : jsonOf(old)));
}

function booleanOf({ yes, no }: StoredForm & { readonly kind: "boolean" }, value: StoredValue): Raw {
  return value === "yes" ? rawOfNumber(yes) : value === "no" ? rawOfNumber(no) : value;
}

/** Integers are bound as such; SQLite takes any other number for a real. */
function rawOfNumber(value: number | string): Raw {
  return typeof value === "number" && Number.isSafeInteger(value) ? BigInt(value) : value;
}

/** Those that a double does not hold exactly are text. */
function integerIn(text: string): Raw {
  if (!/^-?[0-9]{1,19}$/.test(text)) return text;
  const value = BigInt(text);
  return isOf64Bits(value) ? value : text;
}

/** A number stays one, where the database would make a text of it. */
function looseOf(isNumeric: boolean, text: string, old: Raw): Raw {
  const wasNumber = typeof old === "bigint" || typeof old === "number";
  return isNumeric || (wasNumber && isPlainNumber(text)) ? numberIn(text) : text;
}

/** Whether a number is written as it would be shown. */
function isPlainNumber(text: string): boolean {
  const number = numberIn(text);
  return typeof number !== "string" && String(number) === text;
}
