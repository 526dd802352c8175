/** Who may take a run back: whoever may import every class that it has written. */
import { EXIT, RunStop } from "../errors.ts";
import { bulkWriteHint } from "../messages/users.ts";
import { undoNotAllowed } from "../messages/undo.ts";
import { classOf } from "../model/look_up.ts";
import type { ClassCode, Model } from "../model/model.ts";
import { mayWriteLinks } from "../users/link_set_rights.ts";
import { mayBulkWrite } from "../users/rights.ts";
import type { User } from "../users/user.ts";

/** A run that somebody wants to take back. */
export interface WantedRun {
  readonly id: number;
  /** Of its entries. */
  readonly classes: readonly ClassCode[];
  /** The user may be told all about it. */
  readonly isToldWhole: boolean;
}

/** @throws RunStop 77, with all classes that the user may not write, if they may be told */
export function requireUndoRight(user: User, { id, classes, isToldWhole }: WantedRun, model: Model): void {
  const refused = classes.filter((code) =>
    model.classes.has(code) && !mayBulkWrite(user, classOf(model, code), model) && !mayWriteLinks(user, code, model)
  );
  if (refused.length === 0) return;
  throw new RunStop(EXIT.notAllowed, [{
    text: undoNotAllowed(id, isToldWhole ? refused : null),
    ...isToldWhole ? { hint: refused.map(bulkWriteHint).join(". ") } : {},
  }]);
}
