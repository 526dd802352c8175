/** In which other charset the bytes may be that could not be decoded: what a refusal hints at. */
import type { LikelyCharsets } from "../messages/input.ts";
import { findCharset } from "../source/charset.ts";
import type { UndecodableBytes } from "../source/strict_decoder.ts";
import { type CharsetEvidence, charsetEvidence } from "./charset_evidence.ts";

const NONE: LikelyCharsets = { fitting: [], notRead: null };

/** In another charset, multi-byte characters that are good UTF-8 before the bytes would be rubbish: then there is none. */
export function likelyCharsets({ sample, encoding, circumstance }: UndecodableBytes): LikelyCharsets {
  return circumstance === "mixed" ? NONE : charsetsIn(charsetEvidence(sample, true), encoding);
}

/** @param encoding the one that failed: never in the answer */
function charsetsIn(evidence: CharsetEvidence, encoding: string): LikelyCharsets {
  if (evidence.kind === "utf_8" && encoding !== "utf-8") return { fitting: ["UTF-8"], notRead: null };
  if (evidence.kind !== "legacy") return NONE;
  const others = evidence.candidates.filter(({ name }) => findCharset(name)?.encoding !== encoding);
  const [best] = others;
  if (best === undefined) return NONE;
  if (!best.isRead) return { fitting: [], notRead: best.name };
  return { fitting: others.filter(({ isRead }) => isRead).map(({ name }) => name), notRead: null };
}
