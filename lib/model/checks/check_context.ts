/** What the checks of a model file share: the file, what became of it, and look-ups that do not report one mistake twice. */
import { isObject } from "./check_shape.ts";
import { classPath, propertyPath } from "../file/json_path.ts";
import type { Attribute, Model, ModelClass } from "../model.ts";
import type { AttributeEntry, ClassEntry, ModelFile } from "../file/model_file.ts";
import type { Report } from "../file/model_problem.ts";
import { nearestName } from "../../nearest_name.ts";

export interface CheckContext {
  /** The JSON value as it was written. */
  readonly raw: unknown;
  /** The file without what was wrong in its form, with the classes of users. */
  readonly file: ModelFile;
  /** What the file resolves to, as far as it does. */
  readonly model: Model;
  readonly report: Report;
}

/** A class that the file itself declares. */
export interface WrittenClass {
  readonly code: string;
  readonly path: string;
  readonly entry: ClassEntry;
  readonly resolved: ModelClass;
}

/** The classes that the file itself declares, in its order. */
export function writtenClasses(context: CheckContext): WrittenClass[] {
  return Object.entries(context.file.classes).flatMap(([code, entry]) => {
    const resolved = context.model.classes.get(code);
    if (resolved === undefined || rawClass(context, code) === null) return [];
    return [{ code, path: classPath(code), entry, resolved }];
  });
}

/** An attribute's entry in the class where it stands. */
export interface WrittenAttribute {
  readonly owner: WrittenClass;
  readonly code: string;
  readonly path: string;
  readonly entry: AttributeEntry;
}

export function writtenAttributes(owner: WrittenClass): WrittenAttribute[] {
  return Object.entries(owner.entry.attributes ?? {}).map(([code, entry]) => (
    { owner, code, path: propertyPath(`${owner.path}.attributes`, code), entry }
  ));
}

/** The class of this name; reports one that does not exist. */
export function findClass(context: CheckContext, path: string, name: string): ModelClass | null {
  const found = context.model.classes.get(name);
  if (found !== undefined) return found;
  if (!existsInRaw(context, name)) {
    context.report({
      kind: "unknown_class",
      path,
      name,
      nearest: nearestName(name, [...context.model.classes.keys()]),
    });
  }
  return null;
}

/** The attribute of this name; reports one that does not exist, but for those whose own entry was reported. */
export function findAttribute(context: CheckContext, path: string, owner: ModelClass, name: string): Attribute | null {
  const found = owner.attributes.get(name);
  if (found !== undefined) return found;
  if (!mayExist(context, owner, name)) {
    const nearest = nearestName(name, [...owner.attributes.keys()]);
    context.report({ kind: "unknown_attribute", path, class: owner.code, name, nearest });
  }
  return null;
}

/** A class as it was written, right or wrong; null: the file has none of this name. */
function rawClass(context: Pick<CheckContext, "raw">, code: string): { readonly [name: string]: unknown } | null {
  const classes = isObject(context.raw) ? context.raw["classes"] : undefined;
  if (!isObject(classes) || !Object.hasOwn(classes, code)) return null;
  const found = classes[code];
  return isObject(found) ? found : {};
}

/** Whether the file names the class, however wrong its entry is. */
export function existsInRaw(context: Pick<CheckContext, "raw">, code: string): boolean {
  return rawClass(context, code) !== null;
}

/** Whether a class's entry has the property, right or wrong. */
export function hasRawProperty(context: CheckContext, code: string, name: string): boolean {
  return rawClass(context, code)?.[name] !== undefined;
}

/** A property of an attribute's entry as it was written; undefined: it is not there. */
export function rawAttributeProperty(context: CheckContext, attribute: WrittenAttribute, name: string): unknown {
  const attributes = rawClass(context, attribute.owner.code)?.["attributes"];
  const entry = isObject(attributes) ? attributes[attribute.code] : undefined;
  return isObject(entry) ? entry[name] : undefined;
}

/** Whether a class, or one above it, lost its parent to a mistake: what it inherits is not known. */
export function lostParent(context: CheckContext, owner: ModelClass): boolean {
  return lineage(context, owner).some((one) =>
    one.parent === null && rawClass(context, one.code)?.["parent"] !== undefined
  );
}

/** Whether an attribute that was not resolved is there all the same: in an entry, or a parent, with a mistake of its own. */
export function mayExist(context: CheckContext, owner: ModelClass, name: string): boolean {
  return lostParent(context, owner) || lineage(context, owner).some((one) => {
    const attributes = rawClass(context, one.code)?.["attributes"];
    if (!isObject(attributes)) return attributes !== undefined;
    return writtenNames(name).some((written) => Object.hasOwn(attributes, written));
  });
}

/** The class, its parent and so on. */
function lineage(context: CheckContext, owner: ModelClass): ModelClass[] {
  const parent = owner.parent === null ? undefined : context.model.classes.get(owner.parent);
  return [owner, ...(parent === undefined ? [] : lineage(context, parent))];
}

/** The name, and for an attribute that is generated for a key, the key. */
function writtenNames(name: string): string[] {
  return [name, name.replace(/_(friendlyname|finalclass_recall|obsolescence_flag)$/, "")];
}
