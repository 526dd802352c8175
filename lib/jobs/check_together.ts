/** What single imports do not show: whether the imports of a job, and jobs, go together. */
import {
  atomicContinues,
  differsForOneDatabase,
  oneBackupForSeveral,
  oneFeedForSeveral,
  severalDatabases,
  simulatedInAtomic,
  standardInputTwice,
} from "../messages/jobs.ts";
import { comparedForm } from "../compared_text.ts";
import { rejectsOutputInJob } from "../messages/rejects.ts";
import { isOneTransaction, type Job, type JobImport } from "./job.ts";
import { backupPlace, databasePath, inputPlace } from "./job_stores.ts";
import type { Mistakes } from "./mistakes.ts";
import type { ParameterName } from "../parameters/list/definitions.ts";
import type { ForeignSettings } from "../parameters/settings/settings.ts";

export function checkTogether(jobs: readonly Job[], mistakes: Mistakes): void {
  for (const job of jobs) {
    if (printsRejects(job)) mistakes.add(rejectsOutputInJob(job.settings.name, job.file));
    if (job.settings.atomic) checkAtomic(job, mistakes);
    if (isOneTransaction(job)) checkDatabase(job, mistakes);
    checkBackups(job, mistakes);
    checkForeign(job, mistakes);
    checkFeeds(job, mistakes);
  }
  const readers = jobs.flatMap((job) => job.imports).filter(({ settings }) => settings.csvfile === "-");
  if (readers.length > 1) mistakes.add(standardInputTwice(readers.map(({ paramFile }) => paramFile)));
}

/** Rows of several files are no file. */
function printsRejects({ settings, imports }: Job): boolean {
  return settings.output === "rejects" || imports.some((one) => one.settings.output === "rejects");
}

function checkAtomic({ file, settings, imports }: Job, mistakes: Mistakes): void {
  if (settings.onFailure === "continue") mistakes.add(atomicContinues(settings.name, file));
  // A simulated job simulates all of them.
  if (settings.simulate) return;
  for (const { paramFile, merged, settings: own } of imports) {
    if (!own.simulate) continue;
    mistakes.add(simulatedInAtomic(settings.name, paramFile, merged.values.get("simulate")?.origin));
  }
}

function checkDatabase({ settings, imports }: Job, mistakes: Mistakes): void {
  const paths = new Map(imports.map((one) => [databasePath(one), one.settings.database]));
  if (paths.size > 1) mistakes.add(severalDatabases(settings.name, [...paths.values()]));
}

/** A copy of one database must not take the place of that of another one. */
function checkBackups({ settings, imports }: Job, mistakes: Mistakes): void {
  for (const [place, those] of Map.groupBy(imports, backupPlace)) {
    const paths = new Map(those.map((one) => [databasePath(one), one.settings.database]));
    const backup = those[0]?.settings.backup ?? null;
    if (place !== null && backup !== null && paths.size > 1) {
      mistakes.add(oneBackupForSeveral(settings.name, backup, [...paths.values()]));
    }
  }
}

/** Imports of a job that name one database have it open together. */
function checkForeign({ settings, imports }: Job, mistakes: Mistakes): void {
  for (const those of Map.groupBy(imports, databasePath).values()) {
    const differing = FOREIGN.filter(([, of]) => new Set(those.map((one) => of(one.settings.foreign))).size > 1);
    const database = those[0]?.settings.database ?? "";
    if (differing.length > 0) {
      mistakes.add(differsForOneDatabase(settings.name, database, differing.map(([name]) => name)));
    }
  }
}

/** What is asked of a database that csvrecon did not make, as something to compare. */
const FOREIGN: readonly (readonly [ParameterName, (foreign: ForeignSettings | null) => unknown])[] = [
  ["model", (foreign) => foreign?.overlay?.text],
  ["change_log", (foreign) => foreign?.changeLog],
  ["foreign_keys", (foreign) => foreign?.foreignKeys],
];

/** What one file of a feed lacks is gone, be it in the next one: several files of a job are no feed together. The same file may come twice. */
function checkFeeds({ settings, imports }: Job, mistakes: Mistakes): void {
  const nameOf = (one: JobImport) => {
    const { feed, class: code } = one.settings;
    return feed === null ? null : JSON.stringify([comparedForm(feed.source), code, databasePath(one)]);
  };
  for (const [name, those] of Map.groupBy(imports, nameOf)) {
    const feed = those[0]?.settings.feed ?? null;
    if (name === null || feed === null || new Set(those.map(inputPlace)).size < 2) continue;
    const code = those[0]?.settings.class ?? "";
    mistakes.add(oneFeedForSeveral(settings.name, feed.source, code, those.map(({ paramFile }) => paramFile)));
  }
}
