/** What logging in needs of a model: the classes of users and profiles, and a profile that may load everything. */
import { type CheckContext, existsInRaw, findAttribute } from "./check_context.ts";
import { unsuitable } from "./check_attributes.ts";
import { classPath, itemPath } from "../file/json_path.ts";
import { foldCase } from "../look_up.ts";
import type { Attribute, ModelClass } from "../model.ts";
import type { ProfileEntry } from "../file/model_file.ts";
import type { ExpectedAttribute } from "../file/model_problem.ts";
import { nearestName } from "../../nearest_name.ts";
import { USER_CLASSES } from "../file/users_part.ts";

export function checkUsers(context: CheckContext): void {
  if (USER_CLASSES.some((code) => existsInRaw(context, code))) checkUserClasses(context);
  const profiles = context.file.profiles ?? [];
  for (const [index, profile] of profiles.entries()) checkProfile(context, profiles, index, profile);
  if (isWritten(context) && !profiles.some((profile) => profile.administrator === true)) {
    context.report({ kind: "no_administrator", path: "$.profiles" });
  }
}

/** Whether the file has profiles of its own. */
function isWritten(context: CheckContext): boolean {
  return Array.isArray((context.raw as { readonly profiles?: unknown }).profiles);
}

/** What the program asks of each class of users. */
const NEEDED: { readonly [modelClass: string]: { readonly [code: string]: ExpectedAttribute } } = {
  UserLocal: { login: "text", password: "password", status: "enum", language: "language", profile_list: "link_set" },
  URP_Profiles: { name: "text", description: "text" },
  URP_UserProfile: { userid: "key_to_class", profileid: "key_to_class", reason: "text" },
};

/** To which class the keys of links must lead. */
const KEY_TARGETS: { readonly [code: string]: string } = { userid: "UserLocal", profileid: "URP_Profiles" };

function checkUserClasses(context: CheckContext): void {
  for (const code of USER_CLASSES) {
    if (!existsInRaw(context, code)) context.report({ kind: "users_incomplete", path: "$.classes", missing: code });
  }
  for (const [code, attributes] of Object.entries(NEEDED)) {
    const modelClass = context.model.classes.get(code);
    if (modelClass === undefined || !existsInRaw(context, code)) continue;
    if (modelClass.abstract) {
      context.report({ kind: "user_class_abstract", path: `${classPath(code)}.abstract`, class: code });
    }
    for (const [name, expected] of Object.entries(attributes)) checkNeeded(context, modelClass, name, expected);
  }
  checkStatus(context);
  checkValuesOfFirstUser(context);
}

function checkNeeded(context: CheckContext, owner: ModelClass, name: string, expected: ExpectedAttribute): void {
  const path = `${classPath(owner.code)}.attributes`;
  const attribute = owner.attributes.get(name);
  if (attribute === undefined) {
    // Reports nothing when the attribute is there with a mistake of its own.
    findAttribute({ ...context, report: () => missing(context, path, owner, name) }, path, owner, name);
    return;
  }
  const at = `${classPath(attribute.declaredBy)}.attributes.${name}`;
  const target = KEY_TARGETS[name];
  if (!isAsExpected(context, attribute, expected)) unsuitable(context, at, owner, attribute, expected, target);
}

function missing(context: CheckContext, path: string, owner: ModelClass, attribute: string): void {
  context.report({ kind: "user_attribute_missing", path, class: owner.code, attribute });
}

function isAsExpected(context: CheckContext, attribute: Attribute, expected: ExpectedAttribute): boolean {
  switch (expected) {
    case "text":
      return "maxLength" in attribute;
    case "key_to_class":
      return attribute.kind === "external_key" && leadsTo(context, attribute.target, KEY_TARGETS[attribute.code] ?? "");
    case "link_set":
      return attribute.kind === "link_set" && attribute.linkClass === "URP_UserProfile";
    default:
      return attribute.kind === expected;
  }
}

/** Whether a key to `target` may refer to an object of `wanted`. */
function leadsTo(context: CheckContext, target: string, wanted: string): boolean {
  for (let code: string | null = wanted; code !== null; code = context.model.classes.get(code)?.parent ?? null) {
    if (code === target) return true;
  }
  return false;
}

function checkStatus(context: CheckContext): void {
  const status = context.model.classes.get("UserLocal")?.attributes.get("status");
  if (status?.kind !== "enum" || status.values.some((value) => value.code === "enabled")) return;
  const path = `${classPath(status.declaredBy)}.attributes.status.values`;
  context.report({ kind: "user_value_missing", path, value: "enabled" });
}

/** Attributes for which `init` has a value when it makes the first user. */
const GIVEN_TO_FIRST_USER: ReadonlySet<string> = new Set(["login", "password", "status", "language"]);

function checkValuesOfFirstUser(context: CheckContext): void {
  for (const attribute of context.model.classes.get("UserLocal")?.attributes.values() ?? []) {
    if (!("nullAllowed" in attribute) || attribute.nullAllowed || GIVEN_TO_FIRST_USER.has(attribute.code)) continue;
    if ("default" in attribute && attribute.default !== null && attribute.default !== "") continue;
    const path = `${classPath(attribute.declaredBy)}.attributes.${attribute.code}`;
    context.report({ kind: "user_needs_value", path, attribute: attribute.code });
  }
}

function checkProfile(
  context: CheckContext,
  profiles: readonly ProfileEntry[],
  index: number,
  profile: ProfileEntry,
): void {
  const path = itemPath("$.profiles", index);
  for (const earlier of profiles.slice(0, index)) {
    const other = `${earlier.id} ${earlier.name}`;
    if (earlier.id === profile.id) {
      context.report({ kind: "repeated_profile", path: `${path}.id`, found: String(profile.id), other });
    }
    if (foldCase(earlier.name) === foldCase(profile.name)) {
      context.report({ kind: "repeated_profile", path: `${path}.name`, found: profile.name, other });
    }
  }
  const known = [...context.model.classes.keys()];
  for (const [at, name] of (profile.bulk_write ?? []).entries()) {
    if (known.includes(name) || existsInRaw(context, name)) continue;
    const nearest = nearestName(name, known);
    context.report({ kind: "unknown_class", path: itemPath(`${path}.bulk_write`, at), name, nearest });
  }
}
