/** The cells that tell people which row is meant: those of its reconciliation keys, as they were typed. */
import { NULL_CELL } from "../csv/dialect.ts";
import type { Cell, CsvRecord } from "../csv/record.ts";
import type { RunColumns } from "./run_facts.ts";

/** A password is shown nowhere, be it a key. */
export function keyCellsOf({ keyCells, secretCells }: RunColumns): readonly number[] {
  return keyCells.filter((cell) => !secretCells.includes(cell));
}

/** The attributes of the passwords that a row gives. */
export function givenPasswords(
  { secretCells, columns }: RunColumns,
  { cells }: Pick<CsvRecord, "cells">,
): readonly string[] {
  return secretCells.filter((cell) => (cells[cell] ?? "") !== "").map((cell) => columns[cell] ?? "");
}

/** A row that is too short may have none. */
export function typedText(cell: Cell | undefined): string {
  return cell === null ? NULL_CELL : cell ?? "";
}
