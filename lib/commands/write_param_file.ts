/** Writes what `check` found out as a parameter file, to start from. */
import { EXIT, RunStop, type StopMessage } from "../errors.ts";
import { systemReason } from "../messages/system_reason.ts";
import type { ProgramIo } from "../io.ts";
import { databaseKind } from "../databases/database_kind.ts";
import { databaseFiles } from "../databases/database_files.ts";
import type { Inspection } from "../inspect/inspection.ts";
import { mapDraft } from "../inspect/map_draft.ts";
import { paramText } from "../inspect/param_text.ts";
import type { SuggestedParameter } from "../inspect/suggested_parameters.ts";
import { aside } from "../messages/aside.ts";
import { paramFileExists, paramFileNotMade, paramFileNotWritten, paramFileOfDatabase } from "../messages/check.ts";
import { mapDraftText } from "../messages/check_map.ts";
import { paramFileLines, paramFileWritten } from "../messages/check_params.ts";
import { writeNewFile } from "./new_file.ts";
import type { CheckSettings } from "../parameters/settings/check_settings.ts";
import { pathFrom } from "../working_folder.ts";

/** Seconds. */
const BUSY_TIMEOUT = 10;

export interface FoundOut {
  readonly settings: Pick<CheckSettings, "file" | "database">;
  readonly inspection: Inspection;
  readonly parameters: readonly SuggestedParameter[];
}

/** Looks before the file is read, so that nobody waits in vain. @throws RunStop 64 when the name is taken, or that of a file of the database */
export function requireFreeName(path: string, database: string, io: ProgramIo): void {
  const file = pathFrom(io, path);
  const [own, ...others] = databaseFiles(database, io).map((one) => pathFrom(io, one));
  if (own === file || others.includes(file)) throw new RunStop(EXIT.usage, [paramFileOfDatabase(path)]);
  try {
    Deno.lstatSync(file);
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) throw new RunStop(EXIT.usage, [notMade(path, error)]);
    // Nothing there, or out of reach: to make the file will tell which.
    return;
  }
  throw new RunStop(EXIT.usage, [paramFileExists(path)]);
}

/** Says on standard error what became of it. @throws RunStop 64 when somebody else took the name in between; 74 when it cannot be written */
export async function writeParamFile(path: string, found: FoundOut, io: ProgramIo): Promise<void> {
  const { settings, inspection, parameters } = found;
  if (inspection.table === null) {
    await io.stderr.write(aside(paramFileNotWritten(path)) + "\n");
    return;
  }
  const file = settings.file === "-" ? null : settings.file;
  const map = await writeMap(path, found, io);
  const all = map === null ? parameters : [...parameters, { name: "map" as const, value: map, isDefault: false }];
  const { database } = settings;
  const hasNoUsers = databaseKind(database, { ...io, busyTimeoutSeconds: BUSY_TIMEOUT }) === "foreign";
  const lines = paramFileLines({ file, database, hasNoUsers, inspection, parameters: all });
  await writeNew(path, paramText(lines), io);
  const missing = lines.flatMap((line) => line.kind === "to_do" && TO_BE_FILLED.has(line.name) ? [line.name] : []);
  await io.stderr.write(aside(paramFileWritten(path, map, missing)) + "\n");
}

/** A map beside the parameter file, where the class does not know all columns and words. @returns its name; null: there is none */
async function writeMap(path: string, { inspection, parameters }: FoundOut, io: ProgramIo): Promise<string | null> {
  const draft = parameters.some(({ name }) => name === "map") ? null : mapDraft(inspection);
  if (draft === null) return null;
  const map = path.replace(/\.params$/, "") + ".map.json";
  await writeNew(map, mapDraftText(draft), io);
  return map;
}

async function writeNew(path: string, text: string, io: ProgramIo): Promise<void> {
  try {
    await writeNewFile(pathFrom(io, path), text);
  } catch (error) {
    if (error instanceof Deno.errors.AlreadyExists) throw new RunStop(EXIT.usage, [paramFileExists(path)]);
    throw new RunStop(EXIT.reportNotWritable, [notMade(path, error)], { cause: error });
  }
}

function notMade(path: string, error: unknown): StopMessage {
  return paramFileNotMade(path, systemReason(error));
}

/** No import runs without these. */
const TO_BE_FILLED: ReadonlySet<string> = new Set(["csvfile", "class", "header", "auth_user", "auth_pwd_file"]);
