/** What a class says of its objects as a whole: keys, name, obsolescence, uniqueness. */
import { hasValue, unsuitable } from "./check_attributes.ts";
import {
  type CheckContext,
  findAttribute,
  hasRawProperty,
  mayExist,
  type WrittenClass,
  writtenClasses,
} from "./check_context.ts";
import { itemPath } from "../file/json_path.ts";
import { isColumn } from "../look_up.ts";
import type { Attribute } from "../model.ts";
import type { LabelsEntry, UniquenessEntry } from "../file/model_file.ts";
import type { ExpectedAttribute } from "../file/model_problem.ts";
import { nearestName } from "../../nearest_name.ts";
import { attributesIn, hasLoneBrace, parseTemplate } from "../file/template.ts";

export function checkClassRules(context: CheckContext): void {
  for (const owner of writtenClasses(context)) {
    const keys = owner.entry.reconciliation_keys ?? [];
    checkList(context, owner, keys, `${owner.path}.reconciliation_keys`, hasValue, "value");
    checkFriendlyName(context, owner);
    checkObsolescence(context, owner);
    checkUniqueness(context, owner);
  }
}

/** A list of attributes of the class that must all be of some use. */
function checkList(
  context: CheckContext,
  owner: WrittenClass,
  names: readonly string[],
  path: string,
  isSuitable: (attribute: Attribute) => boolean,
  expected: ExpectedAttribute,
): void {
  for (const [index, name] of names.entries()) {
    const at = itemPath(path, index);
    const attribute = findAttribute(context, at, owner.resolved, name);
    if (attribute !== null && !isSuitable(attribute)) unsuitable(context, at, owner.resolved, attribute, expected);
  }
}

function checkFriendlyName(context: CheckContext, owner: WrittenClass): void {
  const { entry, resolved, path } = owner;
  const template = entry.friendly_name;
  if (template !== undefined) {
    checkTemplate(context, owner, template, `${path}.friendly_name`);
    if (attributesIn(resolved.friendlyName).length === 0) {
      context.report({ kind: "template_without_attribute", path: `${path}.friendly_name`, found: template });
    }
  } else if (resolved.friendlyName.length === 0 && !resolved.abstract && !mayHaveName(context, owner)) {
    context.report({ kind: "no_friendly_name", path, class: owner.code });
  }
}

/** Whether the class would have a friendly name but for mistakes that were reported already. */
function mayHaveName(context: CheckContext, owner: WrittenClass): boolean {
  return mayExist(context, owner.resolved, "name") || hasRawProperty(context, owner.code, "friendly_name") ||
    hasRawProperty(context, owner.code, "reconciliation_keys");
}

function checkTemplate(context: CheckContext, owner: WrittenClass, template: string, path: string): void {
  if (hasLoneBrace(template)) context.report({ kind: "template_braces", path, found: template });
  for (const name of attributesIn(parseTemplate(template))) {
    const attribute = findAttribute(context, path, owner.resolved, name);
    if (attribute !== null && !hasValue(attribute)) unsuitable(context, path, owner.resolved, attribute, "value");
  }
}

function checkObsolescence(context: CheckContext, owner: WrittenClass): void {
  const rule = owner.entry.obsolete_when;
  if (rule === undefined) return;
  const path = `${owner.path}.obsolete_when`;
  const attribute = findAttribute(context, `${path}.attribute`, owner.resolved, rule.attribute);
  if (attribute === null) return;
  if (attribute.kind !== "enum") {
    return unsuitable(context, `${path}.attribute`, owner.resolved, attribute, "enum");
  }
  const allowed = attribute.values.map((value) => value.code);
  if (allowed.includes(rule.value)) return;
  const nearest = nearestName(rule.value, allowed);
  context.report({ kind: "not_one_of", path: `${path}.value`, found: rule.value, nearest, allowed });
}

function checkUniqueness(context: CheckContext, owner: WrittenClass): void {
  const rules = owner.entry.unique ?? [];
  const all = owner.resolved.uniquenessRules;
  const firstOwn = all.length - rules.length;
  for (const [index, rule] of rules.entries()) {
    const path = itemPath(`${owner.path}.unique`, index);
    if (all.slice(0, firstOwn + index).some((earlier) => earlier.name === rule.name)) {
      context.report({ kind: "repeated_item", path: `${path}.name`, found: rule.name });
    }
    checkList(context, owner, rule.attributes, `${path}.attributes`, isComparable, "stored_value");
    checkList(context, owner, rule.unless_empty ?? [], `${path}.unless_empty`, isComparable, "stored_value");
    checkMessages(context, owner, rule, `${path}.messages`);
  }
}

/** Whether two objects can be compared by the attribute: a column that says something. */
function isComparable(attribute: Attribute): boolean {
  return isColumn(attribute) && hasValue(attribute);
}

function checkMessages(context: CheckContext, owner: WrittenClass, rule: UniquenessEntry, path: string): void {
  const messages: LabelsEntry = rule.messages ?? {};
  if (typeof messages === "string") return checkTemplate(context, owner, messages, path);
  for (const [language, message] of Object.entries(messages)) {
    checkTemplate(context, owner, message, `${path}[${JSON.stringify(language)}]`);
  }
}
