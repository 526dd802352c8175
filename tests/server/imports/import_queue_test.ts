/** Imports wait their turn. */
import { assert, assertEquals, assertRejects } from "@std/assert";
import type { FinishedImport, ImportRunner, QueuedImport } from "../../../lib/server/imports/queued_import.ts";
import { ImportQueue, type QueueAnswer } from "../../../lib/server/imports/import_queue.ts";
import { withWorld } from "../../helpers/loading.ts";
import { NEVER, queuedImportFor, withThread } from "./queued_imports.ts";

/** Runs nothing: the test ends each import. */
class HeldRunner implements ImportRunner {
  readonly begun: string[] = [];
  isClosed = false;
  #end: PromiseWithResolvers<FinishedImport> | null = null;

  run(wanted: QueuedImport): Promise<FinishedImport> {
    this.begun.push(wanted.inputName);
    this.#end = Promise.withResolvers();
    return this.#end.promise;
  }

  close(): Promise<void> {
    this.isClosed = true;
    return Promise.resolve();
  }

  /** Ends the import that runs, and lets the next one begin. */
  async end(seconds = 1, isAborted = false): Promise<void> {
    this.#end?.resolve({
      exitCode: 0,
      counts: null,
      seconds,
      messages: [],
      stack: null,
      isAborted,
      isReportWhole: !isAborted,
    });
    await settled();
  }

  async fail(error: Error): Promise<void> {
    this.#end?.reject(error);
    await settled();
  }
}

function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

function named(inputName: string): QueuedImport {
  return { inputName } as QueuedImport;
}

async function kindOf(answer: Promise<QueueAnswer>): Promise<string> {
  return (await answer).kind;
}

Deno.test("imports run one at a time, in the order in which they came", async () => {
  const runner = new HeldRunner();
  const queue = new ImportQueue(runner, 10);
  const answers = ["a", "b", "c"].map((name) => queue.run(named(name), NEVER));
  assertEquals([runner.begun, queue.waiting, queue.isRunning], [["a"], 2, true]);
  await runner.end();
  assertEquals([runner.begun, queue.waiting], [["a", "b"], 1]);
  await runner.end();
  await runner.end();
  assertEquals(runner.begun, ["a", "b", "c"]);
  assertEquals(await Promise.all(answers.map(kindOf)), ["finished", "finished", "finished"]);
  assertEquals([queue.waiting, queue.isRunning], [0, false]);
});

Deno.test("one more than may wait is refused at once, and told when to come again", async () => {
  const runner = new HeldRunner();
  const queue = new ImportQueue(runner, 2);
  const refused = async () => {
    const answer = await queue.run(named("refused"), NEVER);
    assert(answer.kind === "queue_full", answer.kind);
    return answer.retryAfter;
  };
  for (const name of ["a", "b", "c"]) queue.run(named(name), NEVER);
  assertEquals(await refused(), 3);
  await runner.end(10);
  queue.run(named("d"), NEVER);
  assertEquals(await refused(), 30);
  // What was given up says nothing of how long imports last.
  await runner.end(0, true);
  queue.run(named("e"), NEVER);
  assertEquals(await refused(), 30);
  await runner.end(20);
  queue.run(named("f"), NEVER);
  assertEquals(await refused(), 36);
  await runner.end(100_000);
  queue.run(named("g"), NEVER);
  assertEquals(await refused(), 300);
  assertEquals(runner.begun, ["a", "b", "c", "d", "e"]);
});

Deno.test("a queue where nobody may wait runs one", async () => {
  const runner = new HeldRunner();
  const queue = new ImportQueue(runner, 0);
  const first = queue.run(named("a"), NEVER);
  assertEquals(await kindOf(queue.run(named("b"), NEVER)), "queue_full");
  await runner.end();
  assertEquals(await kindOf(first), "finished");
});

Deno.test("who gives up while waiting leaves the queue, unrun, and makes room", async () => {
  const runner = new HeldRunner();
  const queue = new ImportQueue(runner, 1);
  const controller = new AbortController();
  queue.run(named("a"), NEVER);
  const waiting = queue.run(named("b"), controller.signal);
  controller.abort();
  assertEquals([await kindOf(waiting), queue.waiting], ["given_up", 0]);
  assertEquals(await kindOf(queue.run(named("x"), controller.signal)), "given_up");
  queue.run(named("c"), NEVER);
  await runner.end();
  assertEquals(runner.begun, ["a", "c"]);
});

Deno.test("a runner that fails fails the one import", async () => {
  const runner = new HeldRunner();
  const queue = new ImportQueue(runner, 1);
  const first = queue.run(named("a"), NEVER).catch((error: Error) => error.message);
  const second = queue.run(named("b"), NEVER);
  await runner.fail(new Error("a bug"));
  assertEquals(await first, "a bug");
  await runner.end();
  assertEquals(await kindOf(second), "finished");
});

Deno.test("a closing queue runs what waits, and takes no more", async () => {
  const runner = new HeldRunner();
  const queue = new ImportQueue(runner, 5);
  const answers = ["a", "b"].map((name) => queue.run(named(name), NEVER));
  let isClosed = false;
  const closed = queue.close().then(() => isClosed = true);
  await assertRejects(() => queue.run(named("late"), NEVER), Error, "closed");
  await runner.end();
  assertEquals([isClosed, runner.isClosed, runner.begun], [false, false, ["a", "b"]]);
  await runner.end();
  await closed;
  assertEquals([await Promise.all(answers.map(kindOf)), runner.isClosed], [["finished", "finished"], true]);
});

Deno.test("50 imports at once all end right, in their order, none lost and none doubled", () =>
  withWorld(({ database, query, objects }) =>
    withThread(async (thread) => {
      const queue = new ImportQueue(thread, 50);
      const login = ["--auth_user=admin", "--auth_pwd=admin", "--no_localize=1", "--csvfile=-", `--db=${database}`];
      const numbers = Array.from({ length: 50 }, (_, index) => index + 1);
      const changes = query("SELECT count(*) FROM change")[0];
      const wanted = await Promise.all(numbers.map((number) =>
        queuedImportFor(
          [...login, "--class=Organization", "--reconciliationkeys=name", `--comment=${number}`],
          // Each creates one of its own, and changes what the one before it has left.
          `name,code\nOwn ${number},own\nShared,${number}\n`,
        )
      ));
      const answers = await Promise.all(wanted.map((one) => queue.run(one, NEVER)));
      for (const [index, answer] of answers.entries()) {
        assert(answer.kind === "finished");
        const { exitCode, counts } = answer.finished;
        assertEquals([exitCode, counts?.created, counts?.updated], index === 0 ? [0, 2, 0] : [0, 1, 1]);
      }
      assertEquals(query("SELECT comment FROM change ORDER BY id").slice(Number(changes)), numbers.map(String));
      assertEquals(objects("Organization", "name").length, 1 + 50 + 1);
      assertEquals(query("SELECT old_value, new_value FROM change_op WHERE attribute = 'code' ORDER BY id"), [
        ...numbers.slice(1).map((number) => `${number - 1} ${number}`),
      ]);
      await queue.close();
    })
  ));
