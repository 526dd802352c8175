/** What a map of the file would have to say of a class: a beginning for somebody who writes one. */
import { columnName } from "../csv/heading.ts";
import type { Inspection } from "./inspection.ts";

export interface MapDraft {
  readonly class: string;
  /** Columns that the class does not know, and the names that are nearly theirs. */
  readonly columns: readonly { readonly name: string; readonly nearest: readonly string[] }[];
  /** Words that an enumeration does not take. `reason`: what an import says of the first of them. */
  readonly values: readonly {
    readonly attribute: string;
    readonly words: readonly string[];
    readonly reason: string;
  }[];
}

/** Nobody fills in more by hand, and a map may not be long. */
const MOST_COLUMNS = 100;

/** Null: no class was given, it knows all columns and words, or nobody has named the columns so far. */
export function mapDraft({ table, findings }: Inspection): MapDraft | null {
  if (table === null || table.fit === null || findings.some(({ about }) => about.kind === "no_header")) return null;
  const { fit } = table;
  const near = new Map(
    findings.flatMap(({ about }) => about.kind === "unknown_column" ? [[about.column, about.nearest] as const] : []),
  );
  const passedOver = new Set([...fit.notLoaded, ...fit.takenByMap]);
  const columns = table.columns.flatMap(({ name, number }, index) => {
    const isKnown = fit.columns[index] !== null || passedOver.has(index) || columnName(name) === "";
    return isKnown ? [] : [{ name: columnName(name), nearest: near.get(number) ?? [] }];
  });
  const values = findings.flatMap(({ about }) =>
    about.kind === "values_refused" && about.words.length > 0
      ? [{ attribute: about.attribute, words: about.words, reason: about.reason }]
      : []
  );
  if (columns.length + values.length === 0) return null;
  return { class: fit.class, columns: columns.slice(0, MOST_COLUMNS), values };
}
