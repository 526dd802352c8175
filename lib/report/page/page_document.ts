/** The page around its rows: one document, which loads nothing and runs nothing but its own filters. */
import { createHash } from "node:crypto";
import type { StopMessage } from "../../errors.ts";
import { limitExceeded } from "../../messages/limits.ts";
import { notLoadedAgain } from "../../messages/not_loaded.ts";
import { PAGE, pageTitle, refusedVerdict, runVerdict, shownOf, STATUS, whenAndHowLong } from "../../messages/page.ts";
import { headingLines, resultLines } from "../comment_lines.ts";
import { beginningOf } from "../old_file.ts";
import type { EndedRun } from "../report_format.ts";
import type { RefusedRun, RunColumns, RunHeading } from "../run_facts.ts";
import { inError, rowCount, type RowCounts } from "../totals.ts";
import { html } from "./page_rows.ts";
import { PAGE_SCRIPT } from "./page_script.ts";
import { PAGE_STYLE } from "./page_style.ts";

/** Stands in every page that csvrecon writes: such a page may be written over. */
const PAGE_MARK = '<meta name="generator" content="csvrecon">';
/** More than stands before it, in bytes. */
const MARK_IS_WITHIN = 4096;

/** Whether a file is a page of an earlier run. @param path for the system @throws what the system says */
export function isPage(path: string): boolean {
  return new TextDecoder("latin1").decode(beginningOf(path, MARK_IS_WITHIN)).includes(PAGE_MARK);
}

/** What is known beside the run. */
export interface PageFacts {
  /** The name of the input; null: it has none. */
  readonly input: string | null;
  readonly date: Date;
}

export type SectionName = "rejected" | "gone" | "updated" | "created";

/** The rows of one kind. */
export interface Section {
  readonly name: SectionName;
  /** How many the page has. */
  readonly shown: number;
}

/** Counts how many objects had an attribute changed. */
export type ChangedAttributes = ReadonlyMap<string, number>;

const KINDS = ["created", "updated", "unchanged", "skipped", "rejected"] as const;

/** Few runs pass rows over. */
function kindsIn({ skipped }: RowCounts) {
  return KINDS.filter((kind) => kind !== "skipped" || skipped > 0);
}

/** From the beginning to the first row. */
export function pageBegin(
  run: EndedRun,
  facts: PageFacts,
  sections: readonly Section[],
  changed: ChangedAttributes,
): string {
  const { heading, counts, end } = run;
  const isTakenBack = end.exceeded.length > 0;
  const exceeded = end.exceeded.map((one) => paragraph(messageText(limitExceeded(one, heading.class)), "bad")).join("");
  const verdict = runVerdict(counts, { isSimulated: heading.simulate, isTakenBack });
  return documentBegin(heading, facts) +
    paragraph(verdict, inError(counts) > 0 || isTakenBack ? "verdict bad" : "verdict") +
    (end.notLoadedSince === undefined ? "" : paragraph(notLoadedAgain(end.notLoadedSince))) +
    paragraph(whenAndHowLong(facts.date, end.seconds, end.dataSize), "dim") + exceeded +
    countTiles(counts) + bar(counts) +
    list(PAGE.warnings, end.warnings) + changedTable(run.columns, changed) + settings(run) +
    (sections.length === 0 ? paragraph(PAGE.nothingListed) : filters(sections, !heading.simulate && !isTakenBack));
}

/** @param isKept what the run wrote stays */
export function sectionBegin({ name, shown }: Section, counts: RowCounts, isKept: boolean): string {
  const all = name === "gone" ? counts.gone?.gone ?? 0 : counts[name];
  const more = shownOf(shown, all);
  return `<section id="${name}"><h2>${html(sectionTitle(name, isKept))} <small class="dim">${all} ` +
    `<span data-shown></span></small></h2>\n` + (more === "" ? "" : paragraph(more, "dim"));
}

export function sectionEnd(): string {
  return "</section>\n";
}

export function pageEnd(): string {
  return `<script>${PAGE_SCRIPT}</script>\n</body>\n</html>\n`;
}

/** The whole page of a run that was refused. @param heading null: nothing was known of it */
export function refusedPage({ messages }: RefusedRun, heading: RunHeading | null, facts: PageFacts): string {
  const reasons = messages.map((message) => messageText(message));
  return documentBegin(heading, facts) + paragraph(refusedVerdict(), "verdict bad") +
    `<ul>${reasons.map((reason) => `<li>${html(reason)}</li>`).join("")}</ul>\n</body>\n</html>\n`;
}

function documentBegin(heading: RunHeading | null, { input }: PageFacts): string {
  const title = html(pageTitle(heading?.class ?? null, input));
  return `<!DOCTYPE html>\n<html lang="${PAGE.lang}">\n<head>\n<meta charset="utf-8">\n${PAGE_MARK}\n` +
    `<meta http-equiv="Content-Security-Policy" content="${contentPolicy()}">\n` +
    `<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="referrer" content="no-referrer">\n` +
    `<title>${title}</title>\n<style>${PAGE_STYLE}</style>\n</head>\n<body>\n<h1>${title}</h1>\n`;
}

/** Nothing but this very style and script: what a cell could bring along would not run. https://www.w3.org/TR/CSP3/ */
function contentPolicy(): string {
  return `default-src 'none'; style-src ${hashOf(PAGE_STYLE)}; script-src ${hashOf(PAGE_SCRIPT)}; ` +
    "base-uri 'none'; form-action 'none'";
}

function hashOf(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

function countTiles(counts: RowCounts): string {
  const tile = (name: string, label: string, count: number) =>
    `<div class="${name}"><b>${count}</b>${html(label)}</div>`;
  return `<div class="counts">${tile("rows", PAGE.rows, rowCount(counts))}` +
    kindsIn(counts).map((kind) => tile(kind, STATUS[kind], counts[kind])).join("") +
    (counts.gone === undefined ? "" : tile("gone", PAGE.goneTile, counts.gone.gone)) +
    `${tile("warnings", PAGE.warnings, counts.warnings)}</div>\n`;
}

/** Shares of all rows. What is there at all can be seen. */
function bar(counts: RowCounts): string {
  const all = rowCount(counts);
  if (all === 0) return "";
  let at = 0;
  const parts = KINDS.filter((kind) => counts[kind] > 0).map((kind) => {
    const width = Math.max(0.5, 100 * counts[kind] / all);
    const part = `<rect class="${kind}" x="${at.toFixed(2)}" width="${width.toFixed(2)}" height="1">` +
      `<title>${html(`${STATUS[kind]}: ${counts[kind]}`)}</title></rect>`;
    at += width;
    return part;
  });
  const label = kindsIn(counts).map((kind) => `${STATUS[kind]}: ${counts[kind]}`).join(", ");
  return `<svg class="bar" viewBox="0 0 ${at.toFixed(2)} 1" preserveAspectRatio="none" role="img" aria-label="${
    html(label)
  }">${parts.join("")}</svg>\n`;
}

function changedTable({ label }: RunColumns, changed: ChangedAttributes): string {
  if (changed.size === 0) return "";
  const rows = [...changed].sort(([, one], [, other]) => other - one)
    .map(([code, count]) => `<tr><th scope="row">${html(label(code))}</th><td class="number">${count}</td></tr>`);
  return `<h2>${PAGE.changedAttributes}</h2>\n<table><tr><th scope="col">${PAGE.attribute}</th>` +
    `<td class="number">${PAGE.objects}</td></tr>${rows.join("")}</table>\n`;
}

/** What the comment lines of other reports say, but for the counts. */
function settings({ heading, columns, counts, end }: EndedRun): string {
  const lines = [
    ...headingLines("summary", heading, end.dataSize).slice(1),
    ...resultLines(heading, columns, counts, { warnings: [] }),
  ];
  const rows = lines.map((line) => /^#([^:]*): ?(.*)$/s.exec(line)).filter((found) => found !== null)
    .map(([, name = "", value = ""]) => `<tr><th scope="row">${html(name)}</th><td>${html(value)}</td></tr>`);
  return `<details><summary>${PAGE.settings}</summary><table>${rows.join("")}</table></details>\n`;
}

/** Hidden until the script has something to filter with. */
function filters(sections: readonly Section[], isKept: boolean): string {
  const boxes = sections.map(({ name }) =>
    `<label><input type="checkbox" name="show-${name}" checked> ${html(sectionTitle(name, isKept))}</label>`
  );
  return `<form id="filters" hidden><input type="search" name="words" aria-label="${PAGE.words}" placeholder="${PAGE.words}">` +
    `<select name="attribute" aria-label="${PAGE.attribute}"><option value="">${PAGE.anyAttribute}</option></select>` +
    `${boxes.join("\n")}</form>\n`;
}

function sectionTitle(name: SectionName, isKept: boolean): string {
  if (name === "rejected") return PAGE.inError;
  if (name === "gone") return PAGE.gone;
  if (name === "created") return isKept ? PAGE.created : PAGE.wouldBeCreated;
  return isKept ? PAGE.updated : PAGE.wouldBeUpdated;
}

function list(title: string, texts: readonly string[]): string {
  if (texts.length === 0) return "";
  return `<h2>${html(title)}</h2>\n<ul>${texts.map((text) => `<li>${html(text)}</li>`).join("")}</ul>\n`;
}

function paragraph(text: string, name = ""): string {
  return `<p${name === "" ? "" : ` class="${name}"`}>${html(text)}</p>\n`;
}

/** The # marks comment lines of other reports. */
function messageText({ text, hint }: StopMessage): string {
  return text.replace(/^#/, "") + (hint === undefined ? "" : `. ${hint}`);
}
