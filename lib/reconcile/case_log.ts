/**
 * Case logs: text to which entries are only ever added, the newest first. An entry's heading tells its length, so that no text can
 * pass for a heading.
 */
import { onOneLine } from "../one_line.ts";

/** The log with one more entry; the same log when the entry is empty or is the newest one already. */
export function withEntry(log: string, entry: string, login: string, now: Date): string {
  if (entry === "" || entry === newestEntry(log)) return log;
  const when = now.toISOString().slice(0, 19).replace("T", " ");
  return `==== ${when} UTC, ${onOneLine(login)}, ${entry.length} ====\n${entry}\n${log}`;
}

/** The text of the newest entry, or null when there is none. */
export function newestEntry(log: string): string | null {
  const heading = /^==== .*, (\d+) ====\n/.exec(log);
  if (heading === null) return null;
  return log.slice(heading[0].length, heading[0].length + Number(heading[1]));
}
