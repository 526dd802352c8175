/** The first bytes of an answer. */
import type { HttpAnswer } from "./exchange.ts";

/** RFC 9110, section 15; others have no words, which the standard allows. */
const REASONS: Readonly<Record<number, string>> = {
  200: "OK",
  204: "No Content",
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  408: "Request Timeout",
  413: "Content Too Large",
  415: "Unsupported Media Type",
  417: "Expectation Failed",
  429: "Too Many Requests",
  431: "Request Header Fields Too Large",
  500: "Internal Server Error",
  501: "Not Implemented",
  503: "Service Unavailable",
  505: "HTTP Version Not Supported",
};

/** RFC 9110, section 5.6.2. */
const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** No control character, so that no value can end its line; and none that is no byte of ASCII. */
const VALUE = /^[\x20-\x7e\t]*$/;

/** What the server alone says. */
const OWN = new Set(["content-length", "transfer-encoding", "connection", "date"]);

export const CONTINUE: Uint8Array = new TextEncoder().encode("HTTP/1.1 100 Continue\r\n\r\n");

/**
 * @param isLast whether the connection ends with this answer
 * @throws RangeError for what may not be sent: a bug of whoever made the answer
 */
export function answerHead({ status, headers, body }: HttpAnswer, isLast: boolean, now: Date): Uint8Array {
  if (!Number.isInteger(status) || status < 200 || status > 599) throw new RangeError(`no final status: ${status}`);
  if (!Number.isSafeInteger(body.bytes) || body.bytes < 0) throw new RangeError(`no length: ${body.bytes}`);
  const fields = Object.entries(headers).map(([name, value]) => field(name, value));
  const length = isBodyless(status) ? [] : [`Content-Length: ${body.bytes}\r\n`];
  const text = [
    `HTTP/1.1 ${status} ${REASONS[status] ?? ""}\r\n`,
    ...fields,
    ...length,
    `Date: ${now.toUTCString()}\r\n`,
    `Connection: ${isLast ? "close" : "keep-alive"}\r\n\r\n`,
  ];
  return new TextEncoder().encode(text.join(""));
}

/** RFC 9112, section 6.3: such an answer ends with its head. */
export function isBodyless(status: number): boolean {
  return status === 204 || status === 304;
}

function field(name: string, value: string): string {
  if (!NAME.test(name) || OWN.has(name.toLowerCase())) {
    throw new RangeError(`no header to set: ${JSON.stringify(name)}`);
  }
  if (!VALUE.test(value)) throw new RangeError(`no value of ${name}: ${JSON.stringify(value)}`);
  return `${name}: ${value}\r\n`;
}
