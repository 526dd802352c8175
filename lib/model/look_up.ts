/** Finding things in a model by code or label. */
import { boundedNormalForm } from "../bounded_normal_form.ts";
import type {
  Attribute,
  AttributeCode,
  ClassCode,
  ColumnAttribute,
  DateAttribute,
  Labels,
  LanguageCode,
  Model,
  ModelClass,
  StoredValue,
  TextAttribute,
  UniquenessRule,
} from "./model.ts";

/** The code of the attribute that tells the class of an object. */
export const FINAL_CLASS = "finalclass";

/** The label in a language, else in the model's first language, else `code`. */
export function labelIn(
  labels: Labels,
  language: LanguageCode,
  model: Pick<Model, "languages">,
  code: string,
): string {
  return labels.get(language) ?? labels.get(model.languages[0] ?? "") ?? code;
}

/** What reports call an attribute. */
export function shownCode({ code, shownCode = code }: Pick<Attribute, "code" | "shownCode">): string {
  return shownCode;
}

/**
 * The class with this code.
 * @throws Error when there is none: the code comes from the model itself, never from a user.
 */
export function classOf(model: Model, code: ClassCode): ModelClass {
  const found = model.classes.get(code);
  if (found === undefined) throw new Error(`the model has no class ${code}`);
  return found;
}

/**
 * The attribute of a class with this code.
 * @throws Error when there is none: the code comes from the model itself, never from a user.
 */
export function attributeOf(modelClass: ModelClass, code: AttributeCode): Attribute {
  const found = modelClass.attributes.get(code);
  if (found === undefined) throw new Error(`class ${modelClass.code} has no attribute ${code}`);
  return found;
}

/** A kind that is missing here does not compile. */
const EVERY_COLUMN_KIND: { readonly [kind in ColumnAttribute["kind"]]: true } = {
  string: true,
  text: true,
  html: true,
  email: true,
  phone: true,
  url: true,
  ip: true,
  ipv4: true,
  enum: true,
  language: true,
  boolean: true,
  integer: true,
  number: true,
  loose: true,
  decimal: true,
  date: true,
  datetime: true,
  password: true,
  case_log: true,
  external_key: true,
};

const COLUMN_KINDS: ReadonlySet<string> = new Set(Object.keys(EVERY_COLUMN_KIND));

/** Whether the attribute's value is one column of the class's table. */
export function isColumn(attribute: Attribute): attribute is ColumnAttribute {
  return COLUMN_KINDS.has(attribute.kind);
}

/** Computed kinds that no row decides on. Friendly names and final classes are computed too, but a new object gets them from its row. */
const NEVER_GIVEN: ReadonlySet<string> = new Set<Attribute["kind"]>([
  "external_field",
  "obsolescence_flag",
  "obsolescence_date",
]);

/** Whether no row can give an object the attribute's value. */
export function isNeverGiven(attribute: Attribute): boolean {
  return NEVER_GIVEN.has(attribute.kind);
}

/** Whether the database computes the attribute's value: it is compared, and never written. */
export function isGenerated(attribute: Attribute): boolean {
  return isColumn(attribute) && attribute.isGenerated === true;
}

const TEXT_KINDS: ReadonlySet<ColumnAttribute["kind"]> = new Set(
  ["string", "text", "html", "email", "phone", "url", "ip", "ipv4"] as const,
);

/** Whether the attribute is text of any kind that people write: no code, no password, no log. */
export function isText(attribute: ColumnAttribute): attribute is TextAttribute {
  return TEXT_KINDS.has(attribute.kind);
}

export function isDate(attribute: Attribute): attribute is DateAttribute {
  return attribute.kind === "date" || attribute.kind === "datetime";
}

/** Whether the attribute is text of one line: blanks at its ends mean nothing. */
export function isOneLineText(attribute: ColumnAttribute): boolean {
  return isText(attribute) && attribute.kind !== "text" && attribute.kind !== "html";
}

/** Whether `code` is `ancestor` or one of the classes below it. */
export function isOrIsBelow(model: Model, code: ClassCode, ancestor: ClassCode): boolean {
  for (let current: ClassCode | null = code; current !== null; current = classOf(model, current).parent) {
    if (current === ancestor) return true;
  }
  return false;
}

/** Text in a form in which names are compared: without regard to case, in every alphabet. */
export function foldCase(name: string): string {
  return boundedNormalForm(name.toUpperCase().toLowerCase(), "NFC");
}

/** Where a chain of external fields ends: the attribute that really holds the value, and the class that has it. */
export function finalAttribute(
  model: Model,
  modelClass: ModelClass,
  code: AttributeCode | "id",
): { readonly class: ModelClass; readonly attribute: Attribute | "id" } {
  if (code === "id") return { class: modelClass, attribute: "id" };
  const attribute = attributeOf(modelClass, code);
  if (attribute.kind !== "external_field") return { class: modelClass, attribute };
  const key = attributeOf(modelClass, attribute.key);
  if (key.kind !== "external_key") throw new Error(`${modelClass.code}.${attribute.key} is no external key`);
  return finalAttribute(model, classOf(model, key.target), attribute.attribute);
}

/**
 * Whether a uniqueness rule says anything of an object: nothing is empty that must not be.
 * @param values those of the rule's attributes, then those of `unlessEmpty`
 */
export function isConcerned({ attributes }: UniquenessRule, values: readonly StoredValue[]): boolean {
  for (let index = attributes.length; index < values.length; index++) {
    if ((values[index] ?? "") === "") return false;
  }
  return true;
}
