/** Whether a database of a command is on a server: else it needs no network. */
import type { ProgramIo } from "../../io.ts";
import { namesServer } from "../../server_address/postgres_address.ts";
import type { ParameterName } from "../list/definitions.ts";
import { environmentVariable, findParameter } from "../list/find_parameter.ts";
import type { MergedParameters } from "./merge_parameters.ts";
import type { TypedArguments } from "./parse_arguments.ts";

/** The parameters that name one. */
export const DATABASE_PARAMETERS = ["db", "from", "to"] as const satisfies readonly ParameterName[];

/** As far as that can be told before a file is read: what neither the command line nor the environment says, param files and jobs may say. */
export function mayNameServer({ command, values }: TypedArguments, { env }: Pick<ProgramIo, "env">): boolean {
  const named = DATABASE_PARAMETERS.filter((name) => findParameter(name)?.uses[command] !== undefined);
  if (named.some((name) => namesServer(values.get(name) ?? ""))) return true;
  const parameter = findParameter("db");
  if (parameter?.uses[command] === undefined) return false;
  const variable = environmentVariable(parameter);
  const database = values.get("db") ?? (variable === null ? undefined : env(variable));
  return database === undefined ? values.has("param_file") || command === "run" : namesServer(database);
}

/** The same when all is read. */
export function isOnServer({ values }: Pick<MergedParameters, "values">): boolean {
  return DATABASE_PARAMETERS.some((name) => namesServer(values.get(name)?.text ?? ""));
}
