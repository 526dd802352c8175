/** Which classes' objects stand behind the value of an attribute, where the root class says too little: two below it may have nothing in common. */
import { linkEnds } from "../model/link_ends.ts";
import { attributeOf, classOf } from "../model/look_up.ts";
import type { AttributeCode, ClassCode, Model } from "../model/model.ts";

/** Every class of which an object may be one of a class. */
export function classesBelow(model: Model, code: ClassCode): readonly ClassCode[] {
  return [code, ...classOf(model, code).concreteClasses];
}

/**
 * The classes of the objects on which an attribute's value depends: those of the class itself, and for external fields and friendly names
 * those of the targets that they go through.
 * @param skipped an external key that is not followed
 */
export function classesBehind(
  model: Model,
  modelClass: ClassCode,
  attribute: AttributeCode | "id",
  skipped: AttributeCode | null = null,
): ReadonlySet<ClassCode> {
  const classes = new Set<ClassCode>();
  const seen = new Set<string>();
  const visit = (code: ClassCode, name: AttributeCode | "id"): void => {
    const place = `${code}.${name}`;
    if (seen.has(place)) return;
    seen.add(place);
    for (const one of classesBelow(model, code)) classes.add(one);
    const current = classOf(model, code);
    const found = name === "id" ? null : attributeOf(current, name);
    if (found?.kind === "external_field" && found.key !== skipped) {
      const key = attributeOf(current, found.key);
      if (key.kind === "external_key") visit(key.target, found.attribute);
    }
    // What a key holds that holds no id.
    if (found?.kind === "external_key" && found.referenced !== undefined) visit(found.target, found.referenced);
    if (found?.kind !== "friendly_name") return;
    for (const real of current.concreteClasses) {
      for (const part of classOf(model, real).friendlyName) {
        if ("attribute" in part) visit(real, part.attribute);
      }
    }
  };
  visit(modelClass, attribute);
  return classes;
}

/** The classes of the objects on which it depends whether a limited user sees objects of a class; null: there is no telling. */
export function classesOfVisibility(model: Model, code: ClassCode): ReadonlySet<ClassCode> | null {
  const classes = new Set<ClassCode>(classesBelow(model, code));
  if (model.organizations !== null) {
    for (const one of classesBelow(model, model.organizations.class)) {
      classes.add(one);
    }
  }
  for (const below of classesBelow(model, code)) {
    const one = classOf(model, below);
    // A link is to be seen when both of its ends are.
    if (linkEnds(model, one).length > 0) return null;
    if (one.organization === null) continue;
    for (const other of classesBehind(model, below, one.organization)) classes.add(other);
  }
  return classes;
}
