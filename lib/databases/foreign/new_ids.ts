/** The ids of rows that a run creates: what the file gives, what counts on, what is made up, and what the database fills in. */
import type { DerivedColumn, DerivedKey, DerivedTable } from "../../model/derive/derived_model.ts";
import type { TriggerFacts } from "../../model/derive/schema_facts.ts";
import type { AttributeCode, ClassCode, StoredValue } from "../../model/model.ts";
import type { ObjectId } from "../../store/object_id.ts";
import type { NewValues } from "../../store/objects.ts";
import { quoteName } from "../sql/sql_text.ts";
import type { Raw } from "../sqlite/raw_value.ts";
import { insertsInto } from "./asked_names.ts";
import type { DefaultValues } from "./default_values.ts";
import { type ForeignContext, tableOf } from "./foreign_context.ts";
import { tableName } from "./foreign_table.ts";
import { generated } from "./generated_values.ts";
import { IdNumbers } from "./id_numbers.ts";
import { KnownTexts } from "./known_texts.ts";
import { boundAddress } from "./row_address.ts";
import { rowIdOf } from "./row_ids.ts";
import { rawOf } from "./row_values.ts";

/** A number as long as it is exact: millions of them are counted. */
type Rowid = number | bigint;

/** Of one table. */
interface Counted {
  count: number;
  /** The largest rowid that was used, or handed out; null: nobody has asked yet. */
  last: Rowid | null;
  /** Those that the run has handed out. */
  readonly handedOut: IdNumbers;
  /** Triggers make rows of the table too: what is the largest now they alone know. */
  readonly isShared: boolean;
}

/** Ids that no file had, of all runs of a transaction. */
export class MadeUpIds {
  readonly #ids = new Map<ClassCode, IdNumbers>();
  #count = 0;

  add(code: ClassCode, id: ObjectId): void {
    let ids = this.#ids.get(code);
    if (ids === undefined) this.#ids.set(code, ids = new IdNumbers());
    ids.noteOnce(id, this.#count++);
  }

  has(code: ClassCode, id: ObjectId): boolean {
    return (this.#ids.get(code)?.of(id) ?? null) !== null;
  }
}

export class NewIds {
  readonly #counted = new Map<ClassCode, Counted>();
  /** Where the columns of a key stand among attributes. */
  readonly #places = new WeakMap<readonly AttributeCode[], readonly number[]>();

  /** @param context nobody else may write to its database meanwhile @param texts ids that are texts, as the run knows them */
  constructor(
    private readonly context: ForeignContext,
    private readonly defaults: DefaultValues,
    private readonly madeUp: MadeUpIds,
    private readonly triggers: readonly TriggerFacts[],
    private readonly texts = new KnownTexts(),
  ) {}

  /** @see ObjectStore.newId */
  next(code: ClassCode, object: NewValues | undefined): ObjectId {
    const table = tableOf(this.context, code);
    const given = object === undefined || table.key === null ? null : this.#given(table.key, object);
    const key = table.key === null ? null : this.#keyOf(table, table.key, given);
    // A rowid need not be known where a key tells the row apart.
    const canTell = key !== null && key.every((value) => value !== null && !(value instanceof Uint8Array));
    const id = rowIdOf(table.key, key ?? [], canTell ? null : this.#nextRowid(table));
    this.use(code, id);
    if (given === null || given.includes(null)) this.madeUp.add(code, id);
    return id;
  }

  /** An id is going to be used, wherever it comes from. */
  use(code: ClassCode, id: ObjectId): void {
    const counted = this.#of(code);
    // Numbers that grow with ids take the least memory.
    counted.handedOut.noteOnce(id, counted.count++);
    const table = tableOf(this.context, code);
    if (table.key !== null && !table.key.isRowid) return;
    const rowid = typeof id === "number" && Number.isSafeInteger(id) ? id : boundAddress(table, id)?.values[0];
    if ((typeof rowid === "number" || typeof rowid === "bigint") && rowid > this.#lastOf(table)) counted.last = rowid;
  }

  /** Whether the run has handed it out. */
  isNew(code: ClassCode, id: ObjectId): boolean {
    return (this.#counted.get(code)?.handedOut.of(id) ?? null) !== null;
  }

  #of(code: ClassCode): Counted {
    let counted = this.#counted.get(code);
    if (counted === undefined) {
      const { name } = tableOf(this.context, code);
      const isShared = this.triggers.some(({ sql }) => insertsInto(sql, name));
      counted = { count: 0, last: null, handedOut: new IdNumbers(this.texts), isShared };
      this.#counted.set(code, counted);
    }
    return counted;
  }

  /** The values of the key's columns that an object has; null where it has none. */
  #given(key: DerivedKey, { attributes, values }: NewValues): readonly StoredValue[] {
    let places = this.#places.get(attributes);
    if (places === undefined) {
      places = key.columns.map(({ attribute }) => attributes.indexOf(attribute));
      this.#places.set(attributes, places);
    }
    return places.map((place) => place < 0 ? null : values[place] ?? null);
  }

  #keyOf(table: DerivedTable, key: DerivedKey, given: readonly StoredValue[] | null): readonly Raw[] {
    return key.columns.map((column, place) => {
      const value = given?.[place] ?? null;
      if (value !== null) return rawOf(this.context, table, column, value);
      return key.isRowid ? this.#nextRowid(table) : this.#made(table, column);
    });
  }

  #made(table: DerivedTable, column: DerivedColumn): Raw {
    if (column.generate !== null) return generated(column.generate);
    return this.defaults.next(table, column);
  }

  /** As SQLite counts: behind the largest, and where the table says so behind the largest that ever was. */
  #nextRowid(table: DerivedTable): Rowid {
    const last = this.#of(table.class).isShared ? this.#lastNow(table) : this.#lastOf(table);
    return typeof last === "number" && last < Number.MAX_SAFE_INTEGER ? last + 1 : BigInt(last) + 1n;
  }

  #lastOf(table: DerivedTable): Rowid {
    const counted = this.#of(table.class);
    if (counted.last !== null) return counted.last;
    return counted.last = this.#lastWritten(table);
  }

  /** With what triggers have made of the rows before it, but not less than what is handed out. */
  #lastNow(table: DerivedTable): Rowid {
    this.context.flush();
    const [written, handedOut] = [this.#lastWritten(table), this.#lastOf(table)];
    return written > handedOut ? written : handedOut;
  }

  #lastWritten(table: DerivedTable): Rowid {
    const last = this.#largest(table);
    return last <= Number.MAX_SAFE_INTEGER ? Number(last) : last;
  }

  #largest(table: DerivedTable): bigint {
    const { database } = this.context;
    const rowid = table.rowid ?? table.key?.columns[0]?.name ?? "";
    const [row] = database.prepareRaw(`SELECT max(${quoteName(rowid)}) AS last FROM ${tableName(table)}`).all();
    const largest = integerOf(row?.["last"]);
    if (!table.isAutoincrement) return largest;
    const [counted] = database.prepareRaw("SELECT max(seq) AS last FROM main.sqlite_sequence WHERE name = ?").all(
      table.name,
    );
    const ever = integerOf(counted?.["last"]);
    return ever > largest ? ever : largest;
  }
}

/** The first id is 1, whatever is below. */
function integerOf(value: Raw | undefined): bigint {
  return typeof value === "bigint" && value > 0n ? value : 0n;
}
