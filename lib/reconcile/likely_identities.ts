/**
 * What may well identify an object beside the keys of a run that names none: those are all of the class's own keys that the file has.
 *
 * It is the first of the class's own keys, together with those that stand with it in the friendly name (persons in both names: not every
 * second Smith is meant) and the organisation (two of them may have a printer each); and the rules of the model that refuse nothing.
 */
import { isColumn, isText } from "../model/look_up.ts";
import type { AttributeCode, ClassCode, ModelClass } from "../model/model.ts";
import { codeOfKey, codeOfOwn } from "./own_keys.ts";
import type { RunContext } from "./run_context.ts";

/** What may well identify an object: some of the keys of the run, but not all. */
export interface LikelyIdentity {
  /** Whose objects are asked for. */
  readonly class: ClassCode;
  /** The indexes of its keys in the plan's. */
  readonly places: readonly number[];
}

export function likelyIdentities({ plan }: Pick<RunContext, "plan">): readonly LikelyIdentity[] {
  const { class: modelClass, keys } = plan;
  const used = keys.map(codeOfKey);
  // Of a table every part of its key may be had by others.
  const own = modelClass.keySets === undefined ? nameKeys(modelClass, used) : null;
  const rules = modelClass.uniquenessRules.filter(({ blocking }) => !blocking);
  const wanted = [
    ...own === null ? [] : [{ class: modelClass.code, codes: own }],
    ...rules.map(({ declaredBy, attributes }) => ({ class: declaredBy, codes: attributes })),
  ];
  const identities: (LikelyIdentity & { readonly codes: readonly AttributeCode[] })[] = [];
  for (const { class: code, codes } of wanted) {
    const isOfKeys = codes.every((one) => used.includes(one)) && !used.every((one) => codes.includes(one));
    // Who agrees in more agrees in less.
    const isTold = identities.some((other) => other.codes.every((one) => codes.includes(one)));
    if (!isOfKeys || isTold || !codes.some((one) => isSearchedByIndex(modelClass, one))) continue;
    identities.push({ class: code, codes, places: codes.map((one) => used.indexOf(one)) });
  }
  return identities;
}

/**
 * The first of the class's own keys, with what stands beside it in the friendly name, and the organisation; null: it is no text.
 * @param used the keys of the run
 */
function nameKeys(modelClass: ModelClass, used: readonly AttributeCode[]): readonly AttributeCode[] | null {
  const { reconciliationKeys: [leading = ""], friendlyName, organization } = modelClass;
  if (!isSearchedByIndex(modelClass, leading)) return null;
  const named = friendlyName.flatMap((part) => "attribute" in part ? [codeOfOwn(modelClass, part.attribute)] : []);
  const scope = organization !== null && used.includes(organization) ? [organization] : [];
  return [...new Set([leading, ...named.includes(leading) ? named : [], ...scope])];
}

/** What tells objects apart, so that asking costs little. */
function isSearchedByIndex({ attributes }: ModelClass, code: AttributeCode): boolean {
  const attribute = attributes.get(code);
  return attribute !== undefined && isColumn(attribute) && isText(attribute);
}
