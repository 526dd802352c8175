/** Names of columns behind several arrows: `Place->Parent->Name` (SPEC 16). They are too many to be listed, so each is followed when it is met. */
import { classOf, foldCase } from "../model/look_up.ts";
import type { Attribute, ExternalKeyAttribute, Model, ModelClass } from "../model/model.ts";
import { nearestName } from "../nearest_name.ts";
import { type ColumnTarget, isPartOfKey, namesOf, type Naming, throughTo } from "./known_columns.ts";

/** Of any name. */
export const MOST_ARROWS = 3;
const ARROW = "->";

/** What a name with two or three arrows may stand for; nothing: it is none, or not known. @param name folded */
export function targetsOfPath(
  model: Model,
  modelClass: ModelClass,
  naming: Naming,
  name: string,
): readonly ColumnTarget[] {
  const segments = segmentsOf(name);
  if (segments === null) return [];
  const last = segments.at(-1) ?? "";
  return waysTo(model, modelClass, naming, segments.slice(0, -1)).flatMap(({ keys, end }) => {
    const [key, ...through] = keys;
    if (key === undefined) return [];
    return named([...end.attributes.values()].filter(isPartOfKey), model, naming, last).map((named) => {
      const { through: further, attribute } = throughTo(model, named);
      return { kind: "through_key" as const, key, through: [...through, ...further], attribute, externalField: null };
    });
  });
}

/** The nearest name to one with two or three arrows of which the beginning is known; null: nothing is near it. */
export function nearestPath(model: Model, modelClass: ModelClass, naming: Naming, name: string): string | null {
  const segments = segmentsOf(foldCase(name));
  if (segments === null) return null;
  for (let place = segments.length - 1; place >= 0; place--) {
    const [way] = waysTo(model, modelClass, naming, segments.slice(0, place));
    if (way === undefined) continue;
    const isLast = place === segments.length - 1;
    const possible = [...way.end.attributes.values()].filter(isLast ? isPartOfKey : isExternalKey);
    const near = nearestName(segments[place] ?? "", possible.flatMap((one) => namesOf(one, model, naming)));
    return near === null ? null : segments.with(place, near.toLowerCase()).join(ARROW);
  }
  return null;
}

/** Null: there are other numbers of arrows. */
function segmentsOf(name: string): string[] | null {
  const segments = name.split(ARROW);
  return segments.length < 3 || segments.length > MOST_ARROWS + 1 ? null : segments;
}

/** External keys one after another, and the class of the last one's targets. */
interface Way {
  readonly keys: readonly ExternalKeyAttribute[];
  readonly end: ModelClass;
}

/** A label may be that of several keys. */
function waysTo(model: Model, modelClass: ModelClass, naming: Naming, segments: readonly string[]): readonly Way[] {
  let ways: readonly Way[] = [{ keys: [], end: modelClass }];
  for (const segment of segments) {
    ways = ways.flatMap(({ keys, end }) =>
      named([...end.attributes.values()].filter(isExternalKey), model, naming, segment)
        .map((key) => ({ keys: [...keys, key], end: classOf(model, key.target) }))
    );
  }
  return ways;
}

function named<Kind extends Attribute>(
  attributes: readonly Kind[],
  model: Model,
  naming: Naming,
  name: string,
): Kind[] {
  return attributes.filter((attribute) => namesOf(attribute, model, naming).some((one) => foldCase(one) === name));
}

function isExternalKey(attribute: Attribute): attribute is ExternalKeyAttribute {
  return attribute.kind === "external_key";
}
