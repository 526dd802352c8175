/**
 * The model: classes, their attributes, and who may load what. It is data (see `model_file.ts`), checked and resolved once, then
 * read-only. The engine knows no class by name; `users/` alone knows the classes of users and profiles.
 */
import type { Attribute, AttributeCode, ClassCode, Labels, LanguageCode } from "./attribute.ts";

export type * from "./attribute.ts";

/** One piece of a friendly name's template: `{first_name} {name}` has three. */
export type FriendlyNamePart = { readonly text: string } | { readonly attribute: AttributeCode };

/** No two objects of the class (or its subclasses) may agree in all `attributes`. */
export interface UniquenessRule {
  readonly name: string;
  readonly declaredBy: ClassCode;
  readonly attributes: readonly AttributeCode[];
  /** The rule holds only for objects in which these are not empty. */
  readonly unlessEmpty: readonly AttributeCode[];
  /** False: the rule only warns people in forms, and an import does not speak of it. */
  readonly blocking: boolean;
  /** The database holds it by itself: what an import overlooks is refused. */
  readonly isHeldByDatabase?: true;
  /** The sentence for a refused object; `{org_name}` stands for the value of an attribute of the object in the way. */
  readonly messages: Labels;
}

export interface ModelClass {
  readonly code: ClassCode;
  readonly labels: Labels;
  readonly parent: ClassCode | null;
  /** The topmost class; its table holds the objects of all its subclasses. */
  readonly root: ClassCode;
  readonly abstract: boolean;
  /** Codes of the attributes that identify an object when the caller names no keys, in order. */
  readonly reconciliationKeys: readonly AttributeCode[];
  /** Sets of attributes of which each identifies an object: the first that a file has whole is its key. In place of the list before; left out: there are none. */
  readonly keySets?: readonly (readonly AttributeCode[])[];
  /** Its objects have no ids that a file could give: nothing but what they hold tells them apart. */
  readonly hasNoIds?: true;
  readonly friendlyName: readonly FriendlyNamePart[];
  /** Own and inherited rules. */
  readonly uniquenessRules: readonly UniquenessRule[];
  /** An object is obsolete when this attribute has this value. */
  readonly obsoleteWhen: { readonly attribute: AttributeCode; readonly value: string } | null;
  /** The attribute that tells the organisation of an object (`id` for organisations themselves): users may be limited by it. */
  readonly organization: AttributeCode | "id" | null;
  /** Own and inherited attributes, computed ones included, in the order of the model file. */
  readonly attributes: ReadonlyMap<AttributeCode, Attribute>;
  /** The class itself, if it is not abstract, and every concrete class below it. */
  readonly concreteClasses: readonly ClassCode[];
  /** Names that more than one of its keys could be called by, folded (`foldCase`), and how each of these is written instead. */
  readonly ambiguousNames?: ReadonlyMap<string, readonly string[]>;
  /** Names of keys that several columns make together, folded, with these columns: each is given by itself, and nothing stands behind an arrow. */
  readonly jointKeyNames?: ReadonlyMap<string, readonly string[]>;
}

/** A profile and what it lets its users load. */
export interface Profile {
  readonly id: number;
  readonly name: string;
  readonly description: string;
  /** Every class. */
  readonly administrator: boolean;
  /** These classes and all below them. */
  readonly bulkWrite: readonly ClassCode[];
}

/** Users may be limited to some objects of `class` and those below them by `parent`. */
export interface OrganizationTree {
  readonly class: ClassCode;
  /** Hierarchical external key of the class, if it has one. */
  readonly parent: AttributeCode | null;
}

export interface Model {
  readonly name: string;
  /** The first one is the fallback of the others. */
  readonly languages: readonly LanguageCode[];
  readonly classes: ReadonlyMap<ClassCode, ModelClass>;
  readonly profiles: readonly Profile[];
  readonly organizations: OrganizationTree | null;
  /** What a database of others has that is no class, by its name; left out: the database is ours. */
  readonly notClasses?: ReadonlyMap<string, NotClass>;
  /** None of its classes is about users, whatever they are called; left out: it has users. */
  readonly hasNoUsers?: true;
}

/** Why something in a database of others is no class: what it is, that nothing addresses its rows, that the overlay hides it. */
export type NotClass = "view" | "virtual" | "shadow" | "no_handle" | "hidden";
