/** External keys that are filled in a second reading of the file (SPEC 16, `second_pass`): which are meant, and whether they can be. */
import type { StopMessage } from "../errors.ts";
import * as sentences from "../messages/second_pass.ts";
import { attributeOf, classOf } from "../model/look_up.ts";
import type { AttributeCode, ClassCode, Model } from "../model/model.ts";
import { nearestName } from "../nearest_name.ts";
import { knownColumns, type Naming } from "./known_columns.ts";
import { namedKey } from "./named_key.ts";
import { type ColumnPlan, conditionsOf, type ExternalKeyColumns, feedingCells, withInner } from "./plan.ts";

export interface LaterKeysRequest {
  readonly model: Model;
  readonly naming: Naming;
  readonly plan: ColumnPlan;
  /** As typed. */
  readonly names: readonly string[];
  /** External keys that create the target which they do not find. */
  readonly createTargets: ReadonlySet<AttributeCode>;
  /** The rows write user accounts, or what these may do. */
  readonly writesAccounts: boolean;
  /** The user sees the objects of some organisations only. */
  readonly isLimited: boolean;
}

export type LaterKeysResult =
  | { readonly ok: true; readonly codes: ReadonlySet<AttributeCode> }
  /** Every problem at once. */
  | { readonly ok: false; readonly problems: readonly StopMessage[] };

/** Which external keys of the file the names mean, and what stands against a second reading. */
export function laterKeys(request: LaterKeysRequest): LaterKeysResult {
  const { model, naming, names, plan } = request;
  const known = knownColumns(model, plan.class, naming);
  const problems: StopMessage[] = [];
  const found: ExternalKeyColumns[] = [];
  for (const name of names) {
    const columns = namedKey(known, plan, name);
    if (columns === undefined) problems.push(unknown(request, name));
    else found.push(columns);
  }
  const codes = new Set(found.map(({ key }) => key.code));
  for (const { key } of plan.externalKeys.filter(({ key }) => codes.has(key.code))) {
    if (!key.nullAllowed) problems.push(sentences.mandatoryLaterKey(key.code, plan.class.code));
    if (request.createTargets.has(key.code)) problems.push(sentences.laterKeyThatCreates(key.code));
    if (request.isLimited && decidesWhatIsSeen(request, key.code)) {
      problems.push(sentences.laterKeyOfOrganization(key.code));
    }
  }
  if (request.writesAccounts) problems.push(sentences.laterKeyOfAccounts(plan.class.code));
  problems.push(...dependentLookUps(request, codes));
  return problems.length === 0 ? { ok: true, codes } : { ok: false, problems };
}

function unknown({ plan }: LaterKeysRequest, name: string): StopMessage {
  const keys = plan.externalKeys.map(({ key }) => key.code);
  const columns = plan.externalKeys.flatMap(feedingCells).map((cell) => plan.headers[cell] ?? "");
  return sentences.unknownLaterKey(name, nearestName(name, [...keys, ...columns]), keys);
}

/** What is looked for by a key that has no value yet is not found. */
function dependentLookUps({ model, plan }: LaterKeysRequest, codes: ReadonlySet<AttributeCode>): StopMessage[] {
  const depends = (modelClass: ClassCode, attribute: AttributeCode | "id") =>
    keyBehind(model, plan.class.root, modelClass, attribute, codes);
  const keys = plan.keys.flatMap((key) => {
    if (key.kind === "id") return [];
    const code = key.kind === "attribute" ? key.attribute.code : key.columns.key.code;
    const later = depends(plan.class.code, code);
    return later === null ? [] : [sentences.reconciledByLaterKey(key.printed, later)];
  });
  const targets = withInner(plan.externalKeys).flatMap((columns) => {
    const later = conditionsOf(columns).map((code) => depends(columns.key.target, code)).find((one) => one !== null);
    const names = feedingCells(columns).map((cell) => plan.headers[cell] ?? "");
    return later === undefined ? [] : [sentences.lookedForByLaterKey(names.join(", "), later)];
  });
  return [...keys, ...targets];
}

/**
 * The first of some keys of a root class without which the value of an attribute is not known: itself, or one that an external field or a
 * friendly name goes through. Null: there is none.
 */
export function keyBehind(
  model: Model,
  root: ClassCode,
  modelClass: ClassCode,
  attribute: AttributeCode | "id",
  keys: ReadonlySet<AttributeCode>,
): AttributeCode | null {
  const seen = new Set<string>();
  const visit = (code: ClassCode, name: AttributeCode | "id"): AttributeCode | null => {
    const place = `${code}.${name}`;
    if (name === "id" || seen.has(place)) return null;
    seen.add(place);
    const current = classOf(model, code);
    const found = attributeOf(current, name);
    if (found.kind === "external_key") return current.root === root && keys.has(name) ? name : null;
    if (found.kind === "external_field") {
      const key = attributeOf(current, found.key);
      const own = visit(code, found.key);
      return own ?? (key.kind === "external_key" ? visit(key.target, found.attribute) : null);
    }
    if (found.kind !== "friendly_name") return null;
    for (const real of current.concreteClasses) {
      for (const part of classOf(model, real).friendlyName) {
        const behind = "attribute" in part ? visit(real, part.attribute) : null;
        if (behind !== null) return behind;
      }
    }
    return null;
  };
  return visit(modelClass, attribute);
}

/** Whether a key says to which organisation an object belongs: a limited user would not see what the first reading makes. */
function decidesWhatIsSeen({ model, plan }: LaterKeysRequest, key: AttributeCode): boolean {
  const { organizations } = model;
  if (organizations === null) return false;
  if (classOf(model, organizations.class).root === plan.class.root && organizations.parent === key) return true;
  return [...model.classes.values()].some(({ code, root, organization }) =>
    root === plan.class.root && organization !== null &&
    keyBehind(model, root, code, organization, new Set([key])) !== null
  );
}
