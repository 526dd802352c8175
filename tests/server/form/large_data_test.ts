/** Memory does not grow with the data, whatever way it is sent. */
import { assert, assertEquals } from "@std/assert";
import { readPost } from "../../../lib/server/form/read_post.ts";
import { withTemporaryFolder } from "../../helpers/temporary_folder.ts";
import { latin1, LIMITS, type Posted, readingOf, requestOf, URLENCODED } from "./posting.ts";

/** Of data. `LARGE_DATA_MIB` asks for more. */
const MIB = Number(Deno.env.get("LARGE_DATA_MIB") ?? 100);
const MOST_GROWTH_MIB = 90;

const ROW = `"Server 1","2024-01-01 10:00:00","Paris + Lyon","100 %","a--b-1"\r\n`;
const ROWS = ROW.repeat(Math.ceil(64 * 1024 / ROW.length));
const COUNT = Math.ceil(MIB * 1024 * 1024 / ROWS.length);

async function* bodyOf(head: string, rows: Uint8Array, tail: string): AsyncGenerator<Uint8Array> {
  const piece = new Uint8Array(16 * 1024);
  yield latin1(head);
  for (let count = 0; count < COUNT; count++) {
    await Promise.resolve();
    for (let at = 0; at < rows.length; at += piece.length) {
      const part = rows.subarray(at, at + piece.length);
      piece.set(part);
      yield piece.subarray(0, part.length);
    }
  }
  yield latin1(tail);
}

const KINDS: readonly (readonly [name: string, posted: () => Posted])[] = [
  ["raw", () => ({ headers: { "content-type": "text/csv" }, body: bodyOf("", latin1(ROWS), "") })],
  ["urlencoded", () => ({
    headers: { "content-type": URLENCODED },
    body: bodyOf("class=A&csvdata=", latin1(encodeURIComponent(ROWS).replaceAll("%20", "+")), "&simulate=1"),
  })],
  ...['"', '"; filename="a.csv"'].map((end) =>
    [`multipart name="csvdata${end}`, () => ({
      headers: { "content-type": "multipart/form-data; boundary=----b-1" },
      body: bodyOf(
        `------b-1\r\nContent-Disposition: form-data; name="csvdata${end}\r\n\r\n`,
        latin1(ROWS),
        "\r\n------b-1--\r\n",
      ),
    })] as const
  ),
  ["gzip", () => ({ headers: { "content-type": "text/csv", "content-encoding": "gzip" }, body: packed() })],
];

/** Many times the same: the most that a few bytes can make. */
function packed(): AsyncIterable<Uint8Array> {
  const rows = latin1(ROWS);
  const copies = function* () {
    for (let count = 0; count < COUNT; count++) yield rows;
  };
  return ReadableStream.from(copies()).pipeThrough(new CompressionStream("gzip"));
}

for (const [name, posted] of KINDS) {
  Deno.test(`${MIB} MiB of data take no memory: ${name}`, () =>
    withTemporaryFolder(async ({ folder }) => {
      const limits = { ...LIMITS, mostDataBytes: 2 ** 40, mostDataBytesBeforeLogin: 2 ** 40 };
      let most = 0;
      const before = Deno.memoryUsage().rss;
      const watch = setInterval(() => most = Math.max(most, Deno.memoryUsage().rss), 20);
      const request = requestOf(posted());
      const form = await readPost(request, readingOf({ folder, limits })).finally(() => clearInterval(watch));
      most = Math.max(most, Deno.memoryUsage().rss);
      assertEquals(form.csvdata?.bytes, ROWS.length * COUNT);
      form.csvdata?.close();
      const grown = Math.round((most - before) / 1024 / 1024);
      if (Deno.env.has("LARGE_DATA_MIB")) await Deno.stdout.write(latin1(`${name}: ${grown} MiB more\n`));
      assert(grown < MOST_GROWTH_MIB, `${grown} MiB more`);
    }));
}
