/** Who runs an import. */
import type { LanguageCode } from "../model/model.ts";

export interface User {
  readonly id: number;
  readonly login: string;
  /** For people: the friendly name of the user's person, else the login. */
  readonly name: string;
  /** One of the model's languages. */
  readonly language: LanguageCode;
  /** Ids of the user's profiles. */
  readonly profiles: readonly number[];
  /** Ids of the organisations to which the user is limited, those below them not counted; null: not limited. */
  readonly allowedOrganizations: readonly number[] | null;
}
