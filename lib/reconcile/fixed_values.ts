/**
 * Looks whether a row says otherwise than the object that it was found to be in what tells the object from others: an update never writes
 * that. What the row was found by is the same, however it is spelt.
 */
import { shownCode } from "../model/look_up.ts";
import type { AttributeCode } from "../model/model.ts";
import type { RoleOfColumn } from "./column_role.ts";
import type { ExternalKeyResolver } from "./external_key.ts";
import { givenValues, newValueOf } from "./given_value.ts";
import { codeOfKey } from "./own_keys.ts";
import type { AskedRow } from "./row_questions.ts";
import type { RunContext } from "./run_context.ts";

/** Warns of a row that was loaded, or whose object was found unchanged. */
export type FixedCheck = (row: AskedRow) => void;

/** Null: the file has no such column. */
export function createFixedCheck(
  context: RunContext,
  resolvers: readonly ExternalKeyResolver[],
  roles: readonly RoleOfColumn[],
): FixedCheck | null {
  const keys = new Set(context.plan.keys.map(codeOfKey));
  const fixed = givenValues(resolvers, roles).filter(({ attribute, isFixed }) => isFixed && !keys.has(attribute));
  if (fixed.length === 0) return null;
  const { attributes } = context.plan.class;
  const nameOf = (code: AttributeCode) => shownCode(attributes.get(code) ?? { code });
  return ({ plan, read, record }) => {
    if (plan?.kind !== "update") return;
    for (const given of fixed) {
      const old = plan.knownValue(given.attribute) ?? null;
      const value = newValueOf(context, read, given, old);
      if (value === undefined || given.same(old, value)) continue;
      context.warnings.noteRow({ kind: "other_key", column: nameOf(given.attribute) }, record.line);
    }
  };
}
