/** Templates: text in which `{code}` stands for an attribute. */
import type { FriendlyNamePart } from "../model.ts";

/** Cuts a template into its pieces: `{first_name} {name}` has three. */
export function parseTemplate(template: string): FriendlyNamePart[] {
  return template.split(/(\{[^{}]*\})/).filter((piece) => piece !== "").map((piece) =>
    piece.startsWith("{") && piece.endsWith("}") ? { attribute: piece.slice(1, -1).trim() } : { text: piece }
  );
}

/** Codes of the attributes that a template names. */
export function attributesIn(parts: readonly FriendlyNamePart[]): string[] {
  return parts.flatMap((part) => "attribute" in part ? [part.attribute] : []);
}

/** Whether a brace stands in a template without its partner. */
export function hasLoneBrace(template: string): boolean {
  return /[{}]/.test(template.replace(/\{[^{}]*\}/g, ""));
}
