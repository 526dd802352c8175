/** When a process waits for something, as Linux tells it of each of its threads (proc_pid_stat(5)). */
import { pause } from "./served_process.ts";

/** Milliseconds in which nothing was done: what has been started is not so long without work, nor is what waits for the disk. */
const LONG_ENOUGH = 400;
/** Milliseconds between two looks. */
const BETWEEN = 50;
/** Milliseconds after which it is taken for one that waits although it does not: that is no worse moment than others. */
const LONGEST = 20_000;

/**
 * Waits until all threads of a process have slept for a while.
 * @param blindly for so many milliseconds where nobody tells of threads
 */
export async function rests(pid: number, blindly: number): Promise<void> {
  if (Deno.build.os !== "linux") return await pause(blindly);
  const end = performance.now() + LONGEST;
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
