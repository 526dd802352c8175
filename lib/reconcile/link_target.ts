/** The objects that items of link sets refer to, asked for together by those that look for them in the same way. */
import type { ExternalKeyAttribute, StoredValue } from "../model/model.ts";
import type { ObjectId } from "../store/object_id.ts";
import type { Match, ObjectSearch } from "../store/objects.ts";
import { severalFound } from "./objects_in_the_way.ts";
import type { LinkProblem, SearchedValue } from "./problems.ts";
import type { RunContext } from "./run_context.ts";
import { type CellsToValues, cellsToValues } from "./referring_values.ts";
import { areAllKnown, withoutHidden } from "./searched_value.ts";
import { findTyped } from "./typed_search.ts";

/** An object that an item looks for. */
export interface SearchedTarget {
  readonly key: ExternalKeyAttribute;
  /** As they stand in the item, the id first. */
  readonly searched: readonly SearchedValue[];
}

export type FoundTarget =
  | { readonly ok: true; readonly id: ObjectId }
  | { readonly ok: false; readonly problem: LinkProblem };

/** A way to look for objects, prepared once: items with the same attributes share it. */
interface Way {
  readonly search: ObjectSearch;
  readonly toValues: readonly CellsToValues[];
}

/** Of prepared searches: a file may look for objects by ever other attributes. */
const MOST_WAYS = 100;

export class LinkTargets {
  readonly #ways = new Map<string, Way>();
  readonly #found = new Map<SearchedTarget, FoundTarget>();

  constructor(private readonly context: RunContext) {}

  /** Looks them up, with one statement for each way in which they are looked for. What was found before is forgotten. */
  async ask(targets: readonly SearchedTarget[]): Promise<void> {
    this.#found.clear();
    for (const [name, group] of Map.groupBy(targets, wayName)) {
      const [first] = group;
      if (first === undefined) continue;
      const { search, toValues } = this.#way(name, first);
      const codes = sorted(first).map(({ code }) => code);
      const typed = await typedValues(group, toValues);
      const values = await withoutHidden(this.context, first.key.target, codes, typed);
      const matches = (await findTyped(search, values.filter(areAllKnown))).values();
      for (const [index, target] of group.entries()) {
        const isKnown = areAllKnown(values[index] ?? [undefined]);
        const match = isKnown ? matches.next().value : undefined;
        this.#found.set(target, await this.#foundBy(target, match ?? NO_MATCH));
      }
    }
  }

  /** What a target was found to be when it was asked for. */
  found(target: SearchedTarget): FoundTarget {
    return this.#found.get(target) ?? notFound(target);
  }

  async #foundBy(target: SearchedTarget, match: Match): Promise<FoundTarget> {
    if (match.kind === "one") return { ok: true, id: match.object.id };
    if (match.kind === "none") return notFound(target);
    const found = await severalFound(this.context, match);
    const searched = { key: target.key.code, searched: target.searched };
    return { ok: false, problem: { kind: "link_target_ambiguous", ...searched, ...found } };
  }

  #way(name: string, target: SearchedTarget): Way {
    const known = this.#ways.get(name);
    if (known !== undefined) return known;
    const codes = sorted(target).map(({ code }) => code);
    const { target: searched } = target.key;
    // Codes stay codes in a link set, whatever the file's header is.
    const context = { ...this.context, codesNotLabels: true };
    const way = {
      search: context.store.search({ class: searched, conditions: codes, read: [], includeHidden: false }),
      toValues: codes.map((code) => cellsToValues(context, searched, code)),
    };
    if (this.#ways.size >= MOST_WAYS) this.#ways.clear();
    this.#ways.set(name, way);
    return way;
  }
}

/** One list for each target. An item that names an attribute without a value looks for no object that lacks one. */
async function typedValues(
  targets: readonly SearchedTarget[],
  toValues: readonly CellsToValues[],
): Promise<readonly (readonly (StoredValue | undefined)[])[]> {
  const cells = targets.map((target) => sorted(target).map(({ value }) => value));
  const columns: (readonly (StoredValue | undefined)[])[] = [];
  for (const [place, toValue] of toValues.entries()) {
    columns.push(await toValue(cells.map((one) => one[place] ?? null)));
  }
  return targets.map((_, index) => columns.map((column) => column[index] ?? undefined));
}

function notFound({ key, searched }: SearchedTarget): FoundTarget {
  return { ok: false, problem: { kind: "link_target_not_found", key: key.code, searched } };
}

const NO_MATCH: Match = { kind: "none" };

/** In one order, so that items with the same attributes share a search. */
function sorted({ searched }: SearchedTarget): readonly SearchedValue[] {
  return searched.toSorted((a, b) => a.code < b.code ? -1 : 1);
}

function wayName(target: SearchedTarget): string {
  return [target.key.code, ...sorted(target).map(({ code }) => code)].join(">");
}
