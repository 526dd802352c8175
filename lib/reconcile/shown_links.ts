/** Links in the form that a cell has. */
import type { AttributeCode, StoredValue } from "../model/model.ts";
import { idIn, type ObjectId } from "../store/object_id.ts";
import { writeLinkSetCell } from "../values/link_set_cell.ts";
import type { LinkClass } from "./link_item.ts";
import type { PresentLink } from "./present_links.ts";
import type { RunContext } from "./run_context.ts";

/** Objects that the user may not see, by the external key of the links that refers to them. */
export type HiddenIds = ReadonlyMap<AttributeCode, ReadonlySet<ObjectId>>;

export const NOTHING_HIDDEN: HiddenIds = new Map();

/** Of what links refer to. */
export async function hiddenIn(
  { someObjectsAreHidden, hiddenTargets }: RunContext,
  { attributes }: LinkClass,
  present: readonly PresentLink[],
): Promise<HiddenIds> {
  if (!someObjectsAreHidden) return NOTHING_HIDDEN;
  const hidden = new Map<AttributeCode, ReadonlySet<ObjectId>>();
  for (const [index, attribute] of attributes.entries()) {
    if (attribute.kind !== "external_key") continue;
    const ids = present.map(({ values }) => idIn(values[index]));
    hidden.set(attribute.code, await hiddenTargets.among(attribute.target, ids));
  }
  return hidden;
}

/** `'profileid:3';'reason:x'|…`: ids, and every value that is not empty; this form can be loaded again. */
export function showLinks(
  context: RunContext,
  links: LinkClass,
  shown: readonly { readonly values: readonly StoredValue[] }[],
  hidden: HiddenIds,
): string {
  return writeLinkSetCell(shown.map(({ values }) =>
    links.attributes.flatMap((attribute, index) => {
      const value = values[index] ?? null;
      if (attribute.kind === "external_key") {
        const id = idIn(value);
        const isNone = id === null || hidden.get(attribute.code)?.has(id) === true;
        // Where 0 may be an id, it does not stand for none.
        if (isNone && attribute.takesAnyId === true) return [];
        const shown = isNone ? 0 : context.store.shownId(attribute.target, id);
        return [{ attribute: attribute.code, value: String(shown) }];
      }
      return value === null || value === "" ? [] : [{ attribute: attribute.code, value: String(value) }];
    })
  ));
}
