/** Attributes of a model's classes, and their values. */

/** Code of a class or attribute, case-sensitive, as typed in the model file. */
export type ClassCode = string;
export type AttributeCode = string;

/** Code of a language, as users carry it: `EN US`. */
export type LanguageCode = string;

/** Words for people, by language. A language that is missing falls back to the model's first language, then to the code. */
export type Labels = ReadonlyMap<LanguageCode, string>;

/** A value as SQLite holds it. Dates are text (`2024-02-29`, `2024-02-29 13:05:00`), booleans `yes` or `no`. */
export type StoredValue = string | number | null;

interface AttributeBase {
  readonly code: AttributeCode;
  /** The class that declares the attribute: the class itself or one of its parents. */
  readonly declaredBy: ClassCode;
  readonly labels: Labels;
  /** Other names that a header may use for the attribute, by language. */
  readonly aliases: ReadonlyMap<LanguageCode, readonly string[]>;
  /** Further names for it in every language, and beside its code; left out: none. */
  readonly otherNames?: readonly string[];
  /** No header has a name for it. */
  readonly isNameless?: true;
  /** What reports call it in place of its code, where that could not be the name of its column; left out: its code. */
  readonly shownCode?: string;
}

interface WritableAttribute extends AttributeBase {
  /** False: an object cannot be written without a value. */
  readonly nullAllowed: boolean;
  /** The database fills it where a new object has no value for it. */
  readonly filledByDatabase?: true;
  /** The database computes it: nobody writes it. */
  readonly isGenerated?: true;
  /** Part of what tells objects apart: an update never writes it. */
  readonly isFixed?: true;
  /** Where no value is allowed, an overlay may say that the empty text is one. */
  readonly mayHoldEmptyText?: true;
  /** A cell that says what is stored already is good, though nobody could write it. */
  readonly keepsWhatIsStored?: true;
  /** As a key it tells texts apart that look alike: who makes another one of these is warned. */
  readonly warnsOfLikes?: true;
}

/** Text of any kind. Empty is the empty text, never null. */
export interface TextAttribute extends WritableAttribute {
  readonly kind: "string" | "text" | "html" | "email" | "phone" | "url" | "ip" | "ipv4";
  readonly default: string;
  /** In characters (Unicode code points). */
  readonly maxLength: number;
  /** Two texts that differ in case only are two. */
  readonly countsCase: boolean;
}

export interface EnumValue {
  readonly code: string;
  readonly labels: Labels;
}

export interface EnumAttribute extends WritableAttribute {
  readonly kind: "enum";
  readonly values: readonly EnumValue[];
  readonly default: string | null;
  /** Codes and labels are taken as they are only. */
  readonly countsCase?: true;
}

/** One of the model's languages, by code. */
export interface LanguageAttribute extends WritableAttribute {
  readonly kind: "language";
  readonly default: string | null;
}

export interface BooleanAttribute extends WritableAttribute {
  readonly kind: "boolean";
  readonly default: "yes" | "no" | null;
}

/** 32-bit signed, or 64. Integers that a double does not hold exactly are text: their digits, with a sign before negative ones. */
export interface IntegerAttribute extends WritableAttribute {
  readonly kind: "integer";
  readonly bits?: 64;
  readonly default: number | null;
}

/** Any double; an integer of 64 bits that a double does not hold exactly is text, as that of an integer attribute. */
export interface NumberAttribute extends WritableAttribute {
  readonly kind: "number";
  readonly default: null;
}

/** Any text, as a column without a known type holds it. */
export interface LooseAttribute extends WritableAttribute {
  readonly kind: "loose";
  /** A plain number is that number: the database makes it one. */
  readonly isNumeric: boolean;
  readonly default: null;
}

export interface DecimalAttribute extends WritableAttribute {
  readonly kind: "decimal";
  /** All digits, those after the point included; at most 15, so that a double holds every value exactly. */
  readonly digits: number;
  /** Digits after the point. */
  readonly decimals: number;
  readonly default: number | null;
}

/** `Y-m-d`, or `Y-m-d H:i:s`. */
export interface DateAttribute extends WritableAttribute {
  readonly kind: "date" | "datetime";
  readonly default: string | null;
}

/** One way: stored as a salted slow hash, never shown. */
export interface PasswordAttribute extends WritableAttribute {
  readonly kind: "password";
}

/** Entries that are only ever added, the newest first. */
export interface CaseLogAttribute extends WritableAttribute {
  readonly kind: "case_log";
}

/** Refers to an object of `target` or of one of its subclasses. None is null. */
export interface ExternalKeyAttribute extends WritableAttribute {
  readonly kind: "external_key";
  readonly target: ClassCode;
  /** The attribute of the target whose value stands for it where a file gives the key plainly; left out: its id. */
  readonly referenced?: AttributeCode;
  /** Whatever stands in a cell is a value that a target may have: `0` too, which means no target elsewhere. */
  readonly takesAnyId?: true;
  /** The ids of the target are not whole numbers alone. */
  readonly hasWordsAsIds?: true;
  /** The target is the class itself and following the key must end: loops are refused. */
  readonly hierarchical: boolean;
  readonly onDelete: "restrict" | "cascade" | "set_null";
}

/** An attribute of an external key's target. As a column it feeds its key. */
export interface ExternalFieldAttribute extends AttributeBase {
  readonly kind: "external_field";
  readonly key: AttributeCode;
  /** An attribute of the key's target, or `id`. */
  readonly attribute: AttributeCode;
}

/** Objects linked through a link class (n:n). */
export interface LinkSetAttribute extends AttributeBase {
  readonly kind: "link_set";
  readonly linkClass: ClassCode;
  /** The link class's external key to the class that has the attribute. */
  readonly keyToThis: AttributeCode;
  readonly keyToRemote: AttributeCode;
}

/** Objects that refer to this one (1:n). No column: they are loaded by their own class; kept to say so. */
export interface ObjectListAttribute extends AttributeBase {
  readonly kind: "object_list";
  readonly listedClass: ClassCode;
  /** The listed class's external key to the class that has the attribute. */
  readonly keyToThis: AttributeCode;
}

/** Holds what no file can give. */
export interface BytesAttribute extends WritableAttribute {
  readonly kind: "bytes";
}

/** Never written by an import. */
export interface ComputedAttribute extends AttributeBase {
  readonly kind: "friendly_name" | "final_class" | "obsolescence_flag" | "obsolescence_date";
}

/** Kinds whose value is one column of the class's table. */
export type ColumnAttribute =
  | TextAttribute
  | EnumAttribute
  | LanguageAttribute
  | BooleanAttribute
  | IntegerAttribute
  | NumberAttribute
  | LooseAttribute
  | DecimalAttribute
  | DateAttribute
  | PasswordAttribute
  | CaseLogAttribute
  | ExternalKeyAttribute;

export type Attribute =
  | ColumnAttribute
  | ExternalFieldAttribute
  | LinkSetAttribute
  | ObjectListAttribute
  | BytesAttribute
  | ComputedAttribute;

export type AttributeKind = Attribute["kind"];
