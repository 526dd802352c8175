/** What a run did, object by object: the tables `change` and `change_op`. Entries wait in memory until somebody waits for them. */
import type { ClassCode, StoredValue } from "../../model/model.ts";
import type { ChangeCounts, ChangeFacts, InputFacts, LoggedOperation, Operation } from "../../store/changes.ts";
import type { ObjectId } from "../../store/object_id.ts";
import { quoteName } from "../sql/sql_text.ts";
import type { SelectedDeletions, TakenBackLog } from "../writes/change_entries.ts";
import { DeletedObjects } from "../writes/deleted_objects.ts";
import { begunRun, type EndedCounts, endedRun } from "../writes/run_values.ts";
import { type ArrayValue, unnest } from "./column_arrays.ts";
import type { PostgresDatabase } from "./postgres_database.ts";

/** So many entries may wait. */
const MOST_WAITING = 512;
/** Fewer of them, when they are long: in UTF-16 code units. */
const MOST_TEXT_WAITING = 1024 * 1024;
/** From so many objects on, entries of their own are cheaper: a row of theirs has one value. */
const MANY_OBJECTS = 64;

/** The last numbers that runs and entries have. */
export interface LastNumbers {
  readonly change: number;
  readonly entry: number;
}

/** Entries of attributes, column by column. */
class AttributeRows {
  readonly classes: string[] = [];
  readonly ids: ArrayValue[] = [];
  readonly operations: string[] = [];
  readonly attributes: ArrayValue[] = [];
  readonly oldValues: ArrayValue[] = [];
  readonly newValues: ArrayValue[] = [];
}

/** Entries of objects as a whole. */
interface ObjectRows {
  readonly class: ClassCode;
  readonly operation: Operation;
  readonly objects: readonly ObjectId[];
}

const ATTRIBUTE_TYPES = ["text", "bigint", "text", "text", "text", "text"] as const;

export class ChangeLog implements TakenBackLog {
  #change: number | null = null;
  #last: number;
  #waiting: (AttributeRows | ObjectRows)[] = [];
  #count = 0;
  #textWaiting = 0;
  readonly #deleted = new DeletedObjects();

  constructor(
    private readonly database: PostgresDatabase,
    private readonly facts: ChangeFacts,
    private readonly numbers: LastNumbers,
  ) {
    this.#last = numbers.entry;
  }

  add({ class: code, objectId, operation, attribute, oldValue, newValue }: LoggedOperation): void {
    if (operation === "delete") this.#deleted.add(code, objectId);
    this.#textWaiting += (oldValue?.length ?? 0) + (newValue?.length ?? 0);
    this.#add(code, objectId, operation, attribute, oldValue, newValue);
  }

  addObjects(operation: Operation, code: ClassCode, ids: readonly ObjectId[]): void {
    if (operation === "delete") { for (const id of ids) this.#deleted.add(code, id); }
    if (ids.length < MANY_OBJECTS) {
      for (const id of ids) this.#add(code, id, operation, null, null, null);
      return;
    }
    this.#waiting.push({ class: code, operation, objects: ids });
    this.#count += ids.length;
  }

  readonly addSelected = async (
    { class: code, id, value, rows, parameters, count }: SelectedDeletions,
  ): Promise<void> => {
    const change = await this.begin();
    await this.#write();
    this.#deleted.addMany(count);
    await this.database.run(
      `INSERT INTO change_op (id, change, class, object_id, operation, old_value) ` +
        `SELECT $1 + k.n, $2, $3, ${id}, 'delete', ${value} ${rows}`,
      this.#last,
      change,
      code,
      ...parameters,
    );
    this.#last += count;
  };

  async mark(): Promise<() => void> {
    await this.#write();
    const [change, deleted, last] = [this.#change, this.#deleted.count, this.#last];
    return () => {
      this.#forgetWaiting();
      this.#change = change;
      this.#last = last;
      this.#deleted.takeBackTo(deleted);
    };
  }

  /** The id of the run, which leaves a trace from now on, whatever it writes. */
  async begin(): Promise<number> {
    return this.#change ??= await insertChange(this.database, this.facts, this.numbers.change + 1);
  }

  /** Writes what waits, when it is much. */
  async drain(): Promise<void> {
    if (this.#count >= MOST_WAITING || this.#textWaiting > MOST_TEXT_WAITING) await this.#write();
  }

  /**
   * Writes what is still to be written; to be called before the transaction ends.
   * @param input null when nothing was read
   * @param feed of which the run loads a file: its id; null: of none
   * @returns the id of the run in the log; null when it changed nothing and had no row in error, and so left no trace
   */
  async finish(counts: ChangeCounts, input: InputFacts | null, feed: number | null): Promise<number | null> {
    if (this.#change === null && this.#count === 0 && counts.inError === 0) return null;
    const change = await this.begin();
    await this.#write();
    await updateChange(this.database, change, { ...counts, deleted: this.#deleted.count, feed }, input);
    return change;
  }

  #add(
    code: ClassCode,
    id: ObjectId,
    operation: Operation,
    attribute: string | null,
    oldValue: string | null,
    newValue: string | null,
  ): void {
    let rows = this.#waiting.at(-1);
    if (!(rows instanceof AttributeRows)) this.#waiting.push(rows = new AttributeRows());
    rows.classes.push(code);
    rows.ids.push(id);
    rows.operations.push(operation);
    rows.attributes.push(attribute);
    rows.oldValues.push(oldValue);
    rows.newValues.push(newValue);
    this.#count++;
  }

  /** Nobody waits for it: who asks for something later does, and hears of a failure. */
  async #write(): Promise<void> {
    if (this.#count === 0) return;
    const waiting = this.#waiting;
    this.#forgetWaiting();
    const change = await this.begin();
    for (const rows of waiting) {
      if (rows instanceof AttributeRows) this.#writeAttributes(change, rows);
      else this.#writeObjects(change, rows);
    }
  }

  #writeAttributes(change: number, rows: AttributeRows): void {
    this.database.runLater(
      "INSERT INTO change_op (id, change, class, object_id, operation, attribute, old_value, new_value) " +
        `SELECT $1 + k.n, $2, k.class, k.object, k.operation, k.attribute, k.old, k.new FROM ${
          unnest(ATTRIBUTE_TYPES, 3)
        } WITH ORDINALITY AS k (class, object, operation, attribute, old, new, n)`,
      this.#last,
      change,
      rows.classes,
      rows.ids,
      rows.operations,
      rows.attributes,
      rows.oldValues,
      rows.newValues,
    );
    this.#last += rows.ids.length;
  }

  #writeObjects(change: number, { class: code, operation, objects }: ObjectRows): void {
    this.database.runLater(
      "INSERT INTO change_op (id, change, class, object_id, operation) " +
        `SELECT $1 + k.n, $2, $3, k.object, $4 FROM ${unnest(["bigint"], 5)} WITH ORDINALITY AS k (object, n)`,
      this.#last,
      change,
      code,
      operation,
      objects,
    );
    this.#last += objects.length;
  }

  #forgetWaiting(): void {
    this.#waiting = [];
    this.#count = this.#textWaiting = 0;
  }
}

/** A run of the log, as it begins. @returns its id */
export async function insertChange(database: PostgresDatabase, facts: ChangeFacts, id: number): Promise<number> {
  const values: Readonly<Record<string, StoredValue>> = {
    id,
    ...begunRun(facts),
    user_id: facts.userId,
    user: facts.user,
  };
  const columns = Object.keys(values);
  await database.run(
    `INSERT INTO change (${columns.map(quoteName).join(", ")}) VALUES (${
      columns.map((_, index) => `$${index + 1}`).join(", ")
    })`,
    ...Object.values(values),
  );
  return id;
}

async function updateChange(
  database: PostgresDatabase,
  id: number,
  counts: EndedCounts,
  input: InputFacts | null,
): Promise<void> {
  const values = endedRun(counts, input);
  const assignments = Object.keys(values).map((column, index) => `${quoteName(column)} = $${index + 2}`).join(", ");
  await database.run(`UPDATE change SET ${assignments} WHERE id = $1`, id, ...Object.values(values));
}

/** As they are now. */
export async function lastNumbers(database: PostgresDatabase, change: number): Promise<LastNumbers> {
  const row = await database.row("SELECT coalesce(max(id), 0) FROM change_op");
  return { change, entry: Number(row?.[0] ?? 0) };
}
