/** The spellings of a database that is only looked at: what was written since they were last told is looked through. */
import type { ComparedText } from "../sql/text_source.ts";
import type { Database } from "./connection.ts";
import { SPELLING_SQL, textsOf, type TextSource } from "../sql/spelling_tables.ts";
import { FIRST_ID, type Spellings, type Spelt, spelt } from "./spellings.ts";

const ALL = -1;

export class ReadSpellings implements Spellings {
  constructor(private readonly database: Database) {}

  use(): void {}

  of(texts: readonly string[], compared: ComparedText, longest: number): readonly Spelt[] {
    const { database } = this;
    const hasTables = database.prepare(SPELLING_SQL.hasTables).get() !== undefined;
    const candidates = this.#untold(compared.source, hasTables);
    return spelt(hasTables ? database : null, texts, compared, longest, candidates);
  }

  #untold(source: TextSource, hasTables: boolean): readonly string[] {
    const { database } = this;
    const upto = hasTables && !source.isOfOthers
      ? database.prepare(SPELLING_SQL.upto).get(source.name)?.["upto"]
      : null;
    const texts = database.prepare(textsOf(source)).all(upto ?? FIRST_ID);
    const unfolded = typeof upto === "number" ? database.prepare(SPELLING_SQL.unfolded).all(ALL) : [];
    return [...texts, ...unfolded].map(({ text }) => String(text));
  }
}
