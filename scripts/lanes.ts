/** Several commands at a time: what a command prints comes out in one piece when it has ended. */

export interface Job {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export interface EndedJob {
  readonly job: Job;
  readonly exitCode: number;
  /** Standard output, then standard error. */
  readonly output: string;
  readonly seconds: number;
}

/** As many as the machine has processors: more would only wait for each other, and be slower than tests with limits of time allow. */
export const LANES = navigator.hardwareConcurrency;

/**
 * Runs jobs in the order in which they are given, each as soon as a lane is free.
 * @param onEnd told of each when it has ended
 */
export async function runInLanes(
  jobs: readonly Job[],
  lanes: number,
  onEnd: (ended: EndedJob) => void,
): Promise<void> {
  const waiting = [...jobs];
  const lane = async () => {
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) onEnd(await run(job));
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

async function run(job: Job): Promise<EndedJob> {
  const begin = performance.now();
  const command = new Deno.Command(job.program, {
    args: [...job.args],
    env: { ...job.env },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  });
  const { code, stdout, stderr } = await command.output();
  const decoder = new TextDecoder();
  const output = decoder.decode(stdout) + decoder.decode(stderr);
  return { job, exitCode: code, output, seconds: (performance.now() - begin) / 1000 };
}
