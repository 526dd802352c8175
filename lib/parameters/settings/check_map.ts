/** The map of an import: read and checked with the parameters, as far as it can be without a file and a class. */
import type { MapFile } from "../../mapping/map_file.ts";
import type { MergedParameters } from "../reading/merge_parameters.ts";
import type { ParameterProblem } from "../reading/parameter_problem.ts";

export interface CheckedMap {
  /** Null: there is none, or it is wrong. */
  readonly map: MapFile | null;
  readonly problems: readonly ParameterProblem[];
}

const NO_MAP: CheckedMap = { map: null, problems: [] };

/** Few imports have one: what reads it is loaded when it is needed. */
export async function checkMap(merged: MergedParameters): Promise<CheckedMap> {
  const { values } = merged;
  if (!values.has("map") && !values.has("mapdata")) return NO_MAP;
  const { givenMap } = await import("./given_map.ts");
  return await givenMap(merged);
}
