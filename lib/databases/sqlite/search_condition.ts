/** One condition of a search, as SQL. The keys come as JSON: `k.value` is one of them. */
import { attributeOf, classOf, isColumn } from "../../model/look_up.ts";
import type { AttributeCode } from "../../model/model.ts";
import type { Mapping } from "../../store/layout.ts";
import type { SearchPlan } from "../../store/objects.ts";
import { attributeExpression, type VisibleCondition } from "../sql/attribute_expression.ts";
import { ignoresCaseOf, mayLackText } from "../sql/searched_text.ts";
import type { ServingIndex } from "../sql/search_index.ts";

/** The place of a condition in its search. */
export interface ConditionPlace {
  readonly plan: SearchPlan;
  readonly visible: VisibleCondition | null;
  readonly position: number;
  /** The index that serves the search. */
  readonly index: ServingIndex | null;
}

/** The attribute is what the key has at its place. `IS` also finds null. */
export function isKey(mapping: Mapping, place: ConditionPlace): string {
  const { plan: { conditions }, position } = place;
  const key = conditions.length === 1 ? "k.value" : `json_extract(k.value, '$[${position}]')`;
  return `${comparedExpression(mapping, place)} IS ${
    mayLackText(mapping, classOf(mapping.model, place.plan.class), codeAt(place)) ? `COALESCE(${key}, '')` : key
  }`;
}

/** The attribute is one of a list of texts that the key has at its place. */
export function isAmong(mapping: Mapping, place: ConditionPlace): string {
  const { plan: { conditions }, position } = place;
  const list = conditions.length === 1 ? "k.value" : `k.value, '$[${position}]'`;
  return `${comparedExpression(mapping, place)} IN (SELECT value FROM json_each(${list}))`;
}

/** Text that is not a plain column has to be told to ignore case. */
function comparedExpression({ model, layout }: Mapping, place: ConditionPlace): string {
  const { plan, visible, index } = place;
  const code = codeAt(place);
  const value = attributeExpression({ model, layout }, plan.class, code, { visible });
  if (code === "id") return value;
  const modelClass = classOf(model, plan.class);
  if (isColumn(attributeOf(modelClass, code))) {
    const isServed = index === null || index.has(layout.columnOf(plan.class, code).name);
    // The sign keeps SQLite from taking an index on this column in place of the better one.
    return `${isServed ? "" : "+"}${value}`;
  }
  const found = mayLackText({ model, layout }, modelClass, code) ? `COALESCE(${value}, '')` : value;
  return `${found}${ignoresCaseOf({ model, layout }, modelClass, code) ? " COLLATE NOCASE" : ""}`;
}

function codeAt({ plan, position }: ConditionPlace): AttributeCode | "id" {
  return plan.conditions[position] ?? "id";
}
