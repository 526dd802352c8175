import { assertEquals } from "@std/assert";
import { readerFor } from "../../lib/values/reader_for.ts";
import { CODES, problem, text, value } from "./attributes.ts";

const EXAMPLES = {
  // As `<input type=email>` of HTML, and internationalised (SPEC 16, Patterns).
  email: {
    good: [
      "jane@acme.org",
      "j@d.co",
      "o'neil.x_1&y-z@sub-domain.acme.museum",
      "jo+cmdb@example.org",
      "al/eu@example.org",
      "a!#$%&'*+/=?^_`{|}~-z@example.org",
      "a@acme",
      "joe@müller.example",
      "é@acme.org",
      "用户@例子.公司",
      "jo\u0308@example.org",
      "ann.o'neil@example.technology",
    ],
    bad: [
      "bad",
      "not-an-email",
      "a b@acme.org",
      "a@b@acme.org",
      " a@b.co",
      "a@b.co\n",
      "a@-acme.org",
      "a@acme-.org",
      "a@acme..org",
      "a@acme.org.",
      "a,b@acme.org",
      "<a@acme.org>",
      '"a b"@acme.org',
      "a\u200b@acme.org",
      "a\u00a0b@acme.org",
      "a@acme\u2028.org",
      "a@[10.0.0.1]",
      `a@${"x".repeat(64)}.org`,
    ],
  },
  // With a slash, and an extension at the end (SPEC 16, Patterns).
  phone: {
    good: [
      "+33 1 23",
      "(0)1.23-45",
      "555",
      "030/123456",
      "+49 (0)30 12-45",
      "555-1234 ext. 6",
      "555-1234 EXT 6",
      "555ext6",
    ],
    bad: ["abc", "(0)1.23/4#5", "12a", "1\t2", "ext. 6", "555 ext.", "555 ext. 6 7 x", "1\n2"],
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
    good: [
      "10.0.0.1",
      "0.0.0.0",
      "255.255.255.255",
      "199.249.99.9",
      "2001:db8::1",
      "::1",
      "::",
      "fe80::",
      "2001:0DB8:0:0:8:800:200c:417A",
      "::ffff:10.0.0.1",
      "64:ff9b:1:2:3:4:10.0.0.1",
      "1:2:3:4:5:6:7::",
    ],
    bad: [
      "999.1.1.1",
      "256.0.0.1",
      "10.0.0.01",
      "10.0.0",
      "10.0.0.1.2",
      "10.0.0.1 ",
      "1.2.3.4\n",
      "10.0.0.1/24",
      "fe80::1%eth0",
      "2001:db8::/32",
      ":",
      ":::",
      "1::2::3",
      "12345::",
      "1:2:3:4:5:6:7",
      "1:2:3:4:5:6:7:8:9",
      "1:2:3:4:5:6:7:8::",
      "10.0.0.1::",
      "::10.0.0.1:1",
      "::ffff:10.0.0.01",
      "[::1]",
      "g::1",
    ],
  },
  ipv4: {
    good: ["10.0.0.1", "0.0.0.0", "255.255.255.255"],
    bad: ["::1", "2001:db8::1", "::ffff:10.0.0.1", "10.0.0.01", "10.0.0.1/24"],
  },
} as const;

for (const kind of ["email", "phone", "url", "ip", "ipv4"] as const) {
  const reader = readerFor(text(kind), CODES);
  for (const cell of EXAMPLES[kind].good) {
    Deno.test(`${kind} '${cell}' is accepted`, () => assertEquals(reader.parse(cell), value(cell)));
  }
  for (const cell of EXAMPLES[kind].bad) {
    Deno.test(`${kind} '${cell}' is refused`, () => {
      assertEquals(reader.parse(cell), problem({ kind: "wrong_format", found: cell, expected: kind, suspected: null }));
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
