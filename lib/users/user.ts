/** Who runs an import. */
import type { LanguageCode } from "../model/model.ts";
import type { ObjectId } from "../store/object_id.ts";
import type { ProfileNumber } from "./profiles.ts";

export interface User {
  /** Null: the database has no users, and this is whoever runs the program (`anybody.ts`). */
  readonly id: ObjectId | null;
  readonly login: string;
  /** For people: the friendly name of the user's person, else the login. */
  readonly name: string;
  /** One of the model's languages. */
  readonly language: LanguageCode;
  /** What the account was when it was read (`accountStamp`): with another login or password it is no longer who logged in. */
  readonly stamp: string;
  readonly profiles: readonly ProfileNumber[];
  /** Ids of the organisations to which the user is limited, those below them not counted; null: not limited. */
  readonly allowedOrganizations: readonly ObjectId[] | null;
}

/** One who has logged in. */
export interface KnownUser extends User {
  readonly id: ObjectId;
}
