/** What a search looks for in truth: by a friendly name in which other objects stand, these come first. */
import { attributeOf, classOf } from "../../model/look_up.ts";
import type { ObjectSearch, SearchPlan } from "../../store/objects.ts";
import type { ExpectedSearch } from "../../store/prepared_searches.ts";
import { attributeExpression } from "../sql/attribute_expression.ts";
import type { SpokenMapping } from "../sql/dialect.ts";
import { NameCandidates } from "./name_candidates.ts";

/** The search itself where it goes by columns; none that go by id, which need nothing. */
export function plansBehind(mapping: SpokenMapping, search: ExpectedSearch): readonly ExpectedSearch[] {
  if (search.conditions.includes("id") || search.conditions.length === 0) return [];
  const name = search.conditions.find((code) => isMadeOfOthers(mapping, search, code));
  if (name === undefined) return [search];
  const behind: ExpectedSearch[] = [];
  const note = ({ class: code, conditions }: SearchPlan): ObjectSearch => {
    behind.push(...plansBehind(mapping, { class: code, conditions }));
    return NEVER_ASKED;
  };
  // Names that cannot be taken apart are looked for among all objects.
  return NameCandidates.of(mapping, search.class, name, note) === null ? [search] : behind;
}

function isMadeOfOthers(mapping: SpokenMapping, search: ExpectedSearch, code: string): boolean {
  return attributeOf(classOf(mapping.model, search.class), code).kind === "friendly_name" &&
    attributeExpression(mapping, search.class, code).includes("(SELECT ");
}

function never(): never {
  throw new Error("a search that is only noted was asked");
}

const NEVER_ASKED: ObjectSearch = {
  find: never,
  anyFor: never,
  all: never,
  allOf: never,
  fewOf: never,
  valuesOf: never,
};
