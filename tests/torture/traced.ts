/** Ends a process exactly when it is about to ask something of the disk, with strace (Linux). */
import { isInstalled } from "../helpers/shell.ts";
import { runProcess } from "../helpers/program_process.ts";
import type { Scratch } from "../helpers/scratch.ts";
import { KILLED } from "./aftermath.ts";
import type { Trial } from "./torture.ts";

/** What changes files. */
const CALLS = "pwrite64,write,ftruncate,fsync,fdatasync,unlink,unlinkat,rename,renameat,renameat2,link,linkat";

/** Why this machine cannot do it; null: it can. */
export async function tracingIsMissing(scratch: Scratch): Promise<string | null> {
  if (Deno.build.os !== "linux" || !isInstalled("strace")) return "strace is not installed";
  const run = await runProcess(["--version"], { folder: scratch.folder, starter: starter([], null) });
  return run.exitCode === 0 ? null : "strace may not trace";
}

/**
 * How many times a process asks something of these files.
 * @param files absolute paths
 */
export async function countCalls(args: readonly string[], files: readonly string[], scratch: Scratch): Promise<number> {
  const log = scratch.path("calls.log");
  await runProcess(args, { folder: scratch.folder, starter: starter(files, null, log) });
  const calls = Deno.readTextFileSync(log).split("\n").length - 1;
  Deno.removeSync(log);
  return calls;
}

/**
 * Runs a process and kills it when it is about to do the n-th of these.
 * @param call from 1
 * @returns whether it came to that
 */
export async function killAtCall(
  call: number,
  args: readonly string[],
  files: readonly string[],
  scratch: Scratch,
): Promise<boolean> {
  const fault = `signal=KILL:when=${call}`;
  const { exitCode } = await runProcess(args, { folder: scratch.folder, starter: starter(files, fault) });
  return exitCode === KILLED;
}

/** Notes a loss if not one process could be killed: then nothing was tested. */
export function requireKills(killed: number, { count, lost }: Pick<Trial, "count" | "lost">): void {
  count("killed", killed);
  if (killed === 0) lost("strace killed no process");
}

function starter(files: readonly string[], fault: string | null, log = "/dev/null"): readonly string[] {
  const paths = files.flatMap((file) => ["-P", file]);
  const inject = fault === null ? [] : ["-e", `inject=${CALLS}:${fault}`];
  return ["strace", "-f", "-qq", "-o", log, ...paths, "-e", `trace=${CALLS}`, ...inject];
}
