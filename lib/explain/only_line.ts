/** One row out of a file: the header and the row on a line. */
import type { CsvRecord } from "../csv/record.ts";
import { EXIT, RunStop } from "../errors.ts";
import { noRowOnLine } from "../messages/explain.ts";

/** Some records of a file; what else is told with them is passed on. */
interface Records {
  readonly records: readonly CsvRecord[];
}

/**
 * Reads on until the row is whole, and no further.
 * @param line of the file, from 1
 * @throws RunStop 64 when no row is there
 */
export async function* onlyLine<T extends Records>(read: AsyncIterable<T>, line: number): AsyncGenerator<T, void> {
  let header: CsvRecord | null = null;
  let before: { readonly record: CsvRecord; readonly from: T } | null = null;
  let behind: CsvRecord | null = null;
  for await (const some of read) {
    for (const record of some.records) {
      if (header === null) {
        header = record;
        yield { ...some, records: [record] };
      } else if (record.line > line) {
        behind = record;
        break;
      } else before = { record, from: some };
    }
    if (behind !== null) break;
  }
  if (header === null) return;
  if (before === null || line > lastLineOf(before.record)) {
    const around = [before?.record ?? null, behind].map((record) => record?.line ?? null);
    throw new RunStop(EXIT.usage, [
      noRowOnLine(line, line <= lastLineOf(header), around[0] ?? null, around[1] ?? null),
    ]);
  }
  yield { ...before.from, records: [before.record] };
}

const LINE_END = /\r\n|\r|\n/g;

/** Only qualified cells have more than one. */
function lastLineOf({ line, cells }: CsvRecord): number {
  return cells.reduce((last, cell) => last + (cell?.match(LINE_END)?.length ?? 0), line);
}
