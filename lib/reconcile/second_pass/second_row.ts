/** A row in the second reading of its file. */
import type { CsvRecord } from "../../csv/record.ts";
import type { ObjectUpdate } from "../../store/objects.ts";
import type { Change } from "../object_plan.ts";
import type { RoleOfColumn } from "../column_role.ts";
import type { ReadRow } from "../row_reader.ts";
import type { Rejection } from "../row_result.ts";
import type { FirstResult } from "./first_results.ts";
import type { Cause } from "./held_rows.ts";

/** What becomes of a row: filled, or in error. */
export interface SecondRow {
  readonly record: CsvRecord;
  readonly index: number;
  readonly first: FirstResult;
  /** Its cells cannot be told apart: it is not looked at any further. */
  readonly isMalformed: boolean;
  readonly read: ReadRow;
  /** Null: nothing is to be filled. */
  plan: Change | null;
  update: ObjectUpdate | null;
  /** Why it is in error now; null: it is not. */
  cause: Cause | null;
}

/** Whether something is to be filled; false: it was refused or passed over in the first reading. */
export function takesPart({ kind }: FirstResult["outcome"]): boolean {
  return kind === "created" || kind === "updated" || kind === "unchanged";
}

/** Reasons that stop a row before its values are used: its cells are shown as they were typed. */
export const EARLY: ReadonlySet<Rejection["kind"]> = new Set<Rejection["kind"]>([
  "cell_count",
  "text_after_qualifier",
  "shifted",
  "backslash",
  "nul",
  "wrong_date",
  "failed_to_reconcile",
  "ambiguous",
  "hidden_match",
  "abstract_class",
  "object_exists",
  "no_object",
]);

/** Whether the row has made an object, or would but for what speaks against it. */
export function isOfNewObject({ outcome }: FirstResult): boolean {
  if (outcome.kind !== "rejected") return outcome.kind === "created";
  // What stops a row early names no object, though there may be one.
  return outcome.object === null && !EARLY.has(outcome.reason.kind);
}

/** The first key that has no value. */
export function badKeyOf({ targets, problems }: ReadRow, roles: readonly RoleOfColumn[]): number {
  const key = targets.findIndex(({ ok }) => !ok);
  if (key >= 0) return key;
  const role = roles.find(({ cell }) => problems.has(cell))?.role;
  return role?.kind === "external_key" ? role.resolver : 0;
}
