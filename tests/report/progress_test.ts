import { assertEquals } from "@std/assert";
import { CollectedText } from "../../lib/collected_text.ts";
import { createProgress } from "../../lib/report/progress.ts";
import { ClosedSink } from "./sinks.ts";

/** A clock that the test moves, in milliseconds. */
function clock(): { time: number; now: () => number } {
  const state = { time: 5000, now: () => state.time };
  return state;
}

const ERASE = "\x1b[K";

Deno.test("a terminal shows rows, speed, percent and time left, in one line", async () => {
  const sink = new CollectedText(true);
  const time = clock();
  const progress = createProgress(sink, 4_000_000, time.now);
  time.time += 2000;
  await progress.update(24_690, 1_000_000);
  assertEquals(sink.text, `\r24,690 rows, 12,345 rows/s, 25 %, 6 s left${ERASE}`);
});

Deno.test("without the size of the input there is no percent and no time left", async () => {
  const sink = new CollectedText(true);
  const time = clock();
  const progress = createProgress(sink, null, time.now);
  time.time += 500;
  await progress.update(1000, 1_000_000);
  assertEquals(sink.text, `\r1,000 rows, 2,000 rows/s${ERASE}`);
});

Deno.test("long times are told in minutes and hours", async () => {
  const sink = new CollectedText(true);
  const time = clock();
  const progress = createProgress(sink, 1000, time.now);
  time.time += 10_000;
  await progress.update(10, 50);
  time.time += 10_000;
  await progress.update(20, 2);
  assertEquals(
    sink.text,
    `\r10 rows, 1 rows/s, 5 %, 3 min 10 s left${ERASE}\r20 rows, 1 rows/s, 0 %, 2 h 46 min left${ERASE}`,
  );
});

Deno.test("the line is written at most 5 times a second", async () => {
  const sink = new CollectedText(true);
  const time = clock();
  const progress = createProgress(sink, null, time.now);
  for (let call = 0; call < 1000; call++) {
    time.time += 1;
    await progress.update(call, 0);
  }
  assertEquals(sink.text.split("\r").length - 1, 5);
});

Deno.test("the line goes away at the end and does not come back", async () => {
  const sink = new CollectedText(true);
  const time = clock();
  const progress = createProgress(sink, null, time.now);
  time.time += 500;
  await progress.update(1, 1);
  sink.text = "";
  await progress.clear();
  time.time += 500;
  await progress.update(2, 2);
  await progress.clear();
  assertEquals(sink.text, `\r${ERASE}`);
});

Deno.test("a run that is over at once shows nothing", async () => {
  const sink = new CollectedText(true);
  const progress = createProgress(sink, null, clock().now);
  await progress.update(100, 100);
  await progress.clear();
  assertEquals(sink.text, "");
});

Deno.test("a log file gets no progress", async () => {
  const sink = new CollectedText(false);
  const time = clock();
  const progress = createProgress(sink, 100, time.now);
  time.time += 500;
  await progress.update(1, 1);
  await progress.clear();
  assertEquals(sink.text, "");
});

Deno.test("a terminal that goes away does not stop the run, and is not tried again", async () => {
  const sink = new ClosedSink();
  const time = clock();
  const progress = createProgress(sink, null, time.now);
  for (let call = 0; call < 3; call++) {
    time.time += 500;
    await progress.update(call, call);
  }
  await progress.clear();
  assertEquals(sink.attempts, 1);
});
