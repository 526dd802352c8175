/** Objects that the run created, where others may have written them since without an entry in the log. */
import { classOf } from "../model/look_up.ts";
import type { AttributeCode, StoredValue } from "../model/model.ts";
import { loggedValue } from "../store/logged_value.ts";
import { changeOf, shown, type UndoContext } from "./undo_context.ts";
import type { DeletionStep } from "./undo_step.ts";

/** Those that are as they were made, as far as the log knows; the others are told. @param steps of objects of one class that are there */
export async function objectsAsMade(
  context: UndoContext,
  steps: readonly DeletionStep[],
): Promise<readonly DeletionStep[]> {
  const codes = [...new Set(steps.flatMap(({ made }) => [...made?.keys() ?? []]))];
  const [first] = steps;
  if (first === undefined || codes.length === 0) return steps;
  const { attributes } = classOf(context.model, first.class);
  const read = codes.filter((code) => attributes.has(code));
  const values = await context.stored.read(first.class, steps.map(({ id }) => id), read);
  return steps.filter((step) => {
    const now = new Map(read.map((code, place) => [code, values.get(step.id)?.[place] ?? null]));
    if (isAsMade(context, step, now)) return true;
    context.telling.kept({
      object: shown(context, step),
      change: changeOf(step),
      reason: { kind: "edited_elsewhere" },
    });
    return false;
  });
}

function isAsMade(
  { model }: UndoContext,
  { class: code, made = new Map() }: DeletionStep,
  now: ReadonlyMap<AttributeCode, StoredValue>,
): boolean {
  const { attributes } = classOf(model, code);
  return [...made].every(([name, text]) => {
    const attribute = attributes.get(name);
    // A second reading of the file fills keys of what it has made, without an entry for it.
    if (attribute === undefined || (attribute.kind === "external_key" && text === null)) return true;
    return (loggedValue(attribute, now.get(name) ?? null) ?? "") === (text ?? "");
  });
}
