/** What stays the same for a whole export. */
import type { Breath } from "../breath.ts";
import type { Naming } from "../columns/known_columns.ts";
import type { ModelClass } from "../model/model.ts";
import type { HiddenTargets } from "../reconcile/hidden_targets.ts";
import type { ObjectSearches } from "../store/objects.ts";
import type { User } from "../users/user.ts";
import type { ValueContext } from "../values/reader_for.ts";

export interface ExportContext extends ValueContext {
  readonly modelClass: ModelClass;
  readonly user: User;
  readonly naming: Naming;
  /** As they are at one moment, and as the user sees them. */
  readonly store: ObjectSearches;
  readonly hiddenTargets: HiddenTargets;
  readonly someObjectsAreHidden: boolean;
  /** To be taken between pages. */
  readonly breath: Breath;
}
