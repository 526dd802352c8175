/** Who may load everything, and may log in to do it. */
import { EXIT, RunStop } from "../errors.ts";
import { runLosesAdministrator } from "../messages/users.ts";
import type { AttributeCode, ClassCode, Model } from "../model/model.ts";
import { idIn, type ObjectId } from "../store/object_id.ts";
import type { ObjectSearch, ObjectSearches } from "../store/objects.ts";
import { profileId } from "./profiles.ts";
import { valuesOfEach } from "./stored_values.ts";
import { STATUS_ENABLED, USER, USER_ORGANIZATION, USER_PROFILE } from "./user_classes.ts";

/** Ids of the users who are enabled and have an administrator's profile. */
export async function enabledAdministrators(model: Model, objects: ObjectSearches): Promise<ReadonlySet<ObjectId>> {
  if (model.hasNoUsers === true) return new Set();
  const numbers = model.profiles.filter(({ administrator }) => administrator).map(({ id }) => id);
  const { class: linkClass, profile, user } = USER_PROFILE;
  const lists = await valuesOfEach(
    searchAll(objects, linkClass, profile, user),
    numbers.map((number) => profileId(number, objects)),
  );
  const users = [...new Set(lists.flat().map(([value]) => idIn(value)))].filter((id) => id !== null);
  const statuses = await valuesOfEach(searchAll(objects, USER.class, "id", USER.status), users);
  return new Set(users.filter((_, index) => statuses[index]?.[0]?.[0] === STATUS_ENABLED));
}

/** Those of them who are not limited to some organisations. */
export async function unlimitedAdministrators(model: Model, objects: ObjectSearches): Promise<ReadonlySet<ObjectId>> {
  const enabled = await enabledAdministrators(model, objects);
  if (!model.classes.has(USER_ORGANIZATION.class)) return enabled;
  const { class: linkClass, user, organization } = USER_ORGANIZATION;
  const users = [...enabled];
  const limits = await valuesOfEach(searchAll(objects, linkClass, user, organization), users);
  return new Set(users.filter((_, index) => limits[index]?.every(([value]) => idIn(value) === null) === true));
}

function searchAll(
  objects: ObjectSearches,
  modelClass: ClassCode,
  by: AttributeCode | "id",
  read: AttributeCode,
): ObjectSearch {
  return objects.search({ class: modelClass, conditions: [by], read: [read], includeHidden: true });
}

/**
 * For the end of a run that may delete links: what the database deletes along with them (`on_delete`) is in no row, and may be an account
 * or its profile in a model of one's own.
 * @returns throws RunStop 77 when there was an administrator before the run, and none is left
 */
export async function administratorGuard(model: Model, objects: ObjectSearches): Promise<() => Promise<void>> {
  const before = await enabledAdministrators(model, objects);
  return async () => {
    if (before.size > 0 && (await enabledAdministrators(model, objects)).size === 0) {
      throw new RunStop(EXIT.notAllowed, [runLosesAdministrator()]);
    }
  };
}
