/** Places in a JSON file, as people write them: `$.classes.Book.attributes["first name"].values[0]`. */

/** The whole file. */
export const ROOT_PATH = "$";

/** The path of a property. */
export function propertyPath(path: string, name: string): string {
  return /^[A-Za-z_$][A-Za-z0-9_$]*$/.test(name) ? `${path}.${name}` : `${path}[${JSON.stringify(name)}]`;
}

/** The path of a list's item, counted from 0. */
export function itemPath(path: string, index: number): string {
  return `${path}[${index}]`;
}

/** The path of a class. */
export function classPath(code: string): string {
  return propertyPath("$.classes", code);
}

/** The path of an attribute's entry in the class that declares it. */
export function attributePath(classCode: string, attributeCode: string): string {
  return propertyPath(`${classPath(classCode)}.attributes`, attributeCode);
}
