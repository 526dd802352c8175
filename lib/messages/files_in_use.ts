/** Files that no report may take the place of, in words. */

/** What a run, or its job, uses a file for. */
export type FileUse =
  | "input"
  | "input_of_another"
  | "database"
  | "param_file"
  | "password_file"
  | "backup"
  | "job_file"
  | "rejects";

const USES: Readonly<Record<FileUse, string>> = {
  input: "the input",
  input_of_another: "the input of an import",
  database: "a file of the database",
  param_file: "a parameter file",
  password_file: "the password file",
  backup: "the backup",
  job_file: "the job file",
  rejects: "the file of rows in error",
};

/** As in: `'a.csv' is the input`. */
export function fileUse(use: FileUse): string {
  return USES[use];
}
