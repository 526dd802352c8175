/** Work of which nothing stays when a database refuses it. */
import type { TransactionLost } from "../../store/store.ts";
import type { WriteRefusal } from "../../store/write_refusal.ts";
import { answered, type Later, type Steps } from "../shared/steps.ts";

/** How a database keeps or takes back some writes of a transaction. */
export interface Savepoints {
  begin(): Later<void>;
  release(): Later<void>;
  takeBack(): Later<void>;
  /** Why a write was refused; null: the error is no refusal. */
  refusalIn(error: unknown): WriteRefusal | null;
  /** What is thrown when nothing can be taken back any more, as the refusal has ended the transaction. */
  lost(refusal: WriteRefusal, error: unknown): TransactionLost;
}

/** To be thrown by work of which part was refused, through whoever asked for the search that wrote. */
export class Refused extends Error {
  constructor(readonly refusal: WriteRefusal) {
    super(refusal.text);
  }
}

/**
 * @param work has not begun. To be made by a method: V8 keeps what a generator function within another function has seen until old objects
 * are collected, which took a third of the time of many writes
 * @returns why nothing of it is left; null: all of it is done
 */
export function* inSavepoint(savepoints: Savepoints, work: Steps<void>): Steps<WriteRefusal | null> {
  yield* answered(savepoints.begin());
  try {
    yield* work;
    yield* answered(savepoints.release());
    return null;
  } catch (error) {
    return yield* takenBack(savepoints, error);
  }
}

/** @throws the error, when it is no refusal; TransactionLost, when it is one */
function* takenBack(savepoints: Savepoints, error: unknown): Steps<WriteRefusal> {
  const refusal = error instanceof Refused ? error.refusal : savepoints.refusalIn(error);
  try {
    yield* answered(savepoints.takeBack());
  } catch {
    // A trigger may take everything back.
    if (refusal !== null) throw savepoints.lost(refusal, error);
  }
  if (refusal === null) throw error;
  return refusal;
}
