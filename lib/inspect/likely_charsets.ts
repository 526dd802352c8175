/** In which other charset the bytes may be that could not be decoded: what a refusal hints at. */
import type { LikelyCharsets } from "../messages/input.ts";
import { findCharset } from "../source/charset.ts";
import type { UndecodableBytes } from "../source/strict_decoder.ts";
import { type CharsetEvidence, charsetEvidence } from "./charset_evidence.ts";
import { isOfDos } from "./legacy_charsets.ts";

const NONE: LikelyCharsets = { fitting: [] };

/** In another charset, multi-byte characters that are good UTF-8 before the bytes would be rubbish: then there is none. */
export function likelyCharsets({ sample, encoding, circumstance }: UndecodableBytes): LikelyCharsets {
  return circumstance === "mixed" ? NONE : charsetsIn(charsetEvidence(sample, true), encoding);
}

/** @param encoding the one that failed: never in the answer */
function charsetsIn(evidence: CharsetEvidence, encoding: string): LikelyCharsets {
  if (evidence.kind === "utf_8" && encoding !== "utf-8") return { fitting: ["UTF-8"] };
  if (evidence.kind !== "legacy") return NONE;
  const others = evidence.candidates.filter(({ name }) => findCharset(name)?.encoding !== encoding);
  // DOS has letters where other charsets have others: its code pages are told where it is the likeliest only.
  const told = others[0] !== undefined && isOfDos(others[0]) ? others : others.filter((one) => !isOfDos(one));
  return { fitting: told.map(({ name }) => name) };
}
