/** Who may take a run back: whoever may import every class that it has written. */
import { EXIT, RunStop } from "../errors.ts";
import { bulkWriteHint } from "../messages/users.ts";
import { undoNotAllowed } from "../messages/undo.ts";
import { classOf } from "../model/look_up.ts";
import type { ClassCode, Model } from "../model/model.ts";
import { mayWriteLinks } from "../users/link_set_rights.ts";
import { mayBulkWrite } from "../users/rights.ts";
import type { User } from "../users/user.ts";

/** @param classes of the run's entries @throws RunStop 77, with all classes that the user may not write */
export function requireUndoRight(user: User, classes: readonly ClassCode[], model: Model, run: number): void {
  const refused = classes.filter((code) =>
    model.classes.has(code) && !mayBulkWrite(user, classOf(model, code), model) && !mayWriteLinks(user, code, model)
  );
  if (refused.length === 0) return;
  throw new RunStop(EXIT.notAllowed, [{
    text: undoNotAllowed(run, refused),
    hint: refused.map(bulkWriteHint).join(". "),
  }]);
}
