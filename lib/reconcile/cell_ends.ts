/** What does not count at the ends of cells of one line, and what cannot be seen in keys. */
import { type ColumnPlan, feedingCells, headersOfFile, withInner } from "../columns/plan.ts";
import { hasWithoutWidth, withoutBlankEnds, withoutWidthIn } from "../compared_text.ts";
import type { Cell, CsvRecord } from "../csv/record.ts";
import { classOf, finalAttribute, isColumn } from "../model/look_up.ts";
import type { Attribute } from "../model/model.ts";
import { nullWords } from "../csv/null_words.ts";
import { hasBlankEnds } from "../values/line_breaks.ts";
import type { RunContext } from "./run_context.ts";

/** Gives records whose cells are as they count. */
export type CellEnds = (records: readonly CsvRecord[]) => readonly CsvRecord[];

/**
 * Blanks of every alphabet and characters without width do not count at the ends of a cell of one line, be it qualified or not (SPEC 14).
 * Within keys such characters are kept, and warned of.
 */
export function createCellEnds(context: RunContext): CellEnds {
  const ends = endsIn(context);
  if (context.nullWords.length === 0) return ends;
  // A blank at the end of a qualified cell makes a text of the word, as it does of `<NULL>`.
  const read = nullWords(context.nullWords);
  return (records) => ends(records.map(read));
}

function endsIn({ plan, model, warnings }: RunContext): CellEnds {
  const lines = linesOf(plan, (key, code) => finalAttribute(model, classOf(model, key), code).attribute);
  const keys = keysOf(plan);
  return (records) =>
    records.map((record) => {
      const { cells } = record;
      for (const cell of keys) {
        if (hasWithoutWidth(cells[cell] ?? "") && isWarnedOf(plan, warnings, record, cell)) break;
      }
      for (const cell of lines) if (!isTrimmed(cells[cell])) return trimmed(record, lines);
      return record;
    });
}

/** Nearly every cell is as it counts. */
function isTrimmed(cell: Cell | undefined): boolean {
  return typeof cell !== "string" || withoutBlankEnds(cell) === cell;
}

function trimmed(record: CsvRecord, lines: readonly number[]): CsvRecord {
  const cells = [...record.cells];
  for (const line of lines) {
    const cell = cells[line];
    if (typeof cell === "string") cells[line] = withoutBlankEnds(cell);
  }
  return { ...record, cells };
}

/** The columns whose cells have one line. */
function linesOf(
  { direct, externalKeys }: ColumnPlan,
  final: (target: string, code: string) => Attribute | "id",
): readonly number[] {
  const own = direct.filter(({ attribute }) => isOneLine(attribute)).map(({ cell }) => cell);
  const parts = withInner(externalKeys).flatMap(({ key, parts }) =>
    parts.filter(({ attribute }) => isOneLine(attribute === "id" ? "id" : final(key.target, attribute.code)))
      .map(({ cell }) => cell)
  );
  return [...new Set([...own, ...parts])];
}

function isOneLine(attribute: Attribute | "id"): boolean {
  if (attribute === "id") return true;
  return isColumn(attribute) ? !hasBlankEnds(attribute) : attribute.kind !== "link_set";
}

/** The columns by which objects are looked for, those of link sets too. */
function keysOf({ keys, externalKeys, direct }: ColumnPlan): readonly number[] {
  const own = keys.flatMap((key) => key.kind === "external_key" ? [] : [key.cell]);
  const parts = externalKeys.flatMap(feedingCells);
  const links = direct.flatMap(({ cell, attribute }) =>
    attribute !== "id" && attribute.kind === "link_set" ? [cell] : []
  );
  return [...new Set([...own, ...parts, ...links])];
}

/** Warns of a record, if the cell has what it takes. A malformed record is in error anyway, and its cells stand who knows where. */
function isWarnedOf(
  plan: ColumnPlan,
  warnings: RunContext["warnings"],
  { cells, typed, line, problem }: CsvRecord,
  cell: number,
): boolean {
  const characters = new Set(withoutWidthIn(withoutBlankEnds(cells[cell] ?? "")));
  const { headers, addedCells } = plan;
  const isWhole = (typed?.cells ?? cells).length === headersOfFile(plan).length + addedCells;
  if (characters.size === 0 || problem !== null || !isWhole) return false;
  const codes = [...characters].map((character) => character.codePointAt(0) ?? 0);
  warnings.noteRow({ kind: "no_width_in_key", column: headers[cell] ?? "", codes }, line);
  return true;
}
