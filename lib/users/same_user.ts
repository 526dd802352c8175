/** Who logged in some time ago must still be who may log in. */
import type { Model } from "../model/model.ts";
import type { ObjectSearches } from "../store/objects.ts";
import { sameUserNow } from "./known_user.ts";
import { loginRefusal } from "./login.ts";
import type { User } from "./user.ts";

/**
 * The user with the rights and limits of this moment: a transaction may have waited for another writer.
 * @throws RunStop 77 when they may not log in any more, or have another login or password
 */
export async function requireSameUser(user: User, model: Model, objects: ObjectSearches): Promise<User> {
  if (user.id === null) return user;
  const now = await sameUserNow(user, model, objects);
  if (now === null) throw loginRefusal({ ok: false, reason: "refused" }, user.login);
  return now;
}
