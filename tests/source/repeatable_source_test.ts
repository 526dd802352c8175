/** What is read a second time is what was read the first time, failures included. */
import { assert, assertEquals } from "@std/assert";
import { EXIT, RunStop } from "../../lib/errors.ts";
import type { Source } from "../../lib/source/open_source.ts";
import { repeatableSource } from "../../lib/source/repeatable_source.ts";
import { withTemporaryFolder } from "../helpers/temporary_folder.ts";

/** A pipe with these pieces, which then ends, or fails. */
function pipe(pieces: readonly string[], failure: Error | null): Source {
  async function* read(): AsyncGenerator<Uint8Array> {
    for (const piece of pieces) {
      await Promise.resolve();
      yield new TextEncoder().encode(piece);
    }
    if (failure !== null) throw failure;
  }
  return { name: "standard input", size: null, pieces: read(), close: () => Promise.resolve() };
}

/** What a reader is given, and what the reading ends with. @param most so many pieces are asked for */
async function readFrom({ pieces }: Source, most = Infinity): Promise<readonly [string, unknown]> {
  let text = "";
  let left = most;
  try {
    for await (const piece of pieces) {
      text += new TextDecoder().decode(piece);
      if (--left <= 0) break;
    }
    return [text, null];
  } catch (error) {
    return [text, error];
  }
}

Deno.test("what comes only once is there again, however much of it was read", () =>
  withTemporaryFolder(async ({ folder }) => {
    const source = repeatableSource(pipe(["a", "b", "c"], null), folder);
    // What was kept comes as one piece.
    for (const [most, text] of [[1, "a"], [2, "ab"], [1, "ab"], [Infinity, "abc"], [Infinity, "abc"]] as const) {
      assertEquals(await readFrom(source, most), [text, null]);
    }
    await source.close();
  }));

/** A pipe that says nothing behind its first piece until it is told to. */
async function* waiting(until: Promise<void>): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode("a");
  await until;
  for (const text of ["b", "c"]) yield new TextEncoder().encode(text);
}

Deno.test("a reading that was left while it waited takes nothing from the next one, whenever that begins", () =>
  withTemporaryFolder(async ({ folder }) => {
    for (const isLate of [false, true]) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const once = { ...pipe([], null), pieces: waiting(promise) };
      const source = repeatableSource(once, folder);
      const left = source.pieces[Symbol.asyncIterator]();
      await left.next();
      const abandoned = left.next();
      const again = source.pieces[Symbol.asyncIterator]();
      const first = new TextDecoder().decode((await again.next()).value);
      const second = isLate ? null : again.next();
      resolve();
      await abandoned;
      let text = first + (second === null ? "" : new TextDecoder().decode((await second).value));
      for (let next = await again.next(); next.done !== true; next = await again.next()) {
        text += new TextDecoder().decode(next.value);
      }
      assertEquals(text, "abc", `${isLate}`);
      assertEquals(await readFrom(source), ["abc", null], `${isLate}`);
      await source.close();
    }
  }));

Deno.test("an input that cannot be read to its end fails each time that it is read", () =>
  withTemporaryFolder(async ({ folder }) => {
    const failure = new RunStop(EXIT.inputMissing, [{ text: "unreadable" }]);
    const source = repeatableSource(pipe(["a", "b"], failure), folder);
    for (let reading = 0; reading < 3; reading++) {
      const [text, error] = await readFrom(source);
      assertEquals(text, "ab", `${reading}`);
      assert(error === failure, `${reading}`);
    }
    await source.close();
  }));

Deno.test("what could not be kept is not left out when the input is read again", async () => {
  // More than what is kept in memory, and no folder for a file.
  const large = "x".repeat(100_000);
  const source = repeatableSource(pipe(["a", large, "b"], null), "/nowhere/at all");
  for (let reading = 0; reading < 2; reading++) {
    const [text, error] = await readFrom(source);
    assertEquals(text, "a", `${reading}`);
    assertEquals(error instanceof RunStop && error.exitCode, EXIT.databaseNotWritable, `${reading}`);
  }
  await source.close();
});
