/** A password, given in clear or by a file whose first line it is. */
import { systemReason } from "../../messages/system_reason.ts";
import { LARGEST_SETTINGS_FILE, readSmallFile } from "../../source/small_file.ts";
import type { ParameterName } from "../list/definitions.ts";
import { type Checked, checkNeeded, textFault, wrongValue } from "../reading/check_parameters.ts";
import type { MergedParameters } from "../reading/merge_parameters.ts";
import type { ReadValue } from "../reading/read_values.ts";
import { textLines } from "../reading/text_lines.ts";
import type { WorkingFolder } from "../../working_folder.ts";

/**
 * The password: the value of `name`, else the first line of the file that `fileName` names, without its line end.
 * @param read what a password must be
 */
export async function checkPassword(
  merged: MergedParameters,
  name: ParameterName,
  fileName: ParameterName,
  read: (typed: string) => ReadValue<string>,
): Promise<Checked<string>> {
  const file = merged.values.get(fileName);
  if (file === undefined || merged.values.has(name)) return checkNeeded(merged, name, read);
  const bytes = await readBytes(file.text, merged);
  if (!(bytes instanceof Uint8Array)) {
    const { reason } = bytes;
    return {
      ok: false,
      problem: { kind: "unreadable_file", parameter: fileName, file: file.text, origin: file.origin, reason },
    };
  }
  const first = textLines(bytes)[0]?.text;
  if (first === null) return { ok: false, problem: { kind: "not_utf_8", file: file.text, line: 1 } };
  if (first === undefined || first === "") {
    return wrongValue(merged, fileName, { kind: "no_password_in_file", file: file.text });
  }
  const fault = textFault(name, first);
  return fault === null ? { ok: true, value: first } : wrongValue(merged, fileName, fault);
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
