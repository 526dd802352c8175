/** What `csvrecon model show` prints: the classes of a model, or the attributes of one class. */
import { languagesWithoutLabels, noLabelsIn } from "../../messages/languages.ts";
import * as words from "../../messages/described_model.ts";
import { NO_LIMIT } from "../derive/column_kind.ts";
import { onOneLine } from "../../one_line.ts";
import { labelIn, shownCode } from "../look_up.ts";
import type { Attribute, AttributeCode, EnumValue, LanguageCode, Model, ModelClass, TextAttribute } from "../model.ts";
import { labelledLanguages } from "./labelled_languages.ts";
import { textTable } from "./text_table.ts";

/** One line for each class, below a heading. Labels are in `language`. */
export function describeModel(model: Model, language: LanguageCode): string[] {
  const rows = [...model.classes.values()].map((one) => [
    one.code,
    labelIn(one.labels, language, model, one.code),
    one.parent ?? "",
    words.yesOrNothing(one.abstract),
    keysOf(one),
  ]);
  const title = words.modelTitle(model.name, model.languages);
  return [title, ...languageLines(model, language), "", ...textTable([words.CLASS_HEADINGS, ...rows]).map(onOneLine)];
}

/** Which languages of the model are no more than names, and whether the one that is shown is. */
function languageLines(model: Model, language: LanguageCode): string[] {
  const labelled = labelledLanguages(model);
  const first = model.languages[0] ?? "";
  const lines = labelled.length === model.languages.length ? [] : [languagesWithoutLabels(labelled, first)];
  return [...lines, ...missingLabels(labelled, language, first)];
}

function missingLabels(labelled: readonly LanguageCode[], language: LanguageCode, first: LanguageCode): string[] {
  if (labelled.includes(language)) return [];
  // A model without any labels is told of already.
  return labelled.length === 0 ? [] : [noLabelsIn(language, labelled.includes(first) ? first : null)];
}

/** The facts of one class, then one line for each of its attributes, below a heading. */
export function describeClass(model: Model, modelClass: ModelClass, language: LanguageCode): string[] {
  const label = labelIn(modelClass.labels, language, model, modelClass.code);
  const rows = [...modelClass.attributes.values()].map((attribute) => [
    shownCode(attribute),
    labelIn(attribute.labels, language, model, attribute.code),
    words.kindName(attribute.kind),
    words.yesOrNothing(isRequired(attribute)),
    "default" in attribute ? String(attribute.default ?? "") : "",
    attributeDetails(model, attribute, language),
  ]);
  return [
    words.classTitle(modelClass.code, label, modelClass.parent, modelClass.abstract),
    words.classKeys(keysOf(modelClass)),
    words.classFriendlyName(templateText(modelClass)),
    ...missingLabels(labelledLanguages(model), language, model.languages[0] ?? ""),
    ...modelClass.uniquenessRules.filter((rule) => rule.blocking).map((rule) =>
      words.classRule(shownCodes(modelClass, rule.attributes))
    ),
    "",
    ...textTable([words.ATTRIBUTE_HEADINGS, ...rows]).map(onOneLine),
  ];
}

/** Attributes that are keys together, or sets of them of which the first is taken that a file has. */
export function keysOf(modelClass: ModelClass): string {
  const { reconciliationKeys, keySets } = modelClass;
  return keySets === undefined
    ? reconciliationKeys.join(", ")
    : words.keySets(keySets.map((set) => shownCodes(modelClass, set)));
}

/** As the columns of the database are called. */
function shownCodes({ attributes }: ModelClass, codes: readonly AttributeCode[]): readonly string[] {
  return codes.map((code) => shownCode(attributes.get(code) ?? { code }));
}

export function isRequired(attribute: Attribute): boolean {
  return "nullAllowed" in attribute && !attribute.nullAllowed && attribute.filledByDatabase !== true;
}

export function templateText(modelClass: ModelClass): string {
  const named = (code: AttributeCode) => shownCode(modelClass.attributes.get(code) ?? { code });
  return modelClass.friendlyName.map((part) => "attribute" in part ? `{${named(part.attribute)}}` : part.text).join("");
}

/** What else there is to say of an attribute. */
export function attributeDetails(model: Model, attribute: Attribute, language: LanguageCode): string {
  const { otherNames = [] } = attribute;
  const parts = [
    kindDetails(model, attribute, language),
    "isGenerated" in attribute ? words.GENERATED : "filledByDatabase" in attribute ? words.FILLED : "",
    otherNames.length === 0 ? "" : words.alsoCalled(otherNames),
  ];
  return parts.filter((part) => part !== "").join("; ");
}

function kindDetails(model: Model, attribute: Attribute, language: LanguageCode): string {
  switch (attribute.kind) {
    case "integer":
      return attribute.bits === undefined ? "" : words.bitsDetails(attribute.bits);
    case "loose":
      return attribute.isNumeric ? words.NUMERIC : "";
    case "enum":
      return attribute.values.map((value) => valueText(model, value, language)).join(", ");
    case "language":
      return model.languages.join(", ");
    case "decimal":
      return words.decimalDetails(attribute.digits, attribute.decimals);
    case "external_key":
      return words.keyDetails(attribute.target, attribute.referenced ?? null, attribute.hierarchical);
    case "external_field":
      return words.fieldDetails(attribute.key, attribute.attribute);
    case "link_set":
      return words.linkDetails(attribute.linkClass, attribute.keyToRemote, remoteClass(model, attribute));
    case "object_list":
      return words.listDetails(attribute.listedClass, attribute.keyToThis);
    default:
      return "maxLength" in attribute ? lengthDetails(attribute) : "";
  }
}

function lengthDetails({ maxLength, countsCase }: TextAttribute): string {
  return words.lengthDetails(maxLength === NO_LIMIT ? null : maxLength, countsCase);
}

function valueText(model: Model, value: EnumValue, language: LanguageCode): string {
  const label = labelIn(value.labels, language, model, value.code);
  return label === value.code ? value.code : `${value.code} (${label})`;
}

function remoteClass(model: Model, set: Extract<Attribute, { readonly kind: "link_set" }>): string {
  const key = model.classes.get(set.linkClass)?.attributes.get(set.keyToRemote);
  return key?.kind === "external_key" ? key.target : "";
}
