/** What the main thread keeps of a large import: nothing that grows. */
import { assert, assertEquals } from "@std/assert";
import { fromFileUrl } from "@std/path";
import { withWorld } from "../../helpers/loading.ts";
import type { MainThreadUse } from "./memory_program.ts";

const ROWS = 200_000;
/** In MiB; input and report are more than 20 together. */
const MOST_GROWTH = 2;

const PROGRAM = fromFileUrl(new URL("memory_program.ts", import.meta.url));

async function measuredImport(args: readonly string[]): Promise<MainThreadUse> {
  const command = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--quiet",
      "--v8-flags=--expose-gc",
      "--frozen",
      "--no-check",
      "--allow-all",
      PROGRAM,
      ...args,
      String(ROWS),
    ],
    cwd: fromFileUrl(new URL("../../..", import.meta.url)),
  });
  const { stdout, stderr } = await command.output();
  assertEquals(new TextDecoder().decode(stderr), "");
  return JSON.parse(new TextDecoder().decode(stdout));
}

Deno.test(`${ROWS} rows with a details report go through the main thread, and leave nothing in it`, () =>
  withWorld(async ({ database }) => {
    const login = ["--auth_user=admin", "--auth_pwd=admin", "--no_localize=1", "--csvfile=-", `--db=${database}`];
    const use = await measuredImport([...login, "--class=Organization", "--output=details"]);
    assertEquals([use.exitCode, use.created], [0, ROWS]);
    assert(use.read + use.reported > 20 * 2 ** 20, JSON.stringify(use));
    assert(use.longest <= 64 * 1024, JSON.stringify(use));
    assert(use.growth < MOST_GROWTH, JSON.stringify(use));
  }));
