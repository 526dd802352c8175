/**
 * Objects that are created beside one whose key looks the same. A database of others may take texts for two that differ in case, in blanks or
 * in the form of their characters only: so it is done, and somebody should look.
 *
 * What is there is read once, before the first object is created; then everything is known, as far as it is few enough.
 */
import { comparedForm } from "../compared_text.ts";
import { cellsOfKey } from "../columns/plan.ts";
import type { AttributeCode, StoredValue } from "../model/model.ts";
import { hasProblems } from "./obstacle.ts";
import type { Namesakes } from "./namesakes.ts";
import { codeOfKey } from "./own_keys.ts";
import type { AskedRow } from "./row_questions.ts";
import type { RunContext } from "./run_context.ts";
import { SeenTexts } from "./seen_texts.ts";

/** So many objects at most are looked at: some tenths of a second. */
const MOST_OBJECTS = 128 * 1024;

export class LikeKeys implements Namesakes {
  /** Keys in the form in which they look the same; null: nothing was read, or there is too much. */
  #known: SeenTexts | null = null;
  #isOver = false;
  readonly #codes: readonly AttributeCode[];
  readonly #columns: readonly string[];

  constructor(private readonly context: RunContext) {
    const { keys, headers } = context.plan;
    this.#codes = keys.map(codeOfKey);
    this.#columns = keys.flatMap(cellsOfKey).map((cell) => headers[cell] ?? "");
  }

  async ask(rows: readonly AskedRow[]): Promise<void> {
    if (this.#isOver || this.#known !== null) return;
    const creates = rows.some(({ plan, read }) => plan?.kind === "create" && !hasProblems(read));
    if (creates) await this.#read();
  }

  askAgain(row: AskedRow): Promise<void> {
    return this.ask([row]);
  }

  created({ key, record }: AskedRow): void {
    const values = key?.values ?? null;
    if (this.#known === null || values === null || !values.some(isSomeText)) return;
    // Who has the very same key is found, and not created again.
    if (this.#known.addOnce(formOf(values))) {
      this.context.warnings.noteRow({ kind: "like_another", columns: this.#columns }, record.line);
    }
    this.#endIfMuch();
  }

  /** It is done when an object is created. */
  warn(): Promise<void> {
    return Promise.resolve();
  }

  async #read(): Promise<void> {
    const { store, plan } = this.context;
    const isMuch = await store.count(plan.class.code) > MOST_OBJECTS;
    this.#isOver = isMuch || this.#codes.includes("id");
    if (this.#isOver) return;
    this.#known = new SeenTexts();
    const list = store.list({ class: plan.class.code, orderedBy: [], read: this.#codes });
    for await (const page of list.pages()) {
      for (const object of page) {
        const values = object.values ?? await list.valuesOf(object);
        this.#known.addOnce(formOf(values));
      }
    }
  }

  #endIfMuch(): void {
    this.#isOver = (this.#known?.size ?? 0) >= MOST_OBJECTS;
    if (this.#isOver) this.#known = null;
  }
}

function formOf(values: readonly StoredValue[]): string {
  return values.map((value) => typeof value === "string" ? lookedForm(value) : String(value ?? "")).join("\u0000");
}

/** How it looks: blanks of every width are one, wherever they stand. */
function lookedForm(text: string): string {
  return comparedForm(BLANKS.test(text) ? text.replace(EVERY_BLANKS, " ") : text);
}

const BLANKS = /\s\s|[^\S ]/;
const EVERY_BLANKS = /\s+/g;

function isSomeText(value: StoredValue): boolean {
  return typeof value === "string" && value !== "";
}
