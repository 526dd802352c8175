/** How the rows that a search finds come out of SQLite: long ones without their values, which would fill the memory together with those of others. */
import type { AttributeCode, ClassCode, StoredValue } from "../../model/model.ts";
import type { DerivedKey } from "../../model/derive/derived_model.ts";
import type { ObjectId } from "../../store/object_id.ts";
import type { FoundObject } from "../../store/objects.ts";
import type { Raw } from "../sqlite/raw_value.ts";
import { type ForeignContext, tableOf } from "./foreign_context.ts";
import { ROW, tableName } from "./foreign_table.ts";
import { type ReadAttribute, readAttribute } from "./read_attribute.ts";
import { addressColumns, boundAddress, hasAddress } from "./row_address.ts";
import { rowIdOf } from "./row_ids.ts";

export type RawRow = Readonly<Record<string, Raw>>;

/**
 * So many bytes of text may a row have to come along with others. An answer for 256 keys, each of which may find two rows, then has 4 MiB at
 * most, whatever is stored.
 */
const LONGEST_ROW = 8 * 1024;

/** What is selected of a row, and the object that comes of it. */
export interface FoundRows {
  /** `…, …`: to be selected. */
  readonly selected: string;
  objectOf(row: RawRow): FoundObject;
  idOf(row: RawRow): ObjectId;
  /** Reads the values of a long object. */
  valuesOf(object: FoundObject): readonly StoredValue[];
}

export function foundRows(context: ForeignContext, code: ClassCode, read: readonly AttributeCode[]): FoundRows {
  const table = tableOf(context, code);
  const attributes = read.map((attribute) => readAttribute(context, code, attribute));
  const readId = idReader(table.key, addressColumns(table).length);
  const address = addressColumns(table).map((value, index) => `${value} AS h${index}`);
  const values = new SelectedValues(attributes);
  const selected = [...address, ...values.guarded].join(", ");
  return {
    selected: selected === "" ? "1" : selected,
    idOf: readId,
    objectOf: (row) => ({ id: readId(row), class: code, values: values.isLong(row) ? null : values.read(row) }),
    valuesOf(object) {
      if (object.values !== null) return object.values;
      const bound = boundAddress(table, object.id);
      if (bound === null) throw new Error(`${code} has no row of this id`);
      const [row] = context.database.prepareRaw(
        `SELECT ${values.plain.join(", ")} FROM ${tableName(table)} AS ${ROW} WHERE ${
          hasAddress(table, bound.kind, bound.values.map(() => "?"))
        }`,
      ).all(...bound.values);
      if (row === undefined) throw new Error(`a row of ${code} was found and is gone`);
      return values.read(row);
    },
  };
}

/** @param count columns of an address */
function idReader(key: DerivedKey | null, count: number): (row: RawRow) => ObjectId {
  const keys = (key?.columns ?? []).map((_, index) => `h${index}`);
  const rowid = count > keys.length ? `h${keys.length}` : null;
  return (row) => rowIdOf(key, keys.map((name) => row[name] ?? null), rowid === null ? null : row[rowid] ?? null);
}

/** The values of attributes as columns of a result. */
class SelectedValues {
  /** The names of the columns, for each attribute. */
  readonly #names: readonly (readonly string[])[];
  readonly #longest: number;
  /** What stands for a long value, too, may be stored: then it is read once more. */
  readonly #guarded: readonly string[];

  constructor(private readonly attributes: readonly ReadAttribute[]) {
    let count = 0;
    this.#names = attributes.map(({ expressions }) => expressions.map(() => `c${count++}`));
    const long = attributes.filter(({ length }) => length !== "short");
    this.#longest = Math.floor(LONGEST_ROW / Math.max(long.length, 1));
    this.#guarded = attributes.flatMap(({ length }, place) => length === "short" ? [] : this.#names[place]?.[0] ?? []);
  }

  get plain(): readonly string[] {
    // What is read of a text ends at a NUL.
    const columns = this.#columns(({ expressions: [value = ""], length }) =>
      length === "short" ? value : `iif(instr(${value}, char(0)) > 0, CAST(${value} AS BLOB), ${value})`
    );
    return columns.length === 0 ? ["1"] : columns;
  }

  get guarded(): readonly string[] {
    return this.#columns(({ expressions: [value = ""], length }) => {
      if (length === "short") return value;
      const isSpecial = `(octet_length(${value}) > ${this.#longest} OR instr(${value}, char(0)) > 0)`;
      // Numbers are less than any text, and to be told so costs less than a function.
      const mayBe = length === "number" ? `${value} >= '' AND ` : "";
      return `iif(${mayBe}${isSpecial}, x'', ${value})`;
    });
  }

  #columns(first: (attribute: ReadAttribute) => string): readonly string[] {
    return this.attributes.flatMap((attribute, place) =>
      attribute.expressions.map((value, index) =>
        `${index === 0 ? first(attribute) : value} AS ${this.#names[place]?.[index]}`
      )
    );
  }

  isLong(row: RawRow): boolean {
    for (const name of this.#guarded) {
      const value = row[name];
      if (typeof value === "object" && value?.length === 0) return true;
    }
    return false;
  }

  read(row: RawRow): readonly StoredValue[] {
    return this.attributes.map(({ read }, place) => read((this.#names[place] ?? []).map((name) => row[name] ?? null)));
  }
}
