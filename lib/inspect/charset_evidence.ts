/** In which charset a file is, and what speaks for it. */
import { findByteOrderMark } from "../source/byte_order_mark.ts";
import { kindOfBytes } from "./byte_kind.ts";
import { type CharsetCandidate, legacyCharsets } from "./legacy_charsets.ts";

/** What speaks for a charset. */
export type CharsetEvidence =
  /** A byte order mark is proof. `says`: as the Encoding Standard names it. */
  | { readonly kind: "mark"; readonly says: string }
  /** Nothing but ASCII: every usual charset reads it alike. */
  | { readonly kind: "ascii" }
  /** So many characters of several bytes are not there by chance. `firstLine`: of the first of them, from 1. */
  | { readonly kind: "utf_8"; readonly characters: number; readonly firstLine: number }
  /** Every second byte is 0. `charset`: UTF-16LE or UTF-16BE. */
  | { readonly kind: "utf_16"; readonly charset: string }
  /** Most of it is good UTF-8, and some is not. */
  | { readonly kind: "mixed"; readonly characters: number }
  /** No UTF-8. `candidates`: the likeliest first; none: no text that we know. */
  | { readonly kind: "legacy"; readonly candidates: readonly CharsetCandidate[] };

/** @param head the beginning of a file @param isCut it goes on, so that the head may end within a character */
export function charsetEvidence(head: Uint8Array, isCut: boolean): CharsetEvidence {
  const { says } = findByteOrderMark(head, "");
  if (says !== null) return { kind: "mark", says };
  const kind = kindOfBytes(head);
  if (kind?.kind === "utf_16") return { kind: "utf_16", charset: kind.charset };
  const first = firstBeyondAscii(head);
  if (first < 0) return { kind: "ascii" };
  const { good, bad } = sequencesOf(head.subarray(first), isCut);
  if (bad === 0) return { kind: "utf_8", characters: good, firstLine: lineAt(head, first) };
  // By chance a legacy charset has few of them.
  if (good > 0 && good >= bad) return { kind: "mixed", characters: good };
  return { kind: "legacy", candidates: legacyCharsets(head) };
}

/** The charset to read with, as the parameter has it; null: none that we know. */
export function charsetOf(evidence: CharsetEvidence): string | null {
  switch (evidence.kind) {
    case "mark":
      return evidence.says.toUpperCase();
    case "utf_16":
      return evidence.charset;
    case "legacy":
      return evidence.candidates[0]?.name ?? null;
    default:
      return "UTF-8";
  }
}

const LF = 0x0a;

function firstBeyondAscii(bytes: Uint8Array): number {
  for (let at = 0; at < bytes.length; at++) if ((bytes[at] ?? 0) >= 0x80) return at;
  return -1;
}

function lineAt(bytes: Uint8Array, place: number): number {
  let line = 1;
  for (let at = 0; at < place; at++) if (bytes[at] === LF) line++;
  return line;
}

/** How many characters of several bytes are good UTF-8, and how many bytes belong to none. */
function sequencesOf(bytes: Uint8Array, isCut: boolean): { readonly good: number; readonly bad: number } {
  let good = 0;
  let bad = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x80) continue;
    const length = sequenceLength(bytes, at, byte);
    if (length > 1) {
      good++;
      at += length - 1;
    } else if (length === 1 || !isCut) {
      bad++;
    }
  }
  return { good, bad };
}

/** Bytes of the character that begins with `lead`; 1: none does; 0: it may, but the bytes end before it does (The Unicode Standard, table 3-7). */
function sequenceLength(bytes: Uint8Array, at: number, lead: number): number {
  const length = lead >= 0xc2 && lead <= 0xdf
    ? 2
    : lead >= 0xe0 && lead <= 0xef
    ? 3
    : lead >= 0xf0 && lead <= 0xf4
    ? 4
    : 1;
  for (let place = 1; place < length; place++) {
    const byte = bytes[at + place];
    if (byte === undefined) return 0;
    const least = place > 1 ? 0x80 : lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
    const most = place > 1 ? 0xbf : lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
    if (byte < least || byte > most) return 1;
  }
  return length;
}
