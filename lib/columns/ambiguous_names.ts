/** Names that several external keys of a class could have, such as that of a table to which two of them lead: each is written otherwise. */
import { foldCase } from "../model/look_up.ts";
import type { ModelClass } from "../model/model.ts";

const ARROW = "->";

/** How else each of the keys is written that a name may mean, with what stands behind an arrow; null: it is no such name. */
export function waysToWrite({ ambiguousNames }: ModelClass, name: string): readonly string[] | null {
  if (ambiguousNames === undefined) return null;
  const arrow = name.indexOf(ARROW);
  const [key, behind] = arrow < 0 ? [name, ""] : [name.slice(0, arrow), name.slice(arrow)];
  const ways = ambiguousNames.get(foldCase(name)) ?? null;
  if (ways !== null) return ways;
  return ambiguousNames.get(foldCase(key))?.map((way) => way + behind) ?? null;
}
