/** `--version`. */
import type { ExitCode } from "../errors.ts";
import type { ProgramIo } from "../io.ts";
import { sqliteVersion } from "../databases/sqlite_version.ts";
import { version } from "./help.ts";

export async function versionCommand(io: ProgramIo): Promise<ExitCode> {
  return await version(sqliteVersion(), io);
}
