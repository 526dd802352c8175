/** kill -9 at any moment: the database is the one before or the one after, and the next run ends as if nothing had been. */
import { type RunningProgram, startProcess } from "../helpers/program_process.ts";
import { type Scratch, withScratch } from "../helpers/scratch.ts";
import { type Disturbances, KILLED, lookAndRunAgain, requireDisturbances } from "./aftermath.ts";
import { torture, type Trial } from "./torture.ts";
import { DATABASE, prepare, type Undertaking, undertaking } from "./undertakings.ts";

/** From where on moments are spread. */
type Landmark = "start" | "opening" | "commit";

/** How much of an undisturbed run is left, in milliseconds, from each landmark on. */
type Life = Readonly<Record<Landmark, number>>;

const LANDMARKS: readonly Landmark[] = ["start", "opening", "commit"];

const UNDERTAKINGS = [
  ["import", "kill -9 at a moment of an import", 24, 120],
  ["undo", "kill -9 at a moment of an undo", 12, 120],
  ["prune", "kill -9 at a moment of the removal of old entries", 6, 120],
  ["job", "kill -9 at a moment of a job", 18, 120],
  ["atomicJob", "kill -9 at a moment of an atomic job", 18, 120],
  ["feed", "kill -9 at a moment of a file of a feed", 9, 120],
  ["feedUndo", "kill -9 at a moment of an undo of a file of a feed", 6, 120],
  ["feedJob", "kill -9 at a moment of a job of feeds", 9, 120],
] as const;

for (const [name, title, short, long] of UNDERTAKINGS) {
  torture({
    name: `kill_${name.toLowerCase()}`,
    title,
    unit: "moments",
    short,
    long,
    async run(trial) {
      if (Deno.build.os === "windows") return trial.leftOut("Windows has no such signals");
      const wanted = await undertaking(name);
      const life = await measure(name, wanted);
      const disturbances = { killed: 0, before: 0 };
      for (let index = 0; index < trial.amount; index++) {
        await killOnce(name, wanted, life, index, trial, disturbances);
        trial.tried();
      }
      requireDisturbances(disturbances, trial);
    },
  });
}

function measure(name: typeof UNDERTAKINGS[number][0], { args }: Undertaking): Promise<Life> {
  return withScratch(async (scratch) => {
    await prepare(name, scratch);
    const times = [performance.now()];
    const running = startProcess(args, { folder: scratch.folder });
    for (const landmark of LANDMARKS.slice(1)) {
      await reached(landmark, running, scratch);
      times.push(performance.now());
    }
    await running.ended();
    const end = performance.now();
    const [start = end, opening = end, commit = end] = times;
    return { start: end - start, opening: end - opening, commit: end - commit };
  });
}

function killOnce(
  name: typeof UNDERTAKINGS[number][0],
  wanted: Undertaking,
  life: Life,
  index: number,
  trial: Trial,
  disturbances: Disturbances,
): Promise<void> {
  const landmark = LANDMARKS[index % LANDMARKS.length] ?? "start";
  const part = (index + trial.random.part(index).fraction()) / trial.amount;
  return withScratch(async (scratch) => {
    await prepare(name, scratch);
    const running = startProcess(wanted.args, { folder: scratch.folder });
    await reached(landmark, running, scratch);
    const delay = part * 1.05 * life[landmark];
    if (await killAfter(delay, running)) disturbances.killed++;
    const what = `moment ${index}, ${delay.toFixed(1)} ms after the ${landmark}`;
    if (await lookAndRunAgain(scratch, wanted, what, trial) === 0) disturbances.before++;
  });
}

/** @returns false: it had ended before */
async function killAfter(milliseconds: number, running: RunningProgram): Promise<boolean> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  try {
    running.child.kill("SIGKILL");
  } catch (error) {
    // It has ended already.
    if (!(error instanceof TypeError)) throw error;
  }
  return (await running.ended()).exitCode === KILLED;
}

/** Waits until the program has come so far, or is over. */
async function reached(landmark: Landmark, running: RunningProgram, scratch: Scratch): Promise<void> {
  if (landmark === "start") return;
  let isOver = false;
  running.child.status.then(() => isOver = true);
  // SQLite makes its log when it opens the database, and fills it when it commits.
  const least = landmark === "opening" ? 0 : 1;
  while (!isOver && sizeOf(scratch.path(`${DATABASE}-wal`)) < least) {
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

/** In bytes; -1: there is no such file. */
function sizeOf(path: string): number {
  try {
    return Deno.lstatSync(path).size;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return -1;
    throw error;
  }
}
