/** Entries of the log of a database that we did not make, as the program asks for them. */
import type { DerivedColumn, DerivedModel, DerivedTable } from "../../../model/derive/derived_model.ts";
import type { AttributeCode, ClassCode, StoredValue } from "../../../model/model.ts";
import type { Operation } from "../../../store/changes.ts";
import { loggedValue } from "../../../store/logged_value.ts";
import type { LoggedEntry } from "../../../store/logged_runs.ts";
import type { ObjectId } from "../../../store/object_id.ts";
import { quoteName } from "../../sql/sql_text.ts";
import type { Database } from "../../sqlite/connection.ts";
import { jsonOf, parameterOf, type Raw, rawText } from "../../sqlite/raw_value.ts";
import { ROW } from "../foreign_table.ts";
import { References } from "../references.ts";
import { readableText } from "../spoilt_texts.ts";
import { valueReader } from "../stored_values.ts";
import { wholeTexts, wholeValues } from "../whole_texts.ts";
import { literalDefault } from "./default_literals.ts";
import { idOfKey, jsonValues, rawInEntry } from "./logged_keys.ts";

export const ENTRY_COLUMNS = "id, change, class, object_key, operation, attribute, CAST(old_value AS TEXT), " +
  "CAST(new_value AS TEXT), made";

export type EntryRow = readonly [
  number,
  number,
  string,
  string,
  Operation,
  string | null,
  string | null,
  string | null,
  string | null,
];

/** What entries are read with. */
export interface EntryReading {
  readonly database: Database;
  derived(): DerivedModel;
}

export class ForeignEntries {
  readonly #byName = new WeakMap<DerivedTable, ReadonlyMap<string, DerivedColumn>>();
  readonly #references = new WeakMap<DerivedModel, References>();

  constructor(private readonly reading: EntryReading) {}

  /** @param id of the row; left out: the key tells it @returns null: another entry says the same */
  entryOf(
    [position, run, code, key, operation, name, oldJson, newJson, made]: EntryRow,
    id?: ObjectId,
  ): LoggedEntry | null {
    const table = this.reading.derived().tables.get(code);
    const objectId = id ?? (table === undefined ? null : idOfKey(table, key)) ?? unknownId(key);
    const base = { position, run, operation, class: code, objectId };
    const whole = { ...base, attribute: null, oldValue: null, newValue: null };
    if (operation === "create") return { ...whole, ...table === undefined ? {} : this.#madeOf(table, made) };
    if (name === null) return whole;
    const column = table === undefined ? undefined : this.#columnOf(table, name);
    if (table === undefined || column === undefined) {
      return { ...base, attribute: name, oldValue: oldJson, newValue: newJson };
    }
    // A key that is the id of the row is no attribute: a deletion tells it by the id.
    if (!this.#isAttribute(code, column)) return operation === "delete" ? whole : null;
    return {
      ...base,
      attribute: column.attribute,
      oldValue: this.textOf(code, column, oldJson),
      newValue: this.textOf(code, column, newJson),
      exactOld: rawText(oldJson === null ? null : rawInEntry(oldJson)),
    };
  }

  /** The code of the attribute that a column is. */
  attributeOf(code: ClassCode, name: string | null): AttributeCode | null {
    const table = this.reading.derived().tables.get(code);
    return name === null || table === undefined ? name : this.#columnOf(table, name)?.attribute ?? name;
  }

  /** The text that stands for a value of the log: of its canonical value. */
  textOf(code: ClassCode, column: DerivedColumn, json: string | null): string | null {
    if (json === null) return null;
    const raw = rawInEntry(json);
    const readable = readableText(this.reading.database, raw);
    const stored = column.references === null ? valueReader(column)(readable) : this.#targetOf(column, raw, readable);
    return loggedValue(this.reading.derived().model.classes.get(code)?.attributes.get(column.attribute), stored);
  }

  #madeOf(table: DerivedTable, made: string | null): Pick<LoggedEntry, "made"> {
    if (made === null) return {};
    const values = new Map<AttributeCode, string | null>();
    for (const [name, json] of jsonValues(made)) {
      const column = table.columns.get(name);
      if (column !== undefined) values.set(name, this.textOf(table.class, column, json));
    }
    for (const [code, column] of table.columns) {
      if (values.has(code) || !isFilledByDefault(table, column)) continue;
      const value = literalDefault(column);
      if (value !== undefined) values.set(code, this.textOf(table.class, column, jsonOf(value)));
    }
    return { made: values };
  }

  #columnOf(table: DerivedTable, name: string): DerivedColumn | undefined {
    const known = this.#byName.get(table) ?? columnsByName(table);
    this.#byName.set(table, known);
    return known.get(name);
  }

  #isAttribute(code: ClassCode, { attribute }: DerivedColumn): boolean {
    return this.reading.derived().model.classes.get(code)?.attributes.has(attribute) === true;
  }

  /** The id of the row that a column refers to, as the searches tell it. */
  #targetOf(column: DerivedColumn, raw: Raw, readable: Raw): StoredValue {
    const { database } = this.reading;
    const derived = this.reading.derived();
    const references = this.#references.get(derived) ?? new References(database, derived);
    this.#references.set(derived, references);
    const expressions = references.expressions(column, ROW);
    if (expressions.length === 0) return references.idOf(column, readable, []);
    const selected = expressions.map((sql, index) => `${sql} AS v${index}`);
    const [row = {}] = database.prepareRaw(
      `SELECT ${selected.join(", ")}, ${wholeTexts(expressions)} FROM (SELECT ${parameterOf(raw)} AS ${
        quoteName(column.name)
      }) AS ${ROW}`,
    ).all(raw);
    return references.idOf(column, readable, wholeValues(row, selected.map((_, index) => row[`v${index}`])));
  }
}

/** Whether a new row has the default there, where nothing was given. */
function isFilledByDefault({ key }: DerivedTable, { name, isGenerated, form }: DerivedColumn): boolean {
  return !isGenerated && form.kind !== "bytes" && key?.columns.some((column) => column.name === name) !== true;
}

function columnsByName({ columns, key }: DerivedTable): ReadonlyMap<string, DerivedColumn> {
  const all = [...key?.columns ?? [], ...columns.values()];
  return new Map(all.map((column) => [column.name, column]));
}

/** That of a row which cannot be found any more. */
function unknownId(key: string): ObjectId {
  return key as ObjectId;
}
