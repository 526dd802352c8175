/** The spellings of a database that is only looked at: what was written since they were last told is looked through. */
import type { ComparedText } from "../sql/text_source.ts";
import type { TextSource } from "../sql/spelling_tables.ts";
import { answered, type Steps } from "../shared/steps.ts";
import type { SpellingTables } from "./spelling_store.ts";
import { FIRST_ID, NONE, type Spellings, type Spelt, spelt } from "./spellings.ts";

const ALL = -1;

export class ReadSpellings implements Spellings {
  constructor(private readonly tables: SpellingTables) {}

  *use(): Steps<void> {}

  *of(texts: readonly string[], compared: ComparedText, longest: number): Steps<readonly Spelt[]> {
    const areThere = yield* answered(this.tables.areThere());
    const candidates = yield* this.#untold(compared.source, areThere);
    return yield* spelt(areThere ? this.tables : null, texts, compared, longest, candidates);
  }

  *#untold(source: TextSource, areThere: boolean): Steps<readonly string[]> {
    const { tables } = this;
    const upto = areThere && !source.isOfOthers ? yield* answered(tables.upto(source)) : null;
    const texts = yield* answered(tables.texts(source, upto ?? FIRST_ID));
    const unfolded = upto === null ? NONE : yield* answered(tables.unfolded(ALL));
    return [...texts, ...unfolded];
  }
}
