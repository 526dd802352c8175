/** The ids of objects: what they look like is the database's business. */
import type { StoredValue } from "../model/model.ts";

declare const brand: unique symbol;

/**
 * What a database tells an object by. It can be compared with `===`, kept in sets, and is what an external key holds; nothing else may be
 * done with it: `ObjectSearches` turns texts into ids, and ids into what people see.
 */
export type ObjectId = (number | string) & { readonly [brand]: "ObjectId" };

/** An id as people see it, in reports and messages: of a key of several columns their values with `|` between them. */
export type ShownId = number | string;

/** The same for programs, where a key has several columns. */
export type ShownKey = readonly (number | string)[];

/** The object that the value of an external key refers to; null: none. */
export function idIn(value: StoredValue | undefined): ObjectId | null {
  return (value ?? null) as ObjectId | null;
}
