/** When a connection is cut, by what a second one tells of it: without a server, and with short times. */
import { assert, assertEquals } from "@std/assert";
import { ConnectionWatch, type Seen } from "../../../lib/databases/postgres/connection_watch.ts";
import { NotLetIn, sessionWitness, type WitnessConnection } from "../../../lib/databases/postgres/session_witness.ts";

const TIMES = { quiet: 40, deadline: 200, tick: 10 };

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

interface Watched {
  readonly watch: ConnectionWatch;
  /** Why it was cut. */
  readonly cuts: readonly string[];
  /** How often somebody was asked, and how long they were given. */
  readonly asked: readonly number[];
}

/** @param seen what the server tells, one after the other, and then the last for ever */
async function watching(seen: readonly Seen[], use: (watched: Watched) => Promise<void>): Promise<void> {
  const cuts: string[] = [];
  const asked: number[] = [];
  let closed = 0;
  const witness = {
    ask(within: number): Promise<Seen> {
      asked.push(within);
      return Promise.resolve(seen[Math.min(asked.length, seen.length) - 1] ?? "works");
    },
    close: () => void closed++,
  };
  const watch = new ConnectionWatch(witness, (reason) => cuts.push(reason), TIMES);
  await use({ watch, cuts, asked });
  watch.close();
  assert(closed > 0);
}

Deno.test("nobody is asked while nobody waits, or as long as answers come", () =>
  watching(["gone"], async ({ watch, cuts, asked }) => {
    await pause(150);
    for (let i = 0; i < 10; i++) {
      watch.sent();
      await pause(10);
      watch.settled();
    }
    watch.sent();
    for (let i = 0; i < 10; i++) {
      await pause(10);
      watch.heard();
    }
    watch.settled();
    assertEquals([asked, cuts], [[], []]);
  }));

Deno.test("a server that is at work is asked again and again, and left alone", () =>
  watching(["works"], async ({ watch, cuts, asked }) => {
    watch.sent();
    await pause(500);
    assert(asked.length >= 3, String(asked));
    assert(asked.every((within) => within > 0 && within <= TIMES.deadline - TIMES.quiet), String(asked));
    assertEquals(cuts, []);
  }));

for (const [seen, reason] of [["gone", "session_gone"], ["no_answer", "no_answer"]] as const) {
  Deno.test(`a connection is cut once, when its server tells: ${seen}`, () =>
    watching(["works", seen], async ({ watch, cuts }) => {
      watch.sent();
      await pause(500);
      assertEquals(cuts, [reason]);
    }));
}

Deno.test("a server that waits may have answered just now: only where it goes on the connection is cut", () =>
  watching(["waits", "waits", "works", "waits", "waits", "waits", "waits"], async ({ watch, cuts, asked }) => {
    watch.sent();
    while (asked.length < 5) await pause(5);
    assertEquals(cuts, []);
    await pause(300);
    assertEquals([cuts, asked.length], [["server_waits"], 7]);
  }));

const TRUE = { firstValue: () => Promise.resolve(true), close: () => {} };

/** What is told of session 7. */
function witnessOf(open: (within: number) => Promise<WitnessConnection>) {
  return sessionWitness(7, open);
}

Deno.test("what the server says of the session is told, over one connection", async () => {
  let opened = 0;
  const answers = [true, false, null, undefined];
  const witness = witnessOf(() => {
    opened++;
    return Promise.resolve({ firstValue: () => Promise.resolve(answers.shift()), close: () => {} });
  });
  const told: Seen[] = [];
  for (let i = 0; i < 4; i++) told.push(await witness.ask(1000));
  assertEquals([told, opened], [["waits", "works", "works", "gone"], 1]);
  witness.close();
});

Deno.test("a connection that is dead itself is replaced, and the time is kept", async () => {
  const never = () => new Promise<never>(() => {});
  const connections: WitnessConnection[] = [TRUE, TRUE];
  let closed = 0;
  const witness = witnessOf(() => Promise.resolve(connections.shift() ?? TRUE));
  assertEquals(await witness.ask(300), "waits");
  Object.assign(TRUE, { firstValue: never, close: () => closed++ });
  connections[0] = { firstValue: () => Promise.resolve(undefined), close: () => {} };
  const begin = performance.now();
  assertEquals(await witness.ask(300), "gone");
  const took = performance.now() - begin;
  assert(took >= 90 && took < 250, String(took));
  assertEquals(closed, 1);
  witness.close();
});

Deno.test("a server that lets nobody else in is there; one that cannot be reached is not, when the time is over", async () => {
  const full = witnessOf(() => Promise.reject(new NotLetIn()));
  assertEquals(await full.ask(300), "works");
  full.close();
  let tried = 0;
  const gone = witnessOf(() => {
    tried++;
    return Promise.reject(new Error("refused"));
  });
  assertEquals(await gone.ask(1000), "no_answer");
  assert(tried > 1);
  gone.close();
  // Let in, and then in the line of a pooler.
  const queued = witnessOf(() => Promise.resolve({ firstValue: () => new Promise<never>(() => {}), close: () => {} }));
  assertEquals(await queued.ask(300), "works");
  queued.close();
});

Deno.test("a program that stood still for long takes that for no silence of the server", () =>
  watching(["no_answer"], async ({ watch, cuts, asked }) => {
    for (let times = 0; times < 3; times++) {
      watch.sent();
      await pause(TIMES.quiet / 2);
      standStill(2 * TIMES.deadline);
      await pause(TIMES.tick);
      watch.settled();
    }
    assertEquals([asked, cuts], [[], []]);
  }));

/** Nothing is heard meanwhile. */
function standStill(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
