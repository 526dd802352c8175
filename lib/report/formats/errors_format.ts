/** The format `errors`: the comment lines, then a table of the rows in error, each with all that speaks against it and the keys that it has. */
import { goneName, goneStatus } from "../../messages/feeds.ts";
import { ERRORS_HEADING } from "../../messages/report.ts";
import { rowReasons } from "../../messages/row_reasons.ts";
import { rowStatus } from "../../messages/rows.ts";
import type { GoneObject } from "../../reconcile/gone_object.ts";
import type { RowResult } from "../../reconcile/row_result.ts";
import { keyCellsOf, typedText } from "../key_cells.ts";
import { printedLines } from "../printed_lines.ts";
import type { RunColumns } from "../run_facts.ts";
import { plainCell, quoted, SEPARATOR, withoutNul } from "../table_row.ts";
import { CommentFormat } from "./comment_format.ts";

/** Between two reasons: sentences have commas and semicolons. */
const BETWEEN_REASONS = " | ";

export class ErrorsFormat extends CommentFormat {
  #keyCells: readonly number[] = [];

  override columns(columns: RunColumns): void {
    this.#keyCells = keyCellsOf(columns);
  }

  override row({ line, typed, outcome }: RowResult): string {
    if (outcome.kind !== "rejected") return "";
    const keys = this.#keyCells.map((cell) => typedText(typed.cells[cell]));
    const texts = [rowStatus(outcome), rowReasons(outcome).join(BETWEEN_REASONS), ...keys];
    return printedLines(
      [[line, ...texts.map((text) => quoted(withoutNul(this.change(text))))].join(SEPARATOR)],
      this.sink,
    );
  }

  gone(one: GoneObject): string {
    if (one.outcome.kind !== "rejected") return "";
    const texts = [goneStatus(one), rowReasons(one.outcome).join(BETWEEN_REASONS), goneName(one)];
    const cells = texts.map((text) => quoted(withoutNul(this.change(text))));
    return printedLines([["", ...cells].join(SEPARATOR)], this.sink);
  }

  protected override tableHeading(columns: RunColumns): readonly string[] {
    const headers = keyCellsOf(columns).map((cell) => columns.headers[cell] ?? "");
    return [[...ERRORS_HEADING, ...headers].map((cell) => plainCell(this.change(cell))).join(SEPARATOR)];
  }
}
