/** Which classes a user may import, and which organisations they see. */
import { EXIT, RunStop } from "../errors.ts";
import { bulkWriteHint, bulkWriteNotAllowed } from "../messages/users.ts";
import { isOrIsBelow } from "../model/look_up.ts";
import type { ClassCode, Model, ModelClass } from "../model/model.ts";
import type { User } from "./user.ts";

/** Whether one of the user's profiles lets them load objects of a class: rights add up. */
export function mayBulkWrite(user: Pick<User, "profiles">, modelClass: ModelClass, model: Model): boolean {
  return model.profiles.some((profile) =>
    user.profiles.includes(profile.id) &&
    (profile.administrator || profile.bulkWrite.some((granted) => isOrIsBelow(model, modelClass.code, granted)))
  );
}

/** Ends the run of somebody who may not load a class. */
export function bulkWriteRefusal(modelClass: ClassCode): RunStop {
  return new RunStop(EXIT.notAllowed, [{ text: bulkWriteNotAllowed(modelClass), hint: bulkWriteHint(modelClass) }]);
}
