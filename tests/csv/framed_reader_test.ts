/** What stands around the rows of a file is taken off, and what a dialect may say is understood, however the text is cut: held against a second, slow reading. */
import { assertEquals } from "@std/assert";
import type { Dialect } from "../../lib/csv/dialect.ts";
import type { FileFrame } from "../../lib/csv/file_frame.ts";
import { FramedReader } from "../../lib/csv/framed_reader.ts";
import type { Cell } from "../../lib/csv/record.ts";
import { RunWarnings } from "../../lib/run_warnings.ts";
import { Random } from "../torture/random.ts";

interface Reading {
  readonly rows: readonly { readonly line: number; readonly cells: readonly Cell[] }[];
  readonly problem: string | null;
}

function readFramed(pieces: readonly string[], dialect: Dialect, frame: FileFrame): Reading {
  const reader = new FramedReader({ dialect, separatorIsGiven: true, frame }, new RunWarnings());
  const records = [...pieces.flatMap((piece) => reader.push(piece)), ...reader.end()];
  if (reader.openQualifier !== null) return { rows: [], problem: "open" };
  if (reader.problem !== null) return { rows: [], problem: reader.problem.kind };
  return { rows: records.map(({ line, cells }) => ({ line, cells })), problem: null };
}

/** Reads one character after the other, with the whole text before it. */
function readSlowly(text: string, dialect: Dialect, frame: FileFrame): Reading {
  let [at, line] = [0, 1];
  const isEnd = () => at >= text.length;
  const stands = (sign: string | undefined) => sign !== undefined && sign !== "" && text.startsWith(sign, at);
  const lineEnd = () => stands("\r\n") ? 2 : stands("\n") || stands("\r") ? 1 : 0;
  const passLine = () => {
    while (!isEnd() && lineEnd() === 0) at++;
    if (isEnd()) return false;
    at += lineEnd();
    line++;
    return true;
  };
  for (let skipped = 0; skipped < frame.skipLines; skipped++) {
    if (!passLine()) return { rows: [], problem: "fewer_lines" };
  }
  const { separator, qualifier, escape } = dialect;
  const escaped = () => {
    if (!stands(escape)) return "";
    const found = [qualifier, separator, escape ?? ""].find((sign) => sign !== "" && text.startsWith(sign, at + 1));
    return found ?? "";
  };
  const blanks = () => {
    let found = "";
    while (!isEnd() && " \t".includes(text.charAt(at)) && !stands(separator) && !stands(qualifier)) {
      found += text.charAt(at++);
    }
    return found;
  };
  const raw = (begin: string) => {
    let value = begin;
    while (!isEnd() && !stands(separator) && lineEnd() === 0) {
      const what = escaped();
      if (what === "") value += text.charAt(at++);
      else {
        value += what;
        at += 1 + what.length;
      }
    }
    return value.trim();
  };
  const rows: { line: number; cells: Cell[] }[] = [];
  while (!isEnd()) {
    if (stands(dialect.comment)) {
      passLine();
      continue;
    }
    const start = line;
    const cells: Cell[] = [];
    let hasQualified = false;
    let isBlankLine = false;
    for (let isOpen = true; isOpen;) {
      blanks();
      if (stands(qualifier)) {
        hasQualified = true;
        at += qualifier.length;
        let value = "";
        for (;;) {
          if (isEnd()) return { rows: [], problem: "open" };
          const what = escaped();
          if (what !== "") [value, at] = [value + what, at + 1 + what.length];
          else if (stands(qualifier + qualifier)) [value, at] = [value + qualifier, at + 2 * qualifier.length];
          else if (stands(qualifier)) break;
          else if (lineEnd() > 0) {
            value += stands("\r\n") ? "\n" : text.charAt(at);
            at += lineEnd();
            line++;
          } else value += text.charAt(at++);
        }
        at += qualifier.length;
        const behind = blanks();
        if (isEnd() || stands(separator) || lineEnd() > 0) cells.push(value);
        else return { rows: [], problem: `unclear ${behind}` };
      } else if (cells.length === 0 && (isEnd() || lineEnd() > 0)) isBlankLine = true;
      else cells.push(raw(""));
      if (stands(separator)) at += separator.length;
      else isOpen = false;
    }
    if (lineEnd() > 0) {
      at += lineEnd();
      line++;
    }
    const isOfSeparators = cells.length > 1 && !hasQualified && cells.every((cell) => cell === "");
    if (!isBlankLine && !isOfSeparators) rows.push({ line: start, cells });
  }
  const header = frame.header === null ? rows.slice(0, 1) : [{ line: 0, cells: [...frame.header] }];
  const data = frame.header === null ? rows.slice(1) : rows;
  if (data.length < frame.footerLines) return { rows: [], problem: "fewer_rows" };
  const isRepeated = ({ cells }: { readonly cells: readonly Cell[] }) =>
    cells.length === header[0]?.cells.length && cells.every((cell, index) => cell === header[0]?.cells[index]);
  const told = data.slice(0, data.length - frame.footerLines).filter((row) => !isRepeated(row));
  return { rows: [...header, ...told], problem: null };
}

const DIALECTS: readonly Dialect[] = [
  { separator: "||", qualifier: '"', escape: "\\", comment: "#" },
  { separator: ",", qualifier: '"', escape: "\\" },
  { separator: "::", qualifier: "'", comment: "//" },
  { separator: "ab", qualifier: "", escape: "^", comment: "--" },
  { separator: "|~|", qualifier: '"', escape: "" },
  { separator: ";", qualifier: '"', escape: "", comment: "#" },
];

function randomText(random: Random, { separator, qualifier, escape, comment }: Dialect): string {
  const parts = [
    separator,
    separator,
    separator.slice(0, 1),
    qualifier,
    escape ?? "\\",
    comment ?? "#",
    "x",
    "é",
    "😀",
    " ",
    "\n",
    "\r\n",
    "\r",
  ];
  return Array.from({ length: random.int(0, 39) }, () => random.pick(parts)).join("");
}

function randomPieces(random: Random, text: string): string[] {
  const pieces: string[] = [];
  for (let at = 0; at < text.length;) {
    const length = 1 + random.int(0, 5);
    pieces.push(text.slice(at, at + length));
    at += length;
  }
  return pieces;
}

Deno.test("random texts in random pieces are read as a second reader reads them whole", () => {
  const random = new Random(17);
  let read = 0;
  for (let round = 0; round < 30_000; round++) {
    const dialect = random.pick(DIALECTS);
    const frame: FileFrame = {
      skipLines: random.int(0, 2),
      footerLines: random.int(0, 2),
      header: random.int(0, 3) === 0 ? ["Name", "Code"] : null,
    };
    const text = randomText(random, dialect);
    const expected = readSlowly(text, dialect, frame);
    // What stands behind a qualified cell is a problem of its row, which the other reader does not go into.
    if (expected.problem?.startsWith("unclear") === true) continue;
    read++;
    const found = readFramed(randomPieces(random, text), dialect, frame);
    assertEquals(found, expected, JSON.stringify({ text, dialect, frame }));
  }
  assertEquals(read > 10_000, true, `${read} texts were read`);
});

const COMMA: Dialect = { separator: ",", qualifier: '"' };

Deno.test("a line that says the separator is believed, unless another one was given", () => {
  const frame = { skipLines: 1, footerLines: 0, header: null };
  const read = (separatorIsGiven: boolean) => {
    const reader = new FramedReader({ dialect: COMMA, separatorIsGiven, frame }, new RunWarnings());
    const records = [
      ...reader.push("Report\r"),
      ...reader.push("\nsep=;\r"),
      ...reader.push("\na;b\r\n"),
      ...reader.end(),
    ];
    return { records: records.map(({ line, cells }) => [line, ...cells]), problem: reader.problem };
  };
  assertEquals(read(false), { records: [[3, "a", "b"]], problem: null });
  assertEquals(read(true), { records: [], problem: { kind: "other_separator", line: 2, said: ";", given: "," } });
});

Deno.test("the separator that a line says may be a blank, and stand before blanks and signs of a spreadsheet", () => {
  const frame = { skipLines: 0, footerLines: 0, header: null };
  for (
    const [line, separator] of [["sep=\t", "\t"], ["sep=\t\t\t", "\t"], ['"sep=\t"', "\t"], ["sep= ", " "], [
      "sep=; ",
      ";",
    ]]
  ) {
    for (const separatorIsGiven of [false, true]) {
      const dialect = separatorIsGiven ? { ...COMMA, separator: separator ?? "" } : COMMA;
      const reader = new FramedReader({ dialect, separatorIsGiven, frame }, new RunWarnings());
      const records = [...reader.push(`${line}\na${separator}b\n`), ...reader.end()];
      assertEquals(records.map(({ cells }) => cells), [["a", "b"]], JSON.stringify(line));
    }
  }
});

Deno.test("a header that is given and stands in the file is passed over; that of a file of rows in error is taken", () => {
  const frame = { skipLines: 0, footerLines: 0, header: ["Name", "Code"] };
  const cellsOf = (text: string) => readFramed([text], COMMA, frame).rows.map(({ cells }) => cells.join());
  assertEquals(cellsOf("NAME, code\nA,1\n"), ["Name,Code", "A,1"]);
  // Names are the same here when they are for a header.
  assertEquals(cellsOf("\u200bname*,\u00a0CODE\nA,1\n"), ["Name,Code", "A,1"]);
  const other = { ...frame, header: ["Gr\u00f6\u00dfe", "Full Name"] };
  assertEquals(
    readFramed(["GRO\u0308SSE,full\u00a0name\nA,1\n"], COMMA, other).rows.map(({ cells }) => cells.join()),
    ["Gr\u00f6\u00dfe,Full Name", "A,1"],
  );
  assertEquals(cellsOf("X,Y,_line,_status,_why\nA,1,2,rejected,x\n"), ["X,Y,_line,_status,_why", "A,1,2,rejected,x"]);
  assertEquals(cellsOf(""), ["Name,Code"]);
});
