/** The spellings of a transaction, which keeps them true. */
import { comparedForm, isPlainText } from "../../compared_text.ts";
import type { ComparedText } from "../sql/text_source.ts";
import type { TextSource } from "../sql/spelling_tables.ts";
import { answered, type Steps } from "../shared/steps.ts";
import type { Spelling, SpellingState, SpellingTables } from "./spelling_store.ts";
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
  /** Columns that are looked by, as `table.column`: what is written there is told at once. */
  readonly #columns = new Set<string>();
  /** Those of them whose changes no trigger notes: what the run itself changes it has to tell. */
  readonly #untold = new Set<string>();
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
  #state: SpellingState | null = null;
  #hasPlain: boolean | null = null;

  constructor(private readonly tables: SpellingTables) {}

  *use(source: TextSource): Steps<void> {
    const { tables } = this;
    if (this.#used.has(source.name) && (source.column !== null || tables.isTold(source))) return;
    if (source.column !== null) this.#columns.add(source.name);
    this.#hasOtherTriggers ??= yield* answered(tables.hasOtherTriggers());
    this.#isAsked ||= source.column === null || this.#hasOtherTriggers;
    const { upto, last } = yield* this.#stateOf(source);
    const used = { source, upto: upto ?? FIRST_ID, isKept: upto !== null && upto === last };
    this.#used.set(source.name, used);
    if (source.column !== null && !tables.isTold(source)) this.#untold.add(source.name);
    if (upto === null && tables.isTold(source)) yield* answered(tables.makeTrigger(source));
    if (!used.isKept || this.#tables.has(source.table)) yield* this.#look(used);
  }

  *of(texts: readonly string[], compared: ComparedText, longest: number): Steps<readonly Spelt[]> {
    yield* this.#fold();
    this.#hasPlain ??= yield* answered(this.tables.hasPlain());
    if (this.#hasPlain) return yield* spelt(this.tables, texts, compared, longest, NONE);
    const others = texts.filter((text) => !isPlainText(text));
    const found = (others.length === 0 ? others : yield* spelt(this.tables, others, compared, longest, NONE)).values();
    return texts.map((text) => {
      if (!isPlainText(text)) return found.next().value ?? NONE;
      return text.length > longest ? NONE : text;
    });
  }

  /** Whether what is written to a column is to be told. */
  isUsed(table: string, column: string): boolean {
    return this.#columns.has(`${table}.${column}`);
  }

  get hasUntold(): boolean {
    return this.#untold.size > 0;
  }

  /** Whether changes of a used column are to be told. */
  isUntold(table: string, column: string): boolean {
    return this.#untold.has(`${table}.${column}`);
  }

  /** Tells texts of a used column that were written, all of them not plain. */
  *add(texts: readonly string[]): Steps<void> {
    const spellings = texts.map((text): Spelling => {
      const form = comparedForm(text);
      const isPlain = isPlainText(form);
      if (isPlain) this.#hasPlain = true;
      return [foldedOf(form), text, isPlain ? 1 : 0];
    });
    yield* answered(this.tables.insert(spellings));
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

  /**
   * To be called when everything is written: what the run has told need not be looked at again.
   * @param keepsAll leaves a trace of all that was looked at
   */
  *finish(keepsAll = false): Steps<void> {
    yield* this.#fold();
    yield* this.#keepUsed(keepsAll);
    for (const [table, id] of this.#createdAgain) yield* answered(this.tables.lookAgain(id - 1, table));
  }

  *#keepUsed(keepsAll: boolean): Steps<void> {
    const changed: TextSource[] = [];
    for (const used of this.#used.values()) if (yield* this.#isToKeep(used, keepsAll)) changed.push(used.source);
    if (changed.length > 0) yield* answered(this.tables.keep(changed));
  }

  /** A run that creates nothing leaves no trace, if the next one can look again in no time. */
  *#isToKeep({ source, isKept }: Used, keepsAll: boolean): Steps<boolean> {
    if (!this.tables.isTold(source)) return false;
    if (keepsAll) return !isKept;
    if (this.#tables.has(source.table) || this.#isAsked) return true;
    return !isKept && (yield* this.#stateOf(source)).last > FEW_OBJECTS;
  }

  #ask(): void {
    this.#mustLook = true;
    this.#mayBeUnfolded = true;
  }

  /** Works out the forms of texts that only the database could tell. */
  *#fold(): Steps<void> {
    if (!this.#mayBeUnfolded) return;
    if (this.#mustLook) { for (const used of this.#used.values()) yield* this.#lookAgain(used); }
    this.#mustLook = false;
    this.#mayBeUnfolded = false;
    for (;;) {
      const texts = yield* answered(this.tables.unfolded(FOLDED_TOGETHER));
      if (texts.length === 0) return;
      yield* this.add(texts);
      yield* answered(this.tables.forget(texts));
    }
  }

  *#lookAgain(used: Used): Steps<void> {
    const { source } = used;
    const isTold = this.tables.isTold(source);
    const last = isTold ? yield* answered(this.tables.last(source.table)) : FIRST_ID;
    if (isTold && last <= used.upto) return;
    yield* this.#look(used);
    used.upto = last;
  }

  *#look({ source, upto }: Used): Steps<void> {
    if ((yield* answered(this.tables.note(source, upto))) > 0) this.#mayBeUnfolded = true;
  }

  /** As it was when the transaction began. */
  *#stateOf(source: TextSource): Steps<{ readonly upto: number | null; readonly last: number }> {
    const { name, table } = source;
    this.#state ??= yield* answered(this.tables.state());
    const { upto, last } = this.#state;
    return { upto: this.tables.isTold(source) ? upto.get(name) ?? null : null, last: last.get(table) ?? 0 };
  }
}
