/** Entries of a case log stay as they are: whoever exports a log, edits an entry and loads it would add the whole log to itself. */
import { beginsWithEntryOf, newestEntry } from "./case_log.ts";
import type { WriteProblem } from "./problems.ts";
import type { CheckedObject, RunContext } from "./run_context.ts";

/** Says which of an object's logs a row would have other entries; null: the file has no case logs. */
export function createCaseLogCheck(
  { plan }: RunContext,
): ((object: CheckedObject) => readonly WriteProblem[]) | null {
  const codes = plan.direct.flatMap(({ attribute }) =>
    attribute !== "id" && attribute.kind === "case_log" ? [attribute.code] : []
  );
  if (codes.length === 0) return null;
  return ({ write }) =>
    codes.flatMap((attribute): WriteProblem[] => {
      const change = write.changes.get(attribute);
      const added = change === undefined ? null : newestEntry(String(change.after));
      const isEdited = added !== null && beginsWithEntryOf(String(change?.before ?? ""), added);
      return isEdited ? [{ kind: "log_entry_changed", attribute }] : [];
    });
}
