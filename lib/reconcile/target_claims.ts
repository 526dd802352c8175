/** What a new target claims for itself: its name, its class's own keys, what uniqueness rules keep. Another one with the same is in the way. */
import { classOf, isConcerned } from "../model/look_up.ts";
import type { AttributeCode, ModelClass, StoredValue, UniquenessRule } from "../model/model.ts";
import { comparedValue } from "./compared_value.ts";
import { codeOfOwn } from "./own_keys.ts";
import type { NotMadeReason } from "./problems.ts";
import type { RunContext } from "./run_context.ts";
import { anyTyped } from "./typed_search.ts";
import { blockingRules } from "./uniqueness.ts";

/** Objects of one name are one. @param values of the attributes that columns give */
export function nameOf(
  target: ModelClass,
  codes: readonly AttributeCode[],
  values: readonly StoredValue[],
): string {
  return JSON.stringify([target.code, codes, codes.map((code, index) => comparedValue(target, code, values[index]))]);
}

export function ownKeysOf(target: ModelClass): readonly AttributeCode[] {
  return [...new Set(target.reconciliationKeys.map((code) => codeOfOwn(target, code)))];
}

/** @param given the values of the attributes that columns give @param valueOf the values that the object will have */
export type ClaimsOf = (
  given: readonly StoredValue[],
  valueOf: (code: AttributeCode) => StoredValue,
) => readonly string[];

/**
 * Objects that share a claim may be in each other's way; those that do not, are not, unless they have one name.
 * @param codes of the attributes that columns give
 * @param keys those of the class's own keys among them
 */
export function createClaims(
  own: RunContext,
  target: ModelClass,
  codes: readonly AttributeCode[],
  keys: readonly AttributeCode[],
): ClaimsOf {
  const isKeyed = keys.length > 0 && keys.length < codes.length;
  // Where a rule keeps all that columns give, other names have other values.
  const rules = blockingRules(own).filter(({ attributes }) => !codes.every((code) => attributes.includes(code)));
  if (!isKeyed && rules.length === 0) return () => NO_CLAIMS;
  return (given, valueOf) => {
    const asked = keys.map((code) => given[codes.indexOf(code)] ?? null);
    const claims = isKeyed && !areAllEmpty(asked) ? [nameOf(target, keys, asked)] : [];
    for (const rule of rules) {
      const values = [...rule.attributes, ...rule.unlessEmpty].map(valueOf);
      if (isConcerned(rule, values)) claims.push(claimOf(own, rule, values));
    }
    return claims;
  };
}

const NO_CLAIMS: readonly string[] = [];

/** What is no column is left out: then more share a claim. @param values those of the rule's attributes first */
function claimOf(
  { model }: RunContext,
  { declaredBy, name, attributes }: UniquenessRule,
  values: readonly StoredValue[],
): string {
  const owner = classOf(model, declaredBy);
  const compared = attributes.map((code, index) => comparedValue(owner, code, values[index]) ?? "");
  return JSON.stringify([declaredBy, name, compared]);
}

/**
 * Looks whether an import of the target's class from the same columns would find an object, because it has the same own keys: another one
 * of these would be its twin. Of objects that the user may not see it tells what that import would tell.
 * @param keys those of the class's own keys that columns give
 * @returns notes for each candidate what is in its way
 */
export function createTakenLook(
  own: RunContext,
  target: ModelClass,
  codes: readonly AttributeCode[],
  keys: readonly AttributeCode[],
): (candidates: readonly { readonly given: readonly StoredValue[]; readonly reasons: NotMadeReason[] }[]) => Promise<
  void
> {
  const search = (includeHidden: boolean) =>
    own.store.search({ class: target.code, conditions: keys, read: [], includeHidden });
  // With all columns nothing was found.
  const seen = keys.length > 0 && keys.length < codes.length ? search(false) : null;
  const areFront = ownKeysOf(target).slice(0, keys.length).every((code) => keys.includes(code));
  const all = own.someObjectsAreHidden && keys.length > 0 && areFront ? search(true) : null;
  const places = keys.map((code) => codes.indexOf(code));
  return async (candidates) => {
    const looks = [
      { searched: seen, reason: { kind: "keys_taken", codes: keys } },
      { searched: all, reason: { kind: "refused", problem: { kind: "duplicates_hidden_object", class: target.code } } },
    ] as const;
    for (const { searched, reason } of looks) {
      if (searched === null) continue;
      const left = candidates.filter(({ given, reasons }) => reasons.length === 0 && !areAllEmpty(keysIn(given)));
      const areTaken = left.length === 0 ? [] : await anyTyped(searched, left.map(({ given }) => keysIn(given)));
      left.forEach(({ reasons }, index) => areTaken[index] === true && reasons.push(reason));
    }
  };

  function keysIn(given: readonly StoredValue[]): readonly StoredValue[] {
    return places.map((place) => given[place] ?? null);
  }
}

function areAllEmpty(values: readonly StoredValue[]): boolean {
  return values.every((value) => (value ?? "") === "");
}
