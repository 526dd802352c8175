/** Sentences about runs that did more than their caller allows. */
import type { StopMessage } from "../errors.ts";
import type { ExceededLimit } from "../report/run_facts.ts";

/** Why a run was taken back, and what to do. */
export function limitExceeded({ limit, typed, found, most, of }: ExceededLimit, modelClass: string): StopMessage {
  const parameter = `${limit}=${typed}`;
  if (limit === "max_errors") {
    const rows = of === null ? counted(found, "row") : `${found} of ${counted(of, "row")}`;
    return {
      text: `#Limit exceeded: ${rows} ${
        found === 1 ? "is" : "are"
      } in error, and ${parameter} allows ${most}. Nothing was written`,
      hint: "output=errors shows why they are. Mend them, or allow more with max_errors",
    };
  }
  if (limit === "gone_limit") {
    const objects = of === null ? counted(found, "object") : `${found} of the ${counted(of, "object")} of the feed`;
    return {
      text: `#Limit exceeded: ${objects} ${found === 1 ? "is" : "are"} gone, and ${parameter} allows ${most}. ` +
        "Nothing was written",
      hint: "output=details shows them. Is the file whole? If it is, allow more with gone_limit",
    };
  }
  const allowed = of === null ? `${most}` : `${most} of the ${counted(of, "object")} of ${modelClass}`;
  return {
    text:
      `#Limit exceeded: ${counted(found, "object")} would be updated or deleted, and ${parameter} allows ${allowed}. ` +
      "Nothing was written",
    hint:
      "output=details shows the rows. Is it the right file, with the right keys? If it is, allow more with max_changes",
  };
}

function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? "" : "s"}`;
}
