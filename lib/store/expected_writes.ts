/** What a run may write, and what a database may then write by itself. */
import type { AttributeCode, ClassCode } from "../model/model.ts";

/** What a run may write of a class. */
export interface ExpectedWrites {
  readonly class: ClassCode;
  /** Those that it compares or writes; none: it may be any. */
  readonly attributes: readonly AttributeCode[];
  /** It deletes objects, too. */
  readonly deletes: boolean;
}

/** Attributes of classes that a database writes by itself; null: any, or it makes or deletes objects. */
export type AlteredObjects = ReadonlyMap<ClassCode, ReadonlySet<AttributeCode> | null>;
