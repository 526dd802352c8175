/** Sentences about the input as a whole: it is missing, in another charset, empty, or never closes a cell. */
import type { OpenQualifier, TooLong } from "../csv/record.ts";
import type { StopMessage } from "../errors.ts";
import type { UndecodableBytes } from "../source/strict_decoder.ts";

/** Why an input file cannot be read. */
export type UnreadableReason =
  | { readonly kind: "missing" }
  | { readonly kind: "no_permission" }
  | { readonly kind: "folder" }
  | { readonly kind: "database" }
  /** Below `/dev`, `/proc` or `/sys`. */
  | { readonly kind: "of_the_system" }
  | { readonly kind: "told"; readonly words: string }
  /** What the operating system says. */
  | { readonly kind: "other"; readonly detail: string };

/** An input that is read twice. */
export function inputChanged(name: string): StopMessage {
  return {
    text:
      `The input '${name}' has changed while it was read: its second reading was to find the same. Nothing was written`,
    hint: "Load it when whoever writes it is done",
  };
}

/** @param name the path as it was given, or what standard input is called */
export function inputMissing(name: string, reason: UnreadableReason): StopMessage {
  return {
    text: `Input file could not be found or could not be read: '${name}'`,
    hint: unreadableHint(name, reason),
  };
}

function unreadableHint(name: string, reason: UnreadableReason): string {
  switch (reason.kind) {
    case "missing":
      return name === ""
        ? "Name the source file with csvfile, or give - to read standard input"
        : "No file has this path: check it, and the folder that it is relative to";
    case "no_permission":
      return "The file is there, but this user may not read it: change its permissions, or run as another user";
    case "folder":
      return "This is a folder: name a file in it";
    case "database":
      return "This is the database itself: name the file that is to be loaded into it";
    case "of_the_system":
      return "csvrecon opens no files of the system, below /dev, /proc or /sys: give - to read standard input";
    case "told":
      return reason.words;
    case "other":
      return `The operating system says: ${reason.detail}`;
  }
}

/** Why a file that people write by hand is not read. @param limit in bytes */
export function fileTooLarge(limit: number): string {
  return `It is larger than ${limit / 1024} KiB, which no file of this kind is: is it the right one?`;
}

/**
 * @param near names that are spelt nearly like it
 * @param known the names to list
 */
export function unknownCharset(typed: string, near: readonly string[], known: readonly string[]): StopMessage {
  if (UTF_32.test(typed)) return { text: `#Unknown charset: '${typed}': UTF-32 is not read`, hint: makeUtf8("UTF-32") };
  const suggestion = near.length === 0 ? "" : ` Did you mean ${quotedList(near)}?`;
  return {
    text: `#Unknown charset: '${typed}'.${suggestion} Known charsets: ${known.join(", ")}`,
    hint:
      "The code pages 437, 850, 852 and 858 of DOS are known, and every other label of the WHATWG Encoding Standard: " +
      "https://encoding.spec.whatwg.org/#names-and-labels",
  };
}

/** The names that it has. */
const UTF_32 = /^\s*(?:utf|ucs)[-_ ]?(?:32|4)(?:[-_ ]?[lb]e)?\s*$/i;

/**
 * @param charset what the run was told to read
 * @param line the line in the file on which the bytes stand, from 1
 * @param likely what else the charset may be
 */
export function undecodableBytes(
  found: Omit<UndecodableBytes, "sample">,
  charset: { readonly typed: string; readonly encoding: string },
  line: number,
  likely: LikelyCharsets,
): StopMessage {
  const name = found.encoding === charset.encoding
    ? charset.typed
    : `${found.encoding.toUpperCase()}, which its byte order mark says`;
  return {
    text: `#Undecodable bytes at line ${line}, byte offset ${found.byteOffset}: ${found.bytes} (hexadecimal) ` +
      `is no text in ${name}`,
    hint: charsetHint(found, likely, name),
  };
}

/** Charsets that bytes may have. */
export interface LikelyCharsets {
  /** As the parameter has them, the likeliest first. */
  readonly fitting: readonly string[];
}

/** What to do with a file in a charset that is not read. @param charset as `iconv` knows it */
export function makeUtf8(charset: string): string {
  return `Make UTF-8 of it: iconv -f ${charset} -t UTF-8 FILE >NEW_FILE`;
}

function charsetHint(
  { circumstance }: Pick<UndecodableBytes, "circumstance">,
  { fitting }: LikelyCharsets,
  name: string,
): string {
  const others = fitting.map((fit) => `charset=${fit}`).join(" or ");
  if (circumstance === "ends_inside") {
    return `The file ends inside a character: is it whole?${others === "" ? "" : ` If it is, ${others} would fit`}`;
  }
  if (circumstance === "mixed") {
    return `Good ${name} stands before these bytes: a part of the file has another charset. Save it as ${name} again`;
  }
  // Bytes that are UTF-8 by chance are so rare that the others need no mention.
  if (fitting.includes("UTF-8")) return "The bytes are good UTF-8: give charset=UTF-8";
  if (fitting.length === 0) return `Save the file as ${name} again, or give the charset that it really has`;
  return `The file may have another charset: ${others} would fit`;
}

export function openQualifier(found: OpenQualifier): StopMessage {
  return {
    text: `#The text qualifier opened at line ${found.line} is never closed: the input ends inside its cell`,
    hint: "Close it, double it if it is meant as a character, or give another qualifier",
  };
}

/** What is never loaded: too long a cell or record. */
export function tooLong({ kind, line, qualifierLine, limit }: TooLong): StopMessage {
  const what = kind === "cell_too_long" ? "A cell of the record" : "The record";
  const opened = qualifierLine === null ? "" : `, whose text qualifier opened at line ${qualifierLine},`;
  return {
    text: `#${what} at line ${line}${opened} is too long: at most ${limit} characters are read`,
    hint: qualifierLine === null
      ? "Is this a text file, with line ends, and is the separator the right one? Longer values cannot be loaded"
      : "Is a text qualifier missing, or not doubled where it is meant as a character? Longer values cannot be loaded",
  };
}

export function missingData(): StopMessage {
  return {
    text: "#Missing data - at least one line is expected",
    hint: "The first line that is not blank names the columns",
  };
}

function quotedList(names: readonly string[]): string {
  return names.map((name) => `'${name}'`).join(" or ");
}

/** An input as people call it. @param path as it was typed; `-` is standard input */
export function inputName(path: string): string {
  return path === "-" ? "standard input" : path;
}

/** @param reason what the operating system says */
export function inputNotKept(folder: string, reason: string): StopMessage {
  return {
    text: `The input could not be kept in a temporary file in '${folder}': ${reason}`,
    hint: "Make room in the folder of the database. Nothing was written",
  };
}
