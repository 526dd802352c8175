/** Who may load everything, and may log in to do it. */
import { EXIT, RunStop } from "../errors.ts";
import { runLosesAdministrator } from "../messages/users.ts";
import type { Model } from "../model/model.ts";
import { idIn, type ObjectId } from "../store/object_id.ts";
import type { ObjectSearches } from "../store/objects.ts";
import { profileId } from "./profiles.ts";
import { valuesOfAll, valuesOfOne } from "./stored_values.ts";
import { STATUS_ENABLED, USER, USER_PROFILE } from "./user_classes.ts";
import { allowedOrganizations } from "./user_links.ts";

/** Ids of the users who are enabled and have an administrator's profile. */
export async function enabledAdministrators(model: Model, objects: ObjectSearches): Promise<ReadonlySet<ObjectId>> {
  const { class: linkClass, profile, user } = USER_PROFILE;
  const enabled = new Set<ObjectId>();
  if (model.hasNoUsers === true) return enabled;
  for (const { administrator, id: number } of model.profiles) {
    if (!administrator) continue;
    const links = await valuesOfAll(objects, linkClass, { code: profile, id: profileId(number, objects) }, [user]);
    for (const [value] of links) {
      const id = idIn(value);
      if (id !== null && await isEnabled(id, objects)) enabled.add(id);
    }
  }
  return enabled;
}

/** Those of them who are not limited to some organisations. */
export async function unlimitedAdministrators(model: Model, objects: ObjectSearches): Promise<ReadonlySet<ObjectId>> {
  const unlimited = new Set<ObjectId>();
  for (const id of await enabledAdministrators(model, objects)) {
    if (await allowedOrganizations(id, model, objects) === null) unlimited.add(id);
  }
  return unlimited;
}

async function isEnabled(id: ObjectId, objects: ObjectSearches): Promise<boolean> {
  const values = await valuesOfOne(objects, USER.class, id, [USER.status]);
  return values?.[0] === STATUS_ENABLED;
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
