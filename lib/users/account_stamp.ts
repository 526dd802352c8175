/**
 * What an account was when its user logged in, as a text to compare: a user is read again by id later on, and by then the id may be
 * somebody else's, or the login be gone with which the password was right.
 */
import { createHash } from "node:crypto";
import type { ObjectId } from "../store/object_id.ts";

/** @param stored the password as it is stored; a digest of it goes on in its place */
export function accountStamp(
  { id, login }: { readonly id: ObjectId; readonly login: string },
  stored: string,
): string {
  // No two accounts give the same text.
  return createHash("sha256").update(JSON.stringify([id, login, stored])).digest("base64");
}
