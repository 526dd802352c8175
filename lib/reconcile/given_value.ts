/** The values that a row gives to an object's columns. */
import type { AttributeCode, StoredValue } from "../model/model.ts";
import { identical } from "../values/parsed.ts";
import { newTextOf, withEntry } from "./case_log.ts";
import type { ExternalKeyResolver } from "./external_key.ts";
import type { RoleOfColumn } from "./column_role.ts";
import type { ReadRow } from "./row_reader.ts";
import type { RunContext } from "./run_context.ts";

export interface GivenValue {
  readonly attribute: AttributeCode;
  /** Where the row's value is: at a resolver's index, or in a cell. */
  readonly from: { readonly resolver: number } | { readonly cell: number };
  readonly same: (a: StoredValue, b: StoredValue) => boolean;
  readonly special: "password" | "case_log" | null;
  /** An object that is there keeps its own. */
  readonly isFixed: boolean;
  /** The database gives it to a new object of which a row does not say it. */
  readonly isFilled: boolean;
}

/** One for each external key and each column with a value, in this order; none for what the database computes. */
export function givenValues(
  resolvers: readonly ExternalKeyResolver[],
  roles: readonly RoleOfColumn[],
): GivenValue[] {
  const keys = resolvers.flatMap(({ columns: { key } }, resolver): GivenValue[] =>
    key.isGenerated === true ? [] : [{
      attribute: key.code,
      from: { resolver },
      same: identical,
      special: null,
      isFixed: key.isFixed === true,
      isFilled: key.filledByDatabase === true,
    }]
  );
  const values = roles.flatMap(({ cell, role }): GivenValue[] => {
    if (role.kind !== "value" || role.attribute.isGenerated === true) return [];
    const { kind, code, isFixed = false, filledByDatabase: isFilled = false } = role.attribute;
    const special = kind === "password" || kind === "case_log" ? kind : null;
    return [{ attribute: code, from: { cell }, same: role.reader.same, special, isFixed, isFilled }];
  });
  return [...keys, ...values];
}

/**
 * The value that the row gives; undefined: none, the object's own stays. A password is still in clear.
 * @param old the object's own value; empty for a new one
 */
export function newValueOf(
  context: RunContext,
  row: ReadRow,
  given: GivenValue,
  old: StoredValue,
): StoredValue | undefined {
  if ("resolver" in given.from) {
    const target = row.targets[given.from.resolver];
    if (target?.ok !== true) return undefined;
    return target.id === null && target.isKept === true ? undefined : target.id;
  }
  const value = row.values[given.from.cell];
  if (value === undefined || given.special === null) return value;
  if (given.special === "case_log") {
    const log = String(old ?? "");
    return withEntry(log, newTextOf(log, String(value ?? "")), context.login, context.now);
  }
  const isSame = typeof old === "string" && old !== "" && context.passwords.matches(String(value ?? ""), old);
  return isSame ? undefined : value;
}
