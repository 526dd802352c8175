/** A server whose imports end as a test wants it: nothing runs. */
import { ImportThread } from "../../lib/server/imports/import_thread.ts";
import type { FinishedImport, QueuedImport } from "../../lib/server/imports/queued_import.ts";
import { ByteSpool } from "../../lib/spool/byte_spool.ts";
import { NO_ROWS } from "../report/facts.ts";
import { type Served, type ServedOptions, withServed } from "./served.ts";

export const COUNTS = { ...NO_ROWS, created: 1 };

const WELL: FinishedImport = {
  exitCode: 0,
  counts: COUNTS,
  seconds: 0,
  messages: [],
  stack: null,
  isAborted: false,
  isReportWhole: true,
};

export interface Ended {
  /** How every import ends from now on, where it is not well, and what it reports before. */
  end(finished: Partial<FinishedImport>, report?: string): void;
}

export async function withEnds(options: ServedOptions, test: (served: Served & Ended) => Promise<void>): Promise<void> {
  let [finished, text] = [WELL, ""];
  const { run } = ImportThread.prototype;
  ImportThread.prototype.run = (wanted: QueuedImport) => {
    wanted.report(new TextEncoder().encode(text));
    return Promise.resolve(finished);
  };
  try {
    await withServed(options, (served) =>
      test({
        ...served,
        end: (parts, report = "") => [finished, text] = [{ ...WELL, ...parts }, report],
      }));
  } finally {
    ImportThread.prototype.run = run;
  }
}

/** Bytes of each spool that is closed meanwhile and had any. */
export async function closedSpools(act: () => Promise<void>): Promise<readonly number[]> {
  const closed: number[] = [];
  const { close } = ByteSpool.prototype;
  ByteSpool.prototype.close = function () {
    if (this.bytes > 0) closed.push(this.bytes);
    close.call(this);
  };
  try {
    await act();
    return closed;
  } finally {
    ByteSpool.prototype.close = close;
  }
}
