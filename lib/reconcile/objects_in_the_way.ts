/** The objects that stand in a row's way, by name: where several fit, or one has what must be unique. */
import type { FoundObject, Match } from "../store/objects.ts";
import type { NamedObjects } from "./problems.ts";
import type { RunContext } from "./run_context.ts";

/** So many are named. */
export const MOST_NAMED = 5;

/** @param objects such as the user may see, at least one more than are named, if there are so many */
export function named({ store }: RunContext, objects: readonly FoundObject[]): NamedObjects {
  return {
    objects: objects.slice(0, MOST_NAMED).map(({ class: code, id }) => ({ class: code, id: store.shownId(code, id) })),
    more: objects.length > MOST_NAMED,
  };
}

export interface SeveralFound extends NamedObjects {
  readonly count: number;
}

/** Those that a key has just found, and how many they are. */
export async function severalFound(
  context: RunContext,
  match: Match & { readonly kind: "several" },
): Promise<SeveralFound> {
  const { few } = match;
  if (few !== undefined) return { count: few.length, ...named(context, few) };
  const first = await match.first(MOST_NAMED + 1);
  const count = first.length > MOST_NAMED ? await match.count() : first.length;
  return { count, ...named(context, first) };
}

/** The same of those of some matches that are several: a search may give one match for keys that are the same. */
export async function severalOfEach(
  context: RunContext,
  matches: readonly Match[],
): Promise<ReadonlyMap<Match, SeveralFound>> {
  const found = new Map<Match, SeveralFound>();
  for (const match of matches) {
    if (match.kind === "several" && !found.has(match)) found.set(match, await severalFound(context, match));
  }
  return found;
}
