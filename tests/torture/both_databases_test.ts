/** A PostgreSQL server comes to the same as a file of SQLite: what random files, and what else is done to random models, tell and store. */
import { readModel } from "../../lib/model/file/read_model.ts";
import { withConnection, withDatabase } from "../helpers/postgres_databases.ts";
import { POSTGRES_RELEASES } from "../helpers/postgres_release.ts";
import { withScratch } from "../helpers/scratch.ts";
import { BothLaboratory, Different, doSomethingElse } from "./both_laboratory.ts";
import { ENTANGLED_CLASSES, entangledModel } from "./entangled_model.ts";
import { firstFiles } from "./entangled_world.ts";
import type { Random } from "./random.ts";
import { TAGS, TARGETS } from "./random_file.ts";
import { LOADED_CLASSES, randomModel } from "./random_model.ts";
import { torture, type Trial } from "./torture.ts";
import { withDependants, writeSomething } from "./undo_files.ts";
import { wildFile } from "./wild_file.ts";

/** Into each model. */
const FILES = 8;

interface Try {
  readonly trial: Trial;
  readonly random: Random;
  readonly lab: BothLaboratory;
}

const [release] = POSTGRES_RELEASES;

/** @param tryModel has `FILES` files loaded @throws Different */
function compared(name: string, title: string, short: number, tryModel: (one: Try) => Promise<void>): void {
  torture({
    name,
    title: `${title}: a server comes to the same as a file`,
    unit: "files",
    short,
    long: 320,
    async run(trial) {
      if (release === undefined) return trial.leftOut("PostgreSQL");
      for (let number = 0; number * FILES < trial.amount; number++) {
        const random = trial.random.part(number);
        await withScratch((scratch) =>
          withDatabase(release, (address) =>
            withConnection(address, async (observer) => {
              try {
                await tryModel({ trial, random, lab: new BothLaboratory(scratch, observer, random.part("told")) });
              } catch (error) {
                if (!(error instanceof Different)) throw error;
                trial.lost(`model ${number}: ${error.message}`);
              }
            }))
        );
      }
    },
  });
}

compared(
  "both_databases",
  "random files into random models whose objects hang together, undone and told",
  16,
  async ({ trial, random, lab }) => {
    const model = entangledModel(random);
    const reading = readModel(JSON.stringify(model));
    if (!reading.ok) throw new Error(JSON.stringify(reading));
    const count = random.chance(0.03) ? 550 : random.int(4, 9);
    await lab.init(model);
    for (const { class: code, csv, params } of firstFiles(random, count)) await lab.run(lab.file, code, csv, params);
    const others = random.part("others");
    for (let index = 0; index < FILES; index++) {
      const { class: code, csv, params } = wildFile(reading.model, random, count);
      await explain(lab, others, [code, csv, params]);
      // A server is asked about the next group while one is worked.
      const options = others.chance(0.7) ? { rowsTogether: others.int(1, 3) } : {};
      countStatus(trial, await lab.run(lab.file, code, csv, params, options));
      trial.tried();
      await doSomethingElse(lab, others, ENTANGLED_CLASSES);
    }
  },
);

compared(
  "both_databases_kinds",
  "random files into random models with all kinds of attributes, with feeds and targets to come, undone and told",
  8,
  async ({ trial, random, lab }) => {
    const model = randomModel(random);
    await lab.init(withDependants(model));
    for (const [code, names] of [["Target", TARGETS], ["Tag", TAGS]] as const) {
      await lab.run(lab.file, code, `name\n${[...new Set(names)].join("\n")}\n`);
    }
    for (let index = 0; index < FILES; index++) {
      for (const run of await writeSomething({ lab, model, random, database: lab.file }, index === 0)) {
        countStatus(trial, run);
      }
      trial.tried();
      await doSomethingElse(lab, random.part(`others ${index}`), [...LOADED_CLASSES, "Note", "Remark", "Target"]);
    }
  },
);

/** Looks at a row before its file is loaded, now and then. */
async function explain(
  lab: BothLaboratory,
  random: Random,
  [code, csv, params]: readonly [string, string, Readonly<Record<string, string>>],
): Promise<void> {
  if (!random.chance(0.2)) return;
  const { second_pass, create_targets, reconciliationkeys } = params;
  const given = Object.entries({ second_pass, create_targets, reconciliationkeys })
    .flatMap(([name, value]) => value === undefined ? [] : [`--${name}=${value}`]);
  const file = lab.scratch.write("explained.csv", csv);
  await lab.command(["check", `--csvfile=${file}`, `--class=${code}`, "--no_localize=1"]);
  const row = ["--no_localize=1", `--line=${random.int(2, 4)}`, `--output=${random.pick(["summary", "json"])}`];
  await lab.command(["explain", `--csvfile=${file}`, `--class=${code}`, ...row, ...given]);
}

function countStatus(trial: Trial, { exitCode }: { readonly exitCode: number }): void {
  trial.count(`ended with ${exitCode}`);
}
