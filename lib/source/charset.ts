/** Charsets by the labels that people type. */
import { editDistance } from "../nearest_name.ts";

export interface Charset {
  /** The label as it was typed, without the blanks around it. */
  readonly typed: string;
  /** What `TextDecoder` calls the encoding, or that of a code page of DOS: `cp850`. */
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
  ...["windows-1258", "x-mac-cyrillic", "CP437", "CP850", "CP852", "CP858"],
];

/** Names that people and other programs use for encodings, without case, blanks, `-` and `_`. */
const TYPED_NAMES: Readonly<Record<string, string>> = {
  utf8sig: "utf-8",
  utf8bom: "utf-8",
  unicode: "utf-16le",
  utf16: "utf-16le",
  utf16le: "utf-16le",
  utf16be: "utf-16be",
  ucs2: "utf-16le",
  ucs2le: "utf-16le",
  ucs2be: "utf-16be",
  uhc: "euc-kr",
  ansi: "windows-1252",
  latin9: "iso-8859-15",
  macroman: "macintosh",
};

/** Code pages by their numbers in Windows and DOS, https://learn.microsoft.com/windows/win32/intl/code-page-identifiers */
const CODE_PAGES: Readonly<Record<number, string>> = {
  437: "cp437",
  850: "cp850",
  852: "cp852",
  858: "cp858",
  866: "ibm866",
  874: "windows-874",
  932: "shift_jis",
  936: "gbk",
  949: "euc-kr",
  950: "big5",
  1200: "utf-16le",
  1201: "utf-16be",
  10000: "macintosh",
  20866: "koi8-r",
  21866: "koi8-u",
  54936: "gb18030",
  65001: "utf-8",
};
/** Those are windows-1250 to windows-1258, these ISO-8859-1 to ISO-8859-16. */
const [FIRST_WINDOWS, LAST_WINDOWS] = [1250, 1258];
const [BEFORE_ISO, LAST_ISO] = [28590, 28606];
const CODE_PAGE = /^(?:cp|codepage|windows|win|ms|ibm|oem|dos|pc)?0*([0-9]{3,5})$/;

/** A name that is further away than this was hardly meant. */
const FARTHEST = 2;

/** The charset of a label of the Encoding Standard, of a code page of DOS, or of a name that people type for one, in any case; null when there is none. */
export function findCharset(typed: string): Charset | null {
  const label = typed.trim();
  const encoding = encodingOf(label) ?? encodingOfTypedName(label);
  return encoding === null ? null : { typed: label, encoding };
}

/** `latin-1`, `utf_8` and `ISO_8859_1` are spelt with a `-` where the Standard has none, or the other way round. */
function encodingOfTypedName(label: string): string | null {
  const plain = label.toLowerCase().replace(/[-_ ]/g, "");
  const known = Object.hasOwn(TYPED_NAMES, plain) ? TYPED_NAMES[plain] : undefined;
  return known ?? codePage(Number(CODE_PAGE.exec(plain)?.[1] ?? 0)) ?? encodingOf(plain) ??
    encodingOf(label.replaceAll("_", "-"));
}

/** Null: there is none of this number, or nobody reads it. */
function codePage(number: number): string | null {
  if (number >= FIRST_WINDOWS && number <= LAST_WINDOWS) return `windows-${number}`;
  if (number > BEFORE_ISO && number <= LAST_ISO) return encodingOf(`iso-8859-${number - BEFORE_ISO}`);
  return CODE_PAGES[number] ?? null;
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
