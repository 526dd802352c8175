/** Objects in sentences, as the reference writes them: `Person::7`. */
import type { NamedObjects } from "../reconcile/problems.ts";

/** ` (Person::3, Person::7)` behind what they are the reason of; three dots say that there are more; nothing for none. */
export function namedObjects({ objects, more }: NamedObjects): string {
  if (objects.length === 0) return "";
  return ` (${objects.map(({ class: code, id }) => `${code}::${id}`).join(", ")}${more ? "..." : ""})`;
}
