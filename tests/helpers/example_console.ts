/** The examples of the documents, which are tested: files, and commands with what they print. */
import { DatabaseSync } from "node:sqlite";
import { copyFixtures } from "./fixtures.ts";
import { type RunningProgram, startProcess } from "./program_process.ts";
import type { ProgramRun, Scratch } from "./scratch.ts";
import { outputOf as outputOfProgram } from "./shell.ts";

/** A code block between `<!-- test:begin NAME -->` and `<!-- test:end -->`. */
export interface ExampleBlock {
  /** The NAME of its part. */
  readonly part: string;
  /** The file that it is; null for commands and their output. */
  readonly file: string | null;
  readonly text: string;
}

/** The blocks of all parts, in their order. */
export function exampleBlocks(document: string): ExampleBlock[] {
  const parts = document.matchAll(/^<!-- test:begin (.+) -->\n([^]*?)^<!-- test:end -->$/gm);
  return [...parts].flatMap(([, part = "", body = ""]) =>
    [...body.matchAll(/^```(\w+)(?: (\S+))?\n([^]*?)^```$/gm)].map(([, , file, text = ""]) => ({
      part,
      file: file ?? null,
      text,
    }))
  );
}

/** The block with the commands as they stand there and the output as it really is. */
export async function runConsole(scratch: Scratch, text: string): Promise<string> {
  const commands = text.split("\n").filter((line) => line.startsWith("$ "));
  const lines: string[] = [];
  const console = { scratch, server: null };
  for (const command of commands) lines.push(command + "\n", await outputOf(console, command.slice(2)));
  return lines.join("");
}

interface Console {
  readonly scratch: Scratch;
  server: ExampleServer | null;
}

/** @throws Error for a command that the tests cannot run */
async function outputOf(console: Console, command: string): Promise<string> {
  const [program, ...args] = words(command);
  if (args.at(-1) === "&") return await startServer(console, args.slice(0, -1));
  if (program === "kill" && console.server !== null) return await console.server.stop();
  if (program === "sqlite3") return queryOutput(console.scratch, args);
  const pipe = args.indexOf("|");
  const run = await printed(console, program ?? "", pipe < 0 ? args : args.slice(0, pipe));
  if (pipe < 0) return run.stdout + run.stderr;
  // A pipe takes standard output only, and `tail` waits for its end.
  return run.stderr + someLines(run.stdout, args.slice(pipe + 1));
}

/** What a document shows is what its commands print at these minutes, each at the next one. */
const FIRST_MINUTE = new Date("2026-11-30T07:00:00Z");
const minutes = new WeakMap<Scratch, number>();

function nextMinute(scratch: Scratch): Date {
  const minute = minutes.get(scratch) ?? 0;
  minutes.set(scratch, minute + 1);
  return new Date(FIRST_MINUTE.getTime() + minute * 60_000);
}

type Printed = Pick<ProgramRun, "stdout" | "stderr">;

async function printed({ scratch, server }: Console, program: string, args: readonly string[]): Promise<Printed> {
  if (program === "cat") return { stdout: Deno.readTextFileSync(scratch.path(args[0] ?? "")), stderr: "" };
  if (program === "mkdir") return makeFolders(scratch, args);
  if (program === "cp") return copyOfProject(scratch, args);
  if (program === "csvrecon") return await scratch.run(args, { now: nextMinute(scratch) });
  if (program !== "curl" || server === null) throw new Error(`The tests of the documents cannot run '${program}'`);
  const stdout = await outputOfProgram("curl", args.map(server.withItsPort), { folder: scratch.folder });
  return { stdout, stderr: "" };
}

function makeFolders(scratch: Scratch, names: readonly string[]): Printed {
  for (const name of names) Deno.mkdirSync(scratch.path(name));
  return { stdout: "", stderr: "" };
}

/** `cp /path/to/csvrecon/fixtures/FOLDER/* .` @throws Error for other files */
function copyOfProject(scratch: Scratch, [from = "", to]: readonly string[]): Printed {
  const [, folder] = /^\/path\/to\/csvrecon\/fixtures\/(.+)\/\*$/.exec(from) ?? [];
  if (folder === undefined || to !== ".") throw new Error(`The tests of the documents cannot copy '${from}'`);
  copyFixtures(scratch, folder);
  return { stdout: "", stderr: "" };
}

/** The server of an example, which listens at another port: its own may be taken. */
interface ExampleServer {
  withItsPort(text: string): string;
  /** @returns what it printed at the end */
  stop(): Promise<string>;
}

const SHOWN_PORT = "8080";

/** @returns what it prints when it listens, with the port of the example */
async function startServer(console: Console, args: readonly string[]): Promise<string> {
  const running = startProcess(args.map((word) => word.replace(SHOWN_PORT, "0")), { folder: console.scratch.folder });
  const first = await firstOutput(running);
  const port = /:(\d+)/.exec(first)?.[1] ?? SHOWN_PORT;
  console.server = {
    withItsPort: (text) => text.replace(SHOWN_PORT, port),
    async stop() {
      running.child.kill("SIGTERM");
      const { stdout, stderr } = await running.ended();
      return stdout + stderr;
    },
  };
  return first.replace(port, SHOWN_PORT);
}

async function firstOutput({ child }: RunningProgram): Promise<string> {
  const reader = child.stderr.getReader();
  const { value } = await reader.read();
  reader.releaseLock();
  return new TextDecoder().decode(value);
}

/** The words of a command line, quotes removed. */
export function words(command: string): string[] {
  const quoted = command.match(/(?:[^\s"']|"[^"]*"|'[^']*')+/g) ?? [];
  return quoted.map((word) => word.replaceAll(/"([^"]*)"|'([^']*)'/g, (_, double, single) => double ?? single));
}

/** `head -n N` or `tail -n N`. @throws Error for another program */
function someLines(text: string, [program, , count]: readonly string[]): string {
  const lines = text.split("\n");
  if (program === "head") return [...lines.slice(0, -1).slice(0, Number(count)), ""].join("\n");
  if (program === "tail") return lines.slice(-Number(count) - 1).join("\n");
  throw new Error(`The tests of the documents cannot run '${program}'`);
}

const READ = ".read ";

/** `sqlite3 [-header] FILE QUERY`, in its list mode; `.read FILE` runs what stands in a file. */
function queryOutput(scratch: Scratch, args: readonly string[]): string {
  const [file = "", query = ""] = args.slice(-2);
  const database = new DatabaseSync(scratch.path(file));
  if (query.startsWith(READ)) {
    database.exec(Deno.readTextFileSync(scratch.path(query.slice(READ.length))));
    database.close();
    return "";
  }
  const rows = database.prepare(query).all();
  database.close();
  const heads = args.includes("-header") ? [Object.keys(rows[0] ?? {})] : [];
  const cells = rows.map((row) => Object.values(row).map((value) => String(value ?? "")));
  return [...heads, ...cells].map((line) => line.join("|") + "\n").join("");
}
