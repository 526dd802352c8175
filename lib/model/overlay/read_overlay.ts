/** From the text of an overlay to what it says, or to all that is wrong with it. Tables and columns are looked up by `deriveModel`. */
import { checkOverlayShape } from "../checks/check_overlay_shape.ts";
import { INVALID } from "../checks/check_shape.ts";
import type { AttributeOverlay, ClassOverlay, Overlay } from "../derive/overlay_type.ts";
import { aliasesOf, labelsOf } from "../file/labels.ts";
import { DEFAULT_LANGUAGES } from "../file/model_file.ts";
import { parseModelText } from "../file/parse_model_text.ts";
import { enumValues } from "../file/resolve_attribute.ts";
import { checkOverlayMeaning } from "./check_overlay_meaning.ts";
import type { AttributeOverlayEntry, ClassOverlayEntry, OverlayFile } from "./overlay_file.ts";
import type { OverlayFileProblem } from "./overlay_file_problem.ts";

export type OverlayReading =
  | { readonly ok: true; readonly overlay: Overlay }
  /** At least one. */
  | { readonly ok: false; readonly problems: readonly OverlayFileProblem[] };

/** Nobody reads more. */
const MOST_PROBLEMS = 1000;

export function readOverlay(text: string): OverlayReading {
  const parsed = parseModelText(text);
  if (!parsed.ok) return { ok: false, problems: [parsed.problem] };
  const problems: OverlayFileProblem[] = [...parsed.repeated];
  const report = (problem: OverlayFileProblem) => {
    if (problems.length < MOST_PROBLEMS) problems.push(problem);
  };
  const shaped = checkOverlayShape(parsed.value, report);
  if (shaped === INVALID) return { ok: false, problems };
  const file = shaped as OverlayFile;
  checkOverlayMeaning(file, report);
  return problems.length > 0 ? { ok: false, problems } : { ok: true, overlay: overlayOf(file) };
}

function overlayOf({ classes }: OverlayFile): Overlay {
  return { classes: mapped(classes, classOf) };
}

/** A table or a column may be called like anything that objects have by themselves, `__proto__` too. */
function mapped<From, To>(
  entries: { readonly [name: string]: From },
  make: (entry: From) => To,
): { readonly [name: string]: To } {
  return Object.fromEntries(Object.entries(entries).map(([name, entry]) => [name, make(entry)]));
}

function classOf(entry: ClassOverlayEntry): ClassOverlay {
  const { labels, reconciliation_keys: reconciliationKeys, friendly_name: friendlyName, hidden, attributes } = entry;
  return {
    ...(labels === undefined ? {} : { labels: labelsOf(labels, DEFAULT_LANGUAGES) }),
    ...(reconciliationKeys === undefined ? {} : { reconciliationKeys }),
    ...(friendlyName === undefined ? {} : { friendlyName }),
    ...(hidden === undefined ? {} : { hidden }),
    ...(attributes === undefined ? {} : { attributes: mapped(attributes, attributeOf) }),
  };
}

function attributeOf(entry: AttributeOverlayEntry): AttributeOverlay {
  const { labels, aliases, values, ...same } = entry;
  return {
    ...same,
    ...(labels === undefined ? {} : { labels: labelsOf(labels, DEFAULT_LANGUAGES) }),
    ...(aliases === undefined ? {} : { aliases: aliasesOf(aliases, DEFAULT_LANGUAGES) }),
    ...(values === undefined ? {} : { values: enumValues(values, DEFAULT_LANGUAGES) }),
  };
}
