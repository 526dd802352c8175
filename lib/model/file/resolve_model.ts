/** From a model file that is known to be right to the model that the program works with. */
import { complete } from "./users_part.ts";
import { type DeclaredClass, declaredClasses } from "./declared_attributes.ts";
import { withDerivedLabels } from "./derived_labels.ts";
import { allAttributes, type GenerationContext } from "./generated_attributes.ts";
import { labelsOf } from "./labels.ts";
import { lazily } from "./lazily.ts";
import type { Attribute, FriendlyNamePart, Model, ModelClass, Profile, UniquenessRule } from "../model.ts";
import { DEFAULT_LANGUAGES, type ModelFile, type ProfileEntry } from "./model_file.ts";
import { duplicateMessage } from "../../messages/duplicates.ts";
import { parseTemplate } from "./template.ts";

/**
 * Resolves inheritance and defaults, and adds what nobody has to write: the classes of users, computed attributes. What is in a class is
 * resolved when somebody asks for it: an import needs few of a model's classes. Nothing is checked here: `readModel` does both.
 * @param failed what is thrown, then, when what is written makes no sense
 */
export function resolveModel(written: ModelFile, failed: (error: unknown) => unknown = (error) => error): Model {
  const file = complete(written);
  const languages = file.languages ?? DEFAULT_LANGUAGES;
  const declared = declaredClasses(file, languages, failed);
  const attributesOf = (code: string) => classes.get(code)?.attributes;
  const classes = resolveClasses({
    languages,
    classes: declared,
    rootsWithObsolescence: rootsWithObsolescence(declared),
    deriveLabels: (owner, attribute, own) => withDerivedLabels(owner, attribute, own, attributesOf, languages),
  }, failed);
  const organizations = file.organizations;
  return {
    name: file.name,
    languages,
    classes,
    profiles: (file.profiles ?? []).map(resolveProfile),
    organizations: organizations === undefined
      ? null
      : { class: organizations.class, parent: organizations.parent ?? null },
  };
}

/** Obsolescence belongs to a whole hierarchy, as the objects of a parent class are those of its subclasses. */
function rootsWithObsolescence(classes: ReadonlyMap<string, DeclaredClass>): ReadonlySet<string> {
  const obsolescent = [...classes.values()].filter(({ entry }) =>
    entry.obsolete_when !== undefined || entry.attributes?.["obsolescence_flag"]?.kind !== undefined
  );
  return new Set(obsolescent.map((declared) => declared.root));
}

function resolveClasses(
  context: GenerationContext,
  failed: (error: unknown) => unknown,
): ReadonlyMap<string, ModelClass> {
  const done = new Map<string, ModelClass>();
  const resolve = (declared: DeclaredClass): ModelClass => {
    const present = done.get(declared.code);
    if (present !== undefined) return present;
    const parent = declared.parent === null ? null : resolve(declared.parent);
    const resolved = resolveClass(declared, parent, context, failed);
    done.set(declared.code, resolved);
    return resolved;
  };
  return new Map([...context.classes.values()].map((declared) => [declared.code, resolve(declared)]));
}

function resolveClass(
  declared: DeclaredClass,
  parent: ModelClass | null,
  context: GenerationContext,
  failed: (error: unknown) => unknown,
): ModelClass {
  const { code, entry } = declared;
  const reconciliationKeys = entry.reconciliation_keys ?? parent?.reconciliationKeys ?? [];
  const attributes = lazily(
    () => deriveDeclared(allAttributes(declared, parent?.attributes ?? null, context), declared, context),
    failed,
  );
  const name = lazily(() => friendlyName(declared, parent, attributes(), reconciliationKeys), failed);
  const rules = lazily(
    () => [...parent?.uniquenessRules ?? [], ...ownRules(declared, attributes(), context)],
    failed,
  );
  return {
    code,
    labels: labelsOf(entry.labels, context.languages),
    parent: parent?.code ?? null,
    root: declared.root,
    abstract: entry.abstract ?? false,
    reconciliationKeys,
    obsoleteWhen: entry.obsolete_when ?? parent?.obsoleteWhen ?? null,
    organization: entry.organization ?? parent?.organization ?? null,
    concreteClasses: concreteClasses(declared),
    get friendlyName() {
      return name();
    },
    get uniquenessRules() {
      return rules();
    },
    get attributes() {
      return attributes();
    },
  };
}

/** External fields of the file that have no labels get joined ones, like those that are generated. */
function deriveDeclared(
  attributes: ReadonlyMap<string, Attribute>,
  declared: DeclaredClass,
  context: GenerationContext,
): ReadonlyMap<string, Attribute> {
  return new Map([...attributes].map(([code, attribute]) => {
    const written = declared.attributes.get(code);
    const needsLabels = attribute.kind === "external_field" && attribute === written && attribute.labels.size === 0;
    return [code, needsLabels ? context.deriveLabels(declared.code, attribute, attribute.labels) : attribute];
  }));
}

function friendlyName(
  declared: DeclaredClass,
  parent: ModelClass | null,
  attributes: ReadonlyMap<string, Attribute>,
  reconciliationKeys: readonly string[],
): readonly FriendlyNamePart[] {
  if (declared.entry.friendly_name !== undefined) return parseTemplate(declared.entry.friendly_name);
  if (parent !== null && parent.friendlyName.length > 0) return parent.friendlyName;
  const attribute = attributes.has("name") ? "name" : reconciliationKeys[0];
  return attribute === undefined ? [] : [{ attribute }];
}

function ownRules(
  declared: DeclaredClass,
  attributes: ReadonlyMap<string, Attribute>,
  context: GenerationContext,
): UniquenessRule[] {
  const { languages } = context;
  return (declared.entry.unique ?? []).map((rule) => ({
    name: rule.name,
    declaredBy: declared.code,
    attributes: rule.attributes,
    unlessEmpty: rule.unless_empty ?? [],
    blocking: rule.blocking ?? true,
    messages: rule.messages === undefined
      ? duplicateMessages(declared, rule.attributes, attributes, languages)
      : labelsOf(rule.messages, languages),
  }));
}

/** The program speaks English: one sentence, for the language that stands in for the others. */
function duplicateMessages(
  declared: DeclaredClass,
  codes: readonly string[],
  attributes: ReadonlyMap<string, Attribute>,
  languages: readonly string[],
): ReadonlyMap<string, string> {
  const first = languages[0] ?? "";
  const label = labelsOf(declared.entry.labels, languages).get(first) ?? declared.code;
  const names = codes.map((code) => attributes.get(code)?.labels.get(first) ?? code);
  return new Map([[first, duplicateMessage(label, names)]]);
}

function concreteClasses(declared: DeclaredClass): string[] {
  const below = declared.children.flatMap(concreteClasses);
  return declared.entry.abstract === true ? below : [declared.code, ...below];
}

function resolveProfile(entry: ProfileEntry): Profile {
  return {
    id: entry.id,
    name: entry.name,
    description: entry.description ?? entry.name,
    administrator: entry.administrator ?? false,
    bulkWrite: entry.bulk_write ?? [],
  };
}
