/** A small model with users, persons and organisations, and searches over plain objects. */
import type { Attribute, ClassCode, Model, ModelClass, Profile, StoredValue } from "../../lib/model/model.ts";
import type { FoundObject, Match, ObjectSearches, SearchPlan } from "../../lib/store/objects.ts";
import { objectId } from "../helpers/object_id.ts";

const NO_WORDS = { labels: new Map(), aliases: new Map() };

function text(code: string): Attribute {
  return {
    ...NO_WORDS,
    code,
    declaredBy: "",
    kind: "string",
    nullAllowed: true,
    default: "",
    maxLength: 255,
    countsCase: false,
  };
}

function key(code: string, target: ClassCode): Attribute {
  const rest = { nullAllowed: true, hierarchical: false, onDelete: "restrict" } as const;
  return { ...NO_WORDS, code, declaredBy: "", kind: "external_key", target, ...rest };
}

function friendlyName(): Attribute {
  return { ...NO_WORDS, code: "friendlyname", declaredBy: "", kind: "friendly_name" };
}

function modelClass(code: ClassCode, parent: ClassCode | null, attributes: readonly Attribute[]): ModelClass {
  return {
    code,
    parent,
    root: parent ?? code,
    labels: new Map(),
    abstract: false,
    reconciliationKeys: [],
    friendlyName: [],
    uniquenessRules: [],
    obsoleteWhen: null,
    organization: null,
    attributes: new Map(attributes.map((attribute) => [attribute.code, attribute])),
    concreteClasses: [code],
  };
}

export const ADMINISTRATOR = 1;
export const PORTAL = 2;
export const CONFIGURATION_MANAGER = 3;

function profile(id: number, name: string, administrator: boolean, bulkWrite: readonly ClassCode[]): Profile {
  return { id, name, description: "", administrator, bulkWrite };
}

const USER_ATTRIBUTES = [text("login"), text("password"), text("status"), text("language")];

/** @param parts what the model has beside users and profiles */
export function userModel(parts: { readonly persons: boolean; readonly organizations: boolean }): Model {
  const user = [...USER_ATTRIBUTES, ...(parts.persons ? [key("contactid", "Person")] : [])];
  const classes = [
    modelClass("UserLocal", null, user),
    modelClass("URP_Profiles", null, [text("name")]),
    modelClass("URP_UserProfile", null, [key("userid", "UserLocal"), key("profileid", "URP_Profiles")]),
    modelClass("Contact", null, []),
    modelClass("Person", "Contact", [friendlyName()]),
    modelClass("Organization", null, [key("parent_id", "Organization")]),
  ];
  if (parts.organizations) {
    classes.push(modelClass("URP_UserOrg", null, [key("userid", "UserLocal"), key("allowed_org_id", "Organization")]));
  }
  return {
    name: "test",
    languages: ["EN US", "FR FR"],
    classes: new Map(classes.map((one) => [one.code, one])),
    profiles: [
      profile(ADMINISTRATOR, "Administrator", true, []),
      profile(PORTAL, "Portal user", false, []),
      profile(CONFIGURATION_MANAGER, "Configuration Manager", false, ["Contact", "Organization"]),
    ],
    organizations: parts.organizations ? { class: "Organization", parent: "parent_id" } : null,
  };
}

export interface PlainObject {
  readonly class: ClassCode;
  readonly id: number;
  readonly values: Readonly<Record<string, StoredValue>>;
}

/** Answers searches from a list; text is compared without case. */
export function plainObjects(objects: readonly PlainObject[]): ObjectSearches {
  const valueOf = (object: PlainObject, code: string) => code === "id" ? object.id : object.values[code] ?? null;
  const isSame = (a: StoredValue, b: StoredValue | undefined) =>
    typeof a === "string" && typeof b === "string" ? a.toLowerCase() === b.toLowerCase() : a === b;
  const all = (plan: SearchPlan, asked: readonly StoredValue[]): FoundObject[] => {
    if (!plan.includeHidden) throw new Error("users and rights are read whatever the user may see");
    const matches = objects.filter((object) =>
      object.class === plan.class && plan.conditions.every((code, index) => isSame(valueOf(object, code), asked[index]))
    );
    return matches.map((object) => ({
      id: objectId(object.id),
      class: object.class,
      values: plan.read.map((code) => valueOf(object, code)),
    }));
  };
  const unexpected = () => {
    throw new Error("nobody asks for that of users");
  };
  return {
    search: (plan) => ({
      all: (asked) => Promise.resolve(all(plan, asked)),
      find: (keys) =>
        Promise.resolve(keys.map((asked): Match => {
          const found = all(plan, asked);
          if (found.length > 1) {
            return {
              kind: "several",
              count: () => Promise.resolve(found.length),
              first: (most) => Promise.resolve(found.slice(0, most)),
            };
          }
          return found[0] === undefined ? { kind: "none" } : { kind: "one", object: found[0] };
        })),
      allOf: (keys) => Promise.resolve(keys.map((asked) => all(plan, asked))),
      fewOf: unexpected,
      anyFor: (keys) => Promise.resolve(keys.map((asked) => all(plan, asked).length > 0)),
      valuesOf: unexpected,
    }),
    list: unexpected,
    shownKey: () => null,
    idFromText: (_, text) => objectId(Number(text)),
    shownId: (_, id) => Number(id),
    examples: unexpected,
  };
}
