/**
 * Every parameter that names a file is given what is no plain file: the program ends, with the code that SPEC 11 has for it and a message
 * that names the path and says what is wrong. None of it hangs without a signal that ends it.
 */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { PARAMETERS } from "../../lib/parameters/list/definitions.ts";
import { runProcess, startProcess } from "../helpers/program_process.ts";
import { assertExit, describeRun, type ProgramRun, type Scratch, withScratch } from "../helpers/scratch.ts";
import { outputOf } from "../helpers/shell.ts";

const MODEL = {
  name: "shelf",
  classes: { Book: { reconciliation_keys: ["name"], attributes: { name: { kind: "string", null: false } } } },
  profiles: [{ id: 1, name: "Administrator", administrator: true }],
};
const ACCESS = ["--db=shelf.db", "--auth_user=ann", "--auth_pwd_file=first_password", "--class=Book"];
const IMPORT = [...ACCESS, "--csvfile=books.csv", "--simulate=1"];
const INIT = ["init", "--admin_user=ann"];
const FIRST_PASSWORD = "--admin_pwd_file=first_password";

/** What a path leads to. `device` and `process` are files that Deno opens for nobody who may not do everything. */
const KINDS = ["folder", "dangling", "loop", "socket", "in_file", "no_folder", "device", "process", "pipe"] as const;
type Kind = typeof KINDS[number];

const PATHS: Readonly<Record<Kind, string>> = {
  folder: "folder",
  dangling: "dangling",
  loop: "loop",
  socket: "socket",
  in_file: "books.csv/x",
  no_folder: "no/x",
  device: "/dev/full",
  process: "/proc/self/mem",
  pipe: "pipe",
};

/**
 * The exit code of each; two, where Deno 2.4 looks at files that it does not open; or that the program waits until a signal ends it.
 */
type Ends = Readonly<Record<Kind, number | readonly [number, number] | "waits">>;

function ends(all: number, but: Partial<Ends> = {}): Ends {
  return { ...Object.fromEntries(KINDS.map((kind) => [kind, all])) as Record<Kind, number>, ...but };
}

const READ = ends(66, { pipe: "waits" });
const WRITTEN = ends(64, { dangling: 74, loop: 74, in_file: 74, no_folder: 74, process: [64, 74] });
/** A folder is one for files of rows in error, or for pages. */
const IN_FOLDER = { ...WRITTEN, folder: 1 };

interface Use {
  readonly parameter: string;
  args(path: string, scratch: Scratch): readonly string[];
  readonly ends: Ends;
}

const USES: readonly Use[] = [
  { parameter: "csvfile", args: (path) => [...ACCESS, `--csvfile=${path}`], ends: READ },
  { parameter: "csvfile", args: (path) => ["check", path], ends: READ },
  { parameter: "csvfile", args: (path) => ["explain", ...ACCESS, "--line=2", `--csvfile=${path}`], ends: READ },
  { parameter: "param_file", args: (path) => [`--param_file=${path}`], ends: READ },
  { parameter: "job", args: (path) => ["run", path], ends: READ },
  {
    parameter: "import",
    args: (path, { write }) => {
      write("odd.job", `import = ${path}\n`);
      return ["run", "odd.job"];
    },
    // No parameter file is in it.
    ends: { ...READ, folder: 66 },
  },
  {
    parameter: "auth_pwd_file",
    args: (
      path,
    ) => ["--db=shelf.db", "--auth_user=ann", "--class=Book", "--csvfile=books.csv", `--auth_pwd_file=${path}`],
    ends: READ,
  },
  { parameter: "admin_pwd_file", args: (path) => [...INIT, "--db=new.db", `--admin_pwd_file=${path}`], ends: READ },
  {
    parameter: "new_pwd_file",
    args: (path) => ["passwd", "--db=shelf.db", "--user=ann", `--new_pwd_file=${path}`],
    ends: READ,
  },
  { parameter: "model", args: (path) => [...INIT, "--db=new.db", FIRST_PASSWORD, `--model=${path}`], ends: READ },
  { parameter: "model", args: (path) => ["model", "check", path], ends: READ },
  {
    parameter: "tls_cert",
    args: (path) => ["serve", "--db=shelf.db", "--port=0", "--tls_key=x", `--tls_cert=${path}`],
    ends: READ,
  },
  {
    parameter: "tls_key",
    args: (path) => ["serve", "--db=shelf.db", "--port=0", "--tls_cert=books.csv", `--tls_key=${path}`],
    ends: READ,
  },
  {
    parameter: "db",
    args: (path) => ["--auth_user=ann", "--auth_pwd=x", "--class=Book", "--csvfile=books.csv", `--db=${path}`],
    ends: ends(78, { loop: 73, in_file: 73, device: [73, 78], process: [73, 78] }),
  },
  { parameter: "db", args: (path) => [...INIT, FIRST_PASSWORD, `--db=${path}`], ends: ends(73) },
  {
    parameter: "from",
    args: (path) => ["copy", `--from=${path}`, "--to=copy.db"],
    ends: ends(78, { loop: 73, in_file: 73, device: [73, 78], process: [73, 78] }),
  },
  { parameter: "to", args: (path) => ["copy", "--from=shelf.db", `--to=${path}`], ends: ends(73) },
  { parameter: "map", args: (path) => [...IMPORT, `--map=${path}`], ends: READ },
  { parameter: "rejects", args: (path) => [...IMPORT, `--rejects=${path}`], ends: IN_FOLDER },
  { parameter: "report", args: (path) => [...IMPORT, `--report=${path}`], ends: IN_FOLDER },
  { parameter: "backup", args: (path) => [...IMPORT.slice(0, -1), `--backup=${path}`], ends: ends(73) },
  { parameter: "file", args: (path) => ["export", ...ACCESS, `--file=${path}`], ends: WRITTEN },
  {
    parameter: "write",
    args: (path) => ["export", ...ACCESS, "--file=out.csv", `--write=${path}`],
    ends: WRITTEN,
  },
  {
    parameter: "write",
    args: (path) => ["check", "books.csv", `--write=${path}`],
    // It never writes over anything.
    ends: ends(64, { in_file: 74, no_folder: 74 }),
  },
  { parameter: "socket", args: (path) => ["serve", "--db=shelf.db", `--socket=${path}`], ends: ends(69) },
  {
    parameter: "access_log",
    args: (path) => ["serve", "--db=shelf.db", "--port=0", `--access_log=${path}`],
    ends: ends(74, { pipe: "waits" }),
  },
];

Deno.test("all parameters that name files are in the table of odd paths: a new one belongs there", () => {
  const names = PARAMETERS.filter(({ valueName }) => /FILE|PATH/.test(valueName)).map(({ name }) => name as string);
  assertEquals(names.filter((name) => !USES.some(({ parameter }) => parameter === name)), []);
});

async function withOddPaths(use: (scratch: Scratch) => Promise<void>): Promise<void> {
  await withScratch(async (scratch) => {
    scratch.write("model.json", JSON.stringify(MODEL));
    scratch.write("first_password", "Sh3lf-Passw0rd\n");
    scratch.write("books.csv", "name\nEmma\na,b\n");
    assertExit(await scratch.run([...INIT, FIRST_PASSWORD, "--db=shelf.db", "--model=model.json"]), 0);
    Deno.mkdirSync(scratch.path("folder"));
    Deno.symlinkSync("nowhere/x", scratch.path("dangling"));
    Deno.symlinkSync("loop", scratch.path("loop"));
    await outputOf("mkfifo", [scratch.path("pipe")]);
    using _socket = Deno.listen({ transport: "unix", path: scratch.path("socket") });
    await use(scratch);
  });
}

for (const { parameter, args, ends } of USES) {
  const [command = ""] = args("PATH", { write: () => {} } as unknown as Scratch);
  const name = command.startsWith("-") ? "an import" : command;
  Deno.test({
    name:
      `${parameter} of ${name}: folders, links, sockets, devices and pipes are refused as what they are, or waited for`,
    ignore: Deno.build.os !== "linux",
    fn: () =>
      withOddPaths(async (scratch) => {
        for (const kind of KINDS) {
          const [path, end] = [PATHS[kind], ends[kind]];
          const words = args(path, scratch);
          if (end === "waits") await waits(words, scratch);
          else assertEnd(await ended(kind, words, scratch), end, path);
        }
      }),
  });
}

/** Only a process has no more rights than the program needs. */
function ended(kind: Kind, words: readonly string[], scratch: Scratch): Promise<ProgramRun> {
  if (kind !== "device" && kind !== "process") return scratch.run(words);
  return runProcess(words, { folder: scratch.folder });
}

function assertEnd(run: ProgramRun, expected: number | readonly [number, number], path: string): void {
  const [one, other] = typeof expected === "number" ? [expected, expected] : expected;
  assertExit(run, run.exitCode === other ? other : one);
  if (run.exitCode === 1) return;
  assertStringIncludes(run.stderr, path, describeRun(run));
  // What the system says of a path that nobody has typed, what Deno says of its own arguments, and stacks.
  assert(!/allow-all|\.csvrecon-new|\.unfinished|^ +at |Internal error/m.test(run.stderr), describeRun(run));
  // What was found, or what is to be done, beside the name.
  assert(run.stderr.replace(path, "").trim().split(/\s+/).length > 6, describeRun(run));
}

/** For the other end of a pipe, which nobody opens; a server goes on. */
async function waits(words: readonly string[], { folder }: Scratch): Promise<void> {
  const running = startProcess(words, { folder });
  const isEarly = await Promise.race([running.child.status.then(() => true), pause(700).then(() => false)]);
  running.child.kill("SIGTERM");
  const late = setTimeout(() => running.child.kill("SIGKILL"), 10_000);
  const run = await running.ended();
  clearTimeout(late);
  assert(!isEarly, `it did not wait${describeRun(run)}`);
  assertExit(run, words[0] === "serve" && run.stderr.includes("listens at") ? 0 : 143);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
