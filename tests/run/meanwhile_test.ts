import { assertEquals, assertRejects } from "@std/assert";
import { type NotedRows, RunWarnings } from "../../lib/run_warnings.ts";
import { LaterWarnings } from "../../lib/run/later_warnings.ts";
import { readMeanwhile } from "../../lib/run/meanwhile.ts";

/** Notes what is read, and what becomes of the reading. */
async function* numbers(count: number, notes: string[], failsAt = Infinity): AsyncGenerator<number> {
  try {
    for (let number = 0; number < count; number++) {
      if (number === failsAt) throw new Error("unreadable");
      notes.push(`read ${number}`);
      yield number;
      await Promise.resolve();
    }
  } finally {
    notes.push("closed");
  }
}

const answer = () => new Promise<void>((resolve) => setTimeout(resolve, 5));

Deno.test("the next one is read while somebody waits, and not before", async () => {
  const notes: string[] = [];
  for await (const number of readMeanwhile(numbers(2, notes))) {
    notes.push(`work ${number}`);
    await answer();
    notes.push(`done ${number}`);
  }
  assertEquals(notes, ["read 0", "work 0", "read 1", "done 0", "work 1", "closed", "done 1"]);
});

Deno.test("what cannot be read fails when its turn has come", async () => {
  const notes: string[] = [];
  const work = async () => {
    for await (const number of readMeanwhile(numbers(3, notes, 1))) {
      await answer();
      notes.push(`done ${number}`);
    }
  };
  await assertRejects(work, Error, "unreadable");
  assertEquals(notes, ["read 0", "closed", "done 0"]);
});

Deno.test("who ends early ends the reading", async () => {
  const notes: string[] = [];
  for await (const _ of readMeanwhile(numbers(9, notes))) break;
  assertEquals(notes.at(-1), "closed");
});

Deno.test("who ends early does not wait for what may never come, and closes where it comes from", async () => {
  const { promise: never, resolve } = Promise.withResolvers<void>();
  const notes: string[] = [];
  async function* silent(): AsyncGenerator<number> {
    try {
      yield 1;
      await never;
    } finally {
      notes.push("ended");
    }
  }
  const close = () => Promise.resolve(void notes.push("closed"));
  for await (const _ of readMeanwhile(silent(), close)) {
    await answer();
    break;
  }
  assertEquals(notes, ["closed"]);
  resolve();
  await answer();
  assertEquals(notes, ["closed", "ended"]);
});

Deno.test("warnings of what is read wait for their turn", () => {
  const run = new RunWarnings();
  const later = new LaterWarnings(run);
  later.noteRow({ kind: "repeated_header" }, 7);
  run.noteRow({ kind: "twin" }, 3);
  assertEquals(run.noted.map(({ warning }) => warning.kind), ["twin"]);
  later.tell();
  later.tell();
  assertEquals(run.noted, [
    { warning: { kind: "twin" }, rows: { count: 1, firstLine: 3 } },
    { warning: { kind: "repeated_header" }, rows: { count: 1, firstLine: 7 } },
  ]);
});

Deno.test("of many rows that wait together the run is told at once", () => {
  let told = 0;
  const run = new class extends RunWarnings {
    protected override noteTogether(rows: NotedRows): void {
      told++;
      super.noteTogether(rows);
    }
  }();
  const later = new LaterWarnings(run);
  for (const begin of [2, 1002]) {
    for (let line = begin; line < begin + 1000; line++) later.noteRow({ kind: "repeated_header" }, line);
    later.tell();
  }
  assertEquals(told, 2);
  assertEquals(run.noted, [{ warning: { kind: "repeated_header" }, rows: { count: 2000, firstLine: 2 } }]);
});
