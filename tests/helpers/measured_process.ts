/** The program as a process whose memory is measured. */
import { compileArguments } from "../../scripts/compile_options.ts";
import { type ProcessOptions, startProcess } from "./program_process.ts";
import type { ProgramRun } from "./scratch.ts";

/**
 * The program is run as the binary is compiled. Without its limit for young objects V8 lets them grow until a collection suits it, which
 * is up to 200 MiB with Deno 2.9 and 240 MiB with Deno 2.4 (V8 13.7).
 */
export const V8_FLAGS = compileArguments("main.ts", "csvrecon", null).filter((argument) =>
  argument.startsWith("--v8-flags=")
);

/** Only Linux tells the peak of another process without a tool that must be installed: /proc. */
export const CAN_MEASURE = Deno.build.os === "linux";

export interface MeasuredRun extends ProgramRun {
  /** The most memory that was resident at once, in MiB. */
  readonly peak: number;
}

/** Runs the program to its end. */
export async function runMeasured(args: readonly string[], options: ProcessOptions): Promise<MeasuredRun> {
  const running = startProcess(args, { ...options, denoArguments: V8_FLAGS });
  let peak = 0;
  const poll = setInterval(() => peak = Math.max(peak, peakOf(running.child.pid)), 50);
  const run = await running.ended();
  clearInterval(poll);
  return { ...run, peak };
}

/** What the kernel has counted for a process (proc_pid_status(5), VmHWM), in MiB; 0 when it is gone. */
function peakOf(pid: number): number {
  try {
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(Deno.readTextFileSync(`/proc/${pid}/status`))?.[1] ?? 0) / 1024;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return 0;
    throw error;
  }
}
