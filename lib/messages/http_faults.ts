/** Sentences to a client whose request cannot be read, or whose connection cannot be kept. */
import type { RequestFault } from "../http/exchange.ts";
import { quoted } from "./quoted.ts";

/** A sentence for the answer's body. */
export function faultText(fault: RequestFault): string {
  switch (fault.kind) {
    case "malformed":
      return `This is no request in HTTP/1.1: ${fault.detail}`;
    case "not_supported":
      return fault.detail;
    case "handshake_failed":
      return `The connection could not be made secure: ${fault.detail}`;
    case "headers_too_large":
      return `The request line, the header fields or what else is around the body is too long: at most ${fault.most} bytes are read`;
    case "too_many_headers":
      return `There are too many header fields: at most ${fault.most} are read`;
    case "headers_too_slow":
      return `The request line and the header fields did not come within ${seconds(fault.seconds)}`;
    case "body_too_large":
      return `The body is too large: at most ${fault.most} bytes are read`;
    case "body_too_slow":
      return `The body comes too slowly: at least ${fault.bytesPerSecond} bytes a second are expected`;
    case "request_too_slow":
      return `The request did not come within ${seconds(fault.seconds)}`;
    case "body_too_short":
      return "The body is shorter than it was said to be: the connection ended before it did";
    case "body_too_long":
      return "The body is longer than it was said to be: more bytes came behind its end, before the answer";
    case "client_gone":
      return "The client closed the connection before it had its answer";
    case "answer_too_slow":
      return `The client takes its answer too slowly: at least ${fault.bytesPerSecond} bytes a second are expected`;
    case "too_many_connections":
      return "There are too many connections: try again later";
    case "stopping":
      return "The server is stopping: try again later";
    case "bug":
      return "The server failed: its log tells more";
  }
}

/** @param reason what the parser says */
export function syntaxError(reason: string): string {
  return reason === "" ? "its syntax is wrong" : reason;
}

export function tooManyBlanks(): string {
  return "more than one blank stands between the method and the address";
}

export function http2Refused(): string {
  return "Only HTTP/1.1 is spoken here, no HTTP/2";
}

/** @param protocol as it was sent, with a version: `RTSP/1.0` */
export function protocolRefused(protocol: string): string {
  return `Only HTTP/1.1 and HTTP/1.0 are spoken here, no ${quoted(protocol)}`;
}

export function connectRefused(): string {
  return "This server is no proxy: there is no CONNECT";
}

/** @param value of `Expect` */
export function expectationRefused(value: string): string {
  return `Expect: ${quoted(value)} is not known: only 100-continue is`;
}

/** @param value of `Transfer-Encoding` */
export function transferEncodingRefused(value: string): string {
  return `Transfer-Encoding: ${quoted(value)} is not known: only chunked is`;
}

/** @param name of the field, as the standard writes it */
export function repeatedField(name: string): string {
  return `${name} stands there more than once`;
}

export function lengthAndEncoding(): string {
  return "Content-Length and Transfer-Encoding stand there together";
}

export function chunkedInOldVersion(): string {
  return "there is no Transfer-Encoding in HTTP/1.0";
}

export function badLength(value: string): string {
  return `Content-Length: ${quoted(value)} is no number of bytes`;
}

export function noHost(): string {
  return "Host is missing";
}

/** @param value of `Host` */
export function badHost(value: string): string {
  return `Host: ${quoted(value)} names no host`;
}

/** @param target what stands behind the method */
export function badTarget(target: string): string {
  return `${quoted(target)} is no path`;
}

function seconds(count: number): string {
  return count === 1 ? "1 second" : `${count} seconds`;
}
