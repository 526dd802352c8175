/** What a new database holds before its first import: the model's profiles, and an administrator. */
import { firstUserReason } from "../messages/users.ts";
import { newValues } from "../model/default_value.ts";
import { classOf } from "../model/look_up.ts";
import type { AttributeCode, ClassCode, Model, StoredValue } from "../model/model.ts";
import type { ObjectId } from "../store/object_id.ts";
import type { ObjectStore } from "../store/objects.ts";
import { profileId } from "./profiles.ts";
import { PROFILE, STATUS_ENABLED, USER, USER_PROFILE } from "./user_classes.ts";

/**
 * @param passwordHash as `hashPassword` gives it
 * @throws Error when no profile of the model is an administrator's: the model's checks see to it
 */
export function createFirstObjects(objects: ObjectStore, model: Model, login: string, passwordHash: string): void {
  for (const { id, name, description } of model.profiles) {
    create(objects, model, PROFILE.class, profileId(id, objects), {
      [PROFILE.name]: name,
      [PROFILE.description]: description,
    });
  }
  const administrator = model.profiles.find((profile) => profile.administrator);
  if (administrator === undefined) throw new Error("the model has no profile for administrators");
  const user = objects.newId(USER.class);
  create(objects, model, USER.class, user, {
    [USER.login]: login,
    [USER.password]: passwordHash,
    [USER.status]: STATUS_ENABLED,
    [USER.language]: model.languages[0] ?? "",
  });
  create(objects, model, USER_PROFILE.class, objects.newId(USER_PROFILE.class), {
    [USER_PROFILE.user]: user,
    [USER_PROFILE.profile]: profileId(administrator.id, objects),
    [USER_PROFILE.reason]: firstUserReason(),
  });
}

function create(
  objects: ObjectStore,
  model: Model,
  code: ClassCode,
  id: ObjectId,
  given: Readonly<Record<AttributeCode, StoredValue>>,
): void {
  const values = newValues(classOf(model, code), given);
  objects.create({ class: code, attributes: [...values.keys()], id, values: [...values.values()] });
}
