/** What an earlier undo of the same run could not do when it created an object again: keys to what was not there yet. */
import { classOf } from "../model/look_up.ts";
import type { ObjectHistory } from "./edits_since.ts";
import type { UndoContext } from "./undo_context.ts";
import type { CreationStep, UpdateStep } from "./undo_step.ts";

/** @param history of the object since the run @returns what is left to do; null: nothing, or others have written these keys since */
export async function keysLeftEmpty(
  { model, stored }: UndoContext,
  { class: code, id, position, values, exact }: CreationStep,
  history: ObjectHistory,
): Promise<UpdateStep | null> {
  const { attributes } = classOf(model, code);
  const keys = [...values].filter(([key, text]) => {
    const attribute = attributes.get(key);
    const mayBeEmpty = attribute?.kind === "external_key" && attribute.nullAllowed;
    return mayBeEmpty && text !== null && history.attribute(key).kind === "stands";
  });
  if (keys.length === 0) return null;
  const now = (await stored.read(code, [id], keys.map(([key]) => key))).get(id);
  const left = keys.filter((_, place) => now?.[place] === null);
  if (left.length === 0) return null;
  return {
    kind: "update",
    class: code,
    id,
    position,
    attributes: new Map(left.map(([key, before]) => [key, { before, after: null, exact: exact.get(key) }])),
  };
}
