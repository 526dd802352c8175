/** Rows whose refusal tells that there is something which the user may not see: whoever tries values one after another has many of them. */
import type { CellProblem, WriteProblem } from "../reconcile/problems.ts";
import type { Rejection, RowOutcome } from "../reconcile/row_result.ts";

export function tellsOfHidden(outcome: RowOutcome): boolean {
  if (outcome.kind !== "rejected") return false;
  const { reason, others = [], cells } = outcome;
  return isReasonHidden(reason) || others.some(isReasonHidden) ||
    cells.some(({ problem }) => isLinkAboutHidden(problem) || isTargetAboutHidden(problem));
}

function isReasonHidden(reason: Rejection): boolean {
  return reason.kind === "hidden_match" || (reason.kind === "refused" && reason.problems.some(isAboutHidden));
}

function isAboutHidden(problem: WriteProblem): boolean {
  return problem.kind === "duplicates_hidden_object" || (problem.kind === "consequence" && problem.id === null);
}

function isTargetAboutHidden(problem: CellProblem): boolean {
  return problem.kind === "target_not_made" &&
    problem.reasons.some((reason) => reason.kind === "refused" && isAboutHidden(reason.problem));
}

function isLinkAboutHidden(problem: CellProblem): boolean {
  return problem.kind === "bad_link_set" && problem.problem.kind === "duplicates_hidden_object";
}
