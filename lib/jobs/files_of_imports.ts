/** The files that imports of jobs write: those that would get in each other's way, or in that of an input, need not begin. */
import { databaseFiles } from "../databases/database_files.ts";
import type { StopMessage } from "../errors.ts";
import type { ProgramIo } from "../io.ts";
import type { FileUse } from "../messages/files_in_use.ts";
import { withOrigin } from "../messages/jobs.ts";
import { pageIsOther, pageOfSeveral } from "../messages/page.ts";
import { rejectsIsOther, rejectsOfSeveral } from "../messages/rejects.ts";
import type { PageFile } from "../report/page/page_file.ts";
import { pagePlace, pageReport } from "../report/page/page_place.ts";
import type { RejectsFile } from "../report/rejects/rejects_file.ts";
import { rejectsPlace, rejectsReport } from "../report/rejects/rejects_place.ts";
import type { ReportPlace } from "../report/report_place.ts";
import { sameFileAmong } from "../same_file.ts";
import { pathFrom } from "../working_folder.ts";
import type { Job, JobImport } from "./job.ts";
import type { Mistakes } from "./mistakes.ts";

/** The parameters that name files, and what is said of them. */
const KINDS = [
  { parameter: "rejects", placeOf: rejectsPlace, isOther: rejectsIsOther, ofSeveral: rejectsOfSeveral },
  { parameter: "report", placeOf: pagePlace, isOther: pageIsOther, ofSeveral: pageOfSeveral },
] as const;

interface PlacedFile {
  readonly one: JobImport;
  readonly place: ReportPlace;
  readonly parameter: "rejects" | "report";
  isOther(file: string, use: FileUse): StopMessage;
  ofSeveral(file: string, paramFiles: readonly string[]): StopMessage;
}

/** The rows in error of one import; undefined: it wants no file of them. */
export function rejectsOfImport(job: Job, one: JobImport, io: ProgramIo): RejectsFile | undefined {
  return rejectsReport(writing(job, one, io));
}

/** The page of one import; undefined: it wants none. @param spoolFolder where temporary files may be made */
export function pageOfImport(job: Job, one: JobImport, io: ProgramIo, spoolFolder: string): PageFile | undefined {
  return pageReport(writing(job, one, io), io.now(), spoolFolder);
}

/** Of all imports of all jobs, as they run one after the other. */
export async function checkFiles(jobs: readonly Job[], io: ProgramIo, mistakes: Mistakes): Promise<void> {
  const all = jobs.flatMap((job) => job.imports.map((one) => ({ one, files: filesOf(job, one, io) })));
  const inputs = all.filter(({ one: { settings } }) => settings.csvfile !== "-")
    .map(({ one: { settings } }) => pathFrom(io, settings.csvfile));
  const placed = all.flatMap(({ files }) => files);
  for (const [index, file] of placed.entries()) {
    const { one, place, parameter } = file;
    const earlier = placed.slice(0, index).filter((other) => other.one !== one);
    const same = await sameFileAmong(place.path, earlier.map((other) => other.place.path));
    const other = earlier.find((before) => before.place.path === same);
    if (other !== undefined) mistakes.add(file.ofSeveral(place.name, [other.one.paramFile, one.paramFile]));
    if (await sameFileAmong(place.path, inputs) === null) continue;
    const origin = one.merged.values.get(parameter)?.origin;
    mistakes.add(withOrigin(file.isOther(place.name, "input_of_another"), origin));
  }
}

function filesOf(job: Job, one: JobImport, io: ProgramIo): readonly PlacedFile[] {
  return KINDS.flatMap(({ placeOf, ...kind }) => {
    const place = placeOf(writing(job, one, io));
    return place === null ? [] : [{ ...kind, one, place }];
  });
}

function writing({ file }: Job, { settings, merged, paramFile }: JobImport, io: ProgramIo) {
  return { settings, merged, paramFiles: [paramFile], jobFile: file, database: databaseFiles(settings.database, io) };
}
