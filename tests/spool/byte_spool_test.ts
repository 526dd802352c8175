import { assertEquals, assertThrows } from "@std/assert";
import { EXIT, RunStop } from "../../lib/errors.ts";
import { ByteSpool } from "../../lib/spool/byte_spool.ts";
import { withTemporaryFolder } from "../helpers/temporary_folder.ts";

function spoolIn(folder: string, memoryBytes?: number): ByteSpool {
  const onFailure = (where: string, reason: string, cause: unknown) =>
    new RunStop(EXIT.databaseNotWritable, [{ text: `${where}: ${reason}` }], { cause });
  return new ByteSpool({ folder, onFailure, ...(memoryBytes === undefined ? {} : { memoryBytes }) });
}

function contentOf(spool: ByteSpool): number[] {
  const content: number[] = [];
  for (const piece of spool.pieces()) content.push(...piece);
  return content;
}

Deno.test("what is written is copied, counted, and comes back in order, from memory and from the file", async () => {
  await withTemporaryFolder(({ folder }) => {
    for (const memoryBytes of [1, 3, 4, 100]) {
      const spool = spoolIn(folder, memoryBytes);
      const expected: number[] = [];
      for (let length = 0; length < 9; length++) {
        const bytes = new Uint8Array(length).fill(length);
        expected.push(...bytes);
        spool.write(bytes);
        bytes.fill(255);
        // Reading in between changes nothing.
        const [first] = spool.pieces();
        assertEquals(first === undefined, length === 0);
        assertEquals(spool.bytes, expected.length);
      }
      assertEquals(contentOf(spool), expected);
      spool.close();
      spool.close();
      assertEquals([spool.bytes, contentOf(spool)], [0, []]);
    }
    assertEquals([...Deno.readDirSync(folder)], []);
    return Promise.resolve();
  });
});

Deno.test("two readers do not disturb each other", async () => {
  await withTemporaryFolder(({ folder }) => {
    const spool = spoolIn(folder);
    const length = 200_000;
    const bytes = Uint8Array.from({ length }, (_, index) => index % 251);
    spool.write(bytes);
    const [one, other] = [spool.pieces(), spool.pieces()];
    let at = 0;
    for (const piece of one) {
      const { value } = other.next();
      assertEquals(piece, bytes.subarray(at, at + piece.length));
      assertEquals(value, piece);
      at += piece.length;
    }
    assertEquals(at, length);
    spool.close();
    return Promise.resolve();
  });
});

Deno.test("a little needs no folder; more says what the folder is missing, as the caller wants it said", () => {
  const spool = spoolIn("/no/such/folder", 10);
  spool.write(new Uint8Array(10));
  const stop = assertThrows(() => spool.write(new Uint8Array(1)), RunStop, "/no/such/folder: ");
  assertEquals([stop.exitCode, stop.cause instanceof Deno.errors.NotFound], [73, true]);
});
