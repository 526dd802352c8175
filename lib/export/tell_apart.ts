/** Whether some attributes tell all objects of a class from each other, as an import will look for them. */
import { withoutBlankEnds } from "../compared_text.ts";
import type { AttributeCode, ClassCode, StoredValue } from "../model/model.ts";
import type { ExportContext } from "./export_context.ts";
import { KeyForms } from "./key_forms.ts";

/** One of the attributes, as the import has it. */
export interface TellingPart {
  readonly code: AttributeCode;
  /** What is the same for the import is the same text; empty: there is no value. Undefined: the import finds nobody by that. */
  form(value: StoredValue): string | undefined;
}

/** Parts their forms. */
const BETWEEN = "\u0000";

/**
 * Whether the parts together tell all objects of the class apart that the user may see; none of them may have nothing in all parts, as that
 * identifies nobody.
 */
export async function tellApart(
  { store, breath }: ExportContext,
  code: ClassCode,
  parts: readonly TellingPart[],
): Promise<boolean> {
  const list = store.list({ class: code, orderedBy: [], read: parts.map((part) => part.code) });
  const forms = new KeyForms();
  for await (const page of list.pages()) {
    for (const object of page) {
      const form = formOf(parts, object.values ?? await list.valuesOf(object));
      if (form === null || !forms.add(form)) return false;
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
