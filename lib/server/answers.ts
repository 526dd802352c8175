/** The answers of the server: a report or a few words, with headers that keep browsers from making more of them. */
import type { AnswerBody, HttpAnswer } from "../http/exchange.ts";

export const PLAIN_TEXT = "text/plain; charset=utf-8";
/** https://jsonlines.org names no registered type; this is the one it proposes. */
export const JSON_LINES = "application/jsonl; charset=utf-8";

/** OWASP HTTP Headers Cheat Sheet, for a server that has nothing but plain text. */
const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
};

/** @param type of the content */
export function answer(
  status: number,
  type: string,
  body: AnswerBody,
  headers: Readonly<Record<string, string>> = {},
): HttpAnswer {
  return { status, headers: { "content-type": type, ...SECURITY_HEADERS, ...headers }, body };
}

/** @param text with its line ends */
export function textAnswer(status: number, text: string, headers: Readonly<Record<string, string>> = {}): HttpAnswer {
  return answer(status, PLAIN_TEXT, textBody(text), headers);
}

export function textBody(text: string): AnswerBody {
  const bytes = new TextEncoder().encode(text);
  return { bytes: bytes.length, pieces: () => [bytes], close: () => {} };
}

/** @param seconds until it is worth another try */
export function retryAfter(seconds: number): Readonly<Record<string, string>> {
  return { "retry-after": String(Math.max(1, Math.ceil(seconds))) };
}
