/** Sentences about model files. */
import type {
  ExpectedAttribute,
  ModelProblem,
  PlacedProblem,
  SyntaxProblem,
  TextForm,
} from "../model/file/model_problem.ts";
import { shortened } from "./quoted.ts";

/** One mistake in a model file: where it is, what was found, what was expected. */
export function modelProblem(problem: ModelProblem): string {
  if (problem.kind === "syntax") return syntaxError(problem);
  if (problem.kind === "too_deep") {
    return `line ${problem.line}: at most ${problem.most} lists and objects may stand in each other`;
  }
  // Each kind's sentence takes the facts of that kind: the table's type sees to it.
  const sentence = MISTAKES[problem.kind] as (facts: PlacedProblem) => string;
  return `${shortened(problem.path)}: ${sentence(problem)}`;
}

/** The hint for a model file that `model check` found wrong. */
export function modelHint(): string {
  return "The source of csvrecon has a JSON Schema of model files, lib/model/model.schema.json: an editor that knows it marks most " +
    "mistakes while you type";
}

function syntaxError({ line, column, found }: SyntaxProblem): string {
  const what = found === null ? "the text ends too early" : `unexpected ${quoted(found)}`;
  return `line ${line}, column ${column}: ${what}. Expected JSON, in which comments are allowed`;
}

type Sentences = {
  readonly [kind in PlacedProblem["kind"]]: (problem: Extract<PlacedProblem, { readonly kind: kind }>) => string;
};

const MISTAKES: Sentences = {
  repeated_property: (problem) =>
    `'${shortened(problem.name)}' stands here a second time, on line ${problem.line}. Each name may stand once`,
  unknown_property: (problem) =>
    `unknown property '${shortened(problem.name)}'.${didYouMean(problem.nearest)} Expected ${oneOf(problem.known)}`,
  missing_property: (problem) => `'${problem.name}' is missing`,
  repeated_item: (problem) => `'${problem.found}' stands here a second time. Each may stand once`,
  wrong_form: (problem) => `found ${quoted(problem.found)}. Expected ${FORMS[problem.form]}`,
  reserved_code: (problem) =>
    `'${problem.code}' is reserved for an attribute that every class has or may have. Choose another code`,
  reserved_class: (problem) => `'${problem.code}' is the name of a table of csvrecon or SQLite. Choose another code`,
  differs_in_case: (problem) => {
    const other = problem.otherClass === null ? problem.other : `${problem.otherClass}.${problem.other}`;
    return `'${problem.code}' differs from ${other} only in case, and SQLite takes them for the same. Rename one`;
  },
  wrong_type: (problem) =>
    `found ${TYPES.get(problem.found) ?? problem.found}. ` +
    `Expected ${problem.expected.map((type) => TYPES.get(type) ?? type).join(" or ")}`,
  not_one_of: (problem) =>
    `found ${quoted(problem.found)}.${didYouMean(problem.nearest)} Expected ${oneOf(problem.allowed)}`,
  out_of_range: (problem) => `found ${problem.found}. Expected a number from ${problem.least} to ${problem.most}`,
  too_few_items: (problem) => `the list is too short. Expected at least ${problem.least}`,
  too_many_items: (problem) => `the list is too long. Expected at most ${problem.most}`,
  too_many_classes: ({ found, most }) => `found ${found} classes. Expected at most ${most}`,
  too_many_attributes: ({ found, most }) =>
    `this class and those below it, which share a table, have ${found} attributes. Expected at most ${most}`,
  default_too_long: (problem) =>
    `the default has ${problem.found} characters, and the attribute takes ${problem.limit}`,
  default_not_fitting: (problem) =>
    `found ${problem.found}. Expected at most ${problem.digits} digits, ${problem.decimals} of them decimals`,
  default_no_date: (problem) =>
    `found ${quoted(problem.found)}. Expected a day of the calendar in the form '${problem.expected}'`,
  repeated_value: (problem) =>
    `${quoted(problem.found)} already stands for the value '${problem.first}'. ` +
    "Codes must differ in more than case, and labels must differ in every language",
  template_braces: (problem) =>
    `found ${quoted(problem.found)}. Expected each { with its }, around the code of an attribute`,
  template_without_attribute: (problem) =>
    `found ${quoted(problem.found)}: all objects would have one name. Expected an attribute, as in '{name}'`,
  decimals_exceed_digits: (problem) =>
    `found ${problem.decimals} decimals, and the number has ${problem.digits} digits in all`,
  unknown_language: (problem) =>
    `'${problem.name}' is no language of the model.${didYouMean(problem.nearest)} Add it to 'languages'` +
    (problem.more === 0 ? "" : ` (${problem.more} more such places)`),
  unknown_class: (problem) => `there is no class '${problem.name}'.${didYouMean(problem.nearest)}`,
  unknown_attribute: (problem) =>
    `class ${problem.class} has no attribute '${problem.name}'.${didYouMean(problem.nearest)}`,
  unsuitable_attribute: (problem) =>
    `${problem.class}.${problem.attribute} is of kind ${problem.found}. ` +
    `Expected ${expectedAttribute(problem.expected, problem.target)}`,
  parent_cycle: (problem) => `the parents go round in a circle: ${problem.classes.join(" < ")}`,
  name_cycle: (problem) => `the name is made of itself: ${problem.attributes.join(" > ")}`,
  hierarchy_elsewhere: (problem) =>
    `the hierarchical key refers to ${problem.target}. Expected ${problem.class} or a parent of it`,
  set_null_not_allowed: () =>
    "found 'set_null' where 'null' is false. Expected 'restrict' or 'cascade', or null allowed",
  same_keys: (problem) =>
    `'${problem.key}' is the key to this class already. Expected the other external key of the link class`,
  link_class_abstract: (problem) =>
    `class ${problem.class} is abstract: no link could be made. Expected a class that is not`,
  other_kind: (problem) =>
    `found kind '${problem.found}'. Expected '${problem.inherited}', as the attribute is inherited from ` +
    `${problem.from}, or another code`,
  not_overridable: (problem) =>
    `'${problem.name}' cannot be changed: the attribute comes from ${problem.from}. ` +
    "Only labels, aliases, null, default, length and values can",
  computed_elsewhere: (problem) => `kind '${problem.found}' belongs to the attribute '${problem.code}' alone`,
  no_friendly_name: (problem) =>
    `class ${problem.class} has no attribute 'name' and no reconciliation key. ` +
    "Expected a 'friendly_name', as in '{title}'",
  organizations_missing: () => "the model does not say which class the organisations are. Expected '$.organizations'",
  organization_id_elsewhere: (problem) =>
    `class ${problem.class} is not ${problem.organizations}. ` +
    "Expected the attribute that tells an object's organisation",
  repeated_profile: (problem) =>
    `'${problem.found}' is taken by the profile '${problem.other}'. Ids and names must differ`,
  no_administrator: () => "no profile has 'administrator': true. Expected one, for the first user",
  users_incomplete: (problem) =>
    `class ${problem.missing} is missing. Expected all classes of users, or none of them: then they are added`,
  user_attribute_missing: (problem) =>
    `class ${problem.class} has no attribute '${problem.attribute}', which logging in needs`,
  user_class_abstract: (problem) => `class ${problem.class} is abstract: no user could be made. Expected false`,
  user_value_missing: (problem) => `the value '${problem.value}' is missing: no user could log in`,
  user_needs_value: (problem) =>
    `'${problem.attribute}' needs a value and has no default: the first user could not be made`,
};

const FORMS: { readonly [form in TextForm]: string } = {
  code: "a letter, then letters, digits and underscores",
  language: "language and country, as in 'EN US'",
  words: "a text that is not empty",
};

const TYPES: ReadonlyMap<string, string> = new Map([
  ["string", "a text"],
  ["number", "a number"],
  ["integer", "a whole number"],
  ["boolean", "true or false"],
  ["array", "a list"],
  ["object", "an object"],
  ["null", "null"],
]);

function expectedAttribute(expected: ExpectedAttribute, target: string | undefined): string {
  switch (expected) {
    case "value":
      return "an attribute with one value that may be shown";
    case "stored_value":
      return "an attribute whose value is stored with the object and may be shown";
    case "external_key":
      return "an external key";
    case "hierarchical_key":
      return "an external key that is hierarchical";
    case "key_to_class":
      return `an external key to ${target ?? ""} or a parent of it`;
    case "enum":
      return "an enum";
    case "organization":
      return `an external key to ${target ?? ""}, or an external field that stands for one`;
    case "text":
      return "a text";
    case "password":
      return "a password";
    case "language":
      return "a language";
    case "link_set":
      return "a link set through URP_UserProfile";
  }
}

function didYouMean(nearest: string | null): string {
  return nearest === null ? "" : ` Did you mean '${nearest}'?`;
}

function oneOf(names: readonly string[]): string {
  return names.length === 1 ? `${names[0]}` : `one of ${names.join(", ")}`;
}

function quoted(text: string): string {
  return `'${text.length > 60 ? `${text.slice(0, 57)}...` : text}'`;
}
