/** Tells the texts that a run writes to those who look for them by their spellings. */
import { isPlainText } from "../../compared_text.ts";
import { classOf } from "../../model/look_up.ts";
import type { Mapping } from "../../store/layout.ts";
import type { NewObject, ObjectUpdate } from "../../store/objects.ts";
import { writtenColumn } from "../sql/obsolescence.ts";
import type { Steps } from "../shared/steps.ts";
import type { WrittenSpellings } from "./written_spellings.ts";

/** @param objects of one class, with the same attributes */
export function* tellNewTexts(
  mapping: Mapping,
  spellings: WrittenSpellings,
  objects: readonly NewObject[],
): Steps<void> {
  const { model, layout } = mapping;
  const [first] = objects;
  if (first === undefined) return;
  const table = layout.tableOf(first.class).name;
  spellings.created(table);
  const others: string[] = [];
  for (let place = 0; place < first.attributes.length; place++) {
    const name = writtenColumn(layout, classOf(model, first.class), first.attributes[place] ?? "");
    if (!spellings.isUsed(table, name)) continue;
    for (const { values } of objects) {
      const value = values[place];
      if (typeof value === "string" && !isPlainText(value)) others.push(value);
    }
  }
  if (others.length > 0) yield* spellings.add(others);
}

/** Those of updates in columns that no trigger looks after. */
export function* tellUntoldTexts(
  { model, layout }: Mapping,
  spellings: WrittenSpellings,
  updates: readonly ObjectUpdate[],
): Steps<void> {
  const others = updates.flatMap(({ class: code, changes }) => {
    const table = layout.tableOf(code).name;
    return changes.flatMap(({ attribute, newValue }) => {
      if (typeof newValue !== "string" || isPlainText(newValue)) return [];
      return spellings.isUntold(table, writtenColumn(layout, classOf(model, code), attribute)) ? [newValue] : [];
    });
  });
  if (others.length > 0) yield* spellings.add(others);
}

/** A trigger notes the texts of columns by which runs look. */
export function tellChangedTexts(spellings: WrittenSpellings, { changes }: ObjectUpdate): void {
  spellings.updated(changes.every(({ newValue }) => typeof newValue !== "string" || isPlainText(newValue)));
}
