/** Text that must look like an e-mail address, a phone number, a URL or an IP address. */
import type { TextAttribute } from "../model/model.ts";
import { isEmpty, refused } from "./parsed.ts";
import { parseText, textReader } from "./text_reader.ts";
import type { ValueReader } from "./value_reader.ts";

type PatternKind = "email" | "phone" | "url" | "ip";

export type PatternTextAttribute = TextAttribute & { readonly kind: PatternKind };

const BYTE = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
/** Characters that a URL may hold (RFC 3986), but for those that part it. */
const LOGIN = "[A-Za-z0-9._~!$&'()*+,;=%-]+";
const PATH = "[A-Za-z0-9._~!$&'()*+,;=%:@/\\[\\]-]*";
const QUERY = "[A-Za-z0-9._~!$&'()*+,;=%:@/?\\[\\]-]*";

/** The reference's patterns: e-mail and phone as its configuration has them, IP version 4 without leading zeros. */
const PATTERNS: Record<PatternKind, RegExp> = {
  email: /^[a-zA-Z0-9._&'-]+@[a-zA-Z0-9.-]+\.[a-zA-Z0-9-]{2,}$/,
  phone: /^[0-9.\- +()]+$/,
  url: new RegExp(
    `^(?:https?|ftp)://(?:${LOGIN}(?::${LOGIN})?@)?[A-Za-z0-9.-]{3,}(?::[0-9]{1,5})?` +
      `(?:/${PATH})?(?:\\?${QUERY})?(?:#${QUERY})?$`,
  ),
  ip: new RegExp(`^${BYTE}(?:\\.${BYTE}){3}$`),
};

export function patternTextReader(attribute: PatternTextAttribute): ValueReader {
  const pattern = PATTERNS[attribute.kind];
  return {
    ...textReader(attribute),
    parse(cell) {
      const parsed = parseText(cell, attribute);
      if (!parsed.ok || isEmpty(cell) || pattern.test(cell)) return parsed;
      return refused({ kind: "wrong_format", found: cell });
    },
  };
}
