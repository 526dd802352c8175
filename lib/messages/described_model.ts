/** The words of `csvrecon model show` and `model derive`. */
import type { AttributeKind } from "../model/model.ts";

export const CLASS_HEADINGS: readonly string[] = ["Class", "Label", "Parent", "Abstract", "Default keys"];

export const ATTRIBUTE_HEADINGS: readonly string[] = ["Attribute", "Label", "Kind", "Required", "Default", "Values"];

export function modelTitle(name: string, languages: readonly string[]): string {
  return `Model ${name}, in ${languages.join(", ")}`;
}

export function classTitle(code: string, label: string, parent: string | null, isAbstract: boolean): string {
  const below = parent === null ? "" : `, a subclass of ${parent}`;
  return `${code} (${label})${below}${isAbstract ? ", abstract" : ""}`;
}

/** @param keys empty: there are none */
export function classKeys(keys: string): string {
  return `Default reconciliation keys: ${keys === "" ? "none" : keys}`;
}

/** The first that a file has whole is its key. */
export function keySets(sets: readonly (readonly string[])[]): string {
  return sets.map((set) => set.join(" + ")).join(", or ");
}

export function classFriendlyName(template: string): string {
  return `Friendly name: ${template}`;
}

export function classRule(attributes: readonly string[]): string {
  return `Unique: ${attributes.join(" + ")}`;
}

export function yesOrNothing(is: boolean): string {
  return is ? "yes" : "";
}

/** `external_key` is an external key to people. */
export function kindName(kind: AttributeKind): string {
  return kind.replaceAll("_", " ");
}

/** @param characters null: as many as there are */
export function lengthDetails(characters: number | null, countsCase: boolean): string {
  const length = characters === null ? [] : [`up to ${characters} characters`];
  return [...length, ...countsCase ? ["case counts"] : []].join(", ");
}

export function bitsDetails(bits: number): string {
  return `${bits} bits`;
}

/** Of values of any kind. */
export const NUMERIC = "a number is stored as a number";

export const GENERATED = "computed by the database";

export const FILLED = "filled by the database";

export function alsoCalled(names: readonly string[]): string {
  return `also ${names.join(", ")}`;
}

export function decimalDetails(digits: number, decimals: number): string {
  return `${digits} digits, ${decimals} of them decimals`;
}

/** @param by the attribute whose value stands for the target; null: its id */
export function keyDetails(target: string, by: string | null, hierarchical: boolean): string {
  return `-> ${target}${by === null ? "" : ` by ${by}`}${hierarchical ? ", no loops" : ""}`;
}

export function fieldDetails(key: string, attribute: string): string {
  return `${key}->${attribute}`;
}

export function linkDetails(linkClass: string, keyToRemote: string, remoteClass: string): string {
  return `${remoteClass} objects, by ${keyToRemote} of ${linkClass}`;
}

export function listDetails(listedClass: string, keyToThis: string): string {
  return `${listedClass} objects, by their ${keyToThis}: no column`;
}
