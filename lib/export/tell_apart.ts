/** Whether some attributes tell all objects of a class from each other, as an import will look for them. */
import { withoutBlankEnds } from "../compared_text.ts";
import type { AttributeCode, ClassCode, StoredValue } from "../model/model.ts";
import { idIn, type ObjectId } from "../store/object_id.ts";
import type { ExportContext } from "./export_context.ts";
import { KeyForms } from "./key_forms.ts";

/** One of the attributes, as the import has it. */
export interface TellingPart {
  readonly code: AttributeCode;
  /** What is the same for the import is the same text; empty: there is no value. Undefined: the import finds nobody by that. */
  form(value: StoredValue): string | undefined;
  /** The class of what the value refers to, where columns behind an arrow say what that is: nobody finds what they may not see. */
  readonly target?: ClassCode;
}

/** Parts their forms. */
const BETWEEN = "\u0000";

/**
 * Whether the parts together tell all objects of the class apart that the user may see; none of them may have nothing in all parts, as that
 * identifies nobody.
 */
export async function tellApart(
  { store, hiddenTargets, breath }: ExportContext,
  code: ClassCode,
  parts: readonly TellingPart[],
): Promise<boolean> {
  const list = store.list({ class: code, orderedBy: [], read: parts.map((part) => part.code) });
  const forms = new KeyForms();
  const ways = parts.flatMap(({ target }, place) => target === undefined ? [] : [place]);
  for await (const page of list.pages()) {
    const ids = parts.map((): (ObjectId | null)[] => []);
    for (const object of page) {
      const values = object.values ?? await list.valuesOf(object);
      const form = formOf(parts, values);
      if (form === null || !forms.add(form)) return false;
      for (const place of ways) ids[place]?.push(idIn(values[place]));
    }
    for (const place of ways) {
      const target = parts[place]?.target;
      if (target !== undefined && (await hiddenTargets.among(target, ids[place] ?? [])).size > 0) return false;
    }
    if (breath.isDue) await breath.take();
  }
  return forms.areDistinct();
}

/** Null: nobody is found by it. */
function formOf(parts: readonly TellingPart[], values: readonly StoredValue[]): string | null {
  let all = "";
  let isEmpty = true;
  for (let index = 0; index < parts.length; index++) {
    const form = parts[index]?.form(values[index] ?? null);
    if (form === undefined) return null;
    isEmpty &&= form === "" || withoutBlankEnds(form) === "";
    all += form + BETWEEN;
  }
  return isEmpty ? null : all;
}
