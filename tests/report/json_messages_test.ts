import { assert, assertEquals } from "@std/assert";
import { cellTrouble } from "../../lib/messages/cells.ts";
import { rejectionReasons } from "../../lib/messages/rows.ts";
import type { CellProblem, WriteProblem } from "../../lib/reconcile/problems.ts";
import { cellMessage, rowMessages } from "../../lib/report/json_messages.ts";
import { everyCellProblem, everyRejection, trouble } from "../messages/every_problem.ts";

const DUPLICATE = {
  kind: "duplicate",
  class: "User",
  rule: "login",
  template: "{login} is taken",
  values: { login: "a.b", boss_id: 7 },
  objects: [{ class: "UserLocal", id: 2 }],
  more: false,
} as const;

function factsOf(problem: CellProblem): Record<string, unknown> {
  const { attribute, column, text, ...facts } = cellMessage(trouble(problem));
  assertEquals({ attribute, column, text }, {
    attribute: "name",
    column: "Typed Name",
    text: cellTrouble(trouble(problem)),
  });
  return facts;
}

function rowFactsOf(problem: WriteProblem): Record<string, unknown> {
  const [{ text: _, ...facts } = { text: "", kind: "" }, ...others] = rowMessages({
    kind: "refused",
    problems: [problem],
  });
  assertEquals(others, []);
  return facts;
}

Deno.test("a message about cells names the column, and all of them where there are several", () => {
  const found = { count: 2, objects: [{ class: "Organization", id: 3 }], more: false } as const;
  const problem = { kind: "ambiguous_key", ...found } as const;
  const text = "Invalid value for attribute. Ambiguous: found 2 objects (Organization::3)";
  const same = { attribute: "org_id", kind: "ambiguous_key", ...found, text };
  assertEquals(
    cellMessage({ attribute: "org_id", columns: ["Organization->Name"], cell: null, problem }),
    { ...same, column: "Organization->Name" },
  );
  assertEquals(
    cellMessage({ attribute: "org_id", columns: ["Organization->Name", "Organization->Code"], cell: null, problem }),
    { ...same, column: "Organization->Name", columns: ["Organization->Name", "Organization->Code"] },
  );
});

Deno.test("what is wrong in a link set stands beside its kind", () => {
  const of = (problem: (CellProblem & { readonly kind: "bad_link_set" })["problem"]) =>
    factsOf({ kind: "bad_link_set", problem });
  assertEquals(of({ kind: "no_link_attribute", class: "L", code: "nope" }), {
    kind: "bad_link_set",
    link_problem: "no_link_attribute",
    class: "L",
    code: "nope",
  });
  assertEquals(of({ kind: "link_target_not_found", key: "to", searched: [{ code: "name", value: "x" }] }), {
    kind: "bad_link_set",
    link_problem: "link_target_not_found",
    key: "to",
    searched: [{ code: "name", value: "x" }],
  });
  assertEquals(
    of({ kind: "link_value", attribute: "reason", problem: { kind: "too_long", found: 256, limit: 255 } }),
    {
      kind: "bad_link_set",
      link_problem: "link_value",
      link_attribute: "reason",
      value_problem: "too_long",
      found: 256,
      limit: 255,
    },
  );
  assertEquals(of(DUPLICATE), {
    kind: "bad_link_set",
    link_problem: "duplicate",
    class: "User",
    rule: "login",
    values: { login: "a.b", boss_id: 7 },
    objects: [{ class: "UserLocal", id: 2 }],
    more: false,
  });
});

Deno.test("what speaks against a write has a kind of its own, and facts without words", () => {
  assertEquals(rowFactsOf(DUPLICATE), {
    kind: "duplicate",
    class: "User",
    rule: "login",
    values: { login: "a.b", boss_id: 7 },
    objects: [{ class: "UserLocal", id: 2 }],
    more: false,
  });
  assertEquals(rowFactsOf({ kind: "loop", attribute: "parent_id", label: "Parent", id: "0191-af" }), {
    kind: "loop",
    attribute: "parent_id",
    label: "Parent",
    id: "0191-af",
  });
  assertEquals(rowFactsOf({ kind: "refused_write", rule: "trigger", constraint: null, text: "Not\non Sundays" }), {
    kind: "refused_write",
    rule: "trigger",
    constraint: null,
    database_text: "Not\non Sundays",
  });
});

Deno.test("a row without the right cells has facts, too", () => {
  assertEquals(rowMessages({ kind: "cell_count", found: 3, expected: 5 }), [
    { kind: "cell_count", found: 3, expected: 5, text: "3 cells where the header has 5" },
  ]);
});

/** Every number, text, boolean and null in a value, but for those of some fields. */
function leaves(value: unknown, without: readonly string[]): unknown[] {
  if (typeof value !== "object" || value === null) return [value];
  return Object.entries(value).flatMap(([name, inner]) => without.includes(name) ? [] : leaves(inner, without));
}

/** Every name of a field in a value. */
function fields(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  const own = Array.isArray(value) ? [] : Object.keys(value);
  return [...own, ...Object.values(value).flatMap(fields)];
}

/** The comment at the top of the file: what programs may rely on. */
const [DOCUMENTATION = ""] = (await Deno.readTextFile(new URL("../../lib/report/json_messages.ts", import.meta.url)))
  .split("*/");

function assertDocumented({ values: _, ...message }: Readonly<Record<string, unknown>>): void {
  const { kind, link_problem, value_problem } = message;
  const names = [...fields(message), kind, link_problem ?? "kind", value_problem ?? "kind"];
  for (const name of names) assert(new RegExp(`\\b${name}\\b`).test(DOCUMENTATION), `${name} is not documented`);
}

Deno.test("every fact of every problem with cells is shown and documented", () => {
  for (const problem of everyCellProblem) {
    const facts = factsOf(problem);
    assertEquals(leaves(facts, []).toSorted(), leaves(problem, ["template"]).toSorted(), JSON.stringify(facts));
    assertDocumented(facts);
  }
});

Deno.test("every fact of every rejected row is shown and documented", () => {
  for (const rejection of everyRejection) {
    const problems = rejection.kind === "refused" ? rejection.problems : [rejection];
    const messages = rowMessages(rejection);
    assertEquals(messages.map(({ text }) => text), rejectionReasons(rejection));
    messages.forEach((message, index) => {
      const { text: _, ...facts } = message;
      const expected = leaves(problems[index], ["template"]);
      assertEquals(leaves(facts, []).toSorted(), expected.toSorted(), JSON.stringify(facts));
      assertDocumented(message);
    });
  }
});
