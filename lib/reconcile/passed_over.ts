/** Rows that are passed over for what they find (SPEC 17, `on_missing=skip` and `on_found=skip`). */
import type { KeyTarget } from "./key_target.ts";
import type { AskedRow } from "./row_questions.ts";
import type { RunContext } from "./run_context.ts";

/** Why: the row found no object, or it found one. */
export type PassedOver = "missing" | "found";

/**
 * Null: the row is not passed over. A row whose keys cannot be read, or mean several objects, is in error whatever is to become of others.
 * What else is wrong with a row that is passed over is not told: nothing of it is wanted.
 */
export function passedOver({ plan, onMissing, onFound }: RunContext, row: AskedRow): PassedOver | null {
  if (row.form !== null) return null;
  if (row.match?.kind === "one") return onFound === "skip" ? "found" : null;
  if (onMissing !== "skip" || row.match?.kind === "several" || hasBadKey(plan, row)) return null;
  return row.match !== null || lacksTarget(plan, row) ? "missing" : null;
}

type Plan = RunContext["plan"];

function hasBadKey({ keys }: Plan, { read }: AskedRow): boolean {
  return keys.some((key) => key.kind === "attribute" && read.problems.has(key.cell));
}

/** Whether what an external key among the keys refers to is not there: then no object can have these keys. */
function lacksTarget({ keys, externalKeys }: Plan, { targets }: AskedRow): boolean {
  const unresolved = keys.flatMap((key) => {
    if (key.kind !== "external_key") return [];
    const target = targets[externalKeys.indexOf(key.columns)];
    return target === undefined || target.ok ? [] : [target];
  });
  // An `id` that is none cannot be told apart from a mistake.
  return unresolved.length > 0 && keys.every(({ kind }) => kind !== "id") && unresolved.every(isNotFound);
}

function isNotFound({ problem: { kind } }: Extract<KeyTarget, { readonly ok: false }>): boolean {
  return kind === "no_match" || kind === "no_objects" || kind === "hidden_objects" || kind === "no_visible_objects";
}
