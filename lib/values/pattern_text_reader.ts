/** Text that must look like an e-mail address, a phone number, a URL or an IP address. */
import type { TextAttribute } from "../model/model.ts";
import { isVersion4, isVersion6 } from "./ip_text.ts";
import { isEmpty, refused } from "./parsed.ts";
import { parseText, textReader } from "./text_reader.ts";
import type { ValueReader } from "./value_reader.ts";

type PatternKind = "email" | "phone" | "url" | "ip" | "ipv4";

export type PatternTextAttribute = TextAttribute & { readonly kind: PatternKind };

/** As `<input type=email>` of HTML takes it: https://html.spec.whatwg.org/#valid-e-mail-address */
const DOMAIN_LABEL = "[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?";
const EMAIL = new RegExp(`^[a-zA-Z0-9.!#$%&'*+/=?^_\`{|}~-]+@${DOMAIN_LABEL}(?:\\.${DOMAIN_LABEL})*$`);

/** Characters that a URL may hold (RFC 3986), but for those that part it. */
const LOGIN = "[A-Za-z0-9._~!$&'()*+,;=%-]+";
const PATH = "[A-Za-z0-9._~!$&'()*+,;=%:@/\\[\\]-]*";
const QUERY = "[A-Za-z0-9._~!$&'()*+,;=%:@/?\\[\\]-]*";
const URL_PATTERN = new RegExp(
  `^(?:https?|ftp)://(?:${LOGIN}(?::${LOGIN})?@)?[A-Za-z0-9.-]{3,}(?::[0-9]{1,5})?` +
    `(?:/${PATH})?(?:\\?${QUERY})?(?:#${QUERY})?$`,
);
/** The reference's, with a slash, and an extension at the end. */
const PHONE = /^[0-9.\- +()/]+(?:ext\.? *[0-9]+)?$/i;

const CHECKS: Record<PatternKind, (text: string) => boolean> = {
  email: (text) => EMAIL.test(text) || EMAIL.test(withoutAlphabets(text)),
  phone: (text) => PHONE.test(text),
  url: (text) => URL_PATTERN.test(text),
  ip: (text) => isVersion4(text) || isVersion6(text),
  ipv4: isVersion4,
};

/** An internationalised address (RFC 6531) with a letter of ASCII for each character beyond it that may stand there, and a blank for others. */
function withoutAlphabets(address: string): string {
  const at = address.lastIndexOf("@");
  const plain = (text: string, good: RegExp) => text.replace(/[^\0-\x7f]/gu, (one) => good.test(one) ? "x" : " ");
  return plain(address.slice(0, at), /[^\p{White_Space}\p{C}]/u) + plain(address.slice(at), /[\p{L}\p{M}\p{N}]/u);
}

export function patternTextReader(attribute: PatternTextAttribute): ValueReader {
  const { kind } = attribute;
  const isGood = CHECKS[kind];
  return {
    ...textReader(attribute),
    parse(cell) {
      const parsed = parseText(cell, attribute);
      if (!parsed.ok || isEmpty(cell) || isGood(cell)) return parsed;
      return refused({ kind: "wrong_format", found: cell, expected: kind, suspected: null });
    },
  };
}
