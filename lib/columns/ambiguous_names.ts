/** Names that seem to mean an external key, and mean none: what is said of them. */
import type { StopMessage } from "../errors.ts";
import * as sentences from "../messages/columns.ts";
import { foldCase } from "../model/look_up.ts";
import type { ModelClass } from "../model/model.ts";

const ARROW = "->";

/** Null: it is no such name. */
export function noKeyCalled(modelClass: ModelClass, name: string): StopMessage | null {
  const ways = waysToWrite(modelClass, name);
  if (ways !== null) return sentences.nameOfSeveralKeys(name, ways);
  const columns = columnsOfJointKey(modelClass, name);
  return columns === null ? null : sentences.keyOfSeveralColumns(name, columns);
}

/** How else each of the keys is written that a name may mean, with what stands behind an arrow; null: it is no such name. */
function waysToWrite({ ambiguousNames }: ModelClass, name: string): readonly string[] | null {
  if (ambiguousNames === undefined) return null;
  const arrow = name.indexOf(ARROW);
  const [key, behind] = arrow < 0 ? [name, ""] : [name.slice(0, arrow), name.slice(arrow)];
  const ways = ambiguousNames.get(foldCase(name)) ?? null;
  if (ways !== null) return ways;
  return ambiguousNames.get(foldCase(key))?.map((way) => way + behind) ?? null;
}

/** Null: nothing stands behind an arrow, or the key before it is no such one. */
function columnsOfJointKey({ jointKeyNames }: ModelClass, name: string): readonly string[] | null {
  const arrow = name.indexOf(ARROW);
  return arrow < 0 ? null : jointKeyNames?.get(foldCase(name.slice(0, arrow))) ?? null;
}
