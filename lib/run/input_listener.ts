/** What an input says of itself goes into the reports: they name what was read. */
import type { RunWarnings } from "../run_warnings.ts";
import type { OpenImport } from "./load_rows.ts";
import type { InputListener } from "./read_records.ts";
import { type ReadWith, runHeading } from "./run_heading.ts";

export function inputListener({ order, modelClass, source, report }: OpenImport, warnings: RunWarnings): InputListener {
  let read: ReadWith = { charset: order.settings.charset.typed, separator: order.settings.dialect.separator };
  const tell = (more: Partial<ReadWith>) => {
    read = { ...read, ...more };
    report.heading(runHeading(order, modelClass, read), source.size);
  };
  return {
    // A mark that says otherwise than `charset` wins (SPEC 14). Where the caller gave one, one of them is wrong.
    mark(mark) {
      const { encoding, typed, isGiven } = order.settings.charset;
      if (mark.says === null || mark.says === encoding) return;
      tell({ charset: mark.encoding.toUpperCase() });
      if (isGiven) warnings.note({ kind: "other_byte_order_mark", says: mark.says, typed, read: mark.encoding });
    },
    separator: (separator) => tell({ separator }),
  };
}
