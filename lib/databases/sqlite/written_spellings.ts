/** The spellings of a transaction, which keeps them true. */
import { comparedForm, isPlainText } from "../../compared_text.ts";
import type { ComparedText } from "../sql/text_source.ts";
import type { Database, Row } from "./connection.ts";
import { noteTextsOf, SPELLING_SQL, type TextSource, updateTrigger } from "../sql/spelling_tables.ts";
import { type InsertRows, rowInserter } from "./insert_rows.ts";
import { FIRST_ID, foldedOf, NONE, type Spellings, type Spelt, spelt } from "./spellings.ts";

/** So many objects are looked through in some milliseconds. */
const FEW_OBJECTS = 10_000;

/** So many spellings are folded at a time: they may be long. */
const FOLDED_TOGETHER = 128;

/** Text that is looked for. */
interface Used {
  readonly source: TextSource;
  /** Of objects up to this id its spellings are known, and of those that the program itself has made since. */
  upto: number;
  /** So it stands in the database. */
  isKept: boolean;
}

export class WrittenSpellings implements Spellings {
  readonly #used = new Map<string, Used>();
  readonly #insert: InsertRows;
  /** Columns that are looked by, as `table.column`: what is written there is told at once. */
  readonly #columns = new Set<string>();
  /** In which objects were created. */
  readonly #tables = new Set<string>();
  /** The least id of objects that were created again, by table. */
  readonly #createdAgain = new Map<string, number>();
  #hasOtherTriggers: boolean | null = null;
  /** There are texts that only the database can tell: it has to be asked after each write. */
  #isAsked = false;
  /** The database may know of texts that are not folded yet. */
  #mayBeUnfolded = true;
  #mustLook = false;
  #state: readonly Row[] | null = null;
  #hasPlain: boolean | null = null;

  constructor(private readonly database: Database) {
    this.#insert = rowInserter(database, { into: SPELLING_SQL.insert, width: 3 });
  }

  use(source: TextSource): void {
    const { database } = this;
    if (this.#used.has(source.name) && !source.isOfOthers) return;
    if (source.column !== null) this.#columns.add(source.name);
    this.#hasOtherTriggers ??= database.prepare(SPELLING_SQL.hasOtherTriggers).get() !== undefined;
    this.#isAsked ||= source.column === null || this.#hasOtherTriggers;
    const { upto, last } = this.#stateOf(source);
    const used = { source, upto: upto ?? FIRST_ID, isKept: upto !== null && upto === last };
    this.#used.set(source.name, used);
    if (upto === null && !source.isOfOthers) database.exec(updateTrigger(source));
    if (!used.isKept || this.#tables.has(source.table)) this.#look(used);
  }

  of(texts: readonly string[], compared: ComparedText, longest: number): readonly Spelt[] {
    this.#fold();
    this.#hasPlain ??= this.database.prepare(SPELLING_SQL.hasPlain).get() !== undefined;
    if (this.#hasPlain) return spelt(this.database, texts, compared, longest, NONE);
    const others = texts.filter((text) => !isPlainText(text));
    const found = others.length === 0
      ? others.values()
      : spelt(this.database, others, compared, longest, NONE).values();
    return texts.map((text) => {
      if (!isPlainText(text)) return found.next().value ?? NONE;
      return text.length > longest ? NONE : text;
    });
  }

  /** Whether what is written to a column is to be told. */
  isUsed(table: string, column: string): boolean {
    return this.#columns.has(`${table}.${column}`);
  }

  /** Tells texts of a used column that were written, all of them not plain. */
  add(texts: readonly string[]): void {
    const rows = texts.flatMap((text) => {
      const form = comparedForm(text);
      const isPlain = isPlainText(form);
      if (isPlain) this.#hasPlain = true;
      return [foldedOf(form), text, isPlain ? 1 : 0];
    });
    this.#insert(rows);
  }

  created(table: string): void {
    this.#tables.add(table);
    if (this.#isAsked) this.#ask();
  }

  /** An object with an id that was used before: the next run that looks by a text of the table must look at it, too. */
  createdAgain(table: string, id: number): void {
    this.#createdAgain.set(table, Math.min(id, this.#createdAgain.get(table) ?? id));
  }

  /** @param isPlain whether all texts that were written are */
  updated(isPlain: boolean): void {
    if (this.#isAsked) this.#ask();
    else if (!isPlain) this.#mayBeUnfolded = true;
  }

  /** To be called when everything is written: what the run has told need not be looked at again. */
  finish(): void {
    this.#fold();
    this.#keepUsed();
    for (const [table, id] of this.#createdAgain) {
      this.database.prepare(SPELLING_SQL.lookAgain).run(id - 1, table, table);
    }
  }

  #keepUsed(): void {
    const changed = [...this.#used.values()].filter((used) => this.#isToKeep(used));
    if (changed.length === 0) return;
    const sources = changed.map(({ source }) => [source.name, source.table]);
    this.database.prepare(SPELLING_SQL.keep).run(JSON.stringify(sources));
  }

  /** A run that creates nothing leaves no trace, if the next one can look again in no time. */
  #isToKeep({ source, isKept }: Used): boolean {
    if (source.isOfOthers) return false;
    return this.#tables.has(source.table) || this.#isAsked || (!isKept && this.#stateOf(source).last > FEW_OBJECTS);
  }

  #ask(): void {
    this.#mustLook = true;
    this.#mayBeUnfolded = true;
  }

  /** Works out the forms of texts that only the database could tell. */
  #fold(): void {
    if (!this.#mayBeUnfolded) return;
    if (this.#mustLook) { for (const used of this.#used.values()) this.#lookAgain(used); }
    this.#mustLook = false;
    this.#mayBeUnfolded = false;
    const some = this.database.prepare(SPELLING_SQL.unfolded);
    for (;;) {
      const texts = some.all(FOLDED_TOGETHER).map(({ text }) => String(text));
      if (texts.length === 0) return;
      this.add(texts);
      this.database.prepare(SPELLING_SQL.forget).run(JSON.stringify(texts));
    }
  }

  #lookAgain(used: Used): void {
    const { source } = used;
    const last = source.isOfOthers ? FIRST_ID : this.#lastId(source);
    if (!source.isOfOthers && last <= used.upto) return;
    this.#look(used);
    used.upto = last;
  }

  #look({ source, upto }: Used): void {
    if (this.database.prepare(noteTextsOf(source)).run(upto) > 0) this.#mayBeUnfolded = true;
  }

  #lastId({ table }: TextSource): number {
    return Number(this.database.prepare(SPELLING_SQL.last).get(table)?.["seq"] ?? 0);
  }

  /** As it was when the transaction began. */
  #stateOf({ name, table, isOfOthers }: TextSource): { readonly upto: number | null; readonly last: number } {
    this.#state ??= this.database.prepare(SPELLING_SQL.state).all();
    const upto = this.#state.find((row) => row["name"] === name && row["upto"] !== null)?.["upto"];
    const last = this.#state.find((row) => row["name"] === table && row["last"] !== null)?.["last"];
    return { upto: upto === undefined || isOfOthers ? null : Number(upto), last: Number(last ?? 0) };
  }
}
