/** The parts of the README that are tested: files, and commands with what they print. */
import { DatabaseSync } from "node:sqlite";
import type { ProgramRun, Scratch } from "./scratch.ts";

/** A code block between `<!-- test:begin NAME -->` and `<!-- test:end -->`. */
export interface ReadmeBlock {
  /** The NAME of its part. */
  readonly part: string;
  /** The file that it is; null for commands and their output. */
  readonly file: string | null;
  readonly text: string;
}

/** The blocks of all parts, in their order. */
export function readmeBlocks(readme: string): ReadmeBlock[] {
  const parts = readme.matchAll(/^<!-- test:begin (.+) -->\n([^]*?)^<!-- test:end -->$/gm);
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
  for (const command of commands) lines.push(command + "\n", await outputOf(scratch, command.slice(2)));
  return lines.join("");
}

/** @throws Error for a command that the tests cannot run */
async function outputOf(scratch: Scratch, command: string): Promise<string> {
  const [program, ...args] = words(command);
  if (program === "sqlite3") return queryOutput(scratch, args);
  if (program !== "csvrecon") throw new Error(`The README's tests cannot run '${command}'`);
  const pipe = args.indexOf("|");
  const run = await scratch.run(pipe < 0 ? args : args.slice(0, pipe));
  return pipe < 0 ? output(run) : lastLines(output(run), args.slice(pipe + 1));
}

function output(run: ProgramRun): string {
  return run.stdout + run.stderr;
}

/** The words of a command line, quotes removed. */
function words(command: string): string[] {
  const quoted = command.match(/(?:[^\s"']|"[^"]*"|'[^']*')+/g) ?? [];
  return quoted.map((word) => word.replaceAll(/"([^"]*)"|'([^']*)'/g, (_, double, single) => double ?? single));
}

/** `tail -n N`. */
function lastLines(text: string, [, , count]: readonly string[]): string {
  return text.split("\n").slice(-Number(count) - 1).join("\n");
}

/** `sqlite3 [-header] FILE QUERY`, in its list mode. */
function queryOutput(scratch: Scratch, args: readonly string[]): string {
  const [file = "", query = ""] = args.slice(-2);
  const database = new DatabaseSync(scratch.path(file), { readOnly: true });
  const rows = database.prepare(query).all();
  database.close();
  const heads = args.includes("-header") ? [Object.keys(rows[0] ?? {})] : [];
  const cells = rows.map((row) => Object.values(row).map((value) => String(value ?? "")));
  return [...heads, ...cells].map((line) => line.join("|") + "\n").join("");
}
