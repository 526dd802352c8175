/**
 * Attributes that nobody has to write down: names and flags of an object, and those of the objects that its external keys refer
 * to. An import may use them as columns or keys. What the file says of them wins.
 */
import { COMPUTED_KINDS, type DeclaredClass } from "./declared_attributes.ts";
import { aliasesOf, GENERATED_WORDS, labelsFromWords, labelsOf, mergeByLanguage } from "./labels.ts";
import type { Attribute, ExternalFieldAttribute, ExternalKeyAttribute, Labels, LanguageCode } from "../model.ts";

/** What the generation needs to know of the whole model. */
export interface GenerationContext {
  readonly languages: readonly LanguageCode[];
  readonly classes: ReadonlyMap<string, DeclaredClass>;
  /** Roots whose objects may be obsolete. */
  readonly rootsWithObsolescence: ReadonlySet<string>;
  /** Takes an attribute whose labels are still to be joined from its key's and its target's; `own` labels win. */
  deriveLabels(owner: string, attribute: ExternalFieldAttribute, own: Labels): ExternalFieldAttribute;
}

/** Every attribute of a class: the declared ones, then the generated ones. */
export function allAttributes(
  declared: DeclaredClass,
  parentAttributes: ReadonlyMap<string, Attribute> | null,
  context: GenerationContext,
): ReadonlyMap<string, Attribute> {
  const all = new Map(declared.attributes);
  const inherited = parentAttributes ?? new Map<string, Attribute>();
  for (const attribute of computedAttributes(declared, inherited, context)) all.set(attribute.code, attribute);
  for (const attribute of declared.attributes.values()) {
    if (attribute.kind !== "external_key" && attribute.kind !== "external_field") continue;
    const sameAsInherited = declared.parent?.attributes.get(attribute.code) === attribute;
    for (const [code, remote] of remoteAttributes(declared, attribute, context)) {
      if (all.has(code)) continue;
      const present = inherited.get(code);
      const reused = present !== undefined && sameAsInherited && !changesOwn(declared, code);
      all.set(code, reused ? present : remoteField(declared, code, attribute, remote, context));
    }
  }
  return all;
}

/** Whether the class itself, not a parent, says something of a generated attribute. */
function changesOwn(declared: DeclaredClass, code: string): boolean {
  return Object.hasOwn(declared.entry.attributes ?? {}, code);
}

function computedAttributes(
  declared: DeclaredClass,
  inherited: ReadonlyMap<string, Attribute>,
  context: GenerationContext,
): Attribute[] {
  const hasSubclasses = declared.parent !== null || declared.children.length > 0;
  const isObsolescent = context.rootsWithObsolescence.has(declared.root);
  const codes = [
    ...(hasSubclasses || declared.changes.has("finalclass") ? ["finalclass"] as const : []),
    "friendlyname" as const,
    ...(isObsolescent ? ["obsolescence_flag", "obsolescence_date"] as const : []),
  ];
  return codes.map((code) => {
    const present = inherited.get(code);
    const saysMore = changesOwn(declared, code) ||
      (code === "finalclass" && declared.entry.subclass_labels !== undefined);
    if (present !== undefined && !saysMore) return present;
    const words = code === "finalclass"
      ? finalClassLabels(declared, context.languages)
      : labelsFromWords(GENERATED_WORDS[code], context.languages);
    return {
      code,
      kind: COMPUTED_KINDS[code],
      declaredBy: present?.declaredBy ?? declared.code,
      ...ownWords(declared, code, present?.labels ?? words, context.languages),
    };
  });
}

function ownWords(
  declared: DeclaredClass,
  code: string,
  labels: Labels,
  languages: readonly LanguageCode[],
): Pick<Attribute, "labels" | "aliases"> {
  const entry = declared.changes.get(code);
  return {
    labels: mergeByLanguage(labels, labelsOf(entry?.labels, languages)),
    aliases: aliasesOf(entry?.aliases, languages),
  };
}

function finalClassLabels(declared: DeclaredClass, languages: readonly LanguageCode[]): Labels {
  const own = declared.entry.subclass_labels;
  if (own !== undefined) return labelsOf(own, languages);
  const labels = labelsOf(declared.entry.labels, languages);
  const fallback = labels.get(languages[0] ?? "") ?? declared.code;
  return new Map(languages.flatMap((language, index) => {
    const label = labels.get(language) ?? fallback;
    if (language.startsWith("FR ")) return [[language, `Sous-classe de ${label}`]];
    return index === 0 || language.startsWith("EN ") ? [[language, `${label} sub-class`]] : [];
  }));
}

/** Codes of the attributes generated for a key, each with the attribute of the target that it stands for. */
function remoteAttributes(
  declared: DeclaredClass,
  attribute: ExternalKeyAttribute | ExternalFieldAttribute,
  context: GenerationContext,
): [string, string][] {
  const target = targetOf(declared, attribute, context, new Set());
  if (target === null) return [];
  const prefix = attribute.kind === "external_key" ? "" : `${attribute.attribute}_`;
  const recall = attribute.kind === "external_key" ? "finalclass" : "finalclass_recall";
  const generated: [string, string][] = [[`${attribute.code}_friendlyname`, `${prefix}friendlyname`]];
  // The reference gives the class of the target only where objects of several classes may be meant.
  if (target.children.length > 0) generated.push([`${attribute.code}_finalclass_recall`, `${prefix}${recall}`]);
  if (context.rootsWithObsolescence.has(target.root)) {
    generated.push([`${attribute.code}_obsolescence_flag`, `${prefix}obsolescence_flag`]);
  }
  return generated;
}

/** The class to which a key refers, or the key that an external field stands for; null: no key, or a wrong one. */
function targetOf(
  declared: DeclaredClass,
  attribute: Attribute,
  context: GenerationContext,
  seen: Set<Attribute>,
): DeclaredClass | null {
  if (attribute.kind === "external_key") return context.classes.get(attribute.target) ?? null;
  if (attribute.kind !== "external_field" || seen.has(attribute)) return null;
  seen.add(attribute);
  const key = declared.attributes.get(attribute.key);
  const owner = key?.kind === "external_key" ? context.classes.get(key.target) : undefined;
  const remote = owner?.attributes.get(attribute.attribute);
  return owner === undefined || remote === undefined ? null : targetOf(owner, remote, context, seen);
}

function remoteField(
  declared: DeclaredClass,
  code: string,
  attribute: ExternalKeyAttribute | ExternalFieldAttribute,
  remote: string,
  context: GenerationContext,
): Attribute {
  const isName = attribute.kind === "external_key" && remote === "friendlyname";
  const { labels, aliases } = ownWords(declared, code, isName ? attribute.labels : new Map(), context.languages);
  const field: ExternalFieldAttribute = {
    code,
    kind: "external_field",
    declaredBy: attribute.declaredBy,
    labels,
    aliases,
    key: attribute.kind === "external_key" ? attribute.code : attribute.key,
    attribute: remote,
  };
  return isName ? field : context.deriveLabels(declared.code, field, labels);
}
