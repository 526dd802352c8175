/** A small model: organisations in a hierarchy, persons and teams and their links, typologies, accounts. */
import type {
  Attribute,
  AttributeCode,
  ClassCode,
  FriendlyNamePart,
  Model,
  ModelClass,
  UniquenessRule,
} from "../../lib/model/model.ts";

const NO_WORDS = { declaredBy: "", labels: new Map<string, string>(), aliases: new Map<string, readonly string[]>() };

function text(code: string, nullAllowed = true): Attribute {
  return { ...NO_WORDS, code, kind: "string", nullAllowed, default: "", maxLength: 255, countsCase: false };
}

function oneOf(code: string, values: readonly string[], nullAllowed = true): Attribute {
  const enumValues = values.map((value) => ({ code: value, labels: new Map<string, string>() }));
  return { ...NO_WORDS, code, kind: "enum", nullAllowed, default: null, values: enumValues };
}

function integer(code: string): Attribute {
  return { ...NO_WORDS, code, kind: "integer", nullAllowed: true, default: null };
}

function decimal(code: string): Attribute {
  return { ...NO_WORDS, code, kind: "decimal", nullAllowed: true, default: null, digits: 12, decimals: 2 };
}

function key(code: string, target: ClassCode, nullAllowed = true, hierarchical = false): Attribute {
  return { ...NO_WORDS, code, kind: "external_key", target, nullAllowed, hierarchical, onDelete: "restrict" };
}

function field(code: string, externalKey: string, attribute: string): Attribute {
  return { ...NO_WORDS, code, kind: "external_field", key: externalKey, attribute };
}

const FRIENDLY_NAME: Attribute = { ...NO_WORDS, code: "friendlyname", kind: "friendly_name" };
const FINAL_CLASS: Attribute = { ...NO_WORDS, code: "finalclass", kind: "final_class" };
const OBSOLESCENCE: readonly Attribute[] = [
  { ...NO_WORDS, code: "obsolescence_flag", kind: "obsolescence_flag" },
  { ...NO_WORDS, code: "obsolescence_date", kind: "obsolescence_date" },
];
const INACTIVE = { attribute: "status", value: "inactive" };

interface ClassParts extends Partial<Omit<ModelClass, "attributes" | "friendlyName" | "uniquenessRules">> {
  readonly attributes: readonly Attribute[];
  /** Codes, and texts between them in brackets: `first_name`, `[ ]`, `name`. */
  readonly friendlyName?: readonly string[];
  readonly unique?: { readonly attributes: readonly AttributeCode[]; readonly unlessEmpty?: readonly AttributeCode[] };
}

export function modelClass(
  code: ClassCode,
  { attributes, friendlyName = ["name"], unique, ...parts }: ClassParts,
): ModelClass {
  const namePart = (part: string): FriendlyNamePart =>
    part.startsWith("[") ? { text: part.slice(1, -1) } : { attribute: part };
  const rule: UniquenessRule | null = unique === undefined ? null : {
    name: "no_duplicate",
    declaredBy: code,
    attributes: unique.attributes,
    unlessEmpty: unique.unlessEmpty ?? [],
    blocking: true,
    messages: new Map(),
  };
  return {
    code,
    labels: new Map(),
    parent: null,
    root: code,
    abstract: false,
    reconciliationKeys: [],
    friendlyName: friendlyName.map(namePart),
    uniquenessRules: rule === null ? [] : [rule],
    obsoleteWhen: null,
    organization: null,
    attributes: new Map(attributes.map((attribute) => [attribute.code, attribute])),
    concreteClasses: [code],
    ...parts,
  };
}

export function modelOf(classes: readonly ModelClass[]): Model {
  return {
    name: "small",
    languages: ["EN US", "FR FR"],
    classes: new Map(classes.map((one) => [one.code, one])),
    profiles: [],
    organizations: { class: "Organization", parent: "parent_id" },
  };
}

const ORGANIZATION = modelClass("Organization", {
  organization: "id",
  obsoleteWhen: INACTIVE,
  attributes: [
    text("name", false),
    text("code"),
    oneOf("status", ["active", "inactive"]),
    key("parent_id", "Organization", true, true),
    field("parent_name", "parent_id", "name"),
    FRIENDLY_NAME,
    ...OBSOLESCENCE,
  ],
});

const CONTACT_ATTRIBUTES = [
  text("name", false),
  oneOf("status", ["active", "inactive"], false),
  key("org_id", "Organization"),
  field("org_name", "org_id", "name"),
  text("email"),
  FINAL_CLASS,
  FRIENDLY_NAME,
  ...OBSOLESCENCE,
  field("org_id_friendlyname", "org_id", "friendlyname"),
];
const CONTACT_PARTS = { root: "Contact", organization: "org_id", obsoleteWhen: INACTIVE };

const CONTACT = modelClass("Contact", {
  ...CONTACT_PARTS,
  abstract: true,
  concreteClasses: ["Person", "Team"],
  attributes: CONTACT_ATTRIBUTES,
});

const PERSON = modelClass("Person", {
  ...CONTACT_PARTS,
  parent: "Contact",
  friendlyName: ["first_name", "[ ]", "name"],
  unique: { attributes: ["org_id", "employee_number"], unlessEmpty: ["employee_number"] },
  attributes: [
    ...CONTACT_ATTRIBUTES,
    text("first_name", false),
    text("employee_number"),
    key("manager_id", "Person"),
    field("manager_id_friendlyname", "manager_id", "friendlyname"),
    {
      ...NO_WORDS,
      code: "team_list",
      kind: "link_set",
      linkClass: "lnkPersonToTeam",
      keyToThis: "person_id",
      keyToRemote: "team_id",
    },
  ],
});

const TEAM = modelClass("Team", {
  ...CONTACT_PARTS,
  parent: "Contact",
  attributes: [...CONTACT_ATTRIBUTES, decimal("budget"), integer("seats")],
});

const PERSON_TO_TEAM = modelClass("lnkPersonToTeam", {
  friendlyName: ["person_id_friendlyname", "[ / ]", "team_name"],
  unique: { attributes: ["team_id", "person_id"] },
  attributes: [
    key("team_id", "Team", false),
    field("team_name", "team_id", "name"),
    key("person_id", "Person", false),
    field("person_id_friendlyname", "person_id", "friendlyname"),
    text("role"),
    FRIENDLY_NAME,
  ],
});

const TYPOLOGY_ATTRIBUTES = [text("name", false), FINAL_CLASS, FRIENDLY_NAME];

const TYPOLOGY = modelClass("Typology", {
  abstract: true,
  concreteClasses: ["Brand", "Product"],
  attributes: TYPOLOGY_ATTRIBUTES,
});

const BRAND = modelClass("Brand", {
  parent: "Typology",
  root: "Typology",
  unique: { attributes: ["name"] },
  attributes: [...TYPOLOGY_ATTRIBUTES, oneOf("origin", ["near", "far"]), integer("level")],
});

/** Declares two codes of its sibling Brand: `origin` may share its column, `level` may not. */
const PRODUCT = modelClass("Product", {
  parent: "Typology",
  root: "Typology",
  attributes: [...TYPOLOGY_ATTRIBUTES, oneOf("origin", ["own"], false), text("level"), key("brand_id", "Brand")],
});

const ACCOUNT = modelClass("Account", {
  friendlyName: ["login"],
  organization: "org_id",
  attributes: [
    text("login", false),
    { ...NO_WORDS, code: "password", kind: "password", nullAllowed: false },
    { ...NO_WORDS, code: "language", kind: "language", nullAllowed: false, default: "EN US" },
    { ...NO_WORDS, code: "enabled", kind: "boolean", nullAllowed: true, default: "yes" },
    { ...NO_WORDS, code: "log", kind: "case_log", nullAllowed: true },
    key("contactid", "Person"),
    field("org_id", "contactid", "org_id"),
    field("org_id_friendlyname", "contactid", "org_id_friendlyname"),
    field("contact_id", "contactid", "id"),
    FRIENDLY_NAME,
  ],
});

export const SMALL_MODEL: Model = modelOf([
  ORGANIZATION,
  CONTACT,
  PERSON,
  TEAM,
  PERSON_TO_TEAM,
  TYPOLOGY,
  BRAND,
  PRODUCT,
  ACCOUNT,
]);
