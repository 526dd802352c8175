/** The attributes that the file itself lists, class by class: inherited ones first, with what a subclass changes of them. */
import { mergeByLanguage } from "./labels.ts";
import { lazily } from "./lazily.ts";
import type { Attribute, LanguageCode } from "../model.ts";
import type { AttributeEntry, ClassEntry, ModelFile } from "./model_file.ts";
import { resolveAttribute } from "./resolve_attribute.ts";

/** A class and what the file says of its attributes. */
export interface DeclaredClass {
  readonly code: string;
  readonly entry: ClassEntry;
  readonly parent: DeclaredClass | null;
  readonly root: string;
  readonly children: DeclaredClass[];
  /** Own and inherited, in order; attributes that are generated are not among them. */
  readonly attributes: ReadonlyMap<string, Attribute>;
  /** The same attributes as the file puts them, with what subclasses change. */
  readonly entries: ReadonlyMap<string, AttributeEntry>;
  /** Entries that change a generated attribute, own and inherited. */
  readonly changes: ReadonlyMap<string, AttributeEntry>;
}

/** Codes that belong to computed attributes, each with its kind. */
export const COMPUTED_KINDS = {
  friendlyname: "friendly_name",
  finalclass: "final_class",
  obsolescence_flag: "obsolescence_flag",
  obsolescence_date: "obsolescence_date",
} as const;

/**
 * The classes of a file in its order, their attributes put together when asked for. A parent that does not exist counts as none.
 * @param failed what is thrown when the entries of a class make no sense
 */
export function declaredClasses(
  file: ModelFile,
  languages: readonly LanguageCode[],
  failed: (error: unknown) => unknown,
): ReadonlyMap<string, DeclaredClass> {
  const done = new Map<string, DeclaredClass>();
  const declare = (code: string): DeclaredClass | null => {
    const present = done.get(code);
    if (present !== undefined) return present;
    if (!Object.hasOwn(file.classes, code)) return null;
    const entry = file.classes[code] ?? {};
    const parent = entry.parent === undefined ? null : declare(entry.parent);
    const own = lazily(() => declareAttributes(code, entry, parent, languages), failed);
    const declared: DeclaredClass = {
      code,
      entry,
      parent,
      root: parent?.root ?? code,
      children: [],
      get attributes() {
        return own().attributes;
      },
      get entries() {
        return own().entries;
      },
      get changes() {
        return own().changes;
      },
    };
    parent?.children.push(declared);
    done.set(code, declared);
    return declared;
  };
  return new Map(
    Object.keys(file.classes).flatMap((code) => {
      const declared = declare(code);
      return declared === null ? [] : [[code, declared]];
    }),
  );
}

/** Whether the code belongs to an attribute that the program makes by itself. */
export function isComputedCode(code: string): code is keyof typeof COMPUTED_KINDS {
  return Object.hasOwn(COMPUTED_KINDS, code);
}

/** What an entry in a subclass may say of an inherited attribute. */
export const CHANGEABLE_PROPERTIES: readonly (keyof AttributeEntry)[] = [
  "kind",
  "labels",
  "aliases",
  "null",
  "default",
  "length",
  "values",
];

function declareAttributes(
  classCode: string,
  entry: ClassEntry,
  parent: DeclaredClass | null,
  languages: readonly LanguageCode[],
): Pick<DeclaredClass, "attributes" | "entries" | "changes"> {
  const attributes = new Map(parent?.attributes);
  const entries = new Map(parent?.entries);
  const changes = new Map(parent?.changes);
  for (const [code, own] of Object.entries(entry.attributes ?? {})) {
    const inherited = attributes.get(code);
    if (inherited === undefined && (own.kind === undefined || isComputedCode(code))) {
      changes.set(code, { ...changes.get(code), ...own });
      continue;
    }
    const effective = { ...entries.get(code), ...(inherited === undefined ? own : changesIn(own)) };
    const attribute = resolveAttribute(code, effective, inherited?.declaredBy ?? classCode, languages);
    entries.set(code, effective);
    attributes.set(code, inherited === undefined ? attribute : withWordsOf(inherited, attribute));
  }
  return { attributes, entries, changes };
}

/** What an entry may change of an inherited attribute; never its kind. */
function changesIn(own: AttributeEntry): AttributeEntry {
  return Object.fromEntries(
    CHANGEABLE_PROPERTIES.filter((name) => name !== "kind" && own[name] !== undefined).map((name) => [name, own[name]]),
  );
}

/** Labels are inherited language by language. */
function withWordsOf(inherited: Attribute, own: Attribute): Attribute {
  return {
    ...own,
    labels: mergeByLanguage(inherited.labels, own.labels),
    aliases: mergeByLanguage(inherited.aliases, own.aliases),
  };
}
