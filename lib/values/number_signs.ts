/** The parameters `decimal_sign` and `grouping_sign`: with which signs a file writes its numbers. */

export const DECIMAL_SIGNS = [".", ","] as const;

/** `space`: a blank of any width, as a person can type only one of them. */
export const GROUPING_SIGNS = [".", ",", "'", "_", "space"] as const;

export type DecimalSign = typeof DECIMAL_SIGNS[number];
export type GroupingSign = typeof GROUPING_SIGNS[number];

export interface NumberSigns {
  readonly decimal: DecimalSign;
  /** Between groups of three digits of the whole part; null: there is none. */
  readonly grouping: GroupingSign | null;
}

/** What a sign looks like in a file. */
const GROUPING_PATTERNS: Readonly<Record<GroupingSign, string>> = {
  ".": "\\.",
  ",": ",",
  // The apostrophe of a Swiss spreadsheet is curved.
  "'": "['\\u2019]",
  "_": "_",
  space: "[ \\u00a0\\u2009\\u202f]",
};

/** Longer texts are no numbers, and need not be looked at. */
const LONGEST = 1000;

/**
 * Reads numbers with these signs: the same text with a decimal point and without groups. Null: it is not written so. Groups are of three digits
 * and all of them are parted, by one sign, or none is: nothing is guessed.
 */
export function plainNumbers({ decimal, grouping }: NumberSigns): (text: string) => string | null {
  const point = decimal === "." ? "\\." : decimal;
  const groups = grouping === null ? "(?!)()" : `[0-9]{1,3}(${GROUPING_PATTERNS[grouping]})[0-9]{3}(?:\\3[0-9]{3})*`;
  const number = new RegExp(`^([+-]?)(?:([0-9]+|${groups})(?:${point}([0-9]*))?|${point}([0-9]+))$`);
  return (text) => {
    const match = text.length > LONGEST ? null : number.exec(text);
    if (match === null) return null;
    const [, sign = "", whole = "", between = "", fraction, alone] = match;
    const digits = between === "" ? whole : whole.replaceAll(between, "");
    const behind = alone ?? fraction;
    return behind === undefined ? sign + digits : `${sign}${digits}.${behind}`;
  };
}

/** Writes a number that has a decimal point with these signs. */
export function signedNumbers({ decimal, grouping }: NumberSigns): (plain: string) => string {
  const between = grouping === "space" ? " " : grouping ?? "";
  return (plain) => {
    const [whole = "", fraction] = plain.split(".");
    const grouped = between === "" ? whole : whole.replace(/(?<=[0-9])(?=(?:[0-9]{3})+$)/g, between);
    return fraction === undefined ? grouped : grouped + decimal + fraction;
  };
}
