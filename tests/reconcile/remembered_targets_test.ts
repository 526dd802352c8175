import { assertEquals } from "@std/assert";
import type { KeyTarget } from "../../lib/reconcile/key_target.ts";
import { RememberedTargets } from "../../lib/reconcile/remembered_targets.ts";
import type { ObjectId } from "../../lib/store/object_id.ts";

const MEBI = 1024 * 1024;

function meaning(id: number): KeyTarget {
  return { ok: true, id: id as ObjectId };
}

function noMatch(searched: string): KeyTarget {
  const problem = {
    kind: "no_match",
    searched,
    target: "Team",
    examples: [],
    more: false,
    columnByName: null,
  } as const;
  return { ok: false, problem, missingId: null };
}

/** Notes so many names of a length, each with its number as id. @returns how many of them are remembered */
function countRemembered(count: number, length: number, text: string | null = null): number {
  const remembered = new RememberedTargets();
  const nameOf = (id: number) => String(id).padEnd(length);
  const ids = Array.from({ length: count }, (_, id) => id);
  for (const id of ids) remembered.set(nameOf(id), text === null ? meaning(id) : noMatch(text));
  return ids.filter((id) => {
    const target = remembered.get(nameOf(id));
    if (target !== undefined) assertEquals(target, text === null ? meaning(id) : noMatch(text));
    return target !== undefined;
  }).length;
}

Deno.test("20,000 names are remembered, and the next one alone", () => {
  assertEquals(countRemembered(20_000, 40), 20_000);
  assertEquals(countRemembered(20_001, 40), 1);
});

Deno.test("fewer of them are, when they are long, or what is said about them", () => {
  assertEquals(countRemembered(4, MEBI / 4), 4);
  assertEquals(countRemembered(5, MEBI / 4), 1);
  assertEquals(countRemembered(9, 1, "x".repeat(MEBI / 4)), 3);
});

Deno.test("what is longer than all of them may be is not remembered, and nothing forgotten for it", () => {
  const remembered = new RememberedTargets();
  remembered.set("a", meaning(1));
  remembered.set("b".repeat(MEBI + 1), meaning(2));
  assertEquals(remembered.get("b".repeat(MEBI + 1)), undefined);
  assertEquals(remembered.get("a"), meaning(1));
});

Deno.test("nothing is remembered once it was forgotten", () => {
  const remembered = new RememberedTargets();
  remembered.set("a", meaning(1));
  remembered.clear();
  assertEquals(remembered.get("a"), undefined);
});
