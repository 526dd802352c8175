/** Attributes by the names that items of link sets have for them: their codes, and in databases of others what their columns are called. */
import { isColumn } from "./look_up.ts";
import type { Attribute } from "./model.ts";

/** Codes before other names; undefined: there is none. */
export function attributeCalled<A extends Attribute>(attributes: readonly A[], name: string): A | undefined {
  const exact = attributes.find(({ code }) => code === name);
  if (exact !== undefined) return exact;
  const form = asciiForm(name);
  return attributes.find((attribute) => columnNames(attribute).some((one) => asciiForm(one) === form));
}

/** Labels are what columns are called. */
function columnNames(attribute: Attribute): readonly string[] {
  const { labels, otherNames = [], isNameless } = attribute;
  const isTable = isColumn(attribute) && attribute.keepsWhatIsStored === true && isNameless !== true;
  return isTable ? [...labels.values(), ...otherNames] : otherNames;
}

/** As SQLite compares names. */
export function asciiForm(name: string): string {
  return name.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
