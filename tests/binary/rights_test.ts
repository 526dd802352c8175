/**
 * What the compiled program may do. Its own code tries nothing else, so another program, compiled with the very same arguments, tries it
 * in its place; that both carry the same rights is read from the two files.
 */
import { assert, assertEquals } from "@std/assert";
import { fromFileUrl } from "@std/path";
import { compileArguments, compilerEnvironment, environmentVariables } from "../../scripts/compile_options.ts";
import { type TemporaryFolder, withTemporaryFolder } from "../helpers/temporary_folder.ts";
import { binaryUnderTest, readEmbedded } from "./binary_file.ts";

const ATTEMPTS = fromFileUrl(new URL("attempts.ts", import.meta.url));

/** What csvrecon needs. */
const ALLOWED = ["read a file", "write a file", "read one's own variable"];

interface Words {
  readonly program: string;
  readonly args: readonly string[];
}

/** A listener on this machine that answers everybody alike, and counts them. */
interface Neighbour {
  readonly port: number;
  readonly visitors: () => number;
  close(): void;
}

function neighbour(): Neighbour {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  let visitors = 0;
  const answer = new TextEncoder().encode(
    "HTTP/1.1 200 OK\r\ncontent-type: text/javascript\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
  );
  (async () => {
    for await (const visitor of listener) {
      visitors++;
      // Who came may be gone already.
      await visitor.write(answer).catch(() => {});
      visitor.close();
    }
  })();
  return { port: listener.addr.port, visitors: () => visitors, close: () => listener.close() };
}

async function output({ program, args }: Words, cwd: string): Promise<string> {
  const run = await new Deno.Command(program, { args: [...args], cwd, stdin: "null" }).output();
  const decoder = new TextDecoder();
  assert(run.success, decoder.decode(run.stderr));
  return decoder.decode(run.stdout);
}

async function compileAttempts({ folder, path }: TemporaryFolder): Promise<string> {
  const program = path("attempts");
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [...compileArguments(ATTEMPTS, program, null)],
    cwd: folder,
    clearEnv: true,
    env: compilerEnvironment(Deno.env.toObject(), true),
  }).output();
  assert(success, new TextDecoder().decode(stderr));
  return program;
}

Deno.test("the binary may use files and its own variables, and nothing else", () => {
  const { permissions } = readEmbedded(binaryUnderTest());
  const { allow_import: _everywhere, ...rest } = permissions;
  assertEquals(rest, {
    allow_all: false,
    allow_env: environmentVariables(),
    allow_ffi: null,
    allow_net: null,
    allow_read: [],
    allow_run: null,
    allow_sys: null,
    allow_write: [],
    deny_env: null,
    // An empty list denies everything.
    deny_ffi: [],
    deny_import: [],
    deny_net: [],
    deny_read: null,
    deny_run: [],
    deny_sys: [],
    deny_write: null,
    prompt: false,
  });
});

Deno.test("with the binary's rights no socket is opened, no process started, no library loaded", (test) =>
  withTemporaryFolder(async (folder) => {
    const program = await compileAttempts(folder);
    assertEquals(readEmbedded(program).permissions, readEmbedded(binaryUnderTest()).permissions);
    const names: string[] = JSON.parse(await output({ program, args: [] }, folder.folder));
    assertEquals(names.slice(0, ALLOWED.length), ALLOWED);
    assert(names.length > 20);
    const other = neighbour();
    for (const name of names) {
      await test.step(name, async () => {
        const before = other.visitors();
        const args = [name, String(other.port)];
        const compiled = await output({ program, args }, folder.folder);
        if (ALLOWED.includes(name)) return assertEquals(compiled, "done");
        assert(compiled.startsWith("refused: "), compiled);
        assertEquals(other.visitors(), before, "somebody came");
        await failsForItsRightsOnly(args, compiled, folder.folder);
      });
    }
    other.close();
  }));

/** The same attempt with every right goes on from where it was refused. */
async function failsForItsRightsOnly(args: readonly string[], compiled: string, cwd: string): Promise<void> {
  const deno = { program: Deno.execPath(), args: ["run", "--no-config", "--quiet", "--allow-all", ATTEMPTS, ...args] };
  const allowed = await output(deno, cwd);
  assert(!allowed.includes("NotCapable") && allowed !== compiled, allowed);
}
