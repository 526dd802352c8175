/**
 * What an account was when its user logged in, as a text to compare: a user is read again by id later on, and by then the id may be
 * somebody else's, or the login be gone with which the password was right.
 */
import { createHash } from "node:crypto";
import type { ObjectId } from "../store/object_id.ts";
import type { ObjectSearches } from "../store/objects.ts";
import { valuesOfOne } from "./stored_values.ts";
import { USER } from "./user_classes.ts";

/** @param stored the password as it is stored; a digest of it goes on in its place */
export function accountStamp(
  { id, login }: { readonly id: ObjectId; readonly login: string },
  stored: string,
): string {
  // No two accounts give the same text.
  return createHash("sha256").update(JSON.stringify([id, login, stored])).digest("base64");
}

/** @returns null when there is no such user, or none with a password */
export async function readAccountStamp(id: ObjectId, objects: ObjectSearches): Promise<string | null> {
  const [login, stored] = await valuesOfOne(objects, USER.class, id, [USER.login, USER.password]) ?? [];
  return typeof login === "string" && typeof stored === "string" ? accountStamp({ id, login }, stored) : null;
}
