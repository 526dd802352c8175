import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { CollectedText } from "../../lib/collected_text.ts";
import { RunStop } from "../../lib/errors.ts";
import { Spool } from "../../lib/report/spool.ts";
import { tableRow } from "../../lib/report/table_row.ts";
import { created, row } from "./facts.ts";
import { ClosedSink } from "./sinks.ts";

/** Gives a fresh folder and makes sure that nothing is left in it. */
async function inFolder(body: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await body(folder);
    assertEquals([...Deno.readDirSync(folder)], []);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function textOf(spool: Spool): Promise<string> {
  const sink = new CollectedText();
  await spool.copyTo(sink);
  return sink.text;
}

Deno.test("a little text makes no file: the folder need not even exist", async () => {
  const spool = new Spool("/no/such/folder");
  spool.write("one\n");
  spool.write("two\n");
  assertEquals(await textOf(spool), "one\ntwo\n");
  spool.close();
});

Deno.test("much text comes back as it was, characters of several bytes too", async () => {
  await inFolder(async (folder) => {
    const spool = new Spool(folder);
    // An odd number of bytes a line, so that chunks end inside characters.
    const line = "\uFEFFété 😀 €;\u0000x\r\n";
    const count = 200_000;
    for (let index = 0; index < count; index++) spool.write(line);
    const text = await textOf(spool);
    spool.close();
    assert(text === line.repeat(count), "the text changed on its way");
  });
});

Deno.test("a single text larger than every buffer comes back as it was", async () => {
  await inFolder(async (folder) => {
    const spool = new Spool(folder);
    const text = "é".repeat(2_000_000);
    spool.write(text);
    spool.write("end");
    assert(await textOf(spool) === text + "end");
    spool.close();
  });
});

Deno.test("nothing is left of the file when the report could not be printed", async () => {
  await inFolder(async (folder) => {
    const spool = new Spool(folder);
    spool.write("x".repeat(1_000_000));
    await assertRejects(() => spool.copyTo(new ClosedSink()), Deno.errors.BrokenPipe);
    spool.close();
    spool.close();
  });
});

Deno.test("a folder that is not there ends the run with 73, a cause, and a way out", () => {
  const spool = new Spool("/no/such/folder");
  const stop = assertThrows(() => spool.write("x".repeat(1_000_000)), RunStop);
  assertEquals(stop.exitCode, 73);
  assert(stop.cause instanceof Deno.errors.NotFound);
  assert(stop.messages[0]?.hint?.includes("output=summary"));
});

Deno.test("what cannot be read back is no refusal of the run: its rows are written by then", async () => {
  await inFolder(async (folder) => {
    const spool = new Spool(folder);
    spool.write("x".repeat(1_000_000));
    const { readSync } = Deno.FsFile.prototype;
    Deno.FsFile.prototype.readSync = () => {
      throw new Error("the disk is gone");
    };
    try {
      const error = await assertRejects(() => spool.copyTo(new CollectedText()), Error, "the disk is gone");
      assert(!(error instanceof RunStop));
    } finally {
      Deno.FsFile.prototype.readSync = readSync;
      spool.close();
    }
  });
});

Deno.test("200,000 long rows do not grow the memory", async () => {
  await inFolder((folder) => {
    const spool = new Spool(folder);
    const name = "x".repeat(1000);
    const before = Deno.memoryUsage().rss;
    // 200 MB of text.
    for (let record = 0; record < 200_000; record++) {
      spool.write(tableRow(row(record, created(record), [name]), (text) => text) + "\n");
    }
    const grownMiB = (Deno.memoryUsage().rss - before) / 1024 / 1024;
    spool.close();
    assert(grownMiB < 100, `${grownMiB} MiB more`);
    return Promise.resolve();
  });
});
