/** Reads a job file and the parameter files that it names. */
import { databaseKind } from "../databases/database_kind.ts";
import { serverPlace } from "../databases/server_place.ts";
import { RunStop } from "../errors.ts";
import { systemReason } from "../messages/system_reason.ts";
import { fileStem } from "../file_stem.ts";
import type { ProgramIo } from "../io.ts";
import { jobFileMissing, jobFileUnreadable, jobWithoutImports } from "../messages/jobs.ts";
import type { ParameterName } from "../parameters/list/definitions.ts";
import { checkImport } from "../parameters/settings/import_settings.ts";
import { addressMistake } from "../parameters/reading/typed_address.ts";
import { withDatabaseKind } from "../parameters/settings/database_kind.ts";
import { parseJobFile } from "../parameters/reading/job_file.ts";
import { checkJob, type JobSettings } from "../parameters/settings/job_settings.ts";
import { fromCommandLine, fromEnvironment, type Level, mergeLevels } from "../parameters/reading/merge_parameters.ts";
import { parseParamFile } from "../parameters/reading/param_file.ts";
import { namesServer } from "../server_address/postgres_address.ts";
import { LARGEST_SETTINGS_FILE, readSmallFile } from "../source/small_file.ts";
import type { WorkingFolder } from "../working_folder.ts";
import type { Job, JobImport } from "./job.ts";
import { type FoundParamFile, readParamFilesOf } from "./job_param_files.ts";
import type { Mistakes } from "./mistakes.ts";

/** What the imports of a job are given beside their parameter files. */
interface Surroundings extends WorkingFolder, Pick<ProgramIo, "env"> {
  readonly jobFile: string;
  /** What wins over the parameter files, the first most. */
  readonly above: readonly Level[];
  /** What they win over. */
  readonly below: Level;
}

/**
 * The job with those of its imports that are right; null when not even its own parameters are.
 * @param typed from the command line
 */
export async function readJob(
  file: string,
  typed: ReadonlyMap<ParameterName, string>,
  { env, workingFolder }: Pick<ProgramIo, "env" | "workingFolder">,
  mistakes: Mistakes,
): Promise<Job | null> {
  const bytes = await readBytes(file, { workingFolder }, mistakes);
  if (bytes === null) return null;
  const { values, imports, problems } = parseJobFile(bytes, file);
  mistakes.addProblems(problems);
  if (imports.length === 0) mistakes.add(jobWithoutImports(file));
  const checked = checkJob(mergeLevels("run", [fromCommandLine(typed), values]), fileStem(file));
  if (!checked.ok) mistakes.addProblems(checked.problems);
  const surroundings = {
    workingFolder,
    env,
    jobFile: file,
    above: [withoutSimulate(fromCommandLine(typed)), fromEnvironment("import", env)],
    below: withoutSimulate(values),
  };
  const read: JobImport[] = [];
  for (const paramFile of await readParamFilesOf(imports, { workingFolder }, mistakes)) {
    const one = await readImport(paramFile, surroundings, mistakes);
    if (one !== null) read.push(one);
  }
  if (!checked.ok) return null;
  const { settings } = checked;
  return { file, settings, imports: read.map((one) => asPartOf(settings, one)) };
}

/** The parameter is the job's: it simulates all of its imports, whatever their files say. */
function withoutSimulate(level: Level): Level {
  return new Map([...level].filter(([name]) => name !== "simulate"));
}

async function readImport(
  { path, bytes, origin }: FoundParamFile,
  { workingFolder, env, jobFile, above, below }: Surroundings,
  mistakes: Mistakes,
): Promise<JobImport | null> {
  const paramFile = parseParamFile(bytes, path, "import");
  const own: Level = new Map([["param_file", { text: path, origin }]]);
  const given = { ...mergeLevels("import", [own, ...above, paramFile.values, below]), workingFolder };
  const mistake = await addressMistake(given.values);
  if (mistake !== null) {
    mistakes.addImportProblems([mistake], path, jobFile);
    return null;
  }
  const merged = withDatabaseKind(
    given,
    (place, busyTimeoutSeconds) => databaseKind(place, { busyTimeoutSeconds, workingFolder }),
  );
  const checked = await checkImport({ ...merged, problems: [...paramFile.problems, ...merged.problems] });
  if (checked.ok) {
    const { settings } = checked;
    const place = await placeAtServer(settings.database, { workingFolder, env });
    return { paramFile: path, merged, settings, serverPlace: place, isSimulatedAlone: settings.simulate };
  }
  mistakes.addImportProblems(checked.problems, path, jobFile);
  return null;
}

/** Null: the database is a file. */
async function placeAtServer(
  database: string,
  world: Pick<ProgramIo, "env" | "workingFolder">,
): Promise<string | null> {
  if (!namesServer(database)) return null;
  try {
    return await serverPlace(database, world);
  } catch (error) {
    // To open it will tell why.
    if (error instanceof RunStop) return database;
    throw error;
  }
}

/** JSON cannot be mixed with anything else. */
function asPartOf(job: JobSettings, { settings, ...rest }: JobImport): JobImport {
  const output = job.output === "json" ? "json" : settings.output;
  return { ...rest, settings: { ...settings, output, simulate: settings.simulate || job.simulate } };
}

async function readBytes(file: string, at: WorkingFolder, mistakes: Mistakes): Promise<Uint8Array | null> {
  try {
    return await readSmallFile(file, LARGEST_SETTINGS_FILE, at);
  } catch (error) {
    const reason = systemReason(error);
    const isMissing = error instanceof Deno.errors.NotFound;
    mistakes.addFile(isMissing ? jobFileMissing(file) : jobFileUnreadable(file, reason));
    return null;
  }
}
