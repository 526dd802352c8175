/** A mail as its reader takes it apart: headers, and the parts of `multipart/mixed`, decoded. */
import { assert, assertEquals } from "@std/assert";

/** Headers by their names in small letters; folded lines are one. */
type Headers = ReadonlyMap<string, string>;

export interface Mail {
  readonly headers: Headers;
  /** The first part. */
  readonly body: string;
  readonly attachments: readonly Attachment[];
}

export interface Attachment {
  /** As `filename` says, for all readers. */
  readonly plainName: string;
  /** As `filename*` says (RFC 6266 and 2231), if it is there; else the same. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The limit of a line of a mail, in characters (RFC 5322). */
const LONGEST_LINE = 998;

export function readMail(text: string): Mail {
  assert(text.split("\n").every((line) => line.length <= LONGEST_LINE && /^[\x20-\x7e]*$/.test(line)));
  const { headers, content } = splitHeaders(text);
  const [, boundary = ""] = /^multipart\/mixed; boundary="(.+)"$/.exec(headers.get("content-type") ?? "") ?? [];
  const [preamble = "", ...parts] = content.split(`--${boundary}`);
  assertEquals([preamble, parts.pop()], ["", "--\n"]);
  const [body, ...attachments] = parts.map((part) => splitHeaders(part.replace(/^\n/, "")));
  assertEquals(body?.headers.get("content-type"), "text/plain; charset=UTF-8");
  return {
    headers,
    body: new TextDecoder("utf-8", { fatal: true }).decode(decode(body?.content ?? "")),
    attachments: attachments.map((part) => ({ ...names(part.headers), bytes: decode(part.content) })),
  };
}

function splitHeaders(text: string): { headers: Headers; content: string } {
  const end = text.indexOf("\n\n");
  const lines = text.slice(0, end).replaceAll(/\n[ \t]+/g, " ").split("\n");
  const headers = new Map<string, string>();
  for (const line of lines) {
    const [, name = "", value = ""] = /^([\w-]+): ?(.*)$/.exec(line) ?? [];
    assert(name !== "" && !headers.has(name.toLowerCase()), line);
    headers.set(name.toLowerCase(), value);
  }
  return { headers, content: text.slice(end + 2) };
}

function names(headers: Headers): { plainName: string; name: string } {
  assertEquals(headers.get("content-transfer-encoding"), "base64");
  const disposition = headers.get("content-disposition") ?? "";
  const [, plainName = "", encoded] =
    /^attachment; filename="([\w.-]+)"(?:; filename\*=UTF-8''([%\dA-Fa-f]+))?$/.exec(disposition) ?? [];
  assert(plainName !== "", disposition);
  return { plainName, name: encoded === undefined ? plainName : decodeURIComponent(encoded) };
}

function decode(base64: string): Uint8Array {
  const lines = base64.split("\n");
  assert(lines.every((line) => line.length <= 76));
  return Uint8Array.from(atob(lines.join("")), (character) => character.charCodeAt(0));
}
