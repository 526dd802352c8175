/** The answers that this room makes itself: to requests that cannot be read. */
import { faultText } from "../messages/http_faults.ts";
import type { HttpAnswer, RequestFault } from "./exchange.ts";

/** Seconds after which a client that was turned away may come again. */
const RETRY_AFTER = "5";

/** A sentence as plain text. */
export function plainFaultAnswer(fault: RequestFault): HttpAnswer {
  const headers = { "Content-Type": "text/plain; charset=utf-8", "X-Content-Type-Options": "nosniff" };
  const status = faultStatus(fault);
  return {
    status,
    headers: status === 503 ? { ...headers, "Retry-After": RETRY_AFTER } : headers,
    body: bytesBody(new TextEncoder().encode(`${faultText(fault)}\n`)),
  };
}

/** The status that tells of a fault. */
export function faultStatus(fault: RequestFault): number {
  switch (fault.kind) {
    case "malformed":
    case "handshake_failed":
    case "body_too_short":
    case "body_too_long":
    case "client_gone":
      return 400;
    case "not_supported":
      return fault.status;
    case "headers_too_large":
    case "too_many_headers":
      return 431;
    case "headers_too_slow":
    case "body_too_slow":
    case "request_too_slow":
    case "answer_too_slow":
      return 408;
    case "body_too_large":
      return 413;
    case "too_many_connections":
    case "stopping":
      return 503;
    case "bug":
      return 500;
  }
}

/** A body that is there already. */
export function bytesBody(bytes: Uint8Array): HttpAnswer["body"] {
  return { bytes: bytes.length, pieces: () => [bytes], close: () => {} };
}
