/** Every name that a header may use for a class, and what it stands for. */
import { asciiForm } from "../model/attribute_called.ts";
import { attributeOf, classOf, foldCase, isColumn, labelIn } from "../model/look_up.ts";
import { targetsOfPath } from "./key_paths.ts";
import type { Attribute, ExternalKeyAttribute, LanguageCode, Model, ModelClass } from "../model/model.ts";
import { withoutBlankEnds } from "../compared_text.ts";
import { withPlainBlanks } from "../csv/heading.ts";

/** What a column of the file is. */
export type ColumnTarget =
  | { readonly kind: "id" }
  /** An attribute of the class itself. */
  | { readonly kind: "attribute"; readonly attribute: Attribute }
  /** An attribute of an external key's target: it feeds the key. */
  | {
    readonly kind: "through_key";
    readonly key: ExternalKeyAttribute;
    /** Further external keys on the way to the attribute: of the key's target, of that one's target; mostly none. */
    readonly through: readonly ExternalKeyAttribute[];
    readonly attribute: Attribute;
    /** The code of the external field that the column named; null when it named `key->attribute`. */
    readonly externalField: string | null;
  };

/** Which names a header uses. */
export interface Naming {
  /** False: labels in `language`. */
  readonly codes: boolean;
  readonly language: LanguageCode;
}

export interface KnownColumn {
  /** As lists of columns show it: in lower case, but for the columns of a table of others. */
  readonly name: string;
  /** The first one is used; a second one makes the name ambiguous. */
  readonly targets: readonly ColumnTarget[];
}

/**
 * The known columns by their folded name, in the order in which lists show them. Those behind several arrows are found, but not listed.
 */
export interface KnownColumns extends ReadonlyMap<string, KnownColumn> {
  /**
   * What a name means in a header: a whole column of the database before all.
   * @param name of `columnName` @param cell as it stands in the header
   */
  called(name: string, cell?: string): KnownColumn | undefined;
}

/** All columns of a class: `id`, each attribute, and behind each external key the attributes of its target. */
export function knownColumns(model: Model, modelClass: ModelClass, naming: Naming): KnownColumns {
  const known = new Map<string, { name: string; targets: ColumnTarget[] }>();
  const ofTable = isTable(modelClass);
  const add = (name: string, target: ColumnTarget) => {
    const folded = foldCase(withPlainBlanks(name));
    const present = known.get(folded);
    if (present === undefined) known.set(folded, { name: ofTable ? name : name.toLowerCase(), targets: [target] });
    else if (!present.targets.some((other) => isSameColumn(other, target))) present.targets.push(target);
  };
  if (!hasOwnId(modelClass)) add("id", { kind: "id" });
  for (const attribute of modelClass.attributes.values()) {
    for (const name of namesOf(attribute, model, naming)) {
      add(name, targetOf(model, modelClass, attribute));
      if (attribute.kind === "external_key") addThroughKey(model, attribute, name, naming, add);
    }
  }
  const wholeNames = ofTable ? wholeNamesOf(model, modelClass, naming) : null;
  return new KnownNames(known, (name) => targetsOfPath(model, modelClass, naming, name), wholeNames);
}

/** Whether it is a table of a database that we did not make: names of its columns are whatever they are. */
function isTable({ attributes }: ModelClass): boolean {
  return [...attributes.values()].some((attribute) => isColumn(attribute) && attribute.keepsWhatIsStored === true);
}

/** Whether a column of the database is called id and is not what objects are told apart by. */
function hasOwnId(modelClass: ModelClass): boolean {
  return isTable(modelClass) &&
    [...modelClass.attributes.values()].some(({ code, labels, otherNames = [] }) =>
      code !== "id" && [...labels.values(), ...otherNames].some((name) => asciiForm(name) === "id")
    );
}

/** Names of columns of the database, which may hold arrows and stars, and differ in the case of letters beyond ASCII. */
function wholeNamesOf(model: Model, modelClass: ModelClass, naming: Naming): ReadonlyMap<string, KnownColumn> {
  const whole = new Map<string, KnownColumn>();
  const ended = new Map<string, KnownColumn>();
  for (const attribute of modelClass.attributes.values()) {
    // A label is what the column is called, whatever the file calls it by.
    const labels = attribute.isNameless === true ? [] : attribute.labels.values();
    for (const name of [...labels, ...namesOf(attribute, model, naming)]) {
      const form = asciiForm(name);
      const column = { name, targets: [targetOf(model, modelClass, attribute)] };
      if (!whole.has(form)) whole.set(form, column);
      // Blanks at the ends of a header's names do not count.
      const trimmed = withoutBlankEnds(form);
      if (trimmed !== form && !ended.has(trimmed)) ended.set(trimmed, column);
    }
  }
  return new Map([...ended, ...whole]);
}

class KnownNames extends Map<string, KnownColumn> implements KnownColumns {
  constructor(
    known: ReadonlyMap<string, KnownColumn>,
    readonly behindArrows: (name: string) => readonly ColumnTarget[],
    readonly wholeNames: ReadonlyMap<string, KnownColumn> | null,
  ) {
    super(known);
  }

  called(name: string, cell = name): KnownColumn | undefined {
    return this.wholeNames?.get(asciiForm(cell)) ?? this.wholeNames?.get(asciiForm(name)) ?? this.get(foldCase(name));
  }

  override get(name: string): KnownColumn | undefined {
    const listed = super.get(name);
    if (listed !== undefined || !name.includes("->")) return listed;
    const targets = this.behindArrows(name);
    return targets.length === 0 ? undefined : { name, targets };
  }

  override has(name: string): boolean {
    return this.get(name) !== undefined;
  }
}

/** Whether columns may give values of the attribute for objects that are looked for. */
export function isPartOfKey({ kind }: Attribute): boolean {
  return kind !== "link_set" && kind !== "object_list" && kind !== "password" && kind !== "bytes";
}

function addThroughKey(
  model: Model,
  key: ExternalKeyAttribute,
  keyName: string,
  naming: Naming,
  add: (name: string, target: ColumnTarget) => void,
): void {
  const target = classOf(model, key.target);
  for (const attribute of target.attributes.values()) {
    if (!isPartOfKey(attribute)) continue;
    for (const name of namesOf(attribute, model, naming)) {
      add(`${keyName}->${name}`, { kind: "through_key", key, ...throughTo(model, attribute), externalField: null });
    }
  }
  // The key of one column that is called id is no attribute.
  const holdsId = key.takesAnyId === true && key.referenced === undefined && !hasOwnId(target);
  if (holdsId) add(`${keyName}->id`, { kind: "attribute", attribute: key });
}

/** What stands behind a key: a key there that holds no id of its target is looked up by what it holds. */
export function throughTo(
  model: Model,
  attribute: Attribute,
  through: readonly ExternalKeyAttribute[] = [],
): Pick<ColumnTarget & { readonly kind: "through_key" }, "through" | "attribute"> {
  const holdsId = attribute.kind !== "external_key" || attribute.referenced === undefined;
  // Keys may hold each other's values: nothing is found by these.
  if (holdsId || through.includes(attribute)) return { through, attribute };
  const referenced = attributeOf(classOf(model, attribute.target), attribute.referenced);
  return throughTo(model, referenced, [...through, attribute]);
}

function targetOf(model: Model, modelClass: ModelClass, attribute: Attribute): ColumnTarget {
  if (attribute.kind !== "external_field" || attribute.attribute === "id") return { kind: "attribute", attribute };
  const key = attributeOf(modelClass, attribute.key);
  if (key.kind !== "external_key") throw new Error(`${modelClass.code}.${attribute.key} is no external key`);
  const remote = attributeOf(classOf(model, key.target), attribute.attribute);
  return { kind: "through_key", key, through: [], attribute: remote, externalField: attribute.code };
}

/** The names that a header may use for an attribute, the first one before all. */
export function namesOf(
  attribute: Attribute,
  model: Pick<Model, "languages">,
  naming: Naming,
): readonly string[] {
  if (attribute.isNameless === true) return [];
  const { code, otherNames = [] } = attribute;
  if (naming.codes) return [code, ...otherNames];
  return [
    labelIn(attribute.labels, naming.language, model, code),
    ...aliasesOf(attribute, model, naming),
    ...otherNames,
  ];
}

/** Where the label falls back to the model's first language, so do the aliases. */
function aliasesOf(
  { labels, aliases }: Attribute,
  model: Pick<Model, "languages">,
  { language }: Naming,
): readonly string[] {
  const own = aliases.get(language);
  if (own !== undefined || labels.has(language)) return own ?? [];
  return aliases.get(model.languages[0] ?? "") ?? [];
}

/** Whether two targets mean the same cell of an object, so that it does not matter which one is used. */
export function isSameColumn(a: ColumnTarget, b: ColumnTarget): boolean {
  if (a.kind === "id" || b.kind === "id") return a.kind === b.kind;
  if (a.kind === "attribute") return b.kind === "attribute" && a.attribute.code === b.attribute.code;
  return b.kind === "through_key" && pathOf(a) === pathOf(b);
}

/**
 * Whether a name with these targets needs a warning. An external key and its target's friendly name usually bear one label: the key
 * is meant, and nobody is warned.
 */
function isAmbiguous(targets: readonly ColumnTarget[]): boolean {
  const [first, ...others] = targets;
  return others.some((other) => {
    const isNameOfKey = first?.kind === "attribute" && other.kind === "through_key" &&
      other.key.code === first.attribute.code && other.attribute.kind === "friendly_name";
    return !isNameOfKey;
  });
}

/** Warnings for names that several columns bear. */
export function ambiguities(
  names: readonly string[],
  known: KnownColumns,
  sentence: (name: string, candidates: readonly string[]) => string,
): string[] {
  return names.flatMap((name) => {
    const targets = known.called(name)?.targets ?? [];
    return isAmbiguous(targets) ? [sentence(name, targets.map(columnCode))] : [];
  });
}

/** The code of a column as reports print it: `name`, `org_id->name`, `org_name`. */
export function columnCode(target: ColumnTarget): string {
  if (target.kind === "id") return "id";
  if (target.kind === "attribute") return target.attribute.code;
  return target.externalField ?? pathOf(target);
}

/** The codes on the way to an attribute: `place_id->parent_id->name`. */
export function pathOf({ key, through, attribute }: ColumnTarget & { readonly kind: "through_key" }): string {
  return [key, ...through, attribute].map(({ code }) => code).join("->");
}
