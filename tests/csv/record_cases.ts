/** The grammar where no golden case shows it. */
import type { Dialect } from "../../lib/csv/dialect.ts";
import { COMMA, lines, record, type RecordCase, TAB, textAfterQualifier } from "./record_case.ts";

const BLANK: Dialect = { separator: " ", qualifier: '"' };

export const RECORD_CASES: readonly RecordCase[] = [
  { title: "an empty text has no record", dialect: COMMA, text: "", records: [] },
  { title: "blanks without a line end are no record", dialect: COMMA, text: "a\n \t", records: lines(["a"]) },
  { title: "a separator alone is two empty cells", dialect: COMMA, text: ",", records: lines(["", ""]) },
  { title: "a separator and blanks at the end of the text", dialect: COMMA, text: "a,  ", records: lines(["a", ""]) },
  { title: "a line with a vertical tab only is not blank", dialect: COMMA, text: "\v\n", records: lines([""]) },
  {
    title: "NUL is trimmed at both ends, not inside",
    dialect: COMMA,
    text: "\0a\0b\0,\0\n",
    records: lines(["a\0b", ""]),
  },
  {
    title: "a vertical tab before a qualifier makes a raw cell",
    dialect: COMMA,
    text: '\v"a",b',
    records: lines(['"a"', "b"]),
  },
  { title: "a form feed is not trimmed", dialect: COMMA, text: "\fa\f", records: lines(["\fa\f"]) },
  {
    title: "doubled qualifiers at both ends of a cell, and a cell of nothing else",
    dialect: COMMA,
    text: '"""a""","""","""""",""\n',
    records: lines(['"a"', '"', '""', ""]),
  },
  {
    title: "a doubled qualifier next to line breaks and separators",
    dialect: COMMA,
    text: '"a""\r\n"",b""\n",c\nd',
    records: [record(1, ['a"\n",b"\n', "c"]), record(4, ["d"])],
  },
  {
    title: "a qualified cell is not trimmed of line ends",
    dialect: COMMA,
    text: '"\r\n a\r","\n"\nb',
    records: [record(1, ["\n a\r", "\n"]), record(5, ["b"])],
  },
  {
    title: "CR CR LF inside qualifiers",
    dialect: COMMA,
    text: '"a\r\r\nb"\nc',
    records: [record(1, ["a\r\nb"]), record(4, ["c"])],
  },
  {
    title: "CR CR LF outside qualifiers is two line ends",
    dialect: COMMA,
    text: "a\r\r\nb",
    records: [record(1, ["a"]), record(3, ["b"])],
  },
  { title: "LF CR is two line ends", dialect: COMMA, text: "a\n\rb", records: [record(1, ["a"]), record(3, ["b"])] },
  {
    title: "a CR before the closing qualifier, an LF behind it",
    dialect: COMMA,
    text: '"a\r"\nb',
    records: [record(1, ["a\r"]), record(3, ["b"])],
  },
  {
    title: "a record that begins behind blank lines and spans lines tells its first line",
    dialect: COMMA,
    text: 'h\r\n\r\n \t\r\n  x,"1\n2\r3\r\n4"\r\ny',
    records: [record(1, ["h"]), record(4, ["x", "1\n2\r3\n4"]), record(8, ["y"])],
  },
  {
    title: "<NULL> is null only when it is the whole cell",
    dialect: COMMA,
    text: '" <NULL>","<NULL>" ,<NULL>x\n',
    records: lines([" <NULL>", null, "<NULL>x"]),
  },
  {
    title: "a doubled qualifier around <NULL> is text",
    dialect: COMMA,
    text: '"""<NULL>"""',
    records: lines(['"<NULL>"']),
  },
  {
    title: "text after a closing qualifier keeps what was typed, doubled qualifiers and blanks included",
    dialect: COMMA,
    text: 'x, "a""b" \t c "d , "e"\n',
    records: [record(1, ["x", '"a""b" \t c "d', "e"], textAfterQualifier(1, 1))],
  },
  {
    title: "the problem tells the line of the text, and only the first problem of a record is kept",
    dialect: COMMA,
    text: '"a\nb" c,"d" e\n"f" g\nh',
    records: [
      record(1, ['"a\nb" c', '"d" e'], textAfterQualifier(0, 2)),
      record(3, ['"f" g'], textAfterQualifier(0, 3)),
      record(4, ["h"]),
    ],
  },
  {
    title: "text after a closing qualifier at the end of the text",
    dialect: COMMA,
    text: '"a"b',
    records: [record(1, ['"a"b'], textAfterQualifier(0, 1))],
  },
  {
    title: "a no-break space after a closing qualifier is text",
    dialect: COMMA,
    text: '"a"\u00a0,b',
    records: [record(1, ['"a"\u00a0', "b"], textAfterQualifier(0, 1))],
  },
  {
    title: "a closed qualified cell and blanks at the end of the text",
    dialect: COMMA,
    text: 'a,"b" \t',
    records: lines(["a", "b"]),
  },
  {
    title: "a qualifier opened behind lines of its own record is told by its line",
    dialect: COMMA,
    text: 'a\n"b\nc","d\ne',
    records: lines(["a"]),
    openQualifier: { kind: "open_qualifier", line: 3 },
  },
  {
    title: "a cell that ends in a doubled qualifier is open",
    dialect: COMMA,
    text: 'a\n"b""',
    records: lines(["a"]),
    openQualifier: { kind: "open_qualifier", line: 2 },
  },
  {
    title: "an open qualifier at the very end",
    dialect: COMMA,
    text: 'a,"',
    records: [],
    openQualifier: { kind: "open_qualifier", line: 1 },
  },
  {
    title: "with the separator tab a line of blanks only is blank",
    dialect: TAB,
    text: "a\tb\n   \n\t\n",
    records: [record(1, ["a", "b"]), record(3, ["", ""])],
  },
  {
    title: "with the separator tab blanks around qualifiers are dropped, tabs separate",
    dialect: TAB,
    text: ' "a" \t\t"b"\n',
    records: lines(["a", "", "b"]),
  },
  {
    title: "with a blank as separator every blank separates",
    dialect: BLANK,
    text: 'a "b c"  \td\n \n\t\ne',
    records: [record(1, ["a", "b c", "", "d"]), record(2, ["", ""]), record(4, ["e"])],
  },
  {
    title: "separator and qualifier beyond ASCII",
    dialect: { separator: "§", qualifier: "»" },
    text: "a§»b§»»c»§»»\n",
    records: lines(["a", "b§»c", ""]),
  },
  {
    title: "separator and qualifier beyond the Basic Multilingual Plane, beside characters that begin alike",
    dialect: { separator: "😀", qualifier: "🙂" },
    text: "😁a😀🙂b😀🙂🙂🙂 😀 🙂🙂😀c😁🙂\n🙂x🙂y😀z\n",
    records: [record(1, ["😁a", "b😀🙂", "", "c😁🙂"]), record(2, ["🙂x🙂y", "z"], textAfterQualifier(0, 2))],
  },
  {
    title: "half a character is text like any other",
    dialect: { separator: "😀", qualifier: '"' },
    text: '\ud83da😀"\ud83d"😀\ud83d',
    records: lines(["\ud83da", "\ud83d", "\ud83d"]),
  },
  {
    title: "a qualifier that means something in replacement patterns",
    dialect: { separator: ",", qualifier: "$" },
    text: "$a$$b$,c\n",
    records: lines(["a$b", "c"]),
  },
  {
    title: "characters that mean something in regular expressions",
    dialect: { separator: "|", qualifier: "." },
    text: ".a|.|b|..|.c...\n",
    records: lines(["a|", "b", "", "c."]),
  },
];
