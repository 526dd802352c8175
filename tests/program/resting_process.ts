/** When a process waits for something, as Linux tells it of each of its threads (proc_pid_stat(5)). */
import { pause } from "./served_process.ts";

/** Milliseconds in which nothing was done: what has been started is not so long without work, nor is what waits for the disk. */
const LONG_ENOUGH = 400;
/** Milliseconds. */
const BETWEEN = 50;

/**
 * Waits until all threads of a process have slept for a while.
 * @param most in milliseconds: no longer, and just so long where nobody tells of threads
 */
export async function rests(pid: number, most: number): Promise<void> {
  const end = performance.now() + most;
  if (Deno.build.os !== "linux") return await pause(most);
  let before = "";
  for (let restingSince = Infinity; performance.now() < end; await pause(BETWEEN)) {
    const { isAsleep, work } = threadsOf(pid);
    if (!isAsleep || work !== before) restingSince = performance.now();
    if (performance.now() - restingSince >= LONG_ENOUGH) return;
    before = work;
  }
}

/** Whether all threads sleep, and what each of them has had of the processor; a process that is over sleeps, too. */
function threadsOf(pid: number): { readonly isAsleep: boolean; readonly work: string } {
  try {
    const threads = [...Deno.readDirSync(`/proc/${pid}/task`)].map(({ name }) => {
      // Behind the name, which may hold anything: the state, and as eleventh and twelfth number from there the time.
      const [state, ...numbers] = Deno.readTextFileSync(`/proc/${pid}/task/${name}/stat`).replace(/.*\) /s, "").split(
        " ",
      );
      return { name, state, time: numbers.slice(10, 12).join() };
    });
    return {
      isAsleep: threads.every(({ state }) => state === "S" || state === "Z"),
      work: threads.map(({ name, time }) => `${name}:${time}`).sort().join(" "),
    };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || /ESRCH|os error 3\b/.test(String(error))) {
      return { isAsleep: true, work: "" };
    }
    throw error;
  }
}
