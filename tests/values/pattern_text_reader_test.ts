import { assertEquals } from "@std/assert";
import { readerFor } from "../../lib/values/reader_for.ts";
import { CODES, problem, text, value } from "./attributes.ts";

const EXAMPLES = {
  email: {
    good: ["jane@acme.org", "j@d.co", "o'neil.x_1&y-z@sub-domain.acme.museum"],
    bad: [
      "bad",
      "not-an-email",
      "a+b@acme.org",
      "é@acme.org",
      "a b@acme.org",
      "a@acme",
      "a@acme.o",
      "a@b@acme.org",
      " a@b.co",
    ],
  },
  phone: {
    good: ["+33 1 23", "(0)1.23-45", "555"],
    bad: ["abc", "(0)1.23/4#5", "12a", "1\t2"],
  },
  url: {
    good: [
      "http://acme.org",
      "https://acme.org/",
      "https://user:pass@acme.org:8080/a/b.html?q=1&r=%20#top",
      "ftp://user@files.acme.org/pub",
      "http://localhost",
      "http://10.0.0.1/x?y=http://z/?",
    ],
    bad: [
      "acme.org",
      "gopher://acme.org",
      "file:///etc/passwd",
      "mailto:a@b.co",
      "http://a",
      "http://acme.org/a b",
      "http://",
      "x http://acme.org",
    ],
  },
  ip: {
    good: ["10.0.0.1", "0.0.0.0", "255.255.255.255", "199.249.99.9"],
    bad: ["999.1.1.1", "256.0.0.1", "10.0.0.01", "10.0.0", "10.0.0.1.2", "::1", "10.0.0.1 ", "1.2.3.4\n"],
  },
} as const;

for (const kind of ["email", "phone", "url", "ip"] as const) {
  const reader = readerFor(text(kind), CODES);
  for (const cell of EXAMPLES[kind].good) {
    Deno.test(`${kind} '${cell}' is accepted`, () => assertEquals(reader.parse(cell), value(cell)));
  }
  for (const cell of EXAMPLES[kind].bad) {
    Deno.test(`${kind} '${cell}' is refused`, () => {
      assertEquals(reader.parse(cell), problem({ kind: "wrong_format", found: cell }));
      assertEquals(reader.parseKey(cell), cell);
    });
  }
  Deno.test(`${kind} may be empty where the attribute allows it`, () => {
    assertEquals(reader.parse(""), value(""));
    assertEquals(reader.parse(null), value(""));
    assertEquals(
      readerFor(text(kind, { nullAllowed: false }), CODES).parse(""),
      problem({ kind: "null_not_allowed" }),
    );
  });
  Deno.test(`${kind} may not be too long`, () => {
    const short = readerFor(text(kind, { maxLength: 2 }), CODES);
    assertEquals(short.parse("abc"), problem({ kind: "too_long", found: 3, limit: 2 }));
  });
}
