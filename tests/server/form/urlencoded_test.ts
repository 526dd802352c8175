import { assertEquals } from "@std/assert";
import { assertInEveryCut, cutAnywhere, latin1, outcome, type Read, seeded, URLENCODED, utf8 } from "./posting.ts";

const headers = { "content-type": URLENCODED };
const nothing: Read = { fields: [], data: null, dataName: null, charset: null };

const CASES: readonly (readonly [body: string, expected: Partial<Read>])[] = [
  ["", {}],
  ["&&", {}],
  ["&".repeat(20), {}],
  ["class=Person&simulate=1", { fields: [["class", "Person"], ["simulate", "1"]] }],
  ["class=Person&", { fields: [["class", "Person"]] }],
  ["auth_user=&auth_pwd=a%26b%3Dc+d%2B", { fields: [["auth_user", ""], ["auth_pwd", "a&b=c d+"]] }],
  ["a=b=c&=d", { fields: [["a", "b=c"], ["", "d"]] }],
  ["a%5Bb%5D=%C3%A9&%63sv%64ata=x", { fields: [["a[b]", "é"]], data: "x" }],
  // A sign without two digits stands for itself.
  ["a=100%&b=%4&c=%zz%4g%%41&d=%E", { fields: [["a", "100%"], ["b", "%4"], ["c", "%zz%4g%A"], ["d", "%E"]] }],
  ["csvdata=name%3Bx%0D%0AA%E9%00%FF%3B+%2B%0A&class=Person", {
    fields: [["class", "Person"]],
    data: "name;x\r\nA\xe9\x00\xff; +\n",
  }],
  ["csvdata=", { data: "" }],
  ["csvdata[]=x&class=A&class=B", { fields: [["csvdata[]", "x"], ["class", "A"], ["class", "B"]] }],
  // Raw bytes, as curl -d sends them.
  ["class=P&csvdata=name,\xe9\nx=y", { fields: [["class", "P"]], data: "name,\xe9\nx=y" }],
];

for (const [body, expected] of CASES) {
  Deno.test(`urlencoded, in every cut: ${JSON.stringify(body)}`, () =>
    assertInEveryCut({ headers, body: [latin1(body)] }, { ...nothing, ...expected }));
}

const REFUSED: readonly (readonly [body: string, expected: unknown])[] = [
  // curl --data-binary @file, and -d @file, which drops the line breaks.
  ["name,code\nA,1\n", { kind: "not_a_form", at: 0 }],
  ["name,codeA,1", { kind: "not_a_form", at: 0 }],
  ["name,note\nA,x=1\n", { kind: "not_a_form", at: 0 }],
  ["class=P&name,code\nA,1=", { kind: "not_a_form", at: 8 }],
  ["csvdata=a&csvdata=a", { kind: "data_twice" }],
  ["class=%FF", { kind: "not_utf_8", field: "class" }],
  ["cl%FFass=1", { kind: "not_utf_8", field: null }],
  ["x".repeat(257) + "=", { kind: "name_too_long", most: 256 }],
  [`comment=${"x".repeat(1001)}`, { kind: "field_too_large", field: "comment", most: 1000 }],
  ["a=1&".repeat(21), { kind: "too_many_fields", most: 20 }],
  ["&".repeat(21), { kind: "too_many_fields", most: 20 }],
  ["a=1&&".repeat(11), { kind: "too_many_fields", most: 20 }],
  ["csvdata=a" + "&".repeat(22), { kind: "too_many_fields", most: 20 }],
];

for (const [body, expected] of REFUSED) {
  Deno.test(`urlencoded, refused in every cut: ${JSON.stringify(body.slice(0, 40))}`, () =>
    assertInEveryCut({ headers, body: [latin1(body)] }, expected));
}

Deno.test("the query goes with any body, comes first, and may have names without values", async () => {
  const query = "class=Server&simulate&csv%66ile=%C3%A9";
  const fields: Read["fields"] = [["class", "Server"], ["simulate", ""], ["csvfile", "é"]];
  assertEquals(await outcome({ query, headers: { "content-type": "text/csv" }, body: [utf8("name\n")] }), {
    ...nothing,
    fields,
    data: "name\n",
  });
  assertEquals(await outcome({ query, headers, body: [utf8("class=Person")] }), {
    ...nothing,
    fields: [...fields, ["class", "Person"]],
  });
  assertEquals(await outcome({ query }), { ...nothing, fields });
});

function utf8Of(latin: string): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(latin1(latin));
}

function isUtf8(latin: string): boolean {
  return !utf8Of(latin).includes("\ufffd");
}

/** The whole body at once, by the plainest means. */
function slowly(body: string): unknown {
  const decoded = (text: string) =>
    text.replaceAll("+", " ").replace(/%([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
  const fields: (readonly [string, string])[] = [];
  let data: string | null = null;
  for (const entry of body.split("&")) {
    if (entry === "") continue;
    const equals = entry.indexOf("=");
    const name = decoded(equals < 0 ? entry : entry.slice(0, equals));
    if (equals < 0 || /[^ -\uffff]/.test(name)) return "not_a_form";
    const value = decoded(entry.slice(equals + 1));
    if (!isUtf8(name)) return "not_utf_8";
    if (name === "csvdata") {
      if (data !== null) return "data_twice";
      data = value;
    } else if (isUtf8(value)) fields.push([utf8Of(name), utf8Of(value)]);
    else return "not_utf_8";
  }
  return { fields, data, dataName: null, charset: null };
}

Deno.test("5,000 random urlencoded bodies, cut anywhere, are read as a slow reader reads them", async () => {
  const random = seeded(12);
  const words = [
    "&",
    "=",
    "%",
    "%4",
    "%41",
    "%0",
    "%0a",
    "+",
    "a",
    "csvdata",
    "csvdata=",
    "&csvdata=",
    "\n",
    "%2",
    "b=",
    "%%",
  ];
  const counts = { read: 0, refused: 0 };
  for (let run = 0; run < 5000; run++) {
    let body = "";
    for (let count = Math.floor(random() * 12); count > 0; count--) body += words[Math.floor(random() * words.length)];
    const expected = slowly(body);
    const found = await outcome({ headers, body: cutAnywhere(latin1(body), random) });
    assertEquals("kind" in found ? found.kind : found, expected, JSON.stringify(body));
    counts["kind" in found ? "refused" : "read"]++;
  }
  // Neither side is an exception.
  assertEquals([counts.read > 500, counts.refused > 500], [true, true], JSON.stringify(counts));
});
