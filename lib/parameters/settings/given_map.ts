/** Reads a map, from its file or as it was posted. */
import { readMap } from "../../mapping/read_map.ts";
import { mapNotUtf8, mapProblemMessage } from "../../messages/map.ts";
import { LARGEST_SETTINGS_FILE } from "../../source/small_file.ts";
import { checkNeeded } from "../reading/check_parameters.ts";
import type { MergedParameters } from "../reading/merge_parameters.ts";
import { readNonEmpty } from "../reading/read_values.ts";
import type { CheckedMap } from "./check_map.ts";
import { givenText } from "./given_text.ts";

/** What messages call a map that was posted. */
const POSTED = "mapdata";

export async function givenMap(merged: MergedParameters): Promise<CheckedMap> {
  if (!merged.values.has("map")) {
    const checked = checkNeeded(merged, "mapdata", readNonEmpty);
    return checked.ok ? mapOf(checked.value, POSTED) : { map: null, problems: [checked.problem] };
  }
  const given = await givenText(merged, "map", LARGEST_SETTINGS_FILE, mapNotUtf8);
  return given.ok ? mapOf(given.text, given.file) : { map: null, problems: [given.problem] };
}

function mapOf(text: string, file: string): CheckedMap {
  const read = readMap(text, file);
  if (read.ok) return { map: read.map, problems: [] };
  return {
    map: null,
    problems: read.problems.map((problem) => ({ kind: "wrong_file", ...mapProblemMessage(file, problem) })),
  };
}
