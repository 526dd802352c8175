/** Texts of several lines, and link sets: what goes and what comes, one a line. */
import { andMore, NEW_OBJECT, NO_VALUE, SIGN } from "../../messages/diff.ts";
import type { LinkSetAttribute } from "../../model/model.ts";
import type { ReportedChange } from "../../reconcile/row_result.ts";
import type { RunColumns } from "../run_facts.ts";
import { parseLinkSetCell } from "../../values/link_set_cell.ts";
import type { Piece } from "./paint.ts";
import { shortFrom } from "./short_texts.ts";

/** So many lines that go, and as many that come. */
const MOST_LINES = 50;

/** The lines of two texts that differ, but for those with which both begin and end. */
export function changedLines(before: string, after: string): readonly Piece[] {
  const [old, now] = [linesOf(before), linesOf(after)];
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start++;
  let end = 0;
  while (end < old.length - start && end < now.length - start && old.at(-1 - end) === now.at(-1 - end)) end++;
  return goneAndCome(old.slice(start, old.length - end), now.slice(start, now.length - end));
}

/** The links that go and those that come; one with another attribute does both. */
export function changedLinks(
  change: ReportedChange,
  attribute: LinkSetAttribute,
  columns: Pick<RunColumns, "linkText">,
): readonly Piece[] {
  const text = (code: string, value: string) => columns.linkText(attribute, code, value);
  const old = itemsOf(change.oldValue, change.oldNames, attribute, text);
  const now = itemsOf(change.newValue, change.newNames, attribute, text);
  const [before, after] = [new Set(old), new Set(now)];
  return goneAndCome(old.filter((item) => !after.has(item)), now.filter((item) => !before.has(item)));
}

function goneAndCome(gone: readonly string[], come: readonly string[]): readonly Piece[] {
  return [...signed(gone, "removed"), ...signed(come, "added")];
}

function signed(lines: readonly string[], colour: "removed" | "added"): readonly Piece[] {
  const shown = lines.slice(0, MOST_LINES).map((line) => ({ text: `${SIGN[colour]} ${shortLine(line)}`, colour }));
  const more = lines.length - shown.length;
  return more === 0 ? shown : [...shown, { text: `${SIGN[colour]} ${andMore(more)}`, colour }];
}

/** An empty line is a line. */
function shortLine(line: string): string {
  return line === "" ? "" : shortFrom(line);
}

function linesOf(text: string): readonly string[] {
  return text === "" ? [] : text.split(/\r\n|\n|\r/);
}

/** `Hardware (5); Role: 3`: the other end, and what else the link says. */
function itemsOf(
  value: ReportedChange["oldValue"],
  names: ReportedChange["oldNames"],
  { keyToRemote }: LinkSetAttribute,
  text: (code: string, value: string) => string,
): readonly string[] {
  const parsed = parseLinkSetCell(String(value ?? ""));
  if (!parsed.ok) return [String(value)];
  return parsed.items.map((item, index) => {
    const end = item.find(({ attribute }) => attribute === keyToRemote);
    const others = item.filter(({ attribute }) => attribute !== keyToRemote)
      .map(({ attribute, value }) => text(attribute, value)).filter((one) => one !== "");
    const target = end === undefined || end.value === "" ? NO_VALUE : targetText(end.value, names?.[index] ?? null);
    return [target, ...others].join("; ");
  });
}

/** `Demo (2)`, `Demo (new)`. @param id as it is shown; 0: a simulation would create it */
export function targetText(id: string, name: string | null): string {
  const shown = id === "0" ? NEW_OBJECT : id;
  return name === null ? shown : `${name} (${shown})`;
}
