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
  { passwords }: RunColumns,
  { cells: typed }: Pick<CsvRecord, "cells">,
): readonly string[] {
  const isGiven = (cells: readonly number[]) => cells.length === 0 || cells.some((cell) => (typed[cell] ?? "") !== "");
  return passwords.filter(({ cells }) => isGiven(cells)).map(({ attribute }) => attribute);
}

/** A row that is too short may have none. */
export function typedText(cell: Cell | undefined): string {
  return cell === null ? NULL_CELL : cell ?? "";
}
