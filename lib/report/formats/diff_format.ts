/**
 * The format `diff`, for people: what each row changed, old and new, new objects with all that they have, rows in error with their reasons,
 * and how many there are of each. What did not change is only counted.
 */
import { cutText } from "../../cut_text.ts";
import type { TextSink } from "../../io.ts";
import { countLine, GONE_SIGN, lineOfFile, SIGN } from "../../messages/diff.ts";
import { goneName, goneSince } from "../../messages/feeds.ts";
import { notLoadedAgain } from "../../messages/not_loaded.ts";
import { reportLine } from "../../messages/report.ts";
import { rowReasons } from "../../messages/row_reasons.ts";
import type { GoneObject } from "../../reconcile/gone_object.ts";
import type { ReportedTarget, RowOutcome, RowResult } from "../../reconcile/row_result.ts";
import { creationLines, type Line, updateLines } from "../diff/object_lines.ts";
import { type Colour, type Paint, paintedLine, plainLine, printPainted } from "../diff/paint.ts";
import { shortFrom } from "../diff/short_texts.ts";
import { keyCellsOf, typedText } from "../key_cells.ts";
import { exceededLines, refusalLines } from "../refusal_lines.ts";
import { ALL_NAMES, type ReportNeeds } from "../report.ts";
import type { EndedRun, ReportFormat, ReportStyle } from "../report_format.ts";
import { isKept } from "../totals.ts";
import type { RefusedRun, RunColumns } from "../run_facts.ts";
import { safeText } from "../safe_csv.ts";

const INDENT = "    ";

export class DiffFormat implements ReportFormat {
  readonly needs: ReportNeeds = { cells: false, newValues: true, names: ALL_NAMES };
  readonly print: ReportFormat["print"];
  readonly #paint: Paint;
  #columns: RunColumns | null = null;

  constructor(private readonly style: ReportStyle, sink: Pick<TextSink, "isTerminal">) {
    const isColoured = sink.isTerminal && style.isColoured === true && !style.safeCsv;
    this.#paint = isColoured ? paintedLine : plainLine;
    this.print = isColoured ? printPainted : undefined;
  }

  columns(columns: RunColumns): void {
    this.#columns = columns;
  }

  row(result: RowResult): string {
    const columns = this.#columns;
    if (columns === null) throw new Error("a row comes behind its columns");
    const { outcome, typed } = result;
    switch (outcome.kind) {
      case "unchanged":
      case "skipped":
        return "";
      case "created":
        return this.#text([
          heading("added", result, columns),
          ...creationLines(outcome.values, columns, typed),
          ...targetLines(outcome.targets),
        ]);
      case "updated":
        return this.#text([
          heading("changed", result, columns),
          ...updateLines(outcome.changes, columns),
          ...targetLines(outcome.targets),
        ]);
      case "rejected":
        return this.#text([heading("error", result, columns), ...reasonLines(outcome)]);
    }
  }

  gone(one: GoneObject): string {
    const columns = this.#columns;
    if (columns === null) throw new Error("what is gone comes behind the columns");
    const { outcome, since } = one;
    const name = shortFrom(goneName(one));
    const line = (sign: string, colour?: Colour): Line => [
      { text: `${sign} ${name}`, ...colour === undefined ? {} : { colour } },
      { text: goneSince(since) },
    ];
    switch (outcome.kind) {
      case "kept":
      case "unchanged":
        return this.#text([line(GONE_SIGN)]);
      case "updated":
        return this.#text([line(SIGN.changed, "changed"), ...updateLines(outcome.changes, columns)]);
      case "deleted":
        return this.#text([line(SIGN.removed, "removed")]);
      case "rejected":
        return this.#text([line(SIGN.error, "error"), ...reasonLines(outcome)]);
    }
  }

  before(): string {
    return "";
  }

  after({ heading, counts, end }: EndedRun): string {
    return this.#text([
      ...end.warnings.map(reportLine.warning),
      ...exceededLines(heading, end, this.style.hasHints === true),
      countLine(heading.class, counts, isKept(heading, end)),
      ...end.notLoadedSince === undefined ? [] : [notLoadedAgain(end.notLoadedSince)],
    ].map(asLine));
  }

  refused(run: RefusedRun): string {
    return this.#text(refusalLines(run, this.style.hasHints === true).map(asLine));
  }

  #text(lines: readonly Line[]): string {
    return lines.map((line) => {
      const text = this.#paint(line);
      return (this.style.safeCsv ? safeText(text) : text) + "\n";
    }).join("");
  }
}

function asLine(text: string): Line {
  return [{ text }];
}

/** `~ Person 12 Ada Lovelace (line 3)`: the object by its name, or by the keys that the row has. */
function heading(colour: Colour, { outcome, typed, line }: RowResult, columns: RunColumns): Line {
  const { object } = outcome;
  const id = object === null || object.id === 0 ? [] : [String(object.id)];
  const name = object?.name ?? "";
  const keys = keyCellsOf(columns).map((cell) =>
    `${columns.headers[cell] ?? ""} '${shortFrom(typedText(typed.cells[cell]))}'`
  );
  const words = [SIGN[colour], ...object === null ? [] : [object.class], ...id];
  const text = [...words, name === "" ? keys.join(", ") : shortFrom(name)].join(" ");
  return [{ text, colour }, { text: lineOfFile(line) }];
}

/** What was created beside the row's object. */
function targetLines(targets: readonly ReportedTarget[] = []): readonly Line[] {
  return targets.map(({ class: code, id }) => {
    const words = [SIGN.added, code, ...id === 0 ? [] : [String(id)]];
    return [{ text: INDENT + words.join(" "), colour: "added" as const }];
  });
}

/** A reason may quote a cell of a million characters. */
const LONGEST_REASON = 1000;

function reasonLines(outcome: Extract<RowOutcome, { readonly kind: "rejected" }>): readonly Line[] {
  return rowReasons(outcome).map((reason) => asLine(INDENT + cutText(reason, LONGEST_REASON)));
}
