/** Files of rows in error that would get in each other's way, or in that of an input: a job that would lose some need not begin. */
import { databaseFiles } from "../databases/database_files.ts";
import type { ProgramIo } from "../io.ts";
import { withOrigin } from "../messages/jobs.ts";
import { rejectsIsOther, rejectsOfSeveral } from "../messages/rejects.ts";
import type { RejectsFile, RejectsPlace } from "../report/rejects/rejects_file.ts";
import { rejectsPlace, rejectsReport } from "../report/rejects/rejects_place.ts";
import { sameFileAmong } from "../same_file.ts";
import { pathFrom } from "../working_folder.ts";
import type { Job, JobImport } from "./job.ts";
import type { Mistakes } from "./mistakes.ts";

interface PlacedImport {
  readonly one: JobImport;
  readonly place: RejectsPlace;
}

/** The file of one import; undefined: it wants none. */
export function rejectsOfImport(job: Job, one: JobImport, io: ProgramIo): RejectsFile | undefined {
  return rejectsReport(rejecting(job, one, io));
}

/** Of all imports of all jobs, as they run one after the other. */
export async function checkRejects(jobs: readonly Job[], io: ProgramIo, mistakes: Mistakes): Promise<void> {
  const all = jobs.flatMap((job) => job.imports.map((one) => ({ one, place: rejectsPlace(rejecting(job, one, io)) })));
  const placed = all.filter((found): found is PlacedImport => found.place !== null);
  for (const [index, { one, place }] of placed.entries()) {
    const earlier = placed.slice(0, index);
    const same = await sameFileAmong(place.path, earlier.map((other) => other.place.path));
    const other = earlier.find((before) => before.place.path === same);
    if (other !== undefined) mistakes.add(rejectsOfSeveral(place.name, [other.one.paramFile, one.paramFile]));
    const inputs = all.filter(({ one: { settings } }) => settings.csvfile !== "-")
      .map(({ one: { settings } }) => pathFrom(io, settings.csvfile));
    if (await sameFileAmong(place.path, inputs) === null) continue;
    mistakes.add(
      withOrigin(rejectsIsOther(place.name, "the input of an import"), one.merged.values.get("rejects")?.origin),
    );
  }
}

function rejecting({ file }: Job, { settings, merged, paramFile }: JobImport, io: ProgramIo) {
  return { settings, merged, paramFiles: [paramFile], jobFile: file, database: databaseFiles(settings.database, io) };
}
