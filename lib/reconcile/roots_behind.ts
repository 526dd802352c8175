/** Which objects stand behind the value of an attribute, so that one knows when it may have changed. */
import { linkEnds } from "../model/link_ends.ts";
import { attributeOf, classOf } from "../model/look_up.ts";
import type { AttributeCode, ClassCode, Model } from "../model/model.ts";

/**
 * The root classes of the objects on which an attribute's value depends: the class's own, and for external fields and friendly names
 * those of the targets that they go through.
 */
export function rootsBehind(model: Model, modelClass: ClassCode, attribute: AttributeCode | "id"): Set<ClassCode> {
  const roots = new Set<ClassCode>();
  const seen = new Set<string>();
  const visit = (code: ClassCode, name: AttributeCode | "id"): void => {
    const place = `${code}.${name}`;
    if (seen.has(place)) return;
    seen.add(place);
    const current = classOf(model, code);
    roots.add(current.root);
    const found = name === "id" ? null : attributeOf(current, name);
    if (found?.kind === "external_field") {
      const key = attributeOf(current, found.key);
      if (key.kind === "external_key") visit(key.target, found.attribute);
    }
    if (found?.kind !== "friendly_name") return;
    for (const real of current.concreteClasses) {
      for (const part of classOf(model, real).friendlyName) {
        if ("attribute" in part) visit(real, part.attribute);
      }
    }
  };
  visit(modelClass, attribute);
  return roots;
}

/** The roots of the objects on which it depends whether objects of some roots are to be seen: their organisations, and the way to them. */
export function rootsOfOrganizations(model: Model, roots: ReadonlySet<ClassCode>): Set<ClassCode> {
  const behind = new Set<ClassCode>();
  if (model.organizations !== null) behind.add(classOf(model, model.organizations.class).root);
  for (const { code, root, organization } of model.classes.values()) {
    if (organization === null || !roots.has(root)) continue;
    for (const other of rootsBehind(model, code, organization)) behind.add(other);
  }
  const ends = new Set(
    [...model.classes.values()].filter(({ root }) => roots.has(root)).flatMap((one) => linkEnds(model, one))
      .map(({ target }) => classOf(model, target).root),
  );
  // A link is to be seen when both of its ends are.
  if ([...ends].some((root) => !roots.has(root))) {
    for (const root of ends) behind.add(root);
    for (const other of rootsOfOrganizations(model, ends.union(roots))) behind.add(other);
  }
  return behind;
}

/** Whether it may depend on other objects of a root whether one of it is to be seen: its organisation stands in them. */
export function organizationIsInOthers(model: Model, root: ClassCode): boolean {
  return [...model.classes.values()].some(({ code, root: own, organization }) =>
    own === root && organization !== null && standsInOthers(model, code, organization)
  );
}

/** Whether the value of an attribute may stand in another object of the class's own root. */
export function standsInOthers(model: Model, modelClass: ClassCode, name: AttributeCode | "id"): boolean {
  if (name === "id") return false;
  const { root, attributes, friendlyName } = classOf(model, modelClass);
  const attribute = attributes.get(name);
  if (attribute?.kind === "friendly_name") {
    return friendlyName.some((part) =>
      "attribute" in part && part.attribute !== name && standsInOthers(model, modelClass, part.attribute)
    );
  }
  const key = attribute?.kind === "external_field" ? attributes.get(attribute.key) : undefined;
  return attribute?.kind === "external_field" && key?.kind === "external_key" &&
    rootsBehind(model, key.target, attribute.attribute).has(root);
}

/** The roots of the objects that go, or lose an external key, when objects of some roots are deleted (`on_delete`): these roots, and others. */
export function rootsOfDeletion(model: Model, deleted: readonly ClassCode[]): ReadonlySet<ClassCode> {
  const roots = new Set(deleted);
  // What is added while the set is walked is walked, too: of an object whose key is emptied it goes no further, but that does no harm.
  for (const root of roots) {
    for (const modelClass of model.classes.values()) {
      for (const attribute of modelClass.attributes.values()) {
        if (attribute.kind !== "external_key" || attribute.onDelete === "restrict") continue;
        if (classOf(model, attribute.target).root === root) roots.add(modelClass.root);
      }
    }
  }
  return roots;
}
