/** Where the rows in error of an import are written, by its parameter `rejects`. */
import { join } from "node:path";
import type { MergedParameters } from "../../parameters/reading/merge_parameters.ts";
import type { ImportSettings } from "../../parameters/settings/settings.ts";
import { pathFrom } from "../../working_folder.ts";
import { fileName } from "./rejected_file_name.ts";
import { type OtherFile, RejectsFile, type RejectsPlace } from "./rejects_file.ts";

/** An import that asks for such a file, or does not. */
export interface RejectingImport {
  readonly settings: Pick<ImportSettings, "rejects" | "csvfile">;
  readonly merged: MergedParameters;
  /** Paths of the database's own files, for the system. */
  readonly database: readonly string[];
  /** As they were typed, the one that is the import's own last. */
  readonly paramFiles: readonly string[];
  /** Of the job; left out: it is in none. As it was typed. */
  readonly jobFile?: string;
}

/** The report of the file; undefined: none is asked for. */
export function rejectsReport(wanted: RejectingImport): RejectsFile | undefined {
  const place = rejectsPlace(wanted);
  return place === null ? undefined : new RejectsFile(place);
}

/** Null: none is asked for. */
export function rejectsPlace(wanted: RejectingImport): RejectsPlace | null {
  const { settings: { rejects, csvfile }, merged, paramFiles } = wanted;
  if (rejects === null) return null;
  const name = isFolder(rejects, merged) ? join(rejects, fileName(paramFiles.at(-1) ?? csvfile)) : rejects;
  return { name, path: pathFrom(merged, name), others: othersOf(wanted) };
}

function isFolder(rejects: string, merged: MergedParameters): boolean {
  if (/[/\\]$/.test(rejects)) return Deno.build.os === "windows" || rejects.endsWith("/");
  try {
    return Deno.statSync(pathFrom(merged, rejects)).isDirectory;
  } catch {
    // To write there will tell what is wrong.
    return false;
  }
}

function othersOf(
  { settings: { csvfile }, merged, database, jobFile, paramFiles }: RejectingImport,
): readonly OtherFile[] {
  const typed = (path: string | undefined, what: string) =>
    path === undefined || path === "-" || path === "" ? [] : [{ path: pathFrom(merged, path), what }];
  return [
    ...typed(csvfile, "the input"),
    ...database.map((path) => ({ path, what: "a file of the database" })),
    ...paramFiles.flatMap((file) => typed(file, "a parameter file")),
    ...typed(merged.values.get("auth_pwd_file")?.text, "the password file"),
    ...typed(jobFile, "the job file"),
  ];
}
