/** The tables of spellings in SQLite. */
import { noteTextsOf, SPELLING_SQL, textsOf, type TextSource, updateTrigger } from "../sql/spelling_tables.ts";
import type { Spelling, SpellingState, SpellingTables } from "../spellings/spelling_store.ts";
import type { Database } from "./connection.ts";
import { type InsertRows, rowInserter } from "./insert_rows.ts";

export class SqliteSpellings implements SpellingTables {
  #insert: InsertRows | null = null;

  constructor(private readonly database: Database) {}

  areThere(): boolean {
    return this.#has(SPELLING_SQL.hasTables);
  }

  state(): SpellingState {
    const [upto, last] = [new Map<string, number>(), new Map<string, number>()];
    for (const row of this.database.prepare(SPELLING_SQL.state).all()) {
      const name = String(row["name"]);
      if (row["upto"] !== null && !upto.has(name)) upto.set(name, Number(row["upto"]));
      if (row["last"] !== null && !last.has(name)) last.set(name, Number(row["last"]));
    }
    return { upto, last };
  }

  upto({ name }: TextSource): number | null {
    const upto = this.database.prepare(SPELLING_SQL.upto).get(name)?.["upto"];
    return typeof upto === "number" ? upto : null;
  }

  last(table: string): number {
    return Number(this.database.prepare(SPELLING_SQL.last).get(table)?.["seq"] ?? 0);
  }

  keep(sources: readonly TextSource[]): void {
    const pairs = sources.map(({ name, table }) => [name, table]);
    this.database.prepare(SPELLING_SQL.keep).run(JSON.stringify(pairs));
  }

  lookAgain(upto: number, table: string): void {
    this.database.prepare(SPELLING_SQL.lookAgain).run(upto, table, table);
  }

  unfolded(most: number): readonly string[] {
    return this.database.prepare(SPELLING_SQL.unfolded).all(most).map(({ text }) => String(text));
  }

  forget(texts: readonly string[]): void {
    this.database.prepare(SPELLING_SQL.forget).run(JSON.stringify(texts));
  }

  hasPlain(): boolean {
    return this.#has(SPELLING_SQL.hasPlain);
  }

  hasOtherTriggers(): boolean {
    return this.#has(SPELLING_SQL.hasOtherTriggers);
  }

  insert(spellings: readonly Spelling[]): void {
    this.#insert ??= rowInserter(this.database, { into: SPELLING_SQL.insert, width: 3 });
    this.#insert(spellings.flat());
  }

  find(forms: readonly string[]): readonly (readonly [number, string])[] {
    return JSON.parse(String(this.database.prepare(SPELLING_SQL.find).get(JSON.stringify(forms))?.["found"]));
  }

  texts(source: TextSource, upto: number): readonly string[] {
    return this.database.prepare(textsOf(source)).all(upto).map(({ text }) => String(text));
  }

  note(source: TextSource, upto: number): number {
    return this.database.prepare(noteTextsOf(source)).run(upto);
  }

  isTold({ isOfOthers }: TextSource): boolean {
    return !isOfOthers;
  }

  makeTrigger(source: TextSource): void {
    this.database.exec(updateTrigger(source));
  }

  #has(sql: string): boolean {
    return this.database.prepare(sql).get() !== undefined;
  }
}
