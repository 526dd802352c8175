/**
 * What is written beside the database, while a disk fills up, a signal comes or a kill: rows in error, the page, the backup, an export and
 * its parameter file. Each is there whole or not at all, the database is the one before or after, and the exit code says which.
 */
import { runProcess, startProcess } from "../helpers/program_process.ts";
import { assertExit, describeRun, type ProgramRun, type Scratch, withScratch } from "../helpers/scratch.ts";
import { runOnSmallDisk, smallDisksAreMissing, within } from "./small_disk.ts";
import { torture, type Trial } from "./torture.ts";
import { type Content, contentOf, flawsOfCopy } from "./content.ts";
import { DATABASE, prepare } from "./undertakings.ts";

const LOGIN = ["--db=world.db", "--auth_user=admin", "--auth_pwd=admin", "--no_localize=1", "--class=Person"];

interface Work {
  readonly args: readonly string[];
  /** When nothing disturbs it. */
  readonly exitCode: number;
  /** KiB: more than all that it writes. */
  readonly most: number;
  readonly files: readonly string[];
  prepare(scratch: Scratch): Promise<void>;
}

const WORKS = {
  reports: {
    args: [
      ...LOGIN,
      "--csvfile=rows.csv",
      "--reconciliationkeys=email",
      "--rejects=bad.csv",
      "--report=page.html",
      "--backup=before.db",
    ],
    exitCode: 1,
    most: 4000,
    files: ["bad.csv", "page.html", "before.db"],
    prepare: async (scratch) => {
      await prepare("import", scratch);
      scratch.write("rows.csv", rows());
    },
  },
  export: {
    args: ["export", ...LOGIN, "--file=out.csv", "--write=out.params"],
    exitCode: 0,
    most: 150,
    files: ["out.csv", "out.params"],
    prepare: (scratch) => prepare("undo", scratch),
  },
} as const satisfies Record<string, Work>;

/** A third of them in error: half of what is written is about these. */
function rows(): string {
  const row = (number: number) =>
    number % 3 === 0
      ? `Last${number},too short,${"y".repeat(200)}\n`
      : `Last${number},First,user${number}@example.com,MYCO,${"x".repeat(60)}\n`;
  return "name,first_name,email,org_id->code,function\n" +
    Array.from({ length: 1500 }, (_, index) => row(index)).join("");
}

/** What an undisturbed run leaves. */
interface Undisturbed {
  readonly before: Content;
  readonly after: Content;
  readonly texts: ReadonlyMap<string, string>;
  readonly milliseconds: number;
}

function undisturbed(work: Work): Promise<Undisturbed> {
  return withScratch(async (scratch) => {
    await work.prepare(scratch);
    const before = contentOf(scratch.path(DATABASE));
    const begin = performance.now();
    assertExit(await runProcess(work.args, { folder: scratch.folder }), work.exitCode);
    const milliseconds = performance.now() - begin;
    const texts = new Map(work.files.map((file) => [file, textOf(scratch.path(file)) ?? ""]));
    return { before, after: contentOf(scratch.path(DATABASE)), texts, milliseconds };
  });
}

function textOf(path: string): string | null {
  try {
    return new TextDecoder("latin1").decode(Deno.readFileSync(path));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

/** Whether a file that is there is whole. A page tells the time, and why a run was refused; a backup is one of either state. */
function isWhole(file: string, scratch: Scratch, { before, after, texts }: Undisturbed): boolean {
  const [path, expected] = [scratch.path(file), texts.get(file) ?? ""];
  if (file.endsWith(".html")) return textOf(path)?.endsWith("</html>\n") === true;
  if (!file.endsWith(".db")) return textOf(path) === expected;
  const content = String(contentOf(path));
  return flawsOfCopy(path).length === 0 && [String(before), String(after)].includes(content);
}

/** Looks at what was left, does it once more, and looks again. */
async function look(
  scratch: Scratch,
  { work, wanted, run, what, wasKilled }: {
    readonly work: Work;
    readonly wanted: Undisturbed;
    readonly run: ProgramRun;
    readonly what: string;
    readonly wasKilled: boolean;
  },
  trial: Trial,
): Promise<void> {
  const lost = (why: string) => trial.lost(`${what}: ${why}${describeRun({ ...run, stdout: "" })}`);
  trial.count(`ended with ${run.exitCode}`);
  const flaws = flawsOfCopy(scratch.path(DATABASE));
  if (flaws.length > 0) lost(`the database is damaged: ${flaws}`);
  const content = String(contentOf(scratch.path(DATABASE)));
  const isDone = content === String(wanted.after);
  if (!isDone && content !== String(wanted.before)) lost("the database is neither the one before nor the one after");
  const there = work.files.filter((file) => textOf(scratch.path(file)) !== null);
  for (const file of there.filter((one) => !isWhole(one, scratch, wanted))) lost(`${file} is half-written`);
  if (!wasKilled) { for (const file of litter(scratch)) lost(`${file} was left behind`); }
  if (/^ +at /m.test(run.stderr)) lost("a stack");
  if (run.exitCode === work.exitCode && !(isDone && there.length === work.files.length)) {
    lost("it says that it was done");
  }
  const isChanging = String(wanted.before) !== String(wanted.after);
  if (isChanging && isDone && ![work.exitCode, 137].includes(run.exitCode) && !run.stderr.includes("stays")) {
    lost("it does not say that the rows are there");
  }
  const next = await scratch.run(work.args);
  if (next.exitCode !== work.exitCode) lost(`the next run failed${describeRun(next)}`);
  for (const file of work.files) if (!isWhole(file, scratch, wanted)) lost(`the next run has left no whole ${file}`);
}

function litter({ folder }: Scratch): string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name).filter((name) => /\.(tmp|unfinished)$/.test(name));
}

for (const [name, work] of Object.entries(WORKS)) {
  torture({
    name: `side_disk_${name}`,
    title: `a full disk while files are written: ${name}`,
    unit: "sizes",
    short: 3,
    long: 80,
    async run(trial) {
      const missing = await smallDisksAreMissing();
      if (missing !== null) return trial.leftOut(missing);
      const wanted = await undisturbed(work);
      for (let index = 0; index < trial.amount; index++) {
        const part = (index + trial.random.part(index).fraction()) / trial.amount;
        const room = index === 0 ? 0 : Math.round(part * work.most);
        await withScratch(async (scratch) => {
          Deno.mkdirSync(scratch.path("files"));
          await work.prepare(within(scratch, "files"));
          const run = await runOnSmallDisk(work.args, { room, hasReport: false }, scratch);
          const what = `${room} KiB of room`;
          if (![work.exitCode, 73, 74].includes(run.exitCode)) trial.lost(`${what}: ${describeRun(run)}`);
          await look(within(scratch, "left"), { work, wanted, run, what, wasKilled: false }, trial);
        });
        trial.tried();
      }
    },
  });
  torture({
    name: `side_signal_${name}`,
    title: `SIGTERM or kill -9 while files are written: ${name}`,
    unit: "signals",
    short: 4,
    long: 120,
    async run(trial) {
      if (Deno.build.os === "windows") return trial.leftOut("Windows has no such signals");
      const wanted = await undisturbed(work);
      for (let index = 0; index < trial.amount; index++) {
        const chance = trial.random.part(index);
        const signal = index % 2 === 0 ? "SIGTERM" : "SIGKILL";
        const delay = wanted.milliseconds * (0.4 + 0.65 * (index + chance.fraction()) / trial.amount);
        await withScratch(async (scratch) => {
          await work.prepare(scratch);
          const running = startProcess(work.args, { folder: scratch.folder });
          await new Promise((resolve) => setTimeout(resolve, delay));
          send(running.child, signal);
          const run = await running.ended();
          const what = `${signal} ${index}, ${delay.toFixed(1)} ms after the start`;
          const ends = [work.exitCode, signal === "SIGTERM" ? 143 : 137];
          if (!ends.includes(run.exitCode)) trial.lost(`${what}: ${describeRun(run)}`);
          await look(scratch, { work, wanted, run, what, wasKilled: signal === "SIGKILL" }, trial);
        });
        trial.tried();
      }
    },
  });
}

function send(child: Deno.ChildProcess, signal: Deno.Signal): void {
  try {
    child.kill(signal);
  } catch (error) {
    // It had ended before.
    if (!(error instanceof TypeError)) throw error;
  }
}
