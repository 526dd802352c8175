/** What the end of a long file says, of which the middle was not looked at. */
import { findCharset } from "../source/charset.ts";
import { charsetEvidence } from "./charset_evidence.ts";
import type { Findings } from "./finding.ts";
import type { TableFacts } from "./inspection.ts";
import { textDecoder } from "../source/text_decoder.ts";

/** Bytes of the end that are looked at. */
export const TAIL_BYTES = 64 * 1024;
const LF = 0x0a;
const CR = 0x0d;

export function judgeTail(
  tail: Uint8Array,
  { charset, dialect, columns, addedColumns }: TableFacts,
  findings: Findings,
): void {
  const from = tail.indexOf(LF) + 1;
  const encoding = findCharset(charset.name)?.encoding ?? "utf-8";
  // UTF-16 may be cut anywhere. A mark says another charset than the given one, maybe.
  if (from === 0 || encoding.startsWith("utf-16") || charset.evidence.kind === "mark") return;
  const lines = tail.subarray(from);
  const evidence = charsetEvidence(lines, false);
  if (charset.evidence.kind === "ascii" && evidence.kind === "legacy" && !charset.isGiven) {
    findings.warn({ kind: "charset_at_end", candidates: evidence.candidates.map(({ name }) => name) });
  }
  const last = lines.subarray(lines.lastIndexOf(LF) + 1);
  if (last.length === 0 || last.at(-1) === CR) return;
  const text = textDecoder(encoding).decode(last);
  if (dialect.qualifier !== "" && text.includes(dialect.qualifier)) return;
  const found = text.split(dialect.separator).length;
  const expected = columns.length + addedColumns.length;
  if (found < expected) findings.warn({ kind: "cut_off", found, expected, line: null });
}
