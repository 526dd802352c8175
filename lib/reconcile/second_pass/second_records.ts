/** The records of the second reading: their cells are as the first one had them. */
import type { CsvRecord } from "../../csv/record.ts";
import { RunWarnings } from "../../run_warnings.ts";
import { createCellEnds } from "../cell_ends.ts";
import { DefaultCells } from "../default_cells.ts";
import type { RunContext } from "../run_context.ts";
import type { FirstResult } from "./first_results.ts";
import { isOfNewObject } from "./second_row.ts";

/** @param firsts what became of these records in the first reading */
export type SecondRecords = (
  records: readonly CsvRecord[],
  firsts: readonly FirstResult[],
) => readonly CsvRecord[];

/** @param whole the run's own context */
export function createSecondRecords(whole: RunContext): SecondRecords {
  // What is to be warned of in cells, the first reading has.
  const ends = createCellEnds({ ...whole, warnings: new RunWarnings() });
  const defaults = DefaultCells.of(whole.plan);
  if (defaults === null) return ends;
  const ofRow = (record: CsvRecord, first: FirstResult | undefined) =>
    first !== undefined && isOfNewObject(first) ? defaults.recordOfNew(record) ?? record : record;
  return (records, firsts) => ends(records).map((record, place) => ofRow(record, firsts[place]));
}
