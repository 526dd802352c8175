/** Where a report of an import is written as a file, by a parameter that names it or a folder. */
import { join } from "node:path";
import type { FileUse } from "../messages/files_in_use.ts";
import type { MergedParameters } from "../parameters/reading/merge_parameters.ts";
import type { ImportSettings } from "../parameters/settings/settings.ts";
import { pathFrom } from "../working_folder.ts";

export interface ReportPlace {
  /** As messages and reports name it. */
  readonly name: string;
  /** For the system. */
  readonly path: string;
  /** Files that it must not be. */
  readonly others: readonly OtherFile[];
}

export interface OtherFile {
  /** For the system. */
  readonly path: string;
  readonly use: FileUse;
}

/** An import that asks for such files, or does not. */
export interface ReportingImport {
  readonly settings: Pick<ImportSettings, "csvfile">;
  readonly merged: MergedParameters;
  /** Paths of the database's own files, for the system. */
  readonly database: readonly string[];
  /** As they were typed, the one that is the import's own last. */
  readonly paramFiles: readonly string[];
  /** Of the job; left out: it is in none. As it was typed. */
  readonly jobFile?: string;
}

/**
 * @param typed the parameter; null: no such file is asked for, and there is no place
 * @param fileName what the file in a folder is called, after a parameter file or the input
 */
export function reportPlace(
  typed: string | null,
  fileName: (source: string) => string,
  wanted: ReportingImport,
): ReportPlace | null {
  if (typed === null) return null;
  const { settings: { csvfile }, merged, paramFiles } = wanted;
  const name = isFolder(typed, merged) ? join(typed, fileName(paramFiles.at(-1) ?? csvfile)) : typed;
  return { name, path: pathFrom(merged, name), others: othersOf(wanted) };
}

function isFolder(typed: string, merged: MergedParameters): boolean {
  if (/[/\\]$/.test(typed)) return Deno.build.os === "windows" || typed.endsWith("/");
  try {
    return Deno.statSync(pathFrom(merged, typed)).isDirectory;
  } catch {
    // To write there will tell what is wrong.
    return false;
  }
}

function othersOf(
  { settings: { csvfile }, merged, database, jobFile, paramFiles }: ReportingImport,
): readonly OtherFile[] {
  const typed = (path: string | undefined, use: FileUse) =>
    path === undefined || path === "-" || path === "" ? [] : [{ path: pathFrom(merged, path), use }];
  return [
    ...typed(csvfile, "input"),
    ...database.map((path) => ({ path, use: "database" as const })),
    ...paramFiles.flatMap((file) => typed(file, "param_file")),
    ...typed(merged.values.get("auth_pwd_file")?.text, "password_file"),
    ...typed(merged.values.get("backup")?.text, "backup"),
    ...typed(jobFile, "job_file"),
  ];
}
