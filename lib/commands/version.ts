/** `--version`. */
import type { ExitCode } from "../errors.ts";
import type { ProgramIo } from "../io.ts";
import { sqliteVersion } from "../databases/open_store.ts";
import { version } from "./help.ts";

export async function versionCommand(io: ProgramIo): Promise<ExitCode> {
  return await version(await sqliteVersion(), io);
}
