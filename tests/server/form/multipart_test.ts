import { assertEquals } from "@std/assert";
import { assertInEveryCut, cutAnywhere, latin1, outcome, type Read, seeded } from "./posting.ts";

const headers = { "content-type": "multipart/form-data; boundary=b-1" };
const nothing: Read = { fields: [], data: null, dataName: null, charset: null };

/** A part of a body; line breaks as in HTTP. */
function part(disposition: string, value: string, more = ""): string {
  return `--b-1\r\nContent-Disposition: form-data; ${disposition}\r\n${more}\r\n${value}\r\n`;
}

const CASES: readonly (readonly [name: string, body: string, expected: Partial<Read>])[] = [
  ["no part", "--b-1--\r\n", {}],
  ["fields", part('name="class"', "Person") + part("name=simulate", "") + "--b-1--", {
    fields: [["class", "Person"], ["simulate", ""]],
  }],
  [
    "data as a field, with almost boundaries in it",
    part('name="csvdata"', "a\r\n--b\r\n--b-\n--b-1\r\r\n-") + "--b-1--\r\n",
    {
      data: "a\r\n--b\r\n--b-\n--b-1\r\r\n-",
    },
  ],
  [
    "data as a file, of any bytes",
    part(
      'name="csvdata"; filename="../../etc/pass;wd\\".csv"',
      "\xff\x00\r\n\r\n",
      "Content-Type: text/csv; charset=ISO-8859-1\r\n",
    ) + "--b-1--\r\n",
    { data: "\xff\x00\r\n\r\n", dataName: '../../etc/pass;wd".csv', charset: "ISO-8859-1" },
  ],
  [
    "preamble, epilogue, blanks behind a boundary",
    `hello\r\n${part("name=a", "1").replace("b-1", "b-1 \t")}--b-1--x\r\n--b-1\r\n`,
    {
      fields: [["a", "1"]],
    },
  ],
  [
    "headers in any case, folded, and others",
    "--b-1\r\nX-A: 1\r\ncontent-DISPOSITION:form-data;\r\n name=a\r\n\r\n1\r\n--b-1--",
    {
      fields: [["a", "1"]],
    },
  ],
  ["a part that ends with its headers", "--b-1\r\nContent-Disposition: form-data; name=a\r\n\r\n--b-1--", {
    fields: [["a", ""]],
  }],
  ["a field in another charset", part("name=a", "\xe9", "Content-Type: text/plain; charset=latin1\r\n") + "--b-1--", {
    fields: [["a", "é"]],
  }],
  ["a file without a name", part('name="csvdata"; filename=""', "x") + "--b-1--", { data: "x", dataName: null }],
  ["RFC 2231 names", part("name=csvdata; filename*=utf-8''caf%C3%A9.csv", "x") + "--b-1--", {
    data: "x",
    dataName: "café.csv",
  }],
];

for (const [name, body, expected] of CASES) {
  Deno.test(`multipart, in every cut: ${name}`, () =>
    assertInEveryCut({ headers, body: [latin1(body)] }, { ...nothing, ...expected }));
}

const A_PART = part("name=a", "1");
const REFUSED: readonly (readonly [name: string, body: string, kind: string])[] = [
  ["empty body", "", "no_boundary"],
  ["no boundary", "name,code\r\nA,1\r\n", "no_boundary"],
  ["bare line feeds", A_PART.replaceAll("\r\n", "\n") + "--b-1--\n", "boundary_line"],
  ["cut after a part", A_PART, "end_missing"],
  ["cut in the value", "--b-1\r\nContent-Disposition: form-data; name=csvdata\r\n\r\nname,co", "end_missing"],
  ["cut in the headers", "--b-1\r\nContent-Dispo", "end_missing"],
  ["cut in the last boundary", A_PART + "--b-1-", "end_missing"],
  ["cut before the last boundary's number", A_PART + "--b-", "end_missing"],
  ["a longer boundary", A_PART + "--b-10\r\n", "boundary_line"],
  ["one hyphen behind a boundary", A_PART + "--b-1-\r\n", "boundary_line"],
  ["two boundaries in a row", "--b-1\r\n--b-1--", "boundary_line"],
  ["no headers", "--b-1\r\n\r\nx\r\n--b-1--", "part_header"],
  ["a header line without a colon", part("name=a", "1", "junk\r\n") + "--b-1--", "part_header"],
  ["a header with a control character", part("name=a", "1", "X: \x00\r\n") + "--b-1--", "part_header"],
  ["two dispositions", part("name=a", "1", "Content-Disposition: form-data; name=b\r\n") + "--b-1--", "part_header"],
  ["headers without end", part("name=a", "1", `X: ${"x".repeat(17_000)}\r\n`) + "--b-1--", "part_headers_too_large"],
  ["no disposition", "--b-1\r\nContent-Type: text/plain\r\n\r\nx\r\n--b-1--", "disposition"],
  ["no name", part("filename=a", "1") + "--b-1--", "disposition"],
  ["two names", part("name=a; name=b", "1") + "--b-1--", "disposition"],
  ["a name that never closes", part('name="a', "1") + "--b-1--", "disposition"],
  ["a broken escape in a name", part("name*=utf-8''%zz", "1") + "--b-1--", "disposition"],
  ["an attachment", A_PART.replace("form-data", "attachment") + "--b-1--", "disposition"],
  ["a broken type", part("name=a", "1", "Content-Type: text/plain; charset=\r\n") + "--b-1--", "part_content_type"],
  ["base64", part("name=csvdata", "eA==", "Content-Transfer-Encoding: base64\r\n") + "--b-1--", "transfer_encoding"],
  ["data twice", part("name=csvdata", "a") + part("name=csvdata; filename=a", "a") + "--b-1--", "data_twice"],
  ["a name that is not UTF-8", part('name="\xff"', "a") + "--b-1--", "not_utf_8"],
  ["a field that is not UTF-8", part("name=a", "\xff") + "--b-1--", "not_utf_8"],
  [
    "a charset that nobody knows",
    part("name=a", "a", "Content-Type: text/plain; charset=x\r\n") + "--b-1--",
    "field_charset",
  ],
  ["a large field", part("name=a", "x".repeat(1001)) + "--b-1--", "field_too_large"],
  ["many fields", A_PART.repeat(21) + "--b-1--", "too_many_fields"],
  ["a long name", part(`name=${"x".repeat(257)}`, "1") + "--b-1--", "name_too_long"],
  ["a long name, in bytes", part("name*=utf-8''" + "%C3%A9".repeat(129), "1") + "--b-1--", "name_too_long"],
];

for (const [name, body, kind] of REFUSED) {
  Deno.test(`multipart, refused whatever the cut: ${name}`, async () => {
    const random = seeded(1);
    const bytes = latin1(body);
    const answers = new Set<string>();
    const cuts = bytes.length > 2000 ? 3 : 60;
    for (let run = 0; run < cuts; run++) {
      const pieces = run === 0
        ? [bytes]
        : run === 1
        ? [...bytes].map((byte) => Uint8Array.of(byte))
        : cutAnywhere(bytes, random);
      const found = await outcome({ headers, body: pieces });
      const foundKind: unknown = "kind" in found && (found.kind === "multipart" ? found.fault.kind : found.kind);
      assertEquals(foundKind, kind, JSON.stringify(found));
      answers.add(JSON.stringify(found));
    }
    assertEquals(answers.size, 1, [...answers].join(" "));
  });
}

Deno.test("before the first boundary and behind the last one may stand 64 KiB, and not one byte more", async () => {
  const random = seeded(2);
  const most = 65_536;
  const [room, parts] = ["x".repeat(most), `${A_PART}--b-1--`];
  const kinds: unknown[] = [];
  for (
    const body of [
      `${room}\r\n${parts}${room}`,
      `${room}x\r\n${parts}`,
      `${room}x`,
      `${parts}${room}x`,
      `${parts}${"\r\n--b-1".repeat(most / 7 + 1)}`,
    ]
  ) {
    for (const pieces of [[latin1(body)], cutAnywhere(latin1(body), random)]) {
      const found = await outcome({ headers, body: pieces });
      kinds.push("kind" in found ? found : found.fields);
    }
  }
  const tooLarge = { kind: "multipart", fault: { kind: "around_parts_too_large", most }, at: null };
  assertEquals(kinds, [[["a", "1"]], [["a", "1"]], ...Array.from({ length: 8 }, () => tooLarge)]);
});

Deno.test("a fault in a part is placed at its boundary, a missing end at the end", async () => {
  const bad = "--b-1\r\nContent-Type: text/plain\r\n\r\nx\r\n--b-1--";
  const disposition = await outcome({ headers, body: [latin1(A_PART + bad)] });
  assertEquals(disposition, { kind: "multipart", fault: { kind: "disposition" }, at: A_PART.length });
  const cut = await outcome({ headers, body: [latin1(A_PART + "--b-1\r\n\r")] });
  assertEquals(cut, { kind: "multipart", fault: { kind: "end_missing" }, at: A_PART.length + 8 });
});

Deno.test("boundaries that cannot be one are refused, quoted and long ones are not", async () => {
  const long = "x".repeat(200);
  for (const boundary of ["", '""', "x".repeat(201), '"a "', '"a\tb"']) {
    const found = await outcome({
      headers: { "content-type": `multipart/form-data; boundary=${boundary}` },
      body: [latin1("x")],
    });
    assertEquals("kind" in found, true, boundary);
  }
  for (const [typed, boundary] of [['"a b=:?"', "a b=:?"], [long, long]] as const) {
    const body = [latin1(`--${boundary}\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--${boundary}--\r\n`)];
    assertEquals(await outcome({ headers: { "content-type": `Multipart/Form-Data; Boundary=${typed}` }, body }), {
      ...nothing,
      fields: [["a", "1"]],
    });
  }
});

/** The whole body at once, by the plainest means; the kind of a fault, or of its family. */
function slowly(body: string): unknown {
  const [, ...sections] = `\r\n${body}`.split("\r\n--b-1");
  const fields: (readonly [string, string])[] = [];
  let data: string | null = null;
  for (const section of sections) {
    if (section.startsWith("--")) return { fields, data, dataName: null, charset: null };
    const opened = /^[ \t]*\r\n([^]*)$/.exec(section);
    if (opened === null) return "multipart";
    const content = opened[1] ?? "";
    const end = `${content}\r\n`.indexOf("\r\n\r\n");
    const name = /^Content-Disposition: form-data; name=(\w+)$/.exec(content.slice(0, Math.max(0, end)))?.[1];
    if (name === undefined) return "multipart";
    const value = content.slice(end + 4);
    if (name === "csvdata") {
      if (data !== null) return "data_twice";
      data = value;
    } else fields.push([name, value]);
  }
  return "multipart";
}

Deno.test("5,000 random multipart bodies, cut anywhere, are read as a slow reader reads them", async () => {
  const random = seeded(34);
  const pick = (words: readonly string[]) => words[Math.floor(random() * words.length)] ?? "";
  const heads = ["a", "csvdata", "a"].map((name) => `--b-1\r\nContent-Disposition: form-data; name=${name}\r\n\r\n`);
  const words = ["x", "\r\n", "-", "--", "--b-1", "\r\n--b-1", "\r", "\n", "\r\n--b-", "b-1", " "];
  const counts = { read: 0, refused: 0 };
  for (let run = 0; run < 5000; run++) {
    const isTame = random() < 0.6;
    let body = "";
    for (let parts = Math.floor(random() * 4); parts > 0; parts--) {
      body += pick(heads);
      for (let count = Math.floor(random() * 6); count > 0; count--) {
        const word = pick(words);
        body += isTame && word.includes("b-1") ? "y" : word;
      }
      body += "\r\n";
    }
    if (random() < 0.9) body += "--b-1--\r\n";
    const expected = slowly(body);
    const found = await outcome({ headers, body: cutAnywhere(latin1(body), random) });
    assertEquals("kind" in found ? found.kind : found, expected, JSON.stringify(body));
    counts["kind" in found ? "refused" : "read"]++;
  }
  assertEquals([counts.read > 500, counts.refused > 500], [true, true], JSON.stringify(counts));
});
