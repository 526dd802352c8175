/** Unknown classes are mistakes in files too, though only the databases know the classes. */
import { RunStop } from "../errors.ts";
import { withOrigin } from "../messages/jobs.ts";
import type { Model } from "../model/model.ts";
import { classProblems } from "../run/unknown_class.ts";
import { openToldStore } from "../databases/open_told_store.ts";
import type { Job, JobImport } from "./job.ts";
import { databasePath } from "./job_stores.ts";
import type { Mistakes } from "./mistakes.ts";

/** @returns what speaks against the first database that cannot be used; null: nothing */
export async function checkClasses(jobs: readonly Job[], mistakes: Mistakes): Promise<RunStop | null> {
  const models = new Map<string, Model | RunStop>();
  for (const one of jobs.flatMap((job) => job.imports)) {
    const path = databasePath(one);
    const model = models.get(path) ?? await modelOrStop(one);
    models.set(path, model);
    if (model instanceof RunStop) continue;
    for (const problem of classProblems(one.settings.class, model)) {
      mistakes.add(withOrigin(problem, one.merged.values.get("class")?.origin));
    }
  }
  return [...models.values()].find((model) => model instanceof RunStop) ?? null;
}

async function modelOrStop({ settings, merged }: JobImport): Promise<Model | RunStop> {
  try {
    const { workingFolder } = merged;
    const { database, busyTimeout: busyTimeoutSeconds, foreign } = settings;
    const options = { busyTimeoutSeconds, workingFolder, kind: merged.database, foreign };
    const store = await openToldStore(database, options);
    try {
      return await store.model();
    } finally {
      await store.close();
    }
  } catch (error) {
    if (error instanceof RunStop) return error;
    throw error;
  }
}
