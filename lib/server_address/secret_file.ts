/** Small files that say how a server is reached. */
import { LARGEST_SETTINGS_FILE, readSmallFile } from "../source/small_file.ts";
import { systemReason } from "../messages/system_reason.ts";
import { pathFrom, type WorkingFolder } from "../working_folder.ts";
import type { AddressProblem, FileOfAddress, SecretFile } from "./address_problem.ts";

export type ReadText =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly problem: AddressProblem };

/** The whole file; where it is not needed, one that is missing is like an empty one. */
export async function readText(
  file: string,
  what: FileOfAddress,
  at: WorkingFolder,
  isNeeded: boolean,
): Promise<ReadText> {
  try {
    return { ok: true, text: new TextDecoder().decode(await readSmallFile(file, LARGEST_SETTINGS_FILE, at)) };
  } catch (error) {
    // Nothing else happens in here: whatever the reason, the file is not readable.
    const isMissing = error instanceof Deno.errors.NotFound;
    if (isMissing && !isNeeded) return { ok: true, text: "" };
    return {
      ok: false,
      problem: { kind: "unreadable_file", file, what, reason: isMissing ? null : systemReason(error) },
    };
  }
}

/** Those who are not the owner. */
const OTHERS = 0o077;

/** Null: nobody but its owner may read it, or nobody can tell, as on Windows. */
export function readableByOthers(file: string, what: SecretFile, at: WorkingFolder): AddressProblem | null {
  const { mode } = Deno.statSync(pathFrom(at, file));
  if (mode === null || Deno.build.os === "windows" || (mode & OTHERS) === 0) return null;
  return { kind: "secret_readable", file, what, mode: (mode & 0o777).toString(8).padStart(4, "0") };
}
