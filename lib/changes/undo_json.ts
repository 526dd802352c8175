/**
 * The report of an undo for programs: JSON Lines. First one line for each part of the run, by `type`:
 *
 * - `reversed`: `class`, `id`, `done` (`deleted`, `set_back`, `created_again`), `attributes` of what was set back;
 * - `kept`: `class`, `id`, `change` (`creation`, `update`, `deletion`), `attributes`, `reason` (`edited`, `deleted`, `edited_elsewhere`,
 *   `deleted_elsewhere`, `password`), `by` (the later run: `change`, `user`, null if it is not to be told, `date`; null where no run is known), `text`;
 * - `impossible`: the same with `reason` as `ImpossibleReason.kind` has it, its facts under `facts`, and `text`.
 *
 * At the end one line with `type` `undo`: `version`, `change` (the run that was taken back), `simulate`, `undo` (the id of the undo in the log;
 * null: nothing was written), `counts` (`remembered`, of a run with a feed only: objects of which the
 * run's feed remembers again what it did before), `part_hidden`, `exit_code`. Fields may be added; `version` changes when one changes its meaning. A
 * run that is refused is one line with `type` `refused`, as that of an import. `report/undo.schema.json` says the same for programs.
 */
import { impossibleText, keptText } from "../messages/undo.ts";
import { visibleJson } from "../messages/visible_text.ts";
import type { Impossible, Kept, LeftChange, Reversed, ShownObject } from "./undo_outcome.ts";

export const UNDO_JSON_VERSION = 1;

export function jsonReversed({ object, reversal }: Reversed): string {
  const attributes = reversal.kind === "set_back" ? { attributes: reversal.attributes } : {};
  return visibleJson({ type: "reversed", ...objectOf(object), done: reversal.kind, ...attributes });
}

export function jsonKept(kept: Kept): string {
  const { object, change, reason } = kept;
  const by = "by" in reason ? { change: reason.by.id, user: reason.by.user, date: reason.by.date.toISOString() } : null;
  return visibleJson({
    type: "kept",
    ...objectOf(object),
    ...changeOf(change),
    reason: reason.kind,
    by,
    text: keptText(kept),
  });
}

export function jsonImpossible(impossible: Impossible): string {
  const { object, change, reason } = impossible;
  const { kind, ...facts } = reason;
  const text = impossibleText(impossible);
  return visibleJson({ type: "impossible", ...objectOf(object), ...changeOf(change), reason: kind, facts, text });
}

function objectOf({ class: code, id }: ShownObject): { readonly class: string; readonly id: ShownObject["id"] } {
  return { class: code, id };
}

function changeOf(change: LeftChange): Record<string, unknown> {
  return { change: change.kind, attributes: change.kind === "update" ? change.attributes : [] };
}
