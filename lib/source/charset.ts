/** Charsets by the labels that people type. */
import { editDistance } from "../nearest_name.ts";

export interface Charset {
  /** The label as it was typed, without the blanks around it. */
  readonly typed: string;
  /** What `TextDecoder` calls the encoding. */
  readonly encoding: string;
}

/** The charsets that the documentation names; ISO-8859-1 is read as its superset WINDOWS-1252. */
export const NAMED_CHARSETS: readonly string[] = ["UTF-8", "ISO-8859-1", "WINDOWS-1251", "WINDOWS-1252", "ISO-8859-15"];

/** One name for each further encoding of the Encoding Standard, https://encoding.spec.whatwg.org/#names-and-labels */
const FURTHER_CHARSETS: readonly string[] = [
  ...["UTF-16LE", "UTF-16BE", "Shift_JIS", "EUC-JP", "ISO-2022-JP", "GBK", "GB18030", "Big5", "EUC-KR"],
  ...["ISO-8859-2", "ISO-8859-3", "ISO-8859-4", "ISO-8859-5", "ISO-8859-6", "ISO-8859-7", "ISO-8859-8", "ISO-8859-8-I"],
  ...["ISO-8859-10", "ISO-8859-13", "ISO-8859-14", "ISO-8859-16", "KOI8-R", "KOI8-U", "IBM866", "macintosh"],
  ...["windows-874", "windows-1250", "windows-1253", "windows-1254", "windows-1255", "windows-1256", "windows-1257"],
  ...["windows-1258", "x-mac-cyrillic"],
];

/** Names that people and other programs use for encodings of the Standard, without case, `-` and `_`. */
const TYPED_NAMES: Readonly<Record<string, string>> = {
  utf8sig: "utf-8",
  utf8bom: "utf-8",
  cp65001: "utf-8",
  unicode: "utf-16le",
  utf16: "utf-16le",
  ucs2: "utf-16le",
  cp1200: "utf-16le",
  cp1201: "utf-16be",
  cp932: "shift_jis",
  ms932: "shift_jis",
  windows932: "shift_jis",
  cp936: "gbk",
  ms936: "gbk",
  windows936: "gbk",
  cp949: "euc-kr",
  ms949: "euc-kr",
  uhc: "euc-kr",
  cp950: "big5",
  ms950: "big5",
  cp866: "ibm866",
  cp874: "windows-874",
  ansi: "windows-1252",
  latin9: "iso-8859-15",
};

/** A name that is further away than this was hardly meant. */
const FARTHEST = 2;

/** The charset of a label of the Encoding Standard, or of a name that people type for one, in any case; null when there is none. */
export function findCharset(typed: string): Charset | null {
  const label = typed.trim();
  const encoding = encodingOf(label) ?? encodingOfTypedName(label);
  return encoding === null ? null : { typed: label, encoding };
}

/** `latin-1`, `utf_8` and `ISO_8859_1` are spelt with a `-` where the Standard has none, or the other way round. */
function encodingOfTypedName(label: string): string | null {
  const plain = label.toLowerCase().replace(/[-_]/g, "");
  const known = Object.hasOwn(TYPED_NAMES, plain) ? TYPED_NAMES[plain] : undefined;
  return known ?? encodingOf(plain) ?? encodingOf(label.replaceAll("_", "-"));
}

function encodingOf(label: string): string | null {
  try {
    return new TextDecoder(label).encoding;
  } catch (error) {
    // The Standard's way to say that no decoder bears the label, or that it stands for "replacement".
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** The names that are spelt nearly like an unknown one, the nearest first; none when nothing is near. */
export function nearestCharsets(typed: string): readonly string[] {
  const wanted = typed.trim().toLowerCase();
  return [...NAMED_CHARSETS, ...FURTHER_CHARSETS]
    .map((name) => ({ name, distance: editDistance(wanted, name.toLowerCase()) }))
    .filter(({ distance }) => distance <= FARTHEST && distance < wanted.length)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ name }) => name);
}
