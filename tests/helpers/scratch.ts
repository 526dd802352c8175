/** A folder of its own for a test, and the program run in it, in process. */
import { assertEquals } from "@std/assert";
import { CollectedText } from "../../lib/collected_text.ts";
import type { ProgramIo, TextSink } from "../../lib/io.ts";
import { runProgram } from "../../lib/program.ts";
import { assertNoSecretIn, noteSecrets, SecretShown } from "./secrets.ts";
import { type TemporaryFolder, withTemporaryFolder } from "./temporary_folder.ts";

/** What a run of the program printed, and how it ended. */
export interface ProgramRun {
  readonly args: readonly string[];
  readonly folder: string;
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** Working folder; the scratch folder when left out. */
  readonly folder?: string;
  /** Environment variables; none when left out. */
  readonly env?: Readonly<Record<string, string>>;
  /** Standard input; empty when left out. */
  readonly stdin?: string | Uint8Array | ReadableStream<Uint8Array>;
  /** A fixed clock; the real one when left out. */
  readonly now?: Date;
  /** What somebody types at the terminal of standard input, line by line; nobody sits there when left out. */
  readonly typed?: readonly string[];
  /** True: both outputs pass for something that a person sees. */
  readonly isTerminal?: boolean;
  /** Hears every statement that SQLite runs. */
  readonly onStatement?: (sql: string) => void;
  /** Hears that the program gives up its right to the network. */
  readonly onNetworkGivenUp?: () => void;
  /** How many rows of an import are worked together; as many as in production when left out. */
  readonly rowsTogether?: number;
}

/** A temporary folder and the program in it. */
export interface Scratch extends TemporaryFolder {
  /** Runs the program. Relative paths in `args` are those of `options.folder`. */
  run(args: readonly string[], options?: RunOptions): Promise<ProgramRun>;
}

/** Password hashes of tests are cheap: nobody attacks them. */
export const PASSWORD_COST = { n: 16, r: 1, p: 1 };

/** Makes a scratch folder, hands it to `use` and removes it. */
export function withScratch<T>(use: (scratch: Scratch) => Promise<T>): Promise<T> {
  return withTemporaryFolder((folder) =>
    use({ ...folder, run: (args, options = {}) => runInFolder(args, options.folder ?? folder.folder, options) })
  );
}

/** Everything that one needs to see when an expectation about a run fails. */
export function describeRun(run: ProgramRun): string {
  return [
    "",
    `command: csvrecon ${run.args.map((argument) => JSON.stringify(argument)).join(" ")}`,
    `folder: ${run.folder}`,
    `status: ${run.exitCode}`,
    `stdout:\n${run.stdout}`,
    `stderr:\n${run.stderr}`,
  ].join("\n");
}

/** Asserts how a run ended. */
export function assertExit(run: ProgramRun, expected: number): void {
  assertEquals(run.exitCode, expected, describeRun(run));
}

async function runInFolder(args: readonly string[], folder: string, options: RunOptions): Promise<ProgramRun> {
  const stdout = new CollectedText(options.isTerminal);
  const stderr = new CollectedText(options.isTerminal);
  try {
    noteSecrets(args, folder, options.env);
    const exitCode = await runProgram(args, programIo(folder, options, stdout, stderr));
    const run = { args, folder, exitCode, stdout: stdout.text, stderr: stderr.text };
    assertNoSecretIn(run, options.env);
    return run;
  } catch (error) {
    if (error instanceof SecretShown) throw error;
    const run = { args, folder, exitCode: NaN, stdout: stdout.text, stderr: stderr.text };
    throw new Error(`The program threw instead of returning an exit code${describeRun(run)}`, { cause: error });
  }
}

function programIo(folder: string, options: RunOptions, stdout: TextSink, stderr: TextSink): ProgramIo {
  return {
    workingFolder: folder,
    stdin: inputStream(options.stdin ?? ""),
    stdout,
    stderr,
    env: (name) => options.env?.[name],
    askHidden: options.typed === undefined ? undefined : askedOf(options.typed),
    now: () => options.now ?? new Date(),
    onStatement: options.onStatement,
    noColor: options.env?.["NO_COLOR"] !== undefined,
    // The rights are those of all tests.
    giveUpNetwork: () => options.onNetworkGivenUp?.(),
    passwordCost: PASSWORD_COST,
    rowsTogether: options.rowsTogether,
  };
}

function askedOf(typed: readonly string[]): (prompt: string) => Promise<string | null> {
  const lines = [...typed];
  return () => Promise.resolve(lines.shift() ?? null);
}

function inputStream(input: string | Uint8Array | ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  return input instanceof ReadableStream ? input : new Blob([input as BlobPart]).stream();
}
