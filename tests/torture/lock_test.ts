/** Several programs and one database: never twins, never half a run seen, and a clear answer when it takes too long. */
import { DatabaseSync } from "node:sqlite";
import { runProcess, startProcess } from "../helpers/program_process.ts";
import { describeRun, type Scratch, withScratch } from "../helpers/scratch.ts";
import { copyWorld } from "../helpers/world.ts";
import { contentOf, flawsOfCopy } from "./content.ts";
import { DATABASE } from "./undertakings.ts";
import { torture } from "./torture.ts";

const ROWS = 400;
const LOAD = [
  `--db=${DATABASE}`,
  "--auth_user=admin",
  "--auth_pwd=admin",
  "--class=Organization",
  "--csvfile=many.csv",
  "--reconciliationkeys=Code",
];

async function withMany<T>(use: (scratch: Scratch) => Promise<T>): Promise<T> {
  return await withScratch(async (scratch) => {
    await copyWorld(scratch, DATABASE);
    const rows = Array.from({ length: ROWS }, (_, row) => `Organisation ${row},C${row}\n`);
    scratch.write("many.csv", "Name,Code\n" + rows.join(""));
    return await use(scratch);
  });
}

/** How many organisations a reader sees, and how many runs the log knows. */
function seenBy(reader: DatabaseSync): string {
  const row = reader.prepare("SELECT (SELECT count(*) FROM organization) AS n, (SELECT count(*) FROM change) AS c")
    .get();
  return `${row?.["n"]} ${row?.["c"]}`;
}

function seen(scratch: Scratch): string {
  const reader = new DatabaseSync(scratch.path(DATABASE), { readOnly: true });
  try {
    return seenBy(reader);
  } finally {
    reader.close();
  }
}

torture({
  name: "twins",
  title: "two equal imports started together",
  unit: "pairs",
  short: 20,
  long: 100,
  async run({ random, amount, tried, count, lost }) {
    for (let index = 0; index < amount; index++) {
      const chance = random.part(index);
      await withMany(async (scratch) => {
        const before = seen(scratch);
        const timeouts = [chance.pick([0, 0.02, 30]), chance.pick([0, 0.02, 30])];
        const runs = await Promise.all(
          timeouts.map((seconds) => runProcess([...LOAD, `--busy_timeout=${seconds}`], { folder: scratch.folder })),
        );
        const after = before.split(" ").map(Number).map((number, part) => number + (part === 0 ? ROWS : 1)).join(" ");
        const told = `pair ${index}, waiting ${timeouts} s${runs.map(describeRun).join("\n")}`;
        for (const { exitCode } of runs) {
          count(`ended with ${exitCode}`);
          if (![0, 1, 75].includes(exitCode)) lost(`${told}: not 0, 1 or 75`);
        }
        if (!runs.some(({ exitCode }) => exitCode === 0)) lost(`${told}: none came to its end`);
        if (seen(scratch) !== after) lost(`${told}: ${seen(scratch)} instead of ${after}`);
        const flaws = flawsOfCopy(scratch.path(DATABASE));
        if (flaws.length > 0) lost(`${told}: ${flaws.join("; ")}`);
      });
      tried();
    }
  },
});

torture({
  name: "reader",
  title: "a reader in a loop beside an import, which must see none of it or all of it",
  unit: "imports",
  short: 3,
  long: 40,
  async run({ amount, tried, count, lost }) {
    for (let index = 0; index < amount; index++) {
      await withMany(async (scratch) => {
        const reader = new DatabaseSync(scratch.path(DATABASE), { readOnly: true });
        const answers = new Set([seenBy(reader)]);
        let isOver = false;
        const ended = runProcess(LOAD, { folder: scratch.folder }).finally(() => isOver = true);
        while (!isOver) {
          answers.add(seenBy(reader));
          count("reads");
          await new Promise((resolve) => setTimeout(resolve, 0));
        }
        const run = await ended;
        answers.add(seenBy(reader));
        reader.close();
        if (run.exitCode !== 0) lost(`import ${index}: the reader was in its way${describeRun(run)}`);
        if (answers.size !== 2) lost(`import ${index}: the reader saw ${[...answers].join(", ")}`);
      });
      tried();
    }
  },
});

torture({
  name: "locked",
  title: "another writer for longer and for shorter than busy_timeout",
  unit: "locks",
  short: 4,
  long: 40,
  async run({ random, amount, tried, count, lost }) {
    for (let index = 0; index < amount; index++) {
      const isLonger = index % 2 === 0;
      const held = random.part(index).int(100, 1500);
      await withMany(async (scratch) => {
        const before = contentOf(scratch.path(DATABASE));
        const writer = new DatabaseSync(scratch.path(DATABASE));
        writer.exec("BEGIN IMMEDIATE");
        const running = startProcess([...LOAD, `--busy_timeout=${isLonger ? held / 1000 : 60}`], {
          folder: scratch.folder,
        });
        const ended = running.ended();
        await (isLonger ? ended : new Promise((resolve) => setTimeout(resolve, held + 500)));
        writer.exec("ROLLBACK");
        writer.close();
        const run = await ended;
        const what = `lock ${index}, ${held} ms ${isLonger ? "longer" : "shorter"} than the wait${describeRun(run)}`;
        count(isLonger ? "refused" : "waited for");
        if (run.exitCode !== (isLonger ? 75 : 0)) lost(what);
        if (isLonger && !run.stderr.includes("locked by another writer")) lost(`${what}: the lock is not told`);
        if (isLonger && String(contentOf(scratch.path(DATABASE))) !== String(before)) lost(`${what}: it wrote`);
      });
      tried();
    }
  },
});
