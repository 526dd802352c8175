/** The parameter files of a job: named one by one, or by their folder. */
import { systemReason } from "../messages/system_reason.ts";
import { join } from "node:path";
import { jobFolderEmpty, jobImportMissing, jobImportUnreadable } from "../messages/jobs.ts";
import type { GivenValue } from "../parameters/reading/param_file.ts";
import type { Origin } from "../parameters/reading/parameter_problem.ts";
import { LARGEST_SETTINGS_FILE, readSmallFile } from "../source/small_file.ts";
import { pathFrom, type WorkingFolder } from "../working_folder.ts";
import type { Mistakes } from "./mistakes.ts";

export interface FoundParamFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Where the job file names it, or its folder. */
  readonly origin: Origin;
}

/** Hidden files are left out, as shells leave them out of `*.params`. */
const PARAM_FILE = /^[^.].*\.params$/;

/**
 * All files that can be read, in order; those of a folder by name, capitals before small letters whatever the language.
 * @param imports the values of `import`
 */
export async function readParamFilesOf(
  imports: readonly GivenValue[],
  at: WorkingFolder,
  mistakes: Mistakes,
): Promise<readonly FoundParamFile[]> {
  const found: FoundParamFile[] = [];
  for (const { text, origin } of imports) {
    for (const path of await filesOf(text, at, origin, mistakes)) {
      const bytes = await orMistake(path, origin, mistakes, () => readSmallFile(path, LARGEST_SETTINGS_FILE, at));
      if (bytes !== null) found.push({ path, bytes, origin });
    }
  }
  return found;
}

async function filesOf(
  path: string,
  at: WorkingFolder,
  origin: Origin,
  mistakes: Mistakes,
): Promise<readonly string[]> {
  const file = pathFrom(at, path);
  const info = await orMistake(path, origin, mistakes, () => Deno.stat(file));
  if (info === null) return [];
  if (!info.isDirectory) return [path];
  const entries = await orMistake(path, origin, mistakes, () => Array.fromAsync(Deno.readDir(file)));
  if (entries === null) return [];
  const names = entries.filter((entry) => !entry.isDirectory && PARAM_FILE.test(entry.name)).map(({ name }) => name);
  if (names.length === 0) mistakes.addFile(jobFolderEmpty(path, origin));
  return names.sort().map((name) => join(path, name));
}

async function orMistake<T>(
  path: string,
  origin: Origin,
  mistakes: Mistakes,
  act: () => Promise<T>,
): Promise<T | null> {
  try {
    return await act();
  } catch (error) {
    const reason = systemReason(error);
    const isMissing = error instanceof Deno.errors.NotFound;
    mistakes.addFile(isMissing ? jobImportMissing(path, origin) : jobImportUnreadable(path, origin, reason));
    return null;
  }
}
