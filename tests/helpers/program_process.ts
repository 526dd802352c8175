/**
 * The program as a process of its own, as an operator runs it: real streams, real files, and no more rights than it needs.
 * `CSVRECON_UNDER_TEST` names the compiled program, to be tested in place of `main.ts`; `CSVRECON_BUNDLE_OF_TESTS` names `main.ts` bundled as
 * the compiled program is, which starts with half of the work that several hundred modules are (see scripts/run_tests.ts).
 */
import { fromFileUrl } from "@std/path";
import { permissionArguments } from "../../scripts/compile_options.ts";
import type { ProgramRun } from "./scratch.ts";
import { assertNoSecretIn, noteSecrets } from "./secrets.ts";

/** What Deno runs, and how. */
const MAIN = mainArguments(Deno.env.get("CSVRECON_BUNDLE_OF_TESTS"));

/** Absolute path of the compiled program; undefined: `main.ts` is tested. */
const BINARY = Deno.env.get("CSVRECON_UNDER_TEST");

/** Where Deno itself looks for its cache; without them it would fetch the packages again. */
const ENVIRONMENT_OF_DENO = ["HOME", "DENO_DIR", "XDG_CACHE_HOME", "USERPROFILE", "LOCALAPPDATA", "SystemRoot"];

export interface ProcessOptions {
  /** Working folder. */
  readonly folder: string;
  /** Environment variables beside those of Deno; none when left out. */
  readonly env?: Readonly<Record<string, string>>;
  /** Standard input; nothing when left out. A stream's pieces are written one by one. */
  readonly stdin?: string | Uint8Array | ReadableStream<Uint8Array>;
  /** What a shell does to the program's streams: `>/dev/full`, `2>&-`. */
  readonly redirection?: string;
  /** A program that starts the program: its own arguments, behind which the program's follow. */
  readonly starter?: readonly string[];
  /** Arguments of `deno run`; the compiled program has its own for good. */
  readonly denoArguments?: readonly string[];
}

/** A program that may still run. */
export interface RunningProgram {
  readonly child: Deno.ChildProcess;
  /** Waits for the end, and collects what was printed. */
  ended(): Promise<ProgramRun>;
}

/** Runs the program to its end. */
export function runProcess(args: readonly string[], options: ProcessOptions): Promise<ProgramRun> {
  return startProcess(args, options).ended();
}

/** Starts the program. It must be waited for with `ended`, or by its `child`. */
export function startProcess(args: readonly string[], options: ProcessOptions): RunningProgram {
  noteSecrets(args, options.folder, options.env);
  const child = commandFor(args, options).spawn();
  const fed = options.stdin === undefined ? Promise.resolve() : feed(child.stdin, options.stdin);
  return {
    child,
    async ended() {
      const { code, stdout, stderr } = await child.output();
      await fed;
      const decoder = new TextDecoder();
      const texts = { stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
      const run = { args, folder: options.folder, exitCode: code, ...texts };
      assertNoSecretIn(run, options.env);
      return run;
    },
  };
}

function commandFor(args: readonly string[], options: ProcessOptions): Deno.Command {
  const words = [...options.starter ?? [], ...programWords(args, options)];
  const [program = "", ...rest] = options.redirection === undefined
    ? words
    : ["sh", "-c", `exec "$@" ${options.redirection}`, "sh", ...words];
  return new Deno.Command(program, {
    args: rest,
    cwd: options.folder,
    clearEnv: true,
    env: { ...BINARY === undefined ? environmentOfDeno() : {}, ...options.env },
    stdin: options.stdin === undefined ? "null" : "piped",
    stdout: "piped",
    stderr: "piped",
  });
}

/** The program and its arguments, for what starts it in its own way. */
export function programWords(args: readonly string[], options: Pick<ProcessOptions, "denoArguments"> = {}): string[] {
  return [...BINARY === undefined ? denoRun(options) : [BINARY], ...args];
}

function denoRun({ denoArguments = [] }: Pick<ProcessOptions, "denoArguments">): readonly string[] {
  return [Deno.execPath(), "run", "--quiet", "--cached-only", ...permissionArguments(), ...denoArguments, ...MAIN];
}

/** @param bundle a bundle needs neither packages nor what deno.json says of them */
function mainArguments(bundle: string | undefined): readonly string[] {
  if (bundle !== undefined) return ["--no-config", "--no-lock", bundle];
  return ["--frozen", fromFileUrl(new URL("../../main.ts", import.meta.url))];
}

/** What the program needs of the environment as long as it is run by Deno. */
export function environmentOfDeno(): Record<string, string> {
  const known = ENVIRONMENT_OF_DENO.map((name) => [name, Deno.env.get(name)] as const);
  return Object.fromEntries(known.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

async function feed(stdin: WritableStream<Uint8Array>, input: NonNullable<ProcessOptions["stdin"]>): Promise<void> {
  const pieces = input instanceof ReadableStream ? input : new Blob([input as BlobPart]).stream();
  try {
    await pieces.pipeTo(stdin);
  } catch (error) {
    // The program ended before it had read everything, as it does with an input that it refuses.
    if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
  }
}
