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
  /** Whether what it prints is kept. */
  readonly isHeard?: boolean;
  /** Of a program that goes on until it is told to end: what is done with it meanwhile. @param told its standard error */
  readonly until?: (told: ReadableStream<Uint8Array>) => Promise<void>;
}

export interface Measure {
  /** From start to end. */
  readonly seconds: number;
  /** Of the processor, user and system, of all threads; null where the system does not tell. */
  readonly cpuSeconds: number | null;
  /** MiB: the most that was resident at once; null where the system does not tell. */
  readonly peak: number | null;
  /** What it printed, if it was heard. */
  readonly output?: string;
}

const POLL_MILLISECONDS = 20;
/** What Linux counts processor time in, as every program sees it (proc(5), USER_HZ). */
const TICKS_A_SECOND = 100;

/** One process at a time: its time is what the processes that have ended have more than before. @throws Error when the program cannot be started, or ends with another exit code */
export async function measure(process: ProcessToMeasure): Promise<Measure> {
  const { stdin, until, isHeard = false } = process;
  const [begin, before] = [performance.now(), cpuOfEnded()];
  const child = new Deno.Command(process.program, {
    args: [...process.args],
    cwd: process.folder,
    stdin: stdin === undefined ? "null" : "piped",
    stdout: isHeard ? "piped" : "null",
    stderr: "piped",
  }).spawn();
  const fed = stdin === undefined ? undefined : feed(child, stdin, process.folder);
  let peak: number | null = null;
  const poll = setInterval(() => peak = peakOf(child.pid) ?? peak, POLL_MILLISECONDS);
  try {
    const heard = until === undefined ? null : await untilEnded(child, until);
    const { code, stdout, stderr } = heard ?? await ended(child, isHeard);
    const seconds = (performance.now() - begin) / 1000;
    await fed;
    if (code !== (process.exitCode ?? 0)) throw new Error(`${process.program} failed (${code}): ${stdout}${stderr}`);
    const after = cpuOfEnded();
    const cpuSeconds = before === null || after === null ? null : after - before;
    return { seconds, cpuSeconds, peak, ...isHeard ? { output: stdout } : {} };
  } finally {
    clearInterval(poll);
  }
}

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function ended(child: Deno.ChildProcess, isHeard: boolean): Promise<Ended> {
  const output = await child.output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code: output.code, stdout: isHeard ? text(output.stdout) : "", stderr: text(output.stderr) };
}

async function untilEnded(child: Deno.ChildProcess, until: NonNullable<ProcessToMeasure["until"]>): Promise<Ended> {
  const [told, rest] = child.stderr.tee();
  const stderr = new Response(rest).text();
  try {
    await until(told);
  } finally {
    child.kill("SIGTERM");
  }
  const { code } = await child.status;
  return { code, stdout: "", stderr: await stderr };
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

/** What all processes that we have started and that have ended took (proc_pid_stat(5), cutime and cstime). */
function cpuOfEnded(): number | null {
  const [user, system] = readOrNothing("/proc/self/stat").split(") ")[1]?.split(" ").slice(13, 15) ?? [];
  const ticks = Number(user) + Number(system);
  return Number.isNaN(ticks) ? null : ticks / TICKS_A_SECOND;
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
