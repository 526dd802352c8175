/** The headers of a part of a multipart body (RFC 7578, section 4). */
import { parseMediaType } from "@std/media-types/parse-media-type";
import type { MultipartFault } from "./form_problem.ts";

/** What the headers of a part say of it. */
export interface PartHeaders {
  readonly name: string;
  /** Null: the part is not sent as a file, or as one without a name. */
  readonly fileName: string | null;
  /** As it was typed; null: none is named. */
  readonly charset: string | null;
}

/** A media type, or a disposition, and its parameters: names in lower case. */
export interface HeaderValue {
  readonly type: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** RFC 9110, section 5.6.2, behind it what may stand in a value: all but control characters. */
// deno-lint-ignore no-control-regex
const HEADER_LINE = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):([^\u0000-\u0008\u000a-\u001f\u007f]*)$/;
/** Deprecated by RFC 7578, section 4.7; these three leave the bytes as they are. */
const PLAIN_ENCODINGS: ReadonlySet<string> = new Set(["7bit", "8bit", "binary"]);
const SINGLE_HEADERS = ["content-disposition", "content-type", "content-transfer-encoding"];

/** @param block lines that end with CR LF, without the blank one @returns a fault as it is found */
export function readPartHeaders(block: Uint8Array): PartHeaders | MultipartFault {
  const headers = headerFields(block);
  if (headers === null) return { kind: "part_header" };
  const disposition = parsedValue(headers.get("content-disposition") ?? "");
  const name = disposition?.parameters.name;
  if (disposition?.type !== "form-data" || name === undefined) return { kind: "disposition" };
  const contentType = parsedValue(headers.get("content-type") ?? "");
  if (contentType === null) return { kind: "part_content_type" };
  const encoding = headers.get("content-transfer-encoding") ?? "binary";
  if (!PLAIN_ENCODINGS.has(encoding.toLowerCase())) return { kind: "transfer_encoding", found: encoding };
  return {
    name,
    fileName: disposition.parameters.filename || null,
    charset: contentType.parameters.charset ?? null,
  };
}

/** @returns null: it is malformed */
export function parsedValue(value: string): HeaderValue | null {
  try {
    const [type, parameters] = parseMediaType(value);
    return { type, parameters: parameters ?? {} };
  } catch (error) {
    // What it throws for a malformed value, or a malformed escape in it.
    if (error instanceof TypeError || error instanceof URIError) return null;
    throw error;
  }
}

/** Values by name in lower case; null: a line is none, or what may stand once is there twice. */
function headerFields(block: Uint8Array): ReadonlyMap<string, string> | null {
  // What is no UTF-8 becomes U+FFFD: in a file's name that does no harm, and no parameter has it in its name.
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(block);
  const unfolded = text.replaceAll(/\r\n[ \t]+/g, " ");
  const fields = new Map<string, string>();
  for (const line of unfolded.replace(/\r\n$/, "").split("\r\n")) {
    const [, name, value] = HEADER_LINE.exec(line) ?? [];
    if (name === undefined || value === undefined) return null;
    const key = name.toLowerCase();
    if (SINGLE_HEADERS.includes(key) && fields.has(key)) return null;
    fields.set(key, value.trim());
  }
  return fields;
}
