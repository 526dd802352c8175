/** Where the cells of a row came from, when a map made them: people are told what stands in their file. */
import { cellsOfFile, type ColumnMapping, type ColumnPlan, headersOfFile, passwordCellsOfFile } from "./plan.ts";
import { withoutBlankEnds } from "../compared_text.ts";
import type { Cell, CsvRecord } from "../csv/record.ts";
import { SECRET_MARK } from "../secret_mark.ts";

/** A cell that a map made. */
export interface MadeCell {
  /** Of the column, as the file's header names it, or the map. */
  readonly name: string;
  readonly value: Cell;
  /** Cells of the file; none: the map has it as such. */
  readonly of: readonly { readonly column: string; readonly cell: Cell }[];
}

type Columns = Pick<ColumnPlan, "headers" | "mapping" | "direct" | "ignored">;

/** The record as it came. */
export function asItCame(record: CsvRecord): CsvRecord {
  return record.typed ?? record;
}

/** What was typed, of a column of the file; what a map made, of another one. */
export function typedCell({ mapping }: Pick<Columns, "mapping">, { cells, typed }: CsvRecord, cell: number): Cell {
  const isOfFile = mapping === undefined || cell < mapping.columnsOfFile;
  return (isOfFile && typed !== undefined ? typed.cells[cell] : cells[cell]) ?? null;
}

/** The columns of the file behind a cell, as its header names them; what the map gives as such is called as in the map. */
export function columnsBehind(plan: Pick<Columns, "headers" | "mapping">, cell: number): readonly string[] {
  const header = headersOfFile(plan);
  const columns = cellsOfFile(plan, cell).map((one) => header[one] ?? "");
  return columns.length > 0 ? columns : [plan.headers[cell] ?? ""];
}

/** Null: the cell is the file's own. What passwords are made of too is not told. */
export function madeCell(plan: Columns, record: CsvRecord, cell: number): MadeCell | null {
  const { mapping } = plan;
  const { cells, typed } = record;
  if (mapping === undefined || typed === undefined) return null;
  const isOwn = cell < mapping.columnsOfFile && isSame(cells[cell] ?? null, typed.cells[cell] ?? null);
  return isOwn ? null : cellAndSources(plan, mapping, record, typed.cells, cell);
}

/** The same of a cell that is the file's own, too. */
export function mappedCell(plan: Columns, record: CsvRecord, cell: number): MadeCell {
  const { mapping } = plan;
  if (mapping === undefined) throw new Error("there is no map");
  return cellAndSources(plan, mapping, record, (record.typed ?? record).cells, cell);
}

function cellAndSources(
  plan: Columns,
  mapping: ColumnMapping,
  { cells }: CsvRecord,
  came: readonly Cell[],
  cell: number,
): MadeCell {
  const value = cells[cell] ?? null;
  const secret = passwordCellsOfFile(plan);
  const of = cellsOfFile(plan, cell).map((one) => ({
    column: mapping.headers[one] ?? "",
    cell: secret.includes(one) ? SECRET_MARK : came[one] ?? null,
  }));
  return { name: plan.headers[cell] ?? "", value, of };
}

/** Blanks at the ends are no work of the map. */
function isSame(value: Cell, came: Cell): boolean {
  return value === came || (value !== null && came !== null && value === withoutBlankEnds(came));
}
