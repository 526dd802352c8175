/** Running a program to its end, with its time and its memory. */

export interface ProcessToMeasure {
  readonly program: string;
  readonly args: readonly string[];
  /** Working folder. */
  readonly folder: string;
  /** Of a process that did its work; 0, when left out. */
  readonly exitCode?: number;
  /** What the program reads: a file in the folder, or a text. */
  readonly stdin?: { readonly file: string } | { readonly text: string };
}

export interface Measure {
  /** From start to end. */
  readonly seconds: number;
  /** Of the processor, user and system, of all threads; null where the system does not tell. */
  readonly cpuSeconds: number | null;
  /** MiB: the most that was resident at once; null where the system does not tell. */
  readonly peak: number | null;
}

const POLL_MILLISECONDS = 20;
/** What Linux counts processor time in, as every program sees it (proc(5), USER_HZ). */
const TICKS_A_SECOND = 100;

/** @throws Error when the program cannot be started, or ends with another exit code */
export async function measure(process: ProcessToMeasure): Promise<Measure> {
  const begin = performance.now();
  const child = new Deno.Command(process.program, {
    args: [...process.args],
    cwd: process.folder,
    stdin: process.stdin === undefined ? "null" : "piped",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const fed = process.stdin === undefined ? undefined : feed(child, process.stdin, process.folder);
  const told = { peak: null as number | null, cpuSeconds: null as number | null };
  const look = () => {
    told.peak = peakOf(child.pid) ?? told.peak;
    told.cpuSeconds = cpuOf(child.pid) ?? told.cpuSeconds;
  };
  const poll = setInterval(look, POLL_MILLISECONDS);
  const { code, stderr } = await child.output();
  clearInterval(poll);
  const seconds = (performance.now() - begin) / 1000;
  await fed;
  if (code !== (process.exitCode ?? 0)) {
    throw new Error(`${process.program} failed (${code}): ${new TextDecoder().decode(stderr)}`);
  }
  return { seconds, ...told };
}

async function feed(
  child: Deno.ChildProcess,
  stdin: NonNullable<ProcessToMeasure["stdin"]>,
  folder: string,
): Promise<void> {
  if ("file" in stdin) {
    const file = await Deno.open(`${folder}/${stdin.file}`);
    await file.readable.pipeTo(child.stdin);
  } else {
    await new Blob([stdin.text]).stream().pipeTo(child.stdin);
  }
}

/** What the kernel has counted so far (proc_pid_status(5), VmHWM). */
function peakOf(pid: number): number | null {
  const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(readOrNothing(`/proc/${pid}/status`))?.[1];
  return kibibytes === undefined ? null : Number(kibibytes) / 1024;
}

/** Up to the last look: a poll earlier than the end (proc_pid_stat(5), utime and stime). */
function cpuOf(pid: number): number | null {
  const [user, system] = readOrNothing(`/proc/${pid}/stat`).split(") ")[1]?.split(" ").slice(11, 13) ?? [];
  const ticks = Number(user) + Number(system);
  return ticks > 0 ? ticks / TICKS_A_SECOND : null;
}

function readOrNothing(path: string): string {
  try {
    return Deno.readTextFileSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.PermissionDenied) return "";
    // The process ended while it was read.
    if (error instanceof Error && /No such process/.test(error.message)) return "";
    throw error;
  }
}
