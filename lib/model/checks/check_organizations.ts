/** The tree of organisations, and the attribute by which an object belongs to one. */
import { unsuitable } from "./check_attributes.ts";
import { type CheckContext, findAttribute, findClass, type WrittenClass, writtenClasses } from "./check_context.ts";
import { isOrIsBelow } from "../look_up.ts";
import type { Attribute, ModelClass } from "../model.ts";

export function checkOrganizations(context: CheckContext): void {
  checkTree(context);
  for (const owner of writtenClasses(context)) {
    if (owner.entry.organization !== undefined) checkClass(context, owner, owner.entry.organization);
  }
}

function checkTree(context: CheckContext): void {
  const tree = context.file.organizations;
  if (tree === undefined) return;
  const found = findClass(context, "$.organizations.class", tree.class);
  if (found === null || tree.parent === undefined) return;
  const parent = findAttribute(context, "$.organizations.parent", found, tree.parent);
  if (parent === null || (parent.kind === "external_key" && parent.hierarchical)) return;
  unsuitable(context, "$.organizations.parent", found, parent, "hierarchical_key");
}

function checkClass(context: CheckContext, owner: WrittenClass, name: string): void {
  const path = `${owner.path}.organization`;
  const tree = context.model.organizations;
  // A tree with mistakes of its own was reported already.
  if (tree === null) return hasRawTree(context) ? undefined : context.report({ kind: "organizations_missing", path });
  if (!context.model.classes.has(tree.class)) return;
  if (name === "id") {
    if (isOrIsBelow(context.model, owner.code, tree.class)) return;
    return context.report({ kind: "organization_id_elsewhere", path, class: owner.code, organizations: tree.class });
  }
  const attribute = findAttribute(context, path, owner.resolved, name);
  if (attribute === null || refersTo(context, owner.resolved, attribute, tree.class)) return;
  unsuitable(context, path, owner.resolved, attribute, "organization", tree.class);
}

function hasRawTree(context: CheckContext): boolean {
  return (context.raw as { readonly organizations?: unknown }).organizations !== undefined;
}

/** Whether an attribute is a key to a class, or an external field that stands for such a key. A wrong reference counts as right. */
function refersTo(
  context: CheckContext,
  owner: ModelClass,
  attribute: Attribute,
  target: string,
  seen: readonly Attribute[] = [],
): boolean {
  if (attribute.kind === "external_key") {
    return !context.model.classes.has(attribute.target) || isOrIsBelow(context.model, attribute.target, target);
  }
  if (attribute.kind !== "external_field") return false;
  if (seen.includes(attribute)) return true;
  const key = owner.attributes.get(attribute.key);
  const remoteClass = key?.kind === "external_key" ? context.model.classes.get(key.target) : undefined;
  if (remoteClass === undefined) return true;
  if (attribute.attribute === "id") return isOrIsBelow(context.model, remoteClass.code, target);
  const remote = remoteClass.attributes.get(attribute.attribute);
  return remote === undefined || refersTo(context, remoteClass, remote, target, [...seen, attribute]);
}
