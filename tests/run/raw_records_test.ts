/** The very bytes of records, in every charset, wherever the input is cut. */
import { assertEquals } from "@std/assert";
import type { Dialect } from "../../lib/csv/dialect.ts";
import { RawRecords } from "../../lib/csv/raw_records.ts";
import { RunWarnings } from "../../lib/run_warnings.ts";
import { readRecords } from "../../lib/run/read_records.ts";
import { inGroups } from "../../lib/run/group_records.ts";
import { encoderFor } from "../../lib/source/encode.ts";
import { EVERY_CHARSET, nameOf, type TestedCharset } from "../helpers/every_charset.ts";
import { PLAIN_FORM } from "../helpers/plain_file.ts";

const COMMA: Dialect = { separator: ",", qualifier: '"' };

/** Blank lines, passed over rows, doubled qualifiers, line breaks in cells, all three line ends, blanks, no line end at the end. */
function hostile(words: string): readonly string[] {
  return [
    `name,${words}\r\n`,
    `  "a ""${words}""" , b \r\n`,
    `"two\r\nlines ${words}",${words}\n`,
    `${words},"\r"\r`,
    `"${words}\n\n",\r\n`,
    `"x"${words},y\r`,
    `,,only three\n`,
    `${words},the end`,
  ];
}

/** What stands between the records: nothing of it is given. */
const BETWEEN = ["\r\n", " \t\n", "\n", ",,\r"];

function bytesOf({ encoding, mark = [] }: TestedCharset, text: string): Uint8Array {
  return Uint8Array.from([...mark, ...encoderFor(encoding)(text)]);
}

function pieces(bytes: Uint8Array, length: number): Uint8Array[] {
  const count = Math.ceil(bytes.length / length);
  return Array.from({ length: count }, (_, index) => bytes.subarray(index * length, (index + 1) * length));
}

/** Gives them in one buffer, as of files: what is kept of a piece must be a copy. */
async function* reusing(all: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  const buffer = new Uint8Array(Math.max(...all.map(({ length }) => length)));
  for (const piece of all) {
    buffer.set(piece);
    yield buffer.subarray(0, piece.length);
    buffer.fill(0x2a);
    await Promise.resolve();
  }
}

interface RawRow {
  readonly cells: readonly (string | null)[];
  readonly bytes: Uint8Array;
  readonly text: string;
}

async function rawRows(charset: TestedCharset, all: readonly Uint8Array[]): Promise<readonly RawRow[]> {
  const raw = new RawRecords(COMMA);
  const rows: RawRow[] = [];
  const format = { charset: { typed: charset.encoding, encoding: charset.encoding }, dialect: COMMA, ...PLAIN_FORM };
  for await (const { records } of inGroups(readRecords(reusing(all), format, new RunWarnings(), raw))) {
    for (const [index, { cells, line }] of records.entries()) {
      const found = rows.length === 0 && index === 0 ? raw.header() : raw.at(line);
      if (found === null) throw new Error("the file has a header");
      rows.push({ cells, bytes: found.bytes(found.text.length), text: found.text });
    }
    raw.release(records.at(-1)?.line ?? 0);
  }
  return rows;
}

for (const charset of EVERY_CHARSET) {
  Deno.test(`records are given back byte for byte in ${nameOf(charset)}, wherever the input is cut`, async () => {
    const texts = hostile(charset.words);
    const expected = texts.map((text) => ({ text, bytes: bytesOf({ ...charset, mark: [] }, text) }));
    const whole = bytesOf(charset, texts.join(""));
    const cuts = [whole.length, 1, 2, 3, 7].map((length) => pieces(whole, length));
    const twoWays = Array.from({ length: whole.length + 1 }, (_, at) => [whole.subarray(0, at), whole.subarray(at)]);
    for (const all of [...cuts, ...twoWays]) {
      const rows = await rawRows(charset, all);
      assertEquals(rows.map(({ text, bytes }) => ({ text, bytes })), expected);
    }
  });
}

Deno.test("what stands between records belongs to none of them", async () => {
  const charset = { encoding: "utf-8", words: "" };
  const texts = hostile("é").slice(0, -1);
  const whole = bytesOf(charset, texts.map((text, index) => text + (BETWEEN[index % BETWEEN.length] ?? "")).join(""));
  const rows = await rawRows(charset, [whole]);
  assertEquals(rows.map(({ text }) => text), texts);
});

Deno.test("a header that is repeated is given once, and rows behind it as they are", async () => {
  const whole = bytesOf({ encoding: "utf-8", words: "" }, "a,b\n1,2\na,b\n3,4\n");
  const rows = await rawRows({ encoding: "utf-8", words: "" }, pieces(whole, 5));
  assertEquals(rows.map(({ text }) => text), ["a,b\n", "1,2\n", "3,4\n"]);
});

Deno.test("a row of many pieces, and many groups, are given back", async () => {
  const long = "é".repeat(200_000);
  const rowsOf = Array.from(
    { length: 3000 },
    (_, index) => index === 1500 ? `"${long}",x\r\n` : `${index},日本${index}\r\n`,
  );
  const whole = bytesOf({ encoding: "utf-8", words: "" }, ["a,b\r\n", ...rowsOf].join(""));
  const rows = await rawRows({ encoding: "utf-8", words: "" }, pieces(whole, 65_536));
  assertEquals(rows.map(({ text }) => text), ["a,b\r\n", ...rowsOf]);
  assertEquals(rows.map(({ bytes }) => new TextDecoder().decode(bytes)), ["a,b\r\n", ...rowsOf]);
});
