/**
 * What the compiled program may do. Its own code tries nothing else, so another program, compiled with the very same arguments, tries it
 * in its place; that both carry the same rights is read from the two files. The other program is csvrecon's own, from its arguments to
 * what it prints: what a command gives up when it starts is given up there as well.
 */
import { assert, assertEquals } from "@std/assert";
import { fromFileUrl } from "@std/path";
import { environmentVariables } from "../../scripts/compile_options.ts";
import { runProcess } from "../helpers/program_process.ts";
import { withTemporaryFolder } from "../helpers/temporary_folder.ts";
import { binaryUnderTest, readEmbedded } from "./binary_file.ts";
import { compileLike } from "./compiled_like.ts";

const ATTEMPTS = "tests/binary/attempts.ts";
const ROOT = fromFileUrl(new URL("../..", import.meta.url));

/** What csvrecon needs. */
const ALLOWED = ["read a file", "write a file", "read one's own variable", "read a variable of servers"];

/** Every command but `serve`, each made to print something. */
const COMMANDS: readonly (readonly string[])[] = [
  ["--version"],
  ["help"],
  ["man"],
  ["completions", "bash"],
  ["model", "show", "--db=none.db"],
  ["import", "--db=none.db"],
  ["check", "none.csv"],
  ["run", "none.json"],
  ["init", "--db=new.db", "--admin_user=admin", "--admin_pwd=admin"],
  ["copy", "--from=none.db", "--to=new.db"],
  ["passwd", "--db=none.db"],
  ["index", "--db=none.db"],
  // Whether these need a server their files say.
  ["run", "--db=none.db", "none.json"],
  ["import", "--param_file=none.params"],
  ["history", "--param_file=plain.params"],
];

/** Where the database is on a server. They print something before they end: what has failed needs no network to say so. */
const COMMANDS_WITH_SERVER: readonly (readonly string[])[] = [
  ["import", "--db=postgres://somebody@127.0.0.1:1/none"],
  ["import", "--param_file=server.params"],
];

/** Where nobody listens. */
const CONNECTING_COMMANDS: readonly (readonly string[])[] = [
  ["run", "server.job"],
  ["history", "--param_file=server.params", "--auth_user=admin", "--auth_pwd=admin"],
  ["copy", "--from=postgres://somebody@127.0.0.1:1/none", "--to=new.db"],
];

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

Deno.test("the binary may use files, the network and its own variables, and nothing else", () => {
  const { permissions } = readEmbedded(binaryUnderTest());
  const { allow_import: _everywhere, ...rest } = permissions;
  assertEquals(rest, {
    allow_all: false,
    allow_env: environmentVariables(),
    allow_ffi: null,
    // An empty list allows everything.
    allow_net: [],
    allow_read: [],
    allow_run: null,
    allow_sys: null,
    allow_write: [],
    deny_env: null,
    // An empty list denies everything.
    deny_ffi: [],
    deny_import: [],
    deny_net: null,
    deny_read: null,
    deny_run: [],
    deny_sys: [],
    deny_write: null,
    prompt: false,
  });
});

Deno.test("with the binary's rights, but in serve, no socket is opened; no process is started, no library loaded", (test) =>
  withTemporaryFolder(async (folder) => {
    const program = await compileLike(ATTEMPTS, folder);
    assertEquals(readEmbedded(program).permissions, readEmbedded(binaryUnderTest()).permissions);
    const names: string[] = JSON.parse(await output({ program, args: [] }, folder.folder));
    assertEquals(names.slice(0, ALLOWED.length), ALLOWED);
    assert(names.length > 20);
    folder.write("plain.params", "db = none.db\n");
    folder.write("server.params", "db = postgresql://somebody@127.0.0.1:1/none\n");
    const other = neighbour();
    for (const name of names) {
      await test.step(name, async () => {
        const before = other.visitors();
        const args = [name, String(other.port)];
        const compiled = await output({ program, args: [...args, "--version"] }, folder.folder);
        if (ALLOWED.includes(name)) return assertEquals(compiled, "done");
        assert(compiled.startsWith("refused: "), compiled);
        assertEquals(other.visitors(), before, "somebody came");
        await failsForItsRightsOnly(args, compiled, folder.folder);
      });
    }
    await onlyCommandsRefuse(test, { program, args: [] }, other, folder.folder);
    other.close();
  }));

Deno.test("the binary connects with a server that only a job, a param file or an address of copy names", (test) =>
  withTemporaryFolder(async ({ folder, write }) => {
    const server = "db = postgresql://somebody@127.0.0.1:1/none\n";
    write("server.params", server);
    write("server.job", `${server}auth_user = admin\nauth_pwd = admin\nimport = import.params\n`);
    write("import.params", "class = Organization\ncsvfile = none.csv\n");
    write("none.csv", "name\nA\n");
    for (const command of CONNECTING_COMMANDS) {
      await test.step(command.join(" "), async () => {
        const { exitCode, stderr } = await runProcess(command, { folder });
        // Without the right it would be refused by its own rights, and never by the server's machine.
        assertEquals([exitCode, stderr.includes("nobody listens at 127.0.0.1:1")], [75, true], stderr);
      });
    }
  }));

/** Each command has given the network up, but where its database is on a server; without any it could be used. */
async function onlyCommandsRefuse(
  test: Deno.TestContext,
  { program }: Words,
  { port, visitors }: Neighbour,
  cwd: string,
): Promise<void> {
  for (const name of ["connect", "listen", "connect as Node", "listen as Node", "datagrams as Node"]) {
    // The first of them has tried everything already.
    for (const command of name.endsWith("as Node") ? [] : COMMANDS) {
      await test.step(`${command.join(" ")}: ${name}`, async () => {
        const before = visitors();
        const compiled = await output({ program, args: [name, String(port), ...command] }, cwd);
        assert(/^refused: NotCapable: Requires net access/.test(compiled), compiled);
        assertEquals(visitors(), before, "somebody came");
        await Deno.remove(`${cwd}/new.db`).catch(() => {});
      });
    }
    for (const command of COMMANDS_WITH_SERVER) {
      await test.step(`${command.join(" ")}: ${name}`, async () => {
        assertEquals(await output({ program, args: [name, String(port), ...command] }, cwd), "done");
      });
    }
    await test.step(`no command: ${name}`, async () => {
      assertEquals(await output({ program, args: [name, String(port)] }, cwd), "done");
    });
  }
}

/** The same attempt with every right goes on from where it was refused. */
async function failsForItsRightsOnly(args: readonly string[], compiled: string, cwd: string): Promise<void> {
  const fixed = ["run", "--config", `${ROOT}/deno.json`, "--frozen", "--no-check", "--quiet", "--allow-all"];
  const deno = { program: Deno.execPath(), args: [...fixed, `${ROOT}/${ATTEMPTS}`, ...args] };
  const allowed = await output(deno, cwd);
  assert(!allowed.includes("NotCapable") && allowed !== compiled, allowed);
}
