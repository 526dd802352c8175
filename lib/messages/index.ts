/** What `index` says. */
import type { StopMessage } from "../errors.ts";
import type { PreparedSearch } from "../store/prepared_searches.ts";

/** A line for each search, and one that counts. */
export function preparedSearches(searches: readonly PreparedSearch[]): readonly string[] {
  const count = (wanted: PreparedSearch["index"]) => searches.filter(({ index }) => index === wanted).length;
  return [
    ...searches.map(({ class: code, conditions, index }) => `${code} by ${conditions.join(", ")}: ${WORDS[index]}`),
    `Indexes made: ${count("made")}, there before: ${count("there")}, not possible: ${count("none")}`,
  ];
}

const WORDS: Readonly<Record<PreparedSearch["index"], string>> = {
  made: "made",
  there: "was there",
  none: "no index can serve it",
};

export function indexesNotTold(reason: string): StopMessage {
  return { text: `The output could not be written: ${reason}`, hint: "The indexes are made all the same" };
}
