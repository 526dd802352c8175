/** Sentences about what somebody should look at although the rows were loaded. */
import type { RunWarning, WarnedRows } from "../reconcile/run_warnings.ts";
import { quoted } from "./quoted.ts";

export function runWarning(warning: RunWarning): string {
  switch (warning.kind) {
    case "other_ids":
      return `${rowsFrom(warning)}: the ${quoted(warning.column)} is not that of the object. Ids are given by the ` +
        `database and never loaded. Leave the column out of the file, or name it among the reconciliation keys`;
  }
}

/** `3 rows, the first in line 5`. */
function rowsFrom({ rows, firstLine }: WarnedRows): string {
  return rows === 1 ? `1 row, in line ${firstLine}` : `${rows} rows, the first in line ${firstLine}`;
}
