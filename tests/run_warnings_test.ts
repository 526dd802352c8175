import { assertEquals } from "@std/assert";
import { warningText } from "../lib/messages/warnings.ts";
import { type NotedWarning, type RowWarning, RunWarnings } from "../lib/run_warnings.ts";
import { Random } from "./torture/random.ts";

const MARK = { kind: "other_byte_order_mark", says: "utf-8", typed: "latin1", read: "windows-1252" } as const;

Deno.test("a run that warns of nothing has no line", () => {
  assertEquals(new RunWarnings().noted, []);
});

Deno.test("warnings of rows are one line for each kind, with how many they are and the first one's line", () => {
  const warnings = new RunWarnings();
  for (const line of [4, 6, 9]) warnings.noteRow({ kind: "other_id" }, line);
  warnings.note(MARK);
  assertEquals(warnings.noted, [
    { warning: MARK, rows: null },
    { warning: { kind: "other_id" }, rows: { count: 3, firstLine: 4 } },
  ]);
  assertEquals(warnings.noted.map(warningText), [
    "The input begins with a byte order mark of UTF-8, but charset is latin1: it was read as WINDOWS-1252",
    "3 rows with an id that is not that of the object, the first in line 4: ids are given by the database, and none was " +
    "used. Give ignore_columns=id, or name it among the reconciliation keys",
  ]);
});

Deno.test("one row is told as one", () => {
  const warnings = new RunWarnings();
  warnings.noteRow({ kind: "other_id" }, 7);
  assertEquals(warnings.noted.map(warningText), [
    "1 row with an id that is not that of the object, in line 7: ids are given by the database, and none was used. " +
    "Give ignore_columns=id, or name it among the reconciliation keys",
  ]);
});

Deno.test("the first line is the least, whatever is noted first", () => {
  const warnings = new RunWarnings();
  for (const line of [6, 2, 4]) warnings.noteRow({ kind: "other_id" }, line);
  assertEquals(warnings.noted[0]?.rows, { count: 3, firstLine: 2 });
});

Deno.test("rows that are noted together count beside those before them", () => {
  const warnings = new RunWarnings();
  warnings.noteRow({ kind: "repeated_header" }, 9);
  warnings.noteRows({ kind: "repeated_header" }, { count: 3, firstLine: 4 });
  warnings.noteRows({ kind: "repeated_header" }, { count: 0, firstLine: 0 });
  assertEquals(warnings.noted, [{ warning: { kind: "repeated_header" }, rows: { count: 4, firstLine: 4 } }]);
});

Deno.test("characters that cannot be seen are told together, each column by itself", () => {
  const warnings = new RunWarnings();
  const note = (column: string, code: number, line: number) =>
    warnings.noteRow({ kind: "no_width_in_key", column, codes: [code] }, line);
  note("Asset tag", 0xad, 2);
  note("Asset tag", 0x200b, 3);
  note("Name", 0x200d, 3);
  assertEquals(warnings.noted.map(warningText), [
    "2 rows with characters in a key that cannot be seen, the first in line 2: U+00AD, U+200B in column 'Asset tag'. " +
    "They count: remove them if they are not meant",
    "1 row with characters in a key that cannot be seen, in line 3: U+200D in column 'Name'. " +
    "They count: remove them if they are not meant",
  ]);
});

Deno.test("in whatever order rows are noted, and however many together, the same is told in the same order", () => {
  const noted: readonly (readonly [RowWarning, number])[] = [
    ...[2, 5, 8].map((line) => [{ kind: "no_width_in_key", column: "Name", codes: [0xad] }, line] as const),
    [{ kind: "no_width_in_key", column: "Asset tag", codes: [0xfeff, 0xad] }, 2],
    ...[...Array(14).keys()].map((index) =>
      [{ kind: "no_width_in_key", column: "Asset tag", codes: [0x200f - index, 0x2060 + index] }, 3 + index] as const
    ),
    [{ kind: "other_key", column: "Name" }, 3],
    [{ kind: "other_key", column: "Code" }, 3],
    [{ kind: "other_id" }, 3],
    [{ kind: "other_id" }, 9],
    [{ kind: "twin" }, 3],
    [{ kind: "control_characters" }, 3],
    ...[5, 7].map((line) =>
      [{ kind: "namesake", columns: ["Name"], keys: ["Name"], other: { class: "Person", id: line } }, line] as const
    ),
  ];
  const told = (order: readonly (readonly [RowWarning, number])[], groups: number): readonly NotedWarning[] => {
    const warnings = new RunWarnings();
    const size = Math.ceil(order.length / groups);
    for (let first = 0; first < order.length; first += size) {
      const group = new RunWarnings();
      for (const [warning, line] of order.slice(first, first + size)) group.noteRow(warning, line);
      group.moveTo(warnings);
    }
    return warnings.noted;
  };
  const expected = told(noted, 1);
  assertEquals(expected.map(({ warning }) => warning.kind), [
    ...["no_width_in_key", "no_width_in_key", "other_id", "other_key", "other_key", "twin", "control_characters"],
    "namesake",
  ]);
  assertEquals(expected[0]?.warning, {
    ...{ kind: "no_width_in_key", column: "Asset tag" },
    codes: [0xfeff, 0xad, 0x200f, 0x2060, 0x200e, 0x2061, 0x200d, 0x2062, 0x200c, 0x2063],
  });
  const random = new Random(1);
  for (let round = 0; round < 200; round++) {
    assertEquals(told(random.shuffled(noted), random.int(1, 6)), expected, `${round}`);
  }
});
