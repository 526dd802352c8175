/** Few runs search by friendly names in which other objects stand: what does is loaded when it is asked. */
import { attributeOf, classOf } from "../../model/look_up.ts";
import type { Model } from "../../model/model.ts";
import type { ObjectSearch, SearchPlan } from "../../store/objects.ts";
import type { Later } from "../shared/steps.ts";
import { attributeExpression } from "../sql/attribute_expression.ts";
import type { SpokenMapping } from "../sql/dialect.ts";

/** What is to be known of the database. */
export interface NameSearching {
  readonly mapping: SpokenMapping;
  /** It makes the indexes that searches need, and knows spellings. */
  readonly makesIndexes: boolean;
  /** Whether only some objects are to be seen. */
  isLimited(): Later<boolean>;
}

/** Whether a search goes by a friendly name, and makes the indexes that it needs. */
function hasName({ mapping, makesIndexes }: NameSearching, plan: SearchPlan): boolean {
  return makesIndexes && !plan.conditions.includes("id") && placeIn(mapping.model, plan) >= 0;
}

/**
 * The search, or one that finds the same by indexes where it goes by a friendly name in which other objects stand.
 * @param whole goes through all objects then
 * @param search makes another one, by another plan
 */
export function withNames(
  searching: NameSearching,
  plan: SearchPlan,
  whole: ObjectSearch,
  search: (plan: SearchPlan) => ObjectSearch,
): ObjectSearch {
  if (!hasName(searching, plan)) return whole;
  const { mapping } = searching;
  let named: Promise<ObjectSearch> | null = null;
  const load = async (): Promise<ObjectSearch> => {
    const place = placeOfName(mapping, plan);
    if (place === null) return whole;
    const { NamedSearch } = await import("./named_search.ts");
    return new NamedSearch(mapping, plan, place, whole, search);
  };
  // A limited user reads other names: what they may not see is not in them.
  const current = async () => plan.includeHidden || !await searching.isLimited() ? await (named ??= load()) : whole;
  return {
    find: async (keys) => await (await current()).find(keys),
    anyFor: async (keys) => await (await current()).anyFor(keys),
    all: async (key) => await (await current()).all(key),
    allOf: async (keys) => await (await current()).allOf(keys),
    fewOf: async (keys, most) => await (await current()).fewOf(keys, most),
    valuesOf: async (object) => await (await current()).valuesOf(object),
  };
}

/** The place of the condition on the name, where other objects stand in it; null: they do not. */
function placeOfName(mapping: SpokenMapping, plan: SearchPlan): number | null {
  const place = placeIn(mapping.model, plan);
  const name = plan.conditions[place];
  return name !== undefined && attributeExpression(mapping, plan.class, name).includes("(SELECT ") ? place : null;
}

function placeIn(model: Model, plan: SearchPlan): number {
  const modelClass = classOf(model, plan.class);
  return plan.conditions.findIndex((code) => code !== "id" && attributeOf(modelClass, code).kind === "friendly_name");
}
