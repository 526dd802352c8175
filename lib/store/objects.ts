/**
 * What the program asks of the objects of a database. Everything happens inside one transaction: a search sees whatever was handed over
 * before it. Calls take and give arrays, so that an implementation may group its work.
 */
import type { AttributeCode, ClassCode, StoredValue } from "../model/model.ts";
import type { AlteredObjects, ExpectedWrites } from "./expected_writes.ts";
import type { Listing, ObjectList } from "./object_list.ts";
import type { ObjectId, ShownId, ShownKey } from "./object_id.ts";
import type { RefusedWrite, WriteRefusal } from "./write_refusal.ts";
import type { WritesTogether } from "./writes_together.ts";

/** What identifies objects: conditions joined by AND. Any attribute of the class may be one, or `id`. */
export interface SearchPlan {
  /** Objects of this class and its subclasses. */
  readonly class: ClassCode;
  /** Compared as the attribute's kind demands; null finds objects without a value. */
  readonly conditions: readonly (AttributeCode | "id")[];
  /** Attributes to be read from a found object, in this order; external fields and computed ones too. */
  readonly read: readonly AttributeCode[];
  /** True: also objects that the user may not see (see `limitTo`). */
  readonly includeHidden: boolean;
}

export interface FoundObject {
  readonly id: ObjectId;
  /** The object's real class. */
  readonly class: ClassCode;
  /** The attributes of `SearchPlan.read`, in its order; null: they are long, and `ObjectSearch.valuesOf` reads them. */
  readonly values: readonly StoredValue[] | null;
}

export type Match =
  | { readonly kind: "none" }
  | { readonly kind: "one"; readonly object: FoundObject }
  /** Counting takes time; both tell what is there when they are asked. `first`: some of them, by id, at most so many. */
  | {
    readonly kind: "several";
    /** All of them as they were found, by id; left out: they may be many. */
    readonly few?: readonly FoundObject[];
    readonly count: () => Promise<number>;
    readonly first: (most: number) => Promise<FoundObject[]>;
  };

/** Matches that are asked for. Nobody has to wait for them. */
export interface AskedMatches {
  readonly found: Promise<Match[]>;
}

/** A search that was prepared once and is asked many times. */
export interface ObjectSearch {
  /** One answer for each key; a key has one value for each condition. */
  find(keys: readonly (readonly StoredValue[])[]): Promise<Match[]>;
  /**
   * The same, for who has other work until the answer comes: it comes when the question is on its way. What is handed over after that is
   * not seen. Left out: who asks waits for the answer anyway.
   */
  ask?(keys: readonly (readonly StoredValue[])[]): Promise<AskedMatches>;
  /** Whether a key finds anything, for each key: for who need not know what, or how many. */
  anyFor(keys: readonly (readonly StoredValue[])[]): Promise<boolean[]>;
  /** All objects that one key finds, by id. */
  all(key: readonly StoredValue[]): Promise<FoundObject[]>;
  /** The same for many keys, which together should not find more than fits into the memory: one list for each key. */
  allOf(keys: readonly (readonly StoredValue[])[]): Promise<FoundObject[][]>;
  /** The same; null: together they find more than so many. */
  fewOf(keys: readonly (readonly StoredValue[])[], most: number): Promise<FoundObject[][] | null>;
  /** The values of an object that this search has found. */
  valuesOf(object: FoundObject): Promise<readonly StoredValue[]>;
}

/** Values of some objects, to show as examples. */
export interface Examples {
  /** The first ones by friendly name that the user may see, each with the values asked for; an id as people see it. */
  readonly rows: readonly (readonly StoredValue[])[];
  /** There are more that the user may see. */
  readonly more: boolean;
  /** There are objects that the user may not see. */
  readonly hidden: boolean;
}

/** Objects that are only looked at. */
export interface ObjectSearches {
  search(plan: SearchPlan): ObjectSearch;
  list(listing: Listing): ObjectList;
  /** The id that a text means as people write it; null: no object can have it. */
  idFromText(modelClass: ClassCode, text: string): ObjectId | null;
  /** An id as people see it: 0 for an object that a simulation has created. */
  shownId(modelClass: ClassCode, id: ObjectId): ShownId;
  /** The same of an object whose key has several columns; null: an id is one value. */
  shownKey(modelClass: ClassCode, id: ObjectId): ShownKey | null;
  /** The first `count` objects of a class by friendly name. */
  examples(modelClass: ClassCode, attributes: readonly (AttributeCode | "id")[], count: number): Promise<Examples>;
}

export type NewValues = Pick<NewObject, "attributes" | "values">;

/** An object to be created. */
export interface NewObject {
  readonly class: ClassCode;
  /**
   * Column attributes only; `values` are theirs. The list must hold every column of the class that is not null. Objects with the very
   * same list are written together.
   */
  readonly attributes: readonly AttributeCode[];
  /** Of `newId`, or one that the model gives. */
  readonly id: ObjectId;
  readonly values: readonly StoredValue[];
}

/** An object to be created along with what refers to it, unless it is there already. */
export interface NeededObject {
  /** As this write would have it. Others may spell it otherwise; the id is the same. */
  readonly write: NewObject;
  /** The same for all who mean this object. */
  readonly one: object;
}

/** An attribute's value before and after. */
export interface ValueChange {
  readonly attribute: AttributeCode;
  readonly oldValue: StoredValue;
  readonly newValue: StoredValue;
}

export interface ObjectUpdate {
  readonly class: ClassCode;
  readonly id: ObjectId;
  readonly changes: readonly ValueChange[];
  /** True: another entry of the log stands for this, as that of its creation does for an object that the run has made. */
  readonly isUnlogged?: boolean;
}

/** An entry of the change log that is no column's: a link set before and after. */
export interface LoggedChange extends ValueChange {
  readonly class: ClassCode;
  readonly id: ObjectId;
}

/** What a database does by itself to an object when another one is deleted, as the model's `on_delete` says. */
export interface Consequence {
  readonly class: ClassCode;
  readonly id: ObjectId;
  /** The external key that is emptied; null: the object is deleted. */
  readonly emptied: AttributeCode | null;
}

/** An object that refers to another one. */
export interface Referrer {
  readonly class: ClassCode;
  readonly id: ObjectId;
  /** Its external key. */
  readonly attribute: AttributeCode;
  readonly target: ObjectId;
}

/** A whole number for objects, kept for a run: millions may have one, so it should take little memory where numbers grow with ids. */
export interface ObjectNumbers {
  /**
   * Gives the object a number, unless it has one.
   * @param number from 0, and less than 2 ** 32 - 1
   * @returns the number that the object has now
   */
  noteOnce(id: ObjectId, number: number): number;
  /** Null: it has none. */
  of(id: ObjectId): number | null;
  /** The object has no number any more. */
  forget(id: ObjectId): void;
  /** All objects that have a number, some at a time, in the order of their ids. */
  pages(): Generator<readonly ObjectId[], void>;
}

/**
 * The objects of a run. Writes are handed over in order, and held back: a search writes what is held before it looks, `settled` writes
 * everything. What a database refuses of it leaves no trace, and is told by `settled`.
 */
export interface ObjectStore extends ObjectSearches {
  /** Left out: answers come at once. Else how many rows are best asked about together: the farther the database is, the more. */
  readonly answersLater?: { rowsTogether(): number };
  /**
   * An id for a new object of the class. Ids are never used twice, not even after a deletion.
   * @param object what it is created with: its values may be what tells it apart. May be left out for databases of ours only
   */
  newId(modelClass: ClassCode, object?: NewValues): ObjectId;
  /** Whether the run has created the object, or has given its id to it. */
  isNew(modelClass: ClassCode, id: ObjectId): boolean;
  /** How many objects of a class, subclasses included, the user may see. */
  count(modelClass: ClassCode): Promise<number>;
  /** How many objects deletions have taken away or emptied a key of so far, those included that went along; what was refused is not. */
  readonly deletedObjects: number;
  /** @param needed what it refers to stands and falls with it; of writes that need one, the first that is not refused creates it */
  create(object: NewObject, needed?: readonly NeededObject[]): void;
  /** @see create */
  update(update: ObjectUpdate, needed?: readonly NeededObject[]): void;
  /** Deletes objects of one class; the log gets all values of these, and of those that go with them. */
  delete(modelClass: ClassCode, ids: readonly ObjectId[]): void;
  /**
   * The same at once, for very many objects, each told once: all of them go, or none. The log may keep each of them as one entry, which is
   * told as those of its attributes.
   * @returns why none of them went; null: all did
   */
  deleteMany(modelClass: ClassCode, ids: readonly ObjectId[]): Promise<WriteRefusal | null>;
  /** What may be written by itself along with such writes, as triggers do it, in classes that others made. */
  alteredBy(writes: readonly ExpectedWrites[]): AlteredObjects;
  /** Whether what is written into attributes of a class may become something else, be nothing of it `alteredBy`. */
  mayAlter(modelClass: ClassCode, attributes: readonly AttributeCode[]): boolean;
  /** Whether what others have added to the database, such as triggers and unique indexes, may refuse or alter new objects of a class. */
  mayRefuse(modelClass: ClassCode): boolean;
  /** Hands over writes that stand and fall together, to be done along with others. */
  writeTogether(writes: WritesTogether): void;
  /** Adds entries that no column stands for. */
  log(changes: readonly LoggedChange[]): void;
  /** Writes everything. @returns what was refused since it was last asked; every other write is done */
  settled(): Promise<readonly RefusedWrite[]>;
  /**
   * Writes that stand and fall together, with searches in between.
   * @returns why nothing of it is left; null: all of it is done
   */
  together(work: () => Promise<void>): Promise<WriteRefusal | null>;
  /** Whether deletions of objects of a class may do anything to others. */
  haveConsequences(modelClass: ClassCode): boolean;
  /** What the deletion of objects would do to others, and to those that hang on these. */
  consequencesOf(modelClass: ClassCode, ids: readonly ObjectId[]): Promise<readonly Consequence[]>;
  /** The objects of a class, and of those below it, that a key to their own class leads back to themselves, over others or not. */
  inLoops(modelClass: ClassCode, key: AttributeCode): Promise<readonly ObjectId[]>;
  /** Who refers to objects of a class, these themselves left out: for each of them and each kind of key one referrer, that of the first id. */
  referrersTo(modelClass: ClassCode, ids: readonly ObjectId[]): Promise<readonly Referrer[]>;
  /** Says that many objects of these classes are going to be deleted: the database may prepare for it, until the run is finished. */
  expectDeletions(classes: readonly ClassCode[]): Promise<void>;
  /**
   * Says what is going to be written, before the first write.
   * @throws RunStop 78 when the database can write no object of a class, RunStop 64 when nobody knows how it stores values of an attribute
   */
  expectWrites(writes: readonly ExpectedWrites[]): Promise<void>;
  /** Numbers for objects that have a root class in common; none has one yet. */
  numbers(): ObjectNumbers;
  /** From now on searches see only objects of these organisations and of those below them, new ones included; null: all. */
  limitTo(organizations: readonly ObjectId[] | null): Promise<void>;
}
