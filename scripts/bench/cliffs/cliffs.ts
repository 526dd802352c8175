/** All cliffs. */
import type { Cliff } from "./cliff.ts";
import { ERROR_CLIFFS } from "./error_cliffs.ts";
import { FORM_CLIFFS } from "./form_cliffs.ts";
import { KEY_CLIFFS } from "./key_cliffs.ts";
import { MODEL_CLIFFS } from "./model_cliffs.ts";
import { PERSON_CLIFFS } from "./person_cliffs.ts";
import { LINK_CLIFFS, SERVER_CLIFFS } from "./server_cliffs.ts";
import { SMALL_CLIFFS } from "./small_cliffs.ts";

export const CLIFFS: readonly Cliff[] = [
  ...PERSON_CLIFFS,
  ...SERVER_CLIFFS,
  ...KEY_CLIFFS,
  ...LINK_CLIFFS,
  ...ERROR_CLIFFS,
  ...FORM_CLIFFS,
  ...MODEL_CLIFFS,
  ...SMALL_CLIFFS,
];
