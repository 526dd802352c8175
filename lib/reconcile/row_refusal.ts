/** All that speaks against a row, told together (SPEC 14): what is wrong with its date or its keys hides nothing else. */
import type { ObjectCheck } from "./check_before_writing.ts";
import type { FriendlyNames } from "./friendly_name.ts";
import type { ObjectPlan, ObjectPlanner } from "./object_plan.ts";
import { hasWrongDate, obstacleToCreation, unsearchable, unwanted } from "./obstacle.ts";
import type { WriteProblem } from "./problems.ts";
import type { AskedRow } from "./row_questions.ts";
import type { Rejection } from "./row_result.ts";
import type { RunContext } from "./run_context.ts";

export interface RowRefusals {
  /** What speaks against the row before its values are looked at; null: nothing. */
  obstacle(row: AskedRow): Rejection | null;
  /** What speaks against it besides. @param obstacle as it was told; null: some of its cells are bad */
  others(row: AskedRow, obstacle: Rejection | null): Promise<readonly Rejection[]>;
}

interface Askers {
  readonly context: RunContext;
  readonly planner: ObjectPlanner;
  readonly check: ObjectCheck;
  readonly names: FriendlyNames;
}

export function createRowRefusals({ context, planner, check, names }: Askers): RowRefusals {
  /** Why the row has no object to be written. */
  const withoutObject = ({ match, record, isHidden, several }: AskedRow): Rejection | null => {
    if (match === null) return unsearchable(context, record);
    if (several !== null) return { kind: "ambiguous", ...several };
    const refusal = unwanted(context, match, record);
    if (refusal !== null || match.kind === "one") return refusal;
    return obstacleToCreation(context, names, record, isHidden);
  };
  return {
    obstacle: (row) => row.form ?? (hasWrongDate(row.read) ? { kind: "wrong_date" } : withoutObject(row)),
    async others(row, obstacle) {
      if (obstacle !== null && obstacle.kind !== "wrong_date") return NO_OTHERS;
      const missing = obstacle === null ? null : withoutObject(row);
      if (missing !== null) return row.match === null && isToldByCells(context, row) ? NO_OTHERS : [missing];
      return row.plan === null ? NO_OTHERS : await againstPlan(planner, check, row, row.plan);
    },
  };
}

const NO_OTHERS: readonly Rejection[] = [];
const NO_PROBLEMS: readonly WriteProblem[] = [];

/** Whether a key has no value because of what is told of its cells. */
function isToldByCells({ plan }: RunContext, { read }: AskedRow): boolean {
  return plan.keys.some((key) => {
    if (key.kind === "id") return false;
    if (key.kind === "attribute") return read.problems.has(key.cell);
    return read.targets[plan.externalKeys.indexOf(key.columns)]?.ok === false;
  });
}

/** What the checks of the whole object say, as far as they need none of the bad cells. */
async function againstPlan(
  planner: ObjectPlanner,
  check: ObjectCheck,
  { read }: AskedRow,
  plan: ObjectPlan,
): Promise<readonly Rejection[]> {
  const unknown = planner.unknownIn(plan, read);
  const found = check.isNeeded ? await check.problemsOf(plan, unknown) : NO_PROBLEMS;
  return reasonsAgainst(planner, plan, found);
}

/** @param found what the checks of the object say */
export function reasonsAgainst(
  { template: { missingExternalKeys, missingValues } }: ObjectPlanner,
  plan: ObjectPlan,
  found: readonly WriteProblem[],
): readonly Rejection[] {
  const isNew = plan.kind === "create";
  const problems = isNew && missingValues.length > 0 ? [...missingValues, ...found] : found;
  const lacksKeys = isNew && missingExternalKeys.codes.length > 0;
  if (problems.length === 0 && !lacksKeys) return NO_OTHERS;
  return [
    ...lacksKeys ? [{ kind: "missing_external_keys", ...missingExternalKeys } as const] : [],
    ...problems.length > 0 ? [{ kind: "refused", problems } as const] : [],
  ];
}
