/** The address of a server in place of the path of a database: what is wrong with it is told before anything else is done or shown. */
import { namesServer, otherScheme } from "../../server_address/postgres_address.ts";
import type { AddressProblem } from "../../server_address/address_problem.ts";
import type { ParameterName } from "../list/definitions.ts";
import { DATABASE_PARAMETERS } from "./named_server.ts";
import type { GivenValue } from "./param_file.ts";
import type { FileMistake } from "./parameter_problem.ts";

/** Null: nothing is wrong, or no server is named. What reads addresses is loaded when there is one. */
export async function addressMistake(values: ReadonlyMap<ParameterName, GivenValue>): Promise<FileMistake | null> {
  const named = DATABASE_PARAMETERS.map((name) => values.get(name)?.text ?? "");
  const problem = schemeProblem(named) ?? await problemIn(named.filter(namesServer));
  if (problem === null) return null;
  const { addressProblem } = await import("../../messages/server_address.ts");
  return { kind: "wrong_file", ...addressProblem(problem) };
}

function schemeProblem(named: readonly string[]): AddressProblem | null {
  const scheme = named.map(otherScheme).find((found) => found !== null);
  return scheme === undefined ? null : { kind: "other_scheme", scheme };
}

async function problemIn(addresses: readonly string[]): Promise<AddressProblem | null> {
  if (addresses.length === 0) return null;
  const { splitAddress } = await import("../../server_address/split_address.ts");
  return addresses.flatMap((address) => splitAddress(address).problems)[0] ?? null;
}
