/** With which charset a file is read on, and what is to be said about it. */
import { type Charset, findCharset } from "../source/charset.ts";
import { type CharsetEvidence, charsetEvidence, charsetOf } from "./charset_evidence.ts";
import type { Findings } from "./finding.ts";
import type { CharsetFacts } from "./inspection.ts";
import { textDecoder } from "../source/text_decoder.ts";

export interface JudgedCharset {
  readonly facts: CharsetFacts;
  readonly charset: Charset;
}

/**
 * @param given null: it is to be found out
 * @returns null: it is in none that csvrecon reads
 */
export function judgeCharset(
  head: Uint8Array,
  isCut: boolean,
  given: Charset | null,
  findings: Findings,
): JudgedCharset | null {
  const evidence = charsetEvidence(head, isCut);
  if (given === null) return guessed(evidence, findings);
  judgeGiven(head, given, evidence, findings);
  return { facts: { name: given.typed, isGiven: true, evidence }, charset: given };
}

function guessed(evidence: CharsetEvidence, findings: Findings): JudgedCharset | null {
  const name = charsetOf(evidence);
  const charset = name === null ? null : findCharset(name);
  if (name === null || charset === null) {
    findings.fault({ kind: "charset_not_read" });
    return null;
  }
  if (evidence.kind === "legacy") findings.warn({ kind: "charset_guessed", charset: name });
  return { facts: { name, isGiven: false, evidence }, charset };
}

function judgeGiven(head: Uint8Array, given: Charset, evidence: CharsetEvidence, findings: Findings): void {
  if (evidence.kind === "mark" && evidence.says !== given.encoding) {
    findings.warn({ kind: "other_mark", says: evidence.says.toUpperCase(), given: given.typed });
  }
  if (evidence.kind !== "utf_8" || given.encoding === "utf-8") return;
  const bytes = wordBeyondAscii(head);
  const read = decoded(bytes, given.encoding);
  // What it cannot decode is told by the decoder.
  if (read === null) return;
  findings.error({ kind: "utf_8_as_other", given: given.typed, read, meant: decoded(bytes, "utf-8") ?? "" });
}

/** Bytes: a longer word is shown by its beginning. */
const LONGEST_WORD = 60;

/** The first word that is not of ASCII alone. */
function wordBeyondAscii(bytes: Uint8Array): Uint8Array {
  const at = bytes.findIndex((byte) => byte >= 0x80);
  const isInWord = (byte: number | undefined) =>
    byte !== undefined && (byte >= 0x80 || /\w/.test(String.fromCharCode(byte)));
  let start = at;
  while (at - start < LONGEST_WORD && isInWord(bytes[start - 1])) start--;
  let end = at;
  while (end - at < LONGEST_WORD && isInWord(bytes[end])) end++;
  return bytes.subarray(start, end);
}

function decoded(bytes: Uint8Array, encoding: string): string | null {
  try {
    return textDecoder(encoding, { fatal: true }).decode(bytes, { stream: true });
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}
