/** `csvrecon model derive`: what is known of a database that csvrecon did not make, and an overlay to begin with. */
import type { ProgramIo } from "../io.ts";

/** @throws RunStop 64, 73, 75 or 78 */
export function derivedLines(_database: string, _io: ProgramIo): Promise<readonly string[]> {
  throw new Error("not built yet");
}
