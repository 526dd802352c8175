/** No kind of problem is without words, and none breaks the line that it stands on. */
import { assertMatch } from "@std/assert";
import { cellTrouble } from "../../lib/messages/cells.ts";
import { rejectionReasons } from "../../lib/messages/rows.ts";
import type { CellProblem, WriteProblem } from "../../lib/reconcile/problems.ts";
import { everyCellProblem, everyRejection, trouble } from "./every_problem.ts";

/** Not `undefined`, nor an object. */
const ONE_LINE = /^(?!.*(?:undefined|\[object))[^\r\n]*[^\s][^\r\n]*$/;

function nameOf(problem: CellProblem | WriteProblem): string {
  if (problem.kind === "refused_write") return `${problem.kind}, ${problem.rule}`;
  if (problem.kind !== "bad_link_set") return problem.kind;
  const { problem: inner } = problem;
  return `${problem.kind}, ${inner.kind}${inner.kind === "link_value" ? `, ${inner.problem.kind}` : ""}`;
}

for (const problem of everyCellProblem) {
  Deno.test(`a cell with the problem ${nameOf(problem)} has words, empty and external keys' cells too`, () => {
    for (const cell of ["x", "", null]) assertMatch(cellTrouble(trouble(problem, { cell })), ONE_LINE);
  });
}

for (const rejection of everyRejection) {
  const names = rejection.kind === "refused" ? rejection.problems.map(nameOf) : [];
  Deno.test(`a row rejected as ${[rejection.kind, ...names].join(", ")} has words`, () => {
    const reasons = rejectionReasons(rejection);
    assertMatch(reasons.join("\u0000"), ONE_LINE);
  });
}
