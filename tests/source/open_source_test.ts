import { assert, assertEquals, assertRejects } from "@std/assert";
import { join } from "@std/path";
import { EXIT, RunStop } from "../../lib/errors.ts";
import { openSource, type Source } from "../../lib/source/open_source.ts";

function streamOf(...chunks: readonly string[]): ReadableStream<Uint8Array> {
  return ReadableStream.from(chunks.map((chunk) => new TextEncoder().encode(chunk)));
}

async function inFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function assertUnreadable(path: string, hint: string): Promise<void> {
  const stop = await assertRejects(() => openSource(path, { stdin: streamOf() }), RunStop);
  const text = `Input file could not be found or could not be read: '${path}'`;
  assertEquals([stop.exitCode, stop.messages], [66, [{ text, hint }]]);
}

async function textOf({ pieces }: Source): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const piece of pieces) text += decoder.decode(piece, { stream: true });
  return text;
}

Deno.test("a file is opened with its name as given and its size in bytes", async () => {
  await inFolder(async (folder) => {
    const path = join(folder, "persons.csv");
    await Deno.writeTextFile(path, "name\nÉ\n");
    const source = await openSource(path, { stdin: streamOf() });
    assertEquals([source.name, source.size], [path, 8]);
    assertEquals(await textOf(source), "name\nÉ\n");
  });
});

Deno.test("a file is closed when its reader stops early", async () => {
  await inFolder(async (folder) => {
    const path = join(folder, "long.csv");
    await Deno.writeFile(path, new Uint8Array(300_000));
    const source = await openSource(path, { stdin: streamOf() });
    for await (const bytes of source.pieces) {
      assertEquals(bytes.length > 0, true);
      break;
    }
    // The test runner fails a test that leaves a file open.
  });
});

Deno.test("a file that is closed before it is read is closed", async () => {
  await inFolder(async (folder) => {
    const path = join(folder, "persons.csv");
    await Deno.writeTextFile(path, "name\n");
    await (await openSource(path, { stdin: streamOf() })).close();
    // The test runner fails a test that leaves a file open.
  });
});

Deno.test("a minus is standard input, whose size is not known", async () => {
  const source = await openSource("-", { stdin: streamOf("name\n", "A\n") });
  assertEquals([source.name, source.size], ["standard input", null]);
  assertEquals(await textOf(source), "name\nA\n");
});

Deno.test("standard input is not touched when a file is read, nor before its first byte is asked for", async () => {
  let wasRead = false;
  const stdin = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      wasRead = true;
      controller.close();
    },
  }, { highWaterMark: 0 });
  await assertRejects(() => openSource("", { stdin }), RunStop);
  const source = await openSource("-", { stdin });
  assertEquals(wasRead, false);
  await source.close();
});

Deno.test("a file that is missing ends the run with code 66", async () => {
  await inFolder(async (folder) => {
    await assertUnreadable(
      join(folder, "nope.csv"),
      "No file has this path: check it, and the folder that it is relative to",
    );
  });
});

Deno.test("an empty path is a missing file", async () => {
  await assertUnreadable("", "Name the source file with csvfile, or give - to read standard input");
});

Deno.test("a folder is no input", async () => {
  await inFolder((folder) => assertUnreadable(folder, "This is a folder: name a file in it"));
});

Deno.test({
  name: "a file that may not be read ends the run with code 66",
  // The administrator may read every file.
  ignore: Deno.build.os === "windows" || Deno.uid() === 0,
  fn: () =>
    inFolder(async (folder) => {
      const path = join(folder, "secret.csv");
      await Deno.writeTextFile(path, "name\n", { mode: 0o000 });
      const hint = "The file is there, but this user may not read it: change its permissions, or run as another user";
      await assertUnreadable(path, hint);
    }),
});

Deno.test("an input that breaks off ends the run with code 66 and says why", async () => {
  async function* breakingOff(): AsyncGenerator<Uint8Array> {
    yield new TextEncoder().encode("name\n");
    await Promise.resolve();
    throw new Error("Input/output error (os error 5)");
  }
  const source = await openSource("-", { stdin: ReadableStream.from(breakingOff()) });
  const stop = await assertRejects(() => textOf(source), RunStop);
  assertEquals(stop.exitCode, 66);
  assertEquals(stop.messages, [{
    text: "Input file could not be found or could not be read: 'standard input'",
    hint: "The operating system says: Input/output error (os error 5)",
  }]);
});

/** Reads the first piece, changes the file, and reads the rest. @returns how many bytes there were */
async function lengthWhenChanged(change: (path: string) => void): Promise<number> {
  let length = 0;
  await inFolder(async (folder) => {
    const path = join(folder, "changing.csv");
    await Deno.writeFile(path, new Uint8Array(1_000_000));
    const source = await openSource(path, { stdin: streamOf() });
    let isFirst = true;
    for await (const { length: bytes } of source.pieces) {
      length += bytes;
      if (isFirst) change(path);
      isFirst = false;
    }
  });
  return length;
}

Deno.test({
  name:
    "a file that changes while it is read ends where it ends then: what takes its name, or deletes it, is another file",
  // An open file can be neither deleted nor replaced there.
  ignore: Deno.build.os === "windows",
  fn: async () => {
    assertEquals(await lengthWhenChanged((path) => Deno.truncateSync(path, 500_000)), 500_000);
    const shorter = await lengthWhenChanged((path) => Deno.truncateSync(path, 10));
    assertEquals(shorter > 10 && shorter < 1_000_000, true);
    const append = (path: string) => Deno.writeFileSync(path, new Uint8Array(1000), { append: true });
    assertEquals(await lengthWhenChanged(append), 1_001_000);
    assertEquals(await lengthWhenChanged((path) => Deno.removeSync(path)), 1_000_000);
    const replace = (path: string) => {
      Deno.writeTextFileSync(`${path}.new`, "other");
      Deno.renameSync(`${path}.new`, path);
    };
    assertEquals(await lengthWhenChanged(replace), 1_000_000);
  },
});

Deno.test({
  name: "a pipe is not touched before the login is good: whoever writes it would be let down",
  ignore: Deno.build.os === "windows",
  fn: () =>
    inFolder(async (folder) => {
      const pipe = join(folder, "pipe");
      assert((await new Deno.Command("mkfifo", { args: [pipe] }).output()).success);
      const refused = Promise.reject(new RunStop(EXIT.notAllowed, [{ text: "Access restricted" }]));
      refused.catch(() => {});
      // To open it would wait for somebody who writes it, for ever.
      const stop = await assertRejects(() => openSource(pipe, { stdin: streamOf() }, [], refused), RunStop);
      assertEquals(stop.exitCode, 77);
    }),
});
