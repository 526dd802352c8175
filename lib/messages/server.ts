/** Sentences of the server: to its operator, and to clients that are refused for another reason than their request or their import. */
import type { StopMessage } from "../errors.ts";
import type { ListenProblem } from "../http/listen_failed.ts";
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

export function tooMuchBeforeLogin(): StopMessage {
  return {
    text: "#Too much is being received already without a login: try again later",
    hint: "With the login before csvdata, or in the header (HTTP Basic), there is room",
  };
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

/** @param place as `listening` has it */
export function cannotListen(place: string, problem: ListenProblem): StopMessage {
  const { reason, hint } = listenReason(problem);
  return { text: `#Cannot listen at ${visible(place)}: ${reason}`, hint };
}

function listenReason(problem: ListenProblem): { readonly reason: string; readonly hint: string } {
  switch (problem.kind) {
    case "in_use":
      return { reason: "another program listens there", hint: "Give another port or socket, or end that program" };
    case "not_a_socket":
      return { reason: "a file that is no socket has this path", hint: "Give another path, or remove the file" };
    case "no_permission":
      return {
        reason: "this user may not",
        hint: "Ports below 1024 need special rights; a socket needs a folder that this user may write to",
      };
    case "path_too_long":
      return {
        reason: `the path has ${problem.bytes} bytes, and a socket's may have ${problem.most}`,
        hint: `Give a path in a shorter folder; a name of less than ${problem.shortestName} bytes counts as so many`,
      };
    case "no_address":
      return { reason: problem.detail, hint: "host is an address of this machine: 127.0.0.1, ::1, or 0.0.0.0 for all" };
    case "bad_certificate":
      return {
        reason: `the certificate and its key cannot be used: ${problem.detail}`,
        hint: "Both must be in PEM form, the certificate first of its chain, and the key the certificate's own",
      };
    case "other":
      return { reason: problem.detail, hint: "The parameters host, port and socket say where csvrecon listens" };
  }
}

/** @param parameter the name of the parameter that names it @param reason the system's words */
export function tlsFileUnreadable(parameter: string, file: string, reason: string): StopMessage {
  return { text: `#The file of ${parameter} could not be read: ${quoted(file)}`, hint: reason };
}

/** They are pipes that nobody writes, or their disk stands still. */
export function tlsFilesLate(seconds: number): StopMessage {
  return {
    text: `#The files of tls_cert and tls_key could not be read within ${seconds} seconds`,
    hint: "A pipe must be written when SIGHUP comes; the next SIGHUP takes what is written meanwhile",
  };
}

export function tlsRenewed(certificate: string): string {
  return `The certificate ${quoted(certificate)} was read again`;
}

/** Of a server that listens already. */
export function certificateNotUsable(problem: ListenProblem): StopMessage {
  const { reason, hint } = listenReason(problem);
  return { text: `#${reason}`, hint };
}

/** Lines. @param messages why */
export function tlsKept(messages: readonly StopMessage[]): string {
  const reasons = messages.map(({ text }) => visible(text.replace(/^#/, ""))).join("; ");
  const hints = messages.flatMap(({ hint }) => hint === undefined ? [] : [`\n  ${visible(hint)}`]).join("");
  return `The certificate was not renewed, and the one before stays: ${reasons}${hints}`;
}

/** @param reason the system's words */
export function accessLogNotWritable(file: string, reason: string): StopMessage {
  return { text: `#The access log ${quoted(file)} cannot be written: ${reason}` };
}

/** @param reason the system's words */
export function accessLogNotReopened(reason: string): string {
  return `The access log could not be opened again: ${visible(reason)}; lines go on into the file before`;
}

/** Why it is not opened. @param file the path of what it is */
export function accessLogIsOther(file: string): string {
  return `it is the file ${quoted(file)}, which the server needs`;
}

export function accessLogLost(reason: string): string {
  return `Lines of the access log are lost: ${visible(reason)}`;
}

export function quietBeforeLogin(): string {
  return "csvrecon: What else goes wrong before a login is not told for a minute; the access log has a line of each request";
}

/** Why lines are lost. */
export function accessLogNotTaken(): string {
  return "nobody takes them";
}

export function accessLogWaits(file: string): string {
  return `The access log ${quoted(file)} is not open yet. The server goes on, and its lines wait for it`;
}

export function accessLogLinesLost(lines: number): string {
  return lines === 1 ? "1 line of the access log was lost" : `${lines} lines of the access log were lost`;
}

/** A bug of ours, for the operator. @param trace where in the program it is */
export function requestBug(trace: string): string {
  return `#Internal error while a request was answered. This is a bug of csvrecon, please report it: ${trace}`;
}
