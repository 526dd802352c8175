/** What each kind of attribute refers to: targets, keys, link classes. */
import {
  type CheckContext,
  findAttribute,
  findClass,
  type WrittenAttribute,
  writtenAttributes,
  writtenClasses,
} from "./check_context.ts";
import { checkDefault } from "./check_defaults.ts";
import { checkEnumValues } from "./check_enum_values.ts";
import { isOrIsBelow } from "../look_up.ts";
import type {
  Attribute,
  ExternalFieldAttribute,
  ExternalKeyAttribute,
  LinkSetAttribute,
  ModelClass,
  ObjectListAttribute,
} from "../model.ts";
import type { ExpectedAttribute } from "../file/model_problem.ts";

export function checkAttributes(context: CheckContext): void {
  for (const owner of writtenClasses(context)) {
    for (const written of writtenAttributes(owner)) {
      const attribute = owner.resolved.attributes.get(written.code);
      if (attribute === undefined) continue;
      checkEnumValues(context, written, attribute);
      checkDefault(context, written, attribute);
      if (attribute.declaredBy === owner.code && written.entry.kind !== undefined) {
        checkReferences(context, written, attribute);
      }
    }
  }
}

function checkReferences(context: CheckContext, written: WrittenAttribute, attribute: Attribute): void {
  if (attribute.kind === "external_key") checkExternalKey(context, written, attribute);
  else if (attribute.kind === "external_field") checkExternalField(context, written, attribute);
  else if (attribute.kind === "link_set") checkLinkSet(context, written, attribute);
  else if (attribute.kind === "object_list") checkObjectList(context, written, attribute);
  else if (attribute.kind === "decimal" && attribute.decimals > attribute.digits) {
    const { digits, decimals } = attribute;
    context.report({ kind: "decimals_exceed_digits", path: `${written.path}.decimals`, digits, decimals });
  }
}

function checkExternalKey(context: CheckContext, written: WrittenAttribute, key: ExternalKeyAttribute): void {
  const { owner, path } = written;
  if (key.onDelete === "set_null" && !key.nullAllowed) {
    context.report({ kind: "set_null_not_allowed", path: `${path}.on_delete` });
  }
  const target = findClass(context, `${path}.target`, key.target);
  if (target === null || !key.hierarchical || isOrIsBelow(context.model, owner.code, target.code)) return;
  context.report({ kind: "hierarchy_elsewhere", path: `${path}.target`, class: owner.code, target: target.code });
}

/** Kinds that have no one value to be read through a key, or none that may be shown. */
const WITHOUT_VALUE: ReadonlySet<Attribute["kind"]> = new Set(["link_set", "object_list", "password", "case_log"]);

/** Whether an attribute has a value that names, rules and other classes may use. */
export function hasValue(attribute: Attribute): boolean {
  return !WITHOUT_VALUE.has(attribute.kind);
}

function checkExternalField(context: CheckContext, written: WrittenAttribute, field: ExternalFieldAttribute): void {
  const { owner, path } = written;
  const key = findAttribute(context, `${path}.key`, owner.resolved, field.key);
  if (key === null) return;
  if (key.kind !== "external_key") {
    return unsuitable(context, `${path}.key`, owner.resolved, key, "external_key");
  }
  const target = context.model.classes.get(key.target);
  if (target === undefined || field.attribute === "id") return;
  const remote = findAttribute(context, `${path}.attribute`, target, field.attribute);
  if (remote !== null && !hasValue(remote)) unsuitable(context, `${path}.attribute`, target, remote, "value");
}

function checkLinkSet(context: CheckContext, written: WrittenAttribute, set: LinkSetAttribute): void {
  const { owner, path } = written;
  const linkClass = findClass(context, `${path}.link_class`, set.linkClass);
  if (linkClass === null) return;
  if (linkClass.abstract) {
    context.report({ kind: "link_class_abstract", path: `${path}.link_class`, class: linkClass.code });
  }
  checkKeyTo(context, `${path}.key_to_this`, linkClass, set.keyToThis, owner.code);
  if (set.keyToRemote === set.keyToThis) {
    return context.report({ kind: "same_keys", path: `${path}.key_to_remote`, key: set.keyToRemote });
  }
  const remote = findAttribute(context, `${path}.key_to_remote`, linkClass, set.keyToRemote);
  if (remote !== null && remote.kind !== "external_key") {
    unsuitable(context, `${path}.key_to_remote`, linkClass, remote, "external_key");
  }
}

function checkObjectList(context: CheckContext, written: WrittenAttribute, list: ObjectListAttribute): void {
  const { owner, path } = written;
  const listed = findClass(context, `${path}.listed_class`, list.listedClass);
  if (listed !== null) checkKeyTo(context, `${path}.key_to_this`, listed, list.keyToThis, owner.code);
}

/** A key by which objects of one class refer to those of another, or of a parent of it. */
function checkKeyTo(context: CheckContext, path: string, from: ModelClass, name: string, to: string): void {
  const key = findAttribute(context, path, from, name);
  if (key === null) return;
  if (key.kind !== "external_key") return unsuitable(context, path, from, key, "external_key");
  if (!context.model.classes.has(key.target) || isOrIsBelow(context.model, to, key.target)) return;
  unsuitable(context, path, from, key, "key_to_class", to);
}

/** Reports an attribute that exists but cannot serve. */
export function unsuitable(
  context: CheckContext,
  path: string,
  owner: ModelClass,
  attribute: Attribute,
  expected: ExpectedAttribute,
  target?: string,
): void {
  const found = attribute.kind === "external_key" ? `external_key to ${attribute.target}` : attribute.kind;
  const facts = { path, class: owner.code, attribute: attribute.code, found, expected };
  context.report({ kind: "unsuitable_attribute", ...facts, ...(target === undefined ? {} : { target }) });
}
