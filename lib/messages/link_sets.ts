/** Sentences about link sets: why a cell is none. */
import type { LinkProblem, SearchedValue } from "../reconcile/problems.ts";
import { duplicate } from "./duplicates.ts";
import { namedObjects } from "./named_objects.ts";
import { quoted } from "./quoted.ts";
import { valueProblem } from "./values.ts";

export function linkProblem(problem: LinkProblem): string {
  switch (problem.kind) {
    case "link_format":
      return `Wrong format for link attribute specification: value = ${problem.found}`;
    case "no_link_attribute": {
      const place = `class = ${problem.class}, attcode = ${problem.code}`;
      return `Wrong attribute code for link attribute specification: ${place}`;
    }
    case "link_attribute_twice":
      return `Attribute given twice: class = ${problem.class}, attcode = ${problem.code}`;
    case "too_many_link_attributes":
      return `More than ${problem.most} attributes for one external key: ext_key = ${problem.key}`;
    case "link_target_not_found":
      return `Found no match: ext_key = ${problem.key}, reconciliation = ${searchedBy(problem.searched)}`;
    case "link_target_ambiguous":
      return `Found several matches: ext_key = ${problem.key}, reconciliation = ${searchedBy(problem.searched)}: ` +
        `${problem.count} objects${namedObjects(problem)}`;
    case "link_lacks":
      return `Missing value for mandatory attribute(s): ${problem.codes.join(", ")}`;
    case "link_value":
      return valueProblem(problem.attribute, problem.problem);
    case "link_items_disagree": {
      const [one, other] = problem.values;
      return `Two items for ${problem.target}::${problem.id} (${problem.key}) disagree: ` +
        `${problem.attribute} is ${quoted(one)} and ${quoted(other)}. Leave one of them out`;
    }
    case "link_differs": {
      const [found, given] = problem.values;
      return `The link to ${problem.target}::${problem.id} (${problem.key}) has ${problem.attribute} ${
        quoted(found)
      }, ` +
        `not ${quoted(given)}: it stays. Leave ${problem.attribute} out to remove it whatever it has`;
    }
    case "link_sets_disagree":
      return `The link to ${problem.target}::${problem.id} (${problem.key}) is a link of ${problem.other} too, ` +
        "where this row does not have it, or has it otherwise. Let both say the same";
    default:
      return duplicate(problem);
  }
}

/** `id=3, name=Nope` */
function searchedBy(searched: readonly SearchedValue[]): string {
  return searched.map(({ code, value }) => `${code}=${value}`).join(", ");
}
