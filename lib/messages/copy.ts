/** What `copy` says. */
import type { StopMessage } from "../errors.ts";
import type { CopiedCounts, LeftOut } from "../store/copied_counts.ts";
import { outputNotWritable } from "./commands.ts";
import { quoted, shortened, visible } from "./quoted.ts";

/** A value that no column of ours can have. */
export interface WrongValue {
  readonly table: string;
  readonly column: string;
  /** Of its row. */
  readonly key: string;
  /** The type of the value, as SQLite calls it; `bytes`: of a text that is no UTF-8. */
  readonly found: string;
}

export function sameDatabase(from: string, to: string): StopMessage {
  return {
    text: `#Nothing to copy: from and to name the same database (${quoted(from)}, ${quoted(to)})`,
    hint: "Name with to a file, or a schema of a server, that is not there yet",
  };
}

/** @param part a table, or one of its columns */
export function partMissing(database: string, part: string): StopMessage {
  return {
    text: `Database could not be copied: ${quoted(database)} lacks ${visible(part)}, which its model has`,
    hint: "Somebody has changed its tables. Restore a copy of it. Nothing was made.",
  };
}

export function valueNotCopied(database: string, { table, column, key, found }: WrongValue): StopMessage {
  const what = found === "bytes" ? "a text that is no UTF-8" : `a value of the type ${found} or out of range`;
  return {
    text: `Database could not be copied: ${quoted(database)} has ${what} in ${visible(`${table}.${column}`)}, ` +
      `in the row with the key ${visible(shortened(key))}`,
    hint: "csvrecon has not written it. Mend the value with the tool that has, and copy again. Nothing was made.",
  };
}

/** @param words what the database at the target says */
export function rowNotCopied(database: string, table: string, words: string): StopMessage {
  return {
    text: `Database could not be copied: ${quoted(database)} refuses a row of ${visible(table)} (${
      visible(shortened(words))
    })`,
    hint: "A row breaks a rule of the model, which something else than csvrecon has written. Mend it where it comes " +
      "from, and copy again. Nothing was made.",
  };
}

/** The report. */
export function copied(from: string, to: string, counts: CopiedCounts): readonly string[] {
  const { objects, runs, entries, feeds, leftOut } = counts;
  const total = [...objects.values()].reduce((sum, number) => sum + number, 0);
  return [
    `Copied ${from} to ${to}`,
    ...[...objects].map(([code, number]) => `${code}: ${grouped(number)}`),
    `Objects: ${grouped(total)}. Runs in the change log: ${grouped(runs)}, with ${grouped(entries)} entries. ` +
    `Feeds: ${grouped(feeds)}.`,
    ...(leftOut.length === 0 ? [] : [`Left out, as csvrecon has not made them: ${named(leftOut)}`]),
  ];
}

const MOST_NAMED = 20;

function named(leftOut: readonly LeftOut[]): string {
  const names = leftOut.slice(0, MOST_NAMED).map(({ kind, name }) => `the ${kind} ${visible(shortened(name))}`);
  const more = leftOut.length - names.length;
  return names.join(", ") + (more > 0 ? `, and ${grouped(more)} more` : "");
}

function grouped(count: number): string {
  return count.toLocaleString("en");
}

/** @param reason what the operating system says */
export function copiedNotTold(reason: string): StopMessage {
  return { ...outputNotWritable(reason), hint: "The copy was made all the same" };
}
