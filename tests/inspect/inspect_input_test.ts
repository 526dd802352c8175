/** A look that takes long ends when it is asked to, and its memory does not grow. */
import { assert, assertEquals, assertRejects } from "@std/assert";
import { Breath } from "../../lib/breath.ts";
import { inspectInput, type InspectionOrder } from "../../lib/inspect/inspect_input.ts";
import { KeyBudget, KeyTable } from "../../lib/inspect/key_table.ts";
import { Interruption } from "../../lib/interruption.ts";
import { NOTHING_GIVEN_OF_FILE } from "../helpers/plain_file.ts";

const NOTHING_GIVEN = {
  charset: null,
  separator: null,
  qualifier: null,
  file: NOTHING_GIVEN_OF_FILE,
  dateFormat: null,
  numberSigns: null,
  nullWords: [],
  keys: [],
  secondPass: [],
  createTargets: [],
  map: null,
  overlay: null,
  codes: null,
  language: null,
};

function order(signal: AbortSignal | undefined, progress: (rows: number) => void): InspectionOrder {
  return {
    given: NOTHING_GIVEN,
    inspected: null,
    isWhole: true,
    breath: new Breath(signal),
    progress: (rows) => Promise.resolve(progress(rows)),
  };
}

async function* endlessRows(): AsyncGenerator<Uint8Array> {
  const piece = new TextEncoder().encode("a;b;c\n".repeat(10_000));
  for (;;) yield await Promise.resolve(piece);
}

Deno.test("a signal ends a look at what never ends", async () => {
  const end = new AbortController();
  const stop = new Interruption("SIGTERM", 143, [{ text: "ended" }]);
  const timer = setTimeout(() => end.abort(stop), 300);
  const begin = performance.now();
  const input = { size: null, pieces: endlessRows(), tail: null };
  assertEquals(await assertRejects(() => inspectInput(input, order(end.signal, () => {})), Interruption), stop);
  assert(performance.now() - begin < 5000);
  clearTimeout(timer);
});

Deno.test("progress is told with rows and bytes", async () => {
  const rows: number[] = [];
  async function* pieces(): AsyncGenerator<Uint8Array> {
    for (let piece = 0; piece < 5; piece++) yield await Promise.resolve(new TextEncoder().encode("a,b\n".repeat(1000)));
  }
  const found = await inspectInput(
    { size: 20_000, pieces: pieces(), tail: null },
    order(undefined, (n) => rows.push(n)),
  );
  assertEquals([rows.length, found.looked.isWhole, found.looked.bytes], [1, true, 20_000]);
});

Deno.test("fingerprints tell texts apart, and know the first line of each", () => {
  const table = new KeyTable(new KeyBudget(200_000));
  for (let line = 1; line <= 100_000; line++) assertEquals(table.add(`key ${line}`, line, line % 7), null);
  for (let line = 1; line <= 100_000; line += 997) {
    assertEquals(table.add(`key ${line}`, 1), { line, mark: line % 7 });
  }
});

Deno.test("a full table remembers what it has, and takes nothing more", () => {
  const budget = new KeyBudget(2);
  const table = new KeyTable(budget);
  for (const [text, line] of [["a", 1], ["b", 2], ["c", 3], ["c", 4]] as const) {
    assertEquals(table.add(text, line), null);
  }
  assertEquals([table.isFull, table.add("a", 5)], [true, { line: 1, mark: 0 }]);
  table.drop();
  assertEquals(budget.left, 2);
});

Deno.test("a table of which nothing is asked takes hardly any memory: a file may have many thousand columns", () => {
  const before = Deno.memoryUsage().external;
  const budget = new KeyBudget(200_000);
  const tables = Array.from({ length: 5000 }, () => new KeyTable(budget));
  const bytes = (Deno.memoryUsage().external - before) / tables.length;
  assert(bytes < 1024, `${bytes} bytes each`);
});
