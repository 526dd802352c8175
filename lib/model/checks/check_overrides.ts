/** Entries for attributes that exist already: inherited ones, and ones that are generated. */
import { checkAttributeShape } from "./check_model_shape.ts";
import {
  type CheckContext,
  lostParent,
  mayExist,
  rawAttributeProperty,
  type WrittenAttribute,
  writtenAttributes,
  writtenClasses,
} from "./check_context.ts";
import { CHANGEABLE_PROPERTIES, isComputedCode } from "../file/declared_attributes.ts";
import { propertyPath } from "../file/json_path.ts";
import type { Attribute } from "../model.ts";
import type { AttributeEntry } from "../file/model_file.ts";

export function checkOverrides(context: CheckContext): void {
  for (const owner of writtenClasses(context)) {
    for (const attribute of writtenAttributes(owner)) checkOverride(context, attribute);
  }
}

function checkOverride(context: CheckContext, attribute: WrittenAttribute): void {
  const { owner, code, path, entry } = attribute;
  const parent = owner.resolved.parent === null ? undefined : context.model.classes.get(owner.resolved.parent);
  const inherited = parent?.attributes.get(code);
  if (inherited !== undefined && !isComputedCode(code)) return checkInherited(context, attribute, inherited);
  if (entry.kind !== undefined) return;
  const generated = owner.resolved.attributes.get(code);
  if (generated !== undefined) return checkProperties(context, attribute, generated);
  // A kind that is there but wrong was reported already; so was a parent, or its entry, that may have had the attribute.
  const mayBeInherited = lostParent(context, owner.resolved) ||
    (parent !== undefined && mayExist(context, parent, code));
  if (rawAttributeProperty(context, attribute, "kind") === undefined && !mayBeInherited) {
    context.report({ kind: "missing_property", path, name: "kind" });
  }
}

function checkInherited(context: CheckContext, attribute: WrittenAttribute, inherited: Attribute): void {
  const { path, entry } = attribute;
  if (entry.kind !== undefined && entry.kind !== inherited.kind) {
    const { kind, declaredBy } = inherited;
    context.report({ kind: "other_kind", path: `${path}.kind`, found: entry.kind, inherited: kind, from: declaredBy });
    return;
  }
  checkProperties(context, attribute, inherited);
}

/** Only some properties may be said again, and they must suit the kind. */
function checkProperties(context: CheckContext, attribute: WrittenAttribute, inherited: Attribute): void {
  const { path, entry } = attribute;
  const changes: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(entry)) {
    if (isChangeable(name)) changes[name] = value;
    else {
      const from = inherited.declaredBy;
      context.report({ kind: "not_overridable", path: propertyPath(path, name), name, from });
    }
  }
  // The kind decides what may stand there; what the kind needs is inherited.
  checkAttributeShape({ ...changes, kind: inherited.kind }, path, (problem) => {
    if (problem.kind !== "missing_property") context.report(problem);
  });
}

function isChangeable(name: string): name is keyof AttributeEntry {
  return (CHANGEABLE_PROPERTIES as readonly string[]).includes(name);
}
