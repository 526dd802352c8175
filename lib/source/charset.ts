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

/** A name that is further away than this was hardly meant. */
const FARTHEST = 2;

/** The charset of a label of the Encoding Standard, in any case, or null when there is none. */
export function findCharset(typed: string): Charset | null {
  const label = typed.trim();
  try {
    return { typed: label, encoding: new TextDecoder(label).encoding };
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
