/** The text of a file that a parameter names, and that people write by hand. */
import type { StopMessage } from "../../errors.ts";
import { systemReason } from "../../messages/system_reason.ts";
import { readSmallFile } from "../../source/small_file.ts";
import type { WorkingFolder } from "../../working_folder.ts";
import type { ParameterName } from "../list/definitions.ts";
import { checkNeeded } from "../reading/check_parameters.ts";
import type { MergedParameters } from "../reading/merge_parameters.ts";
import type { ParameterProblem } from "../reading/parameter_problem.ts";
import { readNonEmpty } from "../reading/read_values.ts";
import { textLines } from "../reading/text_lines.ts";

export type GivenText =
  | { readonly ok: true; readonly file: string; readonly text: string }
  | { readonly ok: false; readonly problem: ParameterProblem };

/**
 * @param name a parameter that is given
 * @param largest in bytes
 * @param notUtf8 what is said of a file that is no text, and of the first line with such bytes, from 1
 */
export async function givenText(
  merged: MergedParameters,
  name: ParameterName,
  largest: number,
  notUtf8: (file: string, line: number) => StopMessage,
): Promise<GivenText> {
  const checked = checkNeeded(merged, name, readNonEmpty);
  if (!checked.ok) return checked;
  const { value: file } = checked;
  const bytes = await readBytes(file, largest, merged);
  if (!(bytes instanceof Uint8Array)) {
    const origin = merged.values.get(name)?.origin ?? { kind: "default" };
    return { ok: false, problem: { kind: "unreadable_file", parameter: name, file, origin, reason: bytes.reason } };
  }
  const text = textOf(bytes);
  if (text !== null) return { ok: true, file, text };
  const line = textLines(bytes).find((one) => one.text === null)?.line ?? 1;
  return { ok: false, problem: { kind: "wrong_file", ...notUtf8(file, line) } };
}

/** @returns or why not; null: there is no such file */
async function readBytes(
  file: string,
  largest: number,
  at: WorkingFolder,
): Promise<Uint8Array | { readonly reason: string | null }> {
  try {
    return await readSmallFile(file, largest, at);
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
