/** The access log: one JSON object a line for each request, for programs such as `jq`, and for those that bar addresses. */
import type { ExchangeEnd } from "../http/exchange.ts";
import type { RequestNotes } from "./request_notes.ts";

const LONGEST_TEXT = 256;

/**
 * The line of a request, with its end. All of it is ASCII: nothing that a client sent reaches a terminal or another line raw. The query is
 * left out, for it may hold a password.
 *
 * | field | value |
 * | --- | --- |
 * | time | when the request had its answer, UTC |
 * | client | address; null when it is not known |
 * | method, path | null when the request could not be read |
 * | status | null when nothing could be answered |
 * | bytes_in, bytes_out | of the bodies |
 * | seconds | from its first byte to the last of the answer |
 * | user | login, when it was good |
 * | class, exit_code, created, updated, unchanged, skipped, rejected | of an import that ran |
 * | fault | why the request could not be read to its end |
 */
export function accessLine(end: ExchangeEnd, client: string | null, notes: RequestNotes, now: Date): string {
  const { counts } = notes;
  return asciiJson({
    time: now.toISOString(),
    client,
    method: shortened(end.request?.method),
    path: shortened(end.request?.path),
    status: end.status,
    bytes_in: end.bytesIn,
    bytes_out: end.bytesOut,
    seconds: Math.round(end.milliseconds) / 1000,
    user: shortened(notes.user),
    class: shortened(notes.class),
    exit_code: notes.exitCode,
    ...counts === undefined ? {} : {
      created: counts.created,
      updated: counts.updated,
      unchanged: counts.unchanged,
      skipped: counts.skipped,
      rejected: counts.rejected,
    },
    fault: end.fault?.kind,
  }) + "\n";
}

function shortened(text: string | null | undefined): string | null | undefined {
  return text === null || text === undefined || text.length <= LONGEST_TEXT ? text : `${text.slice(0, LONGEST_TEXT)}…`;
}

/** JSON without a single character beyond the printable ones of ASCII. */
function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
