/** What the main thread keeps of a large import: nothing that grows. */
import { assert, assertEquals } from "@std/assert";
import { withWorld } from "../../helpers/loading.ts";
import { jobFor, NEVER, withThread } from "./served_jobs.ts";

const ROWS = 200_000;
/** In MiB. Input and report are 12 MiB each. */
const MOST_GROWTH = 6;

/** Made as it is read. */
function* manyOrganizations(): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  yield encoder.encode("name,code\n");
  for (let row = 0; row < ROWS; row += 500) {
    const rows = Array.from({ length: 500 }, (_, index) => `"Organisation with the number ${row + index}",O${row}\n`);
    yield encoder.encode(rows.join(""));
  }
}

function usedMebibytes(): number {
  const { heapUsed, external } = Deno.memoryUsage();
  return (heapUsed + external) / 2 ** 20;
}

Deno.test(`${ROWS} rows with a details report go through the main thread, and leave nothing in it`, () =>
  withWorld(({ database }) =>
    withThread(async (thread) => {
      const args = ["--auth_user=admin", "--auth_pwd=admin", "--no_localize=1", "--csvfile=-", `--db=${database}`];
      let reported = 0;
      let longest = 0;
      const used: number[] = [];
      const report = (bytes: Uint8Array) => {
        reported += bytes.length;
        longest = Math.max(longest, bytes.length);
        used.push(usedMebibytes());
      };
      const input = function* () {
        for (const piece of manyOrganizations()) {
          used.push(usedMebibytes());
          yield piece;
        }
      };
      const job = await jobFor([...args, "--class=Organization", "--output=details"], "", { input, report });
      const finished = await thread.run(job, NEVER);
      assertEquals([finished.exitCode, finished.counts?.created], [0, ROWS]);
      assert(reported > 10 * 2 ** 20 && longest <= 64 * 1024, `${reported} bytes, ${longest} at once`);
      // The lowest of some: in between stands what the next collection takes.
      const least = (values: readonly number[]) => Math.min(...values);
      const growth = least(used.slice(-50)) - least(used.slice(0, 50));
      assert(growth < MOST_GROWTH, `the main thread has grown by ${growth.toFixed(1)} MiB`);
    })
  ));
