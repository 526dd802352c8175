/** Who may load everything, and may log in to do it. */
import { EXIT, RunStop } from "../errors.ts";
import { runLosesAdministrator } from "../messages/users.ts";
import type { Model } from "../model/model.ts";
import type { ObjectStore } from "../store/objects.ts";
import { STATUS_ENABLED, USER, USER_PROFILE } from "./user_classes.ts";

/** Whether one of these profiles is an administrator's. */
export function hasAdministratorProfile(profiles: readonly number[], model: Model): boolean {
  return model.profiles.some((profile) => profile.administrator && profiles.includes(profile.id));
}

/** Ids of the users who are enabled and have an administrator's profile. */
export function enabledAdministrators(model: Model, store: ObjectStore): ReadonlySet<number> {
  const { class: linkClass, profile, user } = USER_PROFILE;
  const links = store.search({ class: linkClass, conditions: [profile], read: [user], includeHidden: true });
  const users = store.search({ class: USER.class, conditions: ["id"], read: [USER.status], includeHidden: true });
  const administrators = model.profiles.filter((one) => one.administrator);
  const ids = administrators.flatMap(({ id }) => links.all([id]).map((link) => Number(link.values[0])));
  return new Set(ids.filter((id) => users.all([id])[0]?.values[0] === STATUS_ENABLED));
}

/**
 * For the end of a run that may delete links: what SQLite deletes along with them (`on_delete`) is in no row, and may be an account
 * or its profile in a model of one's own.
 * @returns throws RunStop 77 when there was an administrator before the run, and none is left
 */
export function administratorGuard(model: Model, store: ObjectStore): () => void {
  const before = enabledAdministrators(model, store).size;
  return () => {
    if (before > 0 && enabledAdministrators(model, store).size === 0) {
      throw new RunStop(EXIT.notAllowed, [runLosesAdministrator()]);
    }
  };
}
