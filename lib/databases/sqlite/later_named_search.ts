/** Few runs search by friendly names in which other objects stand: what does is loaded when it is asked. */
import { attributeOf, classOf } from "../../model/look_up.ts";
import type { ObjectSearch, SearchPlan } from "../../store/objects.ts";
import { attributeExpression } from "../sql/attribute_expression.ts";
import type { SearchContext } from "./search_statement.ts";

/** Whether a search goes by a friendly name, and makes the indexes that it needs. */
function hasName({ model, indexes, spellings }: SearchContext, plan: SearchPlan): boolean {
  return indexes.mayCreate && spellings !== null && !plan.conditions.includes("id") && placeIn(model, plan) >= 0;
}

/**
 * The search, or one that finds the same by indexes where it goes by a friendly name in which other objects stand.
 * @param whole goes through all objects then
 */
export function withNames(
  context: SearchContext,
  plan: SearchPlan,
  whole: ObjectSearch,
  search: (context: SearchContext, plan: SearchPlan) => ObjectSearch,
): ObjectSearch {
  if (!hasName(context, plan)) return whole;
  let named: Promise<ObjectSearch> | null = null;
  const load = async (): Promise<ObjectSearch> => {
    const place = placeOfName(context, plan);
    if (place === null) return whole;
    const { NamedSearch } = await import("./named_search.ts");
    return new NamedSearch(context, plan, place, whole, (plan) => search(context, plan));
  };
  // A limited user reads other names: what they may not see is not in them.
  const current = () => plan.includeHidden || context.visible.condition() === null ? named ??= load() : whole;
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
function placeOfName(context: SearchContext, plan: SearchPlan): number | null {
  const place = placeIn(context.model, plan);
  const name = plan.conditions[place];
  return name !== undefined && attributeExpression(context, plan.class, name).includes("(SELECT ") ? place : null;
}

function placeIn(model: SearchContext["model"], plan: SearchPlan): number {
  const modelClass = classOf(model, plan.class);
  return plan.conditions.findIndex((code) => code !== "id" && attributeOf(modelClass, code).kind === "friendly_name");
}
