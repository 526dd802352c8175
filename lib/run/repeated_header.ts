/** Rows that repeat the header word for word, as files that were put together have them: they are no data (SPEC 16). */
import type { Cell, CsvRecord } from "../csv/record.ts";
import type { RunWarnings } from "../run_warnings.ts";

/** A file that another one was put behind kept its byte order mark. */
const MARK = "\ufeff";

export class RepeatedHeader {
  #header: CsvRecord | null = null;

  /** The records but for those that repeat the first one of all, which are noted. @param records in the order of the file */
  without(records: readonly CsvRecord[], warnings: RunWarnings): readonly CsvRecord[] {
    const [first] = records;
    const rest = this.#header === null ? records.slice(1) : records;
    this.#header ??= first ?? null;
    const header = this.#header;
    if (header === null || !rest.some((record) => isSame(record, header))) return records;
    const isRepeated = (record: CsvRecord) => record !== header && isSame(record, header);
    for (const { line } of records.filter(isRepeated)) warnings.noteRow({ kind: "repeated_header" }, line);
    return records.filter((record) => !isRepeated(record));
  }
}

/** Nearly every row differs in its first cell. */
function isSame(record: CsvRecord, header: CsvRecord): boolean {
  const [first = null] = header.cells;
  return isSameFirst(record.cells[0], first) && record.problem === null &&
    record.cells.length === header.cells.length &&
    record.cells.every((cell, index) => index === 0 || cell === header.cells[index]);
}

function isSameFirst(cell: Cell | undefined, first: Cell): boolean {
  return cell === first || (first !== null && cell === MARK + first);
}
