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
  return entryAt(log, 0)?.text ?? null;
}

/** An entry and where the next older one begins. */
interface Entry {
  readonly heading: string;
  readonly text: string;
  readonly end: number;
}

const HEADING = /==== .*, (\d+) ====\n/y;

function entryAt(log: string, start: number): Entry | null {
  HEADING.lastIndex = start;
  const found = HEADING.exec(log);
  if (found === null) return null;
  const textStart = HEADING.lastIndex;
  const textEnd = textStart + Number(found[1]);
  // A line break ends the entry.
  return { heading: found[0], text: log.slice(textStart, textEnd), end: textEnd + 1 };
}

/** Begins every heading: most cells have none, and are not looked at any further. */
const MARK_OF_HEADING = "==== ";

/**
 * What a cell says beyond the log: all of it, but where it holds the log as views and exports write it (SPEC 14), as it is now or as it was
 * some entries ago. Then it is what stands behind the log, or before it; nothing where an entry since then says that already.
 */
export function newTextOf(log: string, cell: string): string {
  const hasHeadings = log.startsWith(MARK_OF_HEADING);
  if (log === "" || (hasHeadings && !cell.includes(MARK_OF_HEADING))) return cell;
  // A file may have passed through a program that knows other line ends.
  const said = (log.includes("\r\n") ? cell : cell.replaceAll("\r\n", "\n")).trimEnd();
  const since = new Set<string>();
  for (let start = 0; start < log.length;) {
    const rest = log.slice(start).trimEnd();
    const isFirst = said.startsWith(rest) && isLineEnd(said[rest.length]);
    const isLast = said.endsWith(rest) && isLineEnd(said[said.length - rest.length - 1]);
    if (isFirst || isLast) {
      const added = (isFirst ? said.slice(rest.length) : said.slice(0, -rest.length)).trim();
      return since.has(added) ? "" : added;
    }
    const entry = entryAt(log, start);
    if (entry === null) break;
    since.add(entry.text);
    start = entry.end;
  }
  return cell;
}

/** The end of a text ends its line, too. */
function isLineEnd(character: string | undefined): boolean {
  return character === undefined || character === "\n";
}

/** Whether a text begins with the heading of one of the log's entries: who writes that means to change the entry. */
export function beginsWithEntryOf(log: string, text: string): boolean {
  const first = entryAt(text, 0)?.heading;
  if (first === undefined) return false;
  for (let start = 0; start < log.length;) {
    const entry = entryAt(log, start);
    if (entry === null) return false;
    if (entry.heading === first) return true;
    start = entry.end;
  }
  return false;
}
