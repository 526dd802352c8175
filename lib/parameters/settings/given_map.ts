/** Reads a map, from its file or as it was posted. */
import { readMap } from "../../mapping/read_map.ts";
import { mapNotUtf8, mapProblemMessage } from "../../messages/map.ts";
import { LARGEST_SETTINGS_FILE, readSmallFile } from "../../source/small_file.ts";
import { checkNeeded } from "../reading/check_parameters.ts";
import type { GivenValue } from "../reading/param_file.ts";
import type { MergedParameters } from "../reading/merge_parameters.ts";
import type { ParameterProblem } from "../reading/parameter_problem.ts";
import { readNonEmpty } from "../reading/read_values.ts";
import { textLines } from "../reading/text_lines.ts";
import { systemReason } from "../../messages/system_reason.ts";
import type { WorkingFolder } from "../../working_folder.ts";
import type { CheckedMap } from "./check_map.ts";

/** What messages call a map that was posted. */
const POSTED = "mapdata";

export async function givenMap(merged: MergedParameters): Promise<CheckedMap> {
  const name = merged.values.has("map") ? "map" : "mapdata";
  const checked = checkNeeded(merged, name, readNonEmpty);
  if (!checked.ok) return { map: null, problems: [checked.problem] };
  if (name === "mapdata") return mapOf(checked.value, POSTED);
  const given = merged.values.get(name);
  if (given === undefined) throw new Error("a value that was checked is there");
  return await mapIn(given, checked.value, merged);
}

async function mapIn(given: GivenValue, file: string, merged: MergedParameters): Promise<CheckedMap> {
  const bytes = await readBytes(file, merged);
  if (!(bytes instanceof Uint8Array)) {
    return failed({ kind: "unreadable_file", parameter: "map", file, origin: given.origin, reason: bytes.reason });
  }
  const text = textOf(bytes);
  if (text !== null) return mapOf(text, file);
  const line = textLines(bytes).find((one) => one.text === null)?.line ?? 1;
  return failed({ kind: "wrong_map", ...mapNotUtf8(file, line) });
}

function mapOf(text: string, file: string): CheckedMap {
  const read = readMap(text, file);
  if (read.ok) return { map: read.map, problems: [] };
  return {
    map: null,
    problems: read.problems.map((problem) => ({ kind: "wrong_map", ...mapProblemMessage(file, problem) })),
  };
}

function failed(problem: ParameterProblem): CheckedMap {
  return { map: null, problems: [problem] };
}

/** @returns or why not; null: there is no such file */
async function readBytes(file: string, at: WorkingFolder): Promise<Uint8Array | { readonly reason: string | null }> {
  try {
    return await readSmallFile(file, LARGEST_SETTINGS_FILE, at);
  } catch (error) {
    // Nothing else happens in here: whatever the reason, the file is not readable.
    return { reason: error instanceof Deno.errors.NotFound ? null : systemReason(error) };
  }
}

/** Without its byte order mark; null: it is no UTF-8. */
function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return null;
  }
}
