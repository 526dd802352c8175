/** Our report, taken apart. It must be what it says: comment lines, then a table that any CSV reader can read. */
import { parse } from "@std/csv";

export interface OurReport {
  readonly comments: readonly string[];
  /** Null: the report has no table. */
  readonly table: { readonly heading: readonly string[]; readonly rows: readonly string[][] } | null;
}

/** @throws when the table is not valid CSV, or its rows differ in length */
export function parseOurReport(text: string): OurReport {
  const { comments, tableText } = splitReport(text);
  if (tableText === "") return { comments, table: null };
  const [heading = [], ...rows] = parse(tableText, { separator: ";", lazyQuotes: false, fieldsPerRecord: 0 });
  return { comments, table: { heading, rows } };
}

/** The lines before the table's heading, and the rest. */
export function splitReport(text: string): { comments: string[]; tableText: string } {
  const start = text.search(/^Line;Status;/m);
  const head = start < 0 ? text : text.slice(0, start);
  return { comments: lines(head), tableText: start < 0 ? "" : text.slice(start) };
}

/** The lines of a text, without the end of the last one. */
export function lines(text: string): string[] {
  return text === "" ? [] : text.replace(/\n$/, "").split("\n");
}
