/** Rows in error, mended and loaded again with the same parameters, in every charset and dialect (SPEC 15). */
import { assertEquals, assertStringIncludes } from "@std/assert";
import type { Dialect } from "../../lib/csv/dialect.ts";
import { EVERY_CHARSET, nameOf, type TestedCharset } from "../helpers/every_charset.ts";
import { assertExit } from "../helpers/scratch.ts";
import { type Boxes, bytesIn, dialectParameters, textIn, withBoxes } from "./rejects_world.ts";

const COMMA: Dialect = { separator: ",", qualifier: '"' };

/** A row that is in error, and what it is when it is mended. */
interface Row {
  readonly bad: string;
  readonly good: string;
}

/** Rows in error of every kind, in a dialect with a qualifier, with the line end of each. */
function rowsOf({ separator: s, qualifier: q }: Dialect, words: string, unique: string): readonly Row[] {
  const row = (...cells: readonly string[]) => cells.join(s);
  // Blanks around cells, unless they separate.
  const b = s === " " ? "" : " ";
  return [
    { bad: row(`a${unique}`, "x1", words) + "\r\n", good: row(`a${unique}`, "1", words) + "\r\n" },
    {
      bad: row(`${b}${b}${q}b ${q}${q}${unique}${q}${b}`, `${b}2x`, "") + "\n",
      good: row(`${b}${b}${q}b ${q}${q}${unique}${q}${b}`, `${b}2`, "") + "\n",
    },
    {
      bad: row(`c${unique}`, "3x", `${q}two\r\nlines ${words}${q}`) + "\r",
      good: row(`c${unique}`, "3", `${q}two\r\nlines ${words}${q}`) + "\r",
    },
    { bad: row(`d${unique}`, "4") + "\n", good: row(`d${unique}`, "4", words) + "\n" },
    { bad: row(`e${unique}`, "5", words, "more", "and more") + "\n", good: row(`e${unique}`, "5", words) + "\n" },
    { bad: row(`${q}f${q}${words}${unique}`, "6", "") + "\n", good: row(`${q}f${words}${unique}${q}`, "6", "") + "\n" },
    { bad: row(`${q}g${unique}\\${q}`, "7", "") + "\n", good: row(`g${unique}\\`, "7", "") + "\n" },
    { bad: row(`h${unique}`, "8x", words), good: row(`h${unique}`, "8", words) },
  ];
}

function plainRowsOf({ separator: s }: Dialect, words: string, unique: string): readonly Row[] {
  const row = (...cells: readonly string[]) => cells.join(s);
  return [
    { bad: row(`a"${unique}`, "x1", words) + "\r\n", good: row(`a"${unique}`, "1", words) + "\r\n" },
    { bad: row(`b${unique}`, "2") + "\r\n", good: row(`b${unique}`, "2", words) + "\r\n" },
    { bad: row(`c${unique}`, "3x", words), good: row(`c${unique}`, "3", words) },
  ];
}

/** How the added cells begin: behind a row they are all that is mended away or ignored. */
function addedAt(text: string, { separator: s }: Dialect, line: number): number {
  const number = String(line);
  const starts = ["rejected", "short_", "long_"].map((status) => text.indexOf(`${s}${number}${s}${status}`));
  return Math.min(...starts.map((at) => at < 0 ? text.length : at));
}

async function roundTrip(boxes: Boxes, charset: TestedCharset, dialect: Dialect, unique: string): Promise<void> {
  const { loadBoxes, fileOf, query, scratch } = boxes;
  const all = dialect.qualifier === ""
    ? plainRowsOf(dialect, charset.words, unique)
    : rowsOf(dialect, charset.words, unique);
  const header = ["name", "size", "note"].join(dialect.separator);
  const fine = [`ok${unique}`, "9", charset.words].join(dialect.separator);
  const parameters = { charset: charset.encoding, ...dialectParameters(dialect) };
  const inError = bytesIn(charset, `${header}\r\n${fine}\r\n${all.map(({ bad }) => bad).join("")}`);

  const first = await loadBoxes(inError, parameters);
  assertExit(first, 1);
  assertStringIncludes(first.stdout, `#Issues: ${all.length}\n`);
  assertStringIncludes(first.stdout, "#Created: 1\n");
  const rejects = textIn(charset, fileOf() ?? new Uint8Array(0));
  const names = ["_line", "_status", "_why"].map((name) => dialect.separator + name).join("");
  assertEquals(rejects.startsWith(header + names + "\r\n"), true, rejects);

  // Nobody has mended anything: the same rows are in error, and get the added columns once.
  const again = await loadBoxes(fileOf() ?? "", { ...parameters, rejects: "again.csv" });
  assertExit(again, 1);
  assertStringIncludes(again.stdout, `#Issues: ${all.length}\n`);
  assertStringIncludes(again.stdout, "#Warnings: 0\n");
  assertEquals(withoutLines(textIn(charset, fileOf("again.csv") ?? new Uint8Array(0))), withoutLines(rejects));

  const mended = mend(rejects, all, dialect, header + names + "\r\n");
  const last = await loadBoxes(bytesIn(charset, mended), parameters);
  assertExit(last, 0);
  assertStringIncludes(last.stdout, `#Created: ${all.length}\n`);
  assertStringIncludes(last.stdout, "#Columns: name, size, note\n");
  assertEquals(fileOf(), null, "a run without rows in error removes the file");
  assertEquals(
    query(`SELECT count(*) FROM view_Box WHERE name LIKE '%${unique}%'`),
    [String(all.length + 1)],
    scratch.folder,
  );
}

function withoutLines(text: string): string {
  return text.replace(/\d+(.{1,2}(?:rejected|short_|long_))/g, "N$1").replace(/line \d+/g, "line N");
}

/** What somebody does in an editor: each row as it should have been, the added cells left as they are. */
function mend(rejects: string, rows: readonly Row[], dialect: Dialect, header: string): string {
  let rest = rejects.slice(header.length);
  let mended = header;
  let line = 3;
  for (const { bad, good } of rows) {
    const end = /[\r\n]*$/.exec(bad)?.[0] ?? "";
    const body = bad.slice(0, bad.length - end.length);
    assertEquals(rest.slice(0, body.length), body, "the row is there as it came");
    const tail = rest.slice(body.length);
    const stop = end === "" ? tail.length : tail.indexOf(end);
    const added = tail.slice(addedAt(tail, dialect, line), stop);
    mended += good.slice(0, good.length - end.length) + added + end;
    rest = tail.slice(stop + end.length);
    line += bad.split(/\r\n|\r|\n/).length - 1;
  }
  assertEquals(rest, "");
  return mended;
}

Deno.test("rows in error load when they are mended, in every charset", (test) =>
  withBoxes(async (boxes) => {
    for (const [index, charset] of EVERY_CHARSET.entries()) {
      await test.step(nameOf(charset), () => roundTrip(boxes, charset, COMMA, `-${index}-`));
    }
  }));

const DIALECTS: readonly Dialect[] = [
  { separator: ";", qualifier: '"' },
  { separator: "\t", qualifier: "'" },
  { separator: "|", qualifier: "~" },
  { separator: " ", qualifier: '"' },
  { separator: "^", qualifier: "|" },
  { separator: ".", qualifier: '"' },
  { separator: ",", qualifier: "" },
  { separator: "\t", qualifier: "" },
  { separator: " ", qualifier: "" },
];
/** Separators and qualifiers beyond ASCII, in charsets that have them. */
const WIDE: readonly (readonly [encoding: string, dialect: Dialect])[] = [
  ["utf-8", { separator: "¦", qualifier: "«" }],
  ["utf-8", { separator: "😀", qualifier: "😃" }],
  ["windows-1252", { separator: "¦", qualifier: "§" }],
  ["shift_jis", { separator: "、", qualifier: "”" }],
  ["iso-2022-jp", { separator: "、", qualifier: "”" }],
  ["iso-2022-jp", { separator: "、", qualifier: "" }],
  ["utf-16le", { separator: "😀", qualifier: "" }],
];

Deno.test("rows in error load when they are mended, in every dialect", (test) =>
  withBoxes(async (boxes) => {
    const all = [
      ...["utf-8", "utf-16be", "windows-1252", "gbk"].flatMap((encoding) =>
        DIALECTS.map((dialect) => [encoding, dialect] as const)
      ),
      ...WIDE,
    ];
    for (const [index, [encoding, dialect]] of all.entries()) {
      const words = encoding === "windows-1252" ? "Zoë" : "東京";
      const name = `${encoding} ${JSON.stringify(dialect)}`;
      const spaced = dialect.separator === " " ? "Zoë" : words;
      await test.step(name, () =>
        roundTrip(boxes, { encoding, words: encoding === "gbk" ? words : spaced }, dialect, `-${index}-`));
    }
  }));
