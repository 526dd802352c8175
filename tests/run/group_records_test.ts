import { assertEquals, assertRejects } from "@std/assert";
import type { CsvRecord } from "../../lib/csv/record.ts";
import { inGroups } from "../../lib/run/group_records.ts";
import type { ReadRecords } from "../../lib/run/read_records.ts";

function record(line: number, text = "x", emptyCells = 1): CsvRecord {
  return { cells: [text, ...Array<null>(emptyCells).fill(null)], line, problem: null, hasLineBreak: false };
}

/** Pieces of so many records; `null` fails. */
async function* pieces(
  counts: readonly (number | null)[],
  text?: string,
  emptyCells?: number,
): AsyncGenerator<ReadRecords> {
  let line = 1;
  for (const count of counts) {
    if (count === null) throw new Error("unreadable");
    yield { records: Array.from({ length: count }, () => record(line++, text, emptyCells)) };
    await Promise.resolve();
  }
}

async function groupsOf(source: AsyncIterable<ReadRecords>, groups: (readonly CsvRecord[])[] = [], rows?: number) {
  for await (const { records } of inGroups(source, rows)) groups.push(records);
  return groups;
}

Deno.test("groups have 512 records, the first the header besides, whatever the pieces have, and the last one what is left", async () => {
  const groups = await groupsOf(pieces([3, 1500, 0, 40]));
  assertEquals(groups.map(({ length }) => length), [513, 512, 512, 6]);
  assertEquals(groups.flat().map(({ line }) => line), Array.from({ length: 1543 }, (_, index) => index + 1));
  assertEquals(await groupsOf(pieces([513])).then((whole) => whole.length), 1);
  assertEquals(await groupsOf(pieces([])), []);
});

Deno.test("groups have as many records as are asked for: with one, rows go one by one", async () => {
  assertEquals((await groupsOf(pieces([5]), [], 1)).map(({ length }) => length), [2, 1, 1, 1]);
  assertEquals((await groupsOf(pieces([3, 6]), [], 7)).map(({ length }) => length), [8, 1]);
});

Deno.test("long records make small groups", async () => {
  const groups = await groupsOf(pieces([5], "x".repeat(600_000)));
  assertEquals(groups.map(({ length }) => length), [2, 2, 1]);
});

Deno.test("records of many cells make small groups, empty though they are", async () => {
  const groups = await groupsOf(pieces([30], "", 9999));
  assertEquals(groups.map(({ length }) => length), [14, 14, 2]);
  assertEquals(await groupsOf(pieces([1024], "x".repeat(500), 100)).then((all) => all[0]?.length), 513);
});

Deno.test("the records before a failure are given before it is thrown", async () => {
  const groups: (readonly CsvRecord[])[] = [];
  await assertRejects(() => groupsOf(pieces([2, 3, null]), groups), Error, "unreadable");
  assertEquals(groups.map(({ length }) => length), [5]);
});
