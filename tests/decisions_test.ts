/** The rules in which we differ from the reference on purpose, each on the inputs that were recorded for it. */
import { assertEquals } from "@std/assert";
import "./decisions/charsets.ts";
import "./decisions/columns.ts";
import "./decisions/dates.ts";
import "./decisions/languages.ts";
import "./decisions/link_sets.ts";
import "./decisions/matching.ts";
import "./decisions/parameters.ts";
import "./decisions/records.ts";
import "./decisions/simulation.ts";
import "./decisions/tables.ts";
import "./decisions/users.ts";
import "./decisions/values.ts";
import { playedCases } from "./helpers/decision.ts";
import { caseNames } from "./helpers/golden_case.ts";

Deno.test("every case on which we differ has a decision test", () => {
  assertEquals(playedCases(), caseNames("differs"));
});
