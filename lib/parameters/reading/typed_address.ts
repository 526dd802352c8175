/** The address of a server in place of the path of a database: what is wrong with it is told before anything else is done or shown. */
import { namesServer } from "../../server_address/postgres_address.ts";
import type { ParameterName } from "../list/definitions.ts";
import { DATABASE_PARAMETERS } from "./named_server.ts";
import type { GivenValue } from "./param_file.ts";
import type { FileMistake } from "./parameter_problem.ts";

/** Null: nothing is wrong, or no server is named. What reads addresses is loaded when there is one. */
export async function addressMistake(values: ReadonlyMap<ParameterName, GivenValue>): Promise<FileMistake | null> {
  const addresses = DATABASE_PARAMETERS.map((name) => values.get(name)?.text ?? "").filter(namesServer);
  if (addresses.length === 0) return null;
  const { splitAddress } = await import("../../server_address/split_address.ts");
  const [problem] = addresses.flatMap((address) => splitAddress(address).problems);
  if (problem === undefined) return null;
  const { addressProblem } = await import("../../messages/server_address.ts");
  return { kind: "wrong_file", ...addressProblem(problem) };
}
