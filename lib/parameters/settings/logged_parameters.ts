/** What the change log keeps of the parameters. */
import type { ParameterName } from "../list/definitions.ts";
import { findParameter } from "../list/find_parameter.ts";
import type { MergedParameters } from "../reading/merge_parameters.ts";

/** The parameters with the values that counted, as typed, defaults included; secrets are left out. */
export function loggedParameters(merged: MergedParameters): ReadonlyMap<ParameterName, string> {
  const open = [...merged.values].filter(([name]) => findParameter(name)?.secret === false);
  return new Map(open.map(([name, value]) => [name, value.text]));
}
