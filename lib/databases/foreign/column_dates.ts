/** In which forms the dates of a column are stored: found out by one statement for each column and run. */
import { EXIT, RunStop } from "../../errors.ts";
import { holdsNumbers } from "../../messages/stored_values.ts";
import type { DerivedColumn, DerivedTable } from "../../model/derive/derived_model.ts";
import type { Database } from "../sqlite/connection.ts";
import { type DateForm, DAY_FORM, nameOfForm, TIME_FORM } from "./date_forms.ts";
import { columnOf, ROW, tableName } from "./foreign_table.ts";
import { addressColumns } from "./row_address.ts";
import { rowIdOf, shownRowId } from "./row_ids.ts";

interface ColumnForms {
  /** By their names. */
  readonly forms: Map<string, DateForm>;
  /** That of all values; null: there are several, or none. */
  readonly shared: DateForm | null;
}

export class ColumnDates {
  readonly #known = new Map<DerivedColumn, ColumnForms>();
  /** Those that hold no numbers. */
  readonly #told = new Set<DerivedColumn>();

  constructor(private readonly database: Database) {}

  /** How a date is written that replaces none. */
  formOfNew(table: DerivedTable, column: DerivedColumn): DateForm {
    return this.#formsIn(table, column).shared ?? defaultForm(column);
  }

  /** All forms that dates of the column may have. */
  formsIn(table: DerivedTable, column: DerivedColumn): readonly DateForm[] {
    return [...this.#formsIn(table, column).forms.values()];
  }

  /** To be called for every form that is written. */
  note(table: DerivedTable, column: DerivedColumn, form: DateForm): void {
    this.#formsIn(table, column).forms.set(nameOfForm(form), form);
  }

  /**
   * To be called for the date columns of a file before its first row.
   * @throws RunStop 64 when one of them holds numbers, and nobody has said what they mean
   */
  requireTold(table: DerivedTable, columns: readonly DerivedColumn[]): void {
    for (const column of columns) {
      if (!isTextDate(column) || this.#known.has(column) || this.#told.has(column)) continue;
      requireNoNumbers(this.database, table, column);
      this.#told.add(column);
    }
  }

  #formsIn(table: DerivedTable, column: DerivedColumn): ColumnForms {
    const known = this.#known.get(column);
    if (known !== undefined) return known;
    const found = readForms(this.database, table, column);
    this.#known.set(column, found);
    return found;
  }
}

function isTextDate({ form }: DerivedColumn): boolean {
  return form.kind === "date" && form.as === "text";
}

function defaultForm({ form }: DerivedColumn): DateForm {
  return form.kind === "date" && form.holds === "date" ? DAY_FORM : TIME_FORM;
}

/** In most runs no date is written: what forms there are is looked for when it matters, which takes longer. */
function requireNoNumbers(database: Database, table: DerivedTable, column: DerivedColumn): void {
  const selected = [columnOf(column), ...addressColumns(table)].map((sql, place) => `${sql} AS v${place}`).join(", ");
  // Numbers are less than any text.
  const [row] = database.prepareRaw(
    `SELECT ${selected} FROM ${tableName(table)} AS ${ROW} WHERE ${columnOf(column)} < '' LIMIT 1`,
  ).all();
  if (row === undefined) return;
  const [number = null, ...address] = Object.values(row);
  const count = table.key?.columns.length ?? 0;
  const id = shownRowId(rowIdOf(table.key, address.slice(0, count), address[count] ?? null));
  throw new RunStop(EXIT.usage, [holdsNumbers(table.name, column.name, String(number), String(id))]);
}

/** What does not begin like a day is no date, whatever else it is. */
const DAY = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*";
const NO_DATE = "-";
const NUMBER = "#";

function readForms(database: Database, table: DerivedTable, column: DerivedColumn): ColumnForms {
  const value = columnOf(column);
  // Fractions differ from row to row: their length is told by that of the whole.
  const rest = `ltrim(substr(${value}, 17), ':.0123456789')`;
  const shape = `CASE WHEN ${value} GLOB '${DAY}' THEN length(${value}) || '|' || substr(${value}, 11, 1) || '|' || ` +
    `substr(${value}, 17, 1) || '|' || ${rest} WHEN typeof(${value}) IN ('integer', 'real') THEN '${NUMBER}' ELSE '${NO_DATE}' END`;
  const rows = database.prepareRaw(
    `SELECT DISTINCT ${shape} AS shape FROM ${
      tableName(table)
    } AS ${ROW} WHERE ${value} IS NOT NULL AND ${value} <> '' LIMIT 4096`,
  ).all();
  const shapes = rows.map((row) => String(row["shape"]));
  if (shapes.includes(NUMBER)) requireNoNumbers(database, table, column);
  const found = shapes.map(formOf);
  const forms = new Map(found.flatMap((form) => form === null ? [] : [[nameOfForm(form), form]]));
  const [first = null] = found;
  return { forms, shared: found.length === 1 ? first : null };
}

const TIME = "2024-02-29 13:05";
const SECONDS = ":00";

/** Null: it is none of a date. */
function formOf(shape: string): DateForm | null {
  const [length, between, colon, zone = ""] = shape.split("|");
  if (between === undefined || !isZone(zone)) return null;
  if (Number(length) === "2024-02-29".length) return DAY_FORM;
  if (between !== " " && between !== "T") return null;
  const hasSeconds = colon === ":";
  const behind = Number(length) - TIME.length - (hasSeconds ? SECONDS.length : 0) - zone.length;
  if (behind < 0 || behind === 1 || (behind > 0 && !hasSeconds)) return null;
  return { between, hasSeconds, fraction: Math.max(behind - 1, 0), zone };
}

function isZone(text: string): boolean {
  return /^(?: ?(?:Z|[+-][0-9]{2}:?[0-9]{2}))?$/.test(text);
}
