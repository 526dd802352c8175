/** A database that is named by the address of its server. Loaded by who has such a name only. */
import { EXIT, RunStop } from "../../errors.ts";
import { addressProblem } from "../../messages/server_address.ts";
import type { PostgresAddress } from "../../server_address/postgres_address.ts";
import { readAddress } from "../../server_address/read_address.ts";
import type { WorkingFolder } from "../../working_folder.ts";

/** What tells more of a server than its name does. */
export interface ServerWorld extends WorkingFolder {
  /** The environment; left out: that of the process. */
  readonly env?: ((name: string) => string | undefined) | undefined;
}

/** @throws RunStop 64 with all that is wrong with the address */
export async function addressOf(
  text: string,
  { workingFolder, env = processEnv }: ServerWorld,
): Promise<PostgresAddress> {
  const read = await readAddress(text, { workingFolder, env });
  if (!read.ok) throw new RunStop(EXIT.usage, read.problems.map(addressProblem));
  return read.value;
}

/** Where temporary files are made: there is nothing beside a server. */
export function temporaryFolder({ env = processEnv }: ServerWorld): string {
  return Deno.build.os === "windows" ? env("TEMP") ?? "." : env("TMPDIR") ?? "/tmp";
}

function processEnv(name: string): string | undefined {
  return Deno.env.get(name);
}
