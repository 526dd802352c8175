/** Sentences of the server: to its operator, and to clients that are refused for another reason than their request or their import. */
import type { StopMessage } from "../errors.ts";
import { quoted, visible } from "./quoted.ts";

export function methodNotAllowed(method: string, allowed: string): StopMessage {
  return { text: `#${visible(method)} is not for this address: expected ${allowed}` };
}

export function pathNotFound(): StopMessage {
  return {
    text: "#There is nothing at this address",
    hint: "An import is posted to /import, or to /webservices/import.php; GET /healthz says ok",
  };
}

export function foreignPage(): StopMessage {
  return {
    text: "#A page of another site sent this request: it is refused, whoever is logged in",
    hint: "Programs send neither Origin nor Sec-Fetch-Site; a page must be served under the same host and port",
  };
}

export function tooManyImports(): StopMessage {
  return { text: "#Too many imports wait already: try again later" };
}

export function tooManyRequests(): StopMessage {
  return { text: "#Too many imports are being received already: try again later" };
}

export function stoppingServer(): StopMessage {
  return { text: "#The server is stopping: try again later" };
}

/** The client sent more than it had announced, when its rows were written already. */
export function rowsWereWritten(): StopMessage {
  return { text: "#The import had ended before, and its rows were written; its report is lost" };
}

/** @param folder where it was to be kept @param reason the system's words */
export function dataNotKept(folder: string, reason: string): StopMessage {
  return {
    text: "#The server could not keep what was sent. Nothing was written",
    hint: `A temporary file in ${quoted(folder)} could not be written: ${reason}`,
  };
}

/** @param place `http://127.0.0.1:8080`, or the path of a socket */
export function listening(place: string, database: string): string {
  return `csvrecon listens at ${visible(place)}, with the database ${quoted(database)}`;
}

export function stopping(requests: number): string {
  if (requests === 0) return "csvrecon stops";
  const what = requests === 1 ? "1 request is" : `${requests} requests are`;
  return `csvrecon stops as soon as ${what} answered; a second signal stops it at once`;
}

export function stoppedAtOnce(): StopMessage {
  return { text: "#Stopped by a second signal: imports that ran were taken back" };
}

/** @param place as `listening` has it @param reason the system's words */
export function cannotListen(place: string, reason: string): StopMessage {
  return {
    text: `#Cannot listen at ${visible(place)}: ${reason}`,
    hint:
      "Another program may listen there, or the address may not be this machine's; ports below 1024 need special rights",
  };
}

/** @param parameter the name of the parameter that names it @param reason the system's words */
export function tlsFileUnreadable(parameter: string, file: string, reason: string): StopMessage {
  return { text: `#The file of ${parameter} could not be read: ${quoted(file)}`, hint: reason };
}

export function tlsRefused(certificate: string, key: string, reason: string): StopMessage {
  return {
    text: `#The certificate ${quoted(certificate)} and the key ${quoted(key)} cannot be used: ${reason}`,
    hint: "Both must be in PEM form, the certificate first of its chain, and the key the certificate's own",
  };
}

export function tlsRenewed(certificate: string): string {
  return `The certificate ${quoted(certificate)} was read again`;
}

export function tlsKept(reason: string): string {
  return `The certificate was not renewed, and the one before stays: ${visible(reason)}`;
}

/** @param reason the system's words */
export function accessLogNotWritable(file: string, reason: string): StopMessage {
  return { text: `#The access log ${quoted(file)} cannot be written: ${reason}` };
}

export function accessLogLost(reason: string): string {
  return `Lines of the access log are lost: ${visible(reason)}`;
}

/** A bug of ours, for the operator. */
export function requestBug(error: string): string {
  return `#Internal error while a request was answered: ${error}`;
}

/** To the client. */
export function serverBug(): StopMessage {
  return { text: "#Internal error of the server. Its log tells more" };
}
