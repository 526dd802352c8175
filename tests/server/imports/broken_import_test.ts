/** Imports that are given up, and threads that die: all or nothing, and the next one goes on. */
import { assert, assertEquals } from "@std/assert";
import type { ImportThread } from "../../../lib/server/imports/import_thread.ts";
import { DatabaseSync } from "node:sqlite";
import { KeptStore } from "../../../lib/databases/kept_store.ts";
import { MainLink } from "../../../lib/server/imports/main_link.ts";
import { workImport } from "../../../lib/server/imports/work_import.ts";
import { type Loading, withWorld } from "../../helpers/loading.ts";
import {
  CHEAP,
  endOf,
  NEVER,
  organizations,
  piecesOf,
  queuedImportFor,
  type QueuedParts,
  withThread,
} from "./queued_imports.ts";

/** Input and report are some pieces long. */
const ROWS = 3000;
const CSV = organizations(ROWS, "An organisation whose name is rather long so that few make a lot");
const BYTES = new TextEncoder().encode(CSV);
const SMALL = new TextEncoder().encode("name,code\nA,A\n");
const GIVEN_UP = [74, "#The import was given up before its end. Nothing was written"] as const;
const INJECTED = "#Internal error: Uncaught Error: injected. ";

function wanted({ database }: Loading, parts: QueuedParts = {}, parameters: Record<string, string> = {}) {
  const all = { db: database, class: "Organization", csvfile: "-", auth_user: "admin", auth_pwd: "admin" };
  const others = { no_localize: "1", output: "details", ...parameters };
  return queuedImportFor(
    Object.entries({ ...all, ...others }).map(([name, value]) => `--${name}=${value}`),
    CSV,
    parts,
  );
}

/** The world's one organisation, and those that were loaded. */
function loaded({ objects }: Loading): number {
  return objects("Organization", "id").length - 1;
}

async function goesOn(thread: ImportThread, loading: Loading): Promise<void> {
  const { exitCode, counts } = await thread.run(await wanted(loading), NEVER);
  assertEquals([exitCode, counts?.created, loaded(loading)], [0, ROWS, ROWS]);
}

function* thenCall(count: number, call: () => void): Generator<Uint8Array> {
  let index = 0;
  for (const piece of piecesOf(BYTES)) {
    if (index++ === count) call();
    yield piece;
  }
  if (index <= count) call();
}

for (
  const [stage, piece] of [["with the first piece", 0], ["half way", 3], ["behind the last piece", Infinity]] as const
) {
  Deno.test(`an import that is given up ${stage} of its input writes nothing and reports nothing`, () =>
    withWorld((loading) =>
      withThread(async (thread) => {
        const before = loading.everything();
        const controller = new AbortController();
        const input = () => thenCall(piece, () => controller.abort());
        const given = await wanted(loading, { input });
        const finished = await thread.run(given, controller.signal);
        assertEquals([endOf(finished), finished.counts, finished.isAborted], [GIVEN_UP, null, true]);
        assertEquals([given.text(), loading.everything()], ["", before]);
        await goesOn(thread, loading);
      })
    ));
}

Deno.test("an import that is given up when all was read, but nothing committed yet, writes nothing", () =>
  withWorld(async (loading) => {
    const before = loading.everything();
    const given = await wanted(loading, {}, { output: "summary" });
    let isRead = false;
    const link: MainLink = new MainLink((question, buffer) => {
      if (question.kind === "report") return link.answer({ kind: "taken", buffer });
      if (isRead) {
        link.answer({ kind: "end" });
        // When the import has taken this answer.
        return queueMicrotask(() => link.abort());
      }
      isRead = true;
      const bytes = new Uint8Array(buffer);
      bytes.set(SMALL);
      link.answer({ kind: "piece", bytes: bytes.subarray(0, SMALL.length) });
    });
    const { input: _input, report: _report, ...task } = given;
    const stores = new KeptStore();
    const finished = await workImport({ ...task, passwordCost: CHEAP }, link, stores);
    stores.close();
    assertEquals([finished.counts, finished.isAborted], [null, true]);
    assertEquals(loading.everything(), before);
  }));

Deno.test("an import that is given up while it waits for another writer ends at once, and holds up nobody", () =>
  withWorld((loading) =>
    withThread(async (thread) => {
      const other = new DatabaseSync(loading.database);
      try {
        other.exec("BEGIN IMMEDIATE");
        const controller = new AbortController();
        const given = await wanted(loading, {}, { busy_timeout: "600" });
        const running = thread.run(given, controller.signal);
        // It waits before it reads.
        await new Promise((resolve) => setTimeout(resolve, 200));
        controller.abort();
        assertEquals(endOf(await running), GIVEN_UP);
      } finally {
        other.close();
      }
      await goesOn(thread, loading);
    })
  ));

Deno.test("an import that is given up before it began is not begun, and one that has ended is not touched", () =>
  withWorld((loading) =>
    withThread(async (thread) => {
      const input = () => {
        throw new Error("somebody began to read");
      };
      const finished = await thread.run(await wanted(loading, { input }), AbortSignal.abort());
      assertEquals([endOf(finished), finished.isAborted], [GIVEN_UP, true]);
      const controller = new AbortController();
      const simulated = await wanted(loading, {}, { simulate: "1" });
      assertEquals((await thread.run(simulated, controller.signal)).exitCode, 0);
      controller.abort();
      await goesOn(thread, loading);
    })
  ));

Deno.test("an import that is given up in the midst of its report has written everything, and says so", () =>
  withWorld((loading) =>
    withThread(async (thread) => {
      const controller = new AbortController();
      let pieces = 0;
      const report = () => {
        if (++pieces === 2) controller.abort();
      };
      const finished = await thread.run(await wanted(loading, { report }), controller.signal);
      assertEquals([finished.exitCode, finished.counts?.created, finished.isReportWhole], [74, ROWS, false]);
      assertEquals([finished.isAborted, loaded(loading)], [true, ROWS]);
      assert(pieces <= 3, `${pieces} pieces of the report came`);
      assertEquals((await thread.run(await wanted(loading), NEVER)).counts?.unchanged, ROWS);
    })
  ));

Deno.test("the input is closed, whatever becomes of the import", () =>
  withWorld((loading) =>
    withThread(async (thread) => {
      let isClosed = false;
      const input = function* () {
        try {
          yield* piecesOf(BYTES);
        } finally {
          isClosed = true;
        }
      };
      // The columns are wrong: nobody reads to the end.
      const finished = await thread.run(
        await wanted(loading, { input }, { no_localize: "0", charset: "UTF-16LE" }),
        NEVER,
      );
      assert(finished.exitCode === 64 || finished.exitCode === 65, JSON.stringify(finished));
      assert(isClosed);
    })
  ));

const crashing = { url: new URL("crashing_worker.ts", import.meta.url) };

for (
  const [stage, comment, sentence] of [
    ["before it has read anything", "crash run 1", "Nothing was written"],
    ["half way", "crash piece 3", "Nothing was written"],
    [
      "when it has read everything",
      "crash end 1",
      "It is not known whether the rows were written: all of them, or none",
    ],
  ] as const
) {
  Deno.test(`a thread that dies ${stage} leaves the database as it was, and another takes its place`, () =>
    withWorld((loading) =>
      withThread(async (thread) => {
        const finished = await thread.run(await wanted(loading, {}, { comment }), NEVER);
        assertEquals(endOf(finished), [70, INJECTED + sentence]);
        assertEquals([finished.counts, finished.isAborted, finished.isReportWhole], [null, false, false]);
        const found = loaded(loading);
        assert(found === 0 || (found === ROWS && comment === "crash end 1"), `${found} organisations`);
        await thread.run(await wanted(loading, {}, { comment }), NEVER);
        if (found === 0 && loaded(loading) === 0) await goesOn(thread, loading);
        else assertEquals((await thread.run(await wanted(loading), NEVER)).counts?.unchanged, ROWS);
      }, crashing)
    ));
}

Deno.test("a thread that dies of its report has written everything, and does not say that it has not", () =>
  withWorld((loading) =>
    withThread(async (thread) => {
      const finished = await thread.run(await wanted(loading, {}, { comment: "crash taken 2" }), NEVER);
      assertEquals(finished.exitCode, 70);
      assert(!finished.messages[0]?.text.includes("Nothing was written"), finished.messages[0]?.text);
      assertEquals((await thread.run(await wanted(loading), NEVER)).counts?.unchanged, ROWS);
    }, crashing)
  ));

Deno.test("a thread that cannot be loaded answers each import as a bug", () =>
  withWorld((loading) =>
    withThread(async (thread) => {
      for (let attempt = 0; attempt < 2; attempt++) {
        const finished = await thread.run(await wanted(loading), NEVER);
        assertEquals([finished.exitCode, finished.counts], [70, null]);
      }
    }, { url: new URL("no_such_worker.ts", import.meta.url) })
  ));
