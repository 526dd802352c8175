/** What objects are written with. */
import type { ClassCode, Model } from "../model/model.ts";
import type { ChangeLog, Operation } from "./change_log.ts";
import type { Database } from "./connection.ts";
import type { IdSequence } from "./id_sequence.ts";

export interface WriteContext {
  readonly database: Database;
  readonly model: Model;
  readonly ids: IdSequence;
  /** Null: nothing is logged. */
  readonly log: ChangeLog | null;
  /** `Y-m-d`, UTC. */
  readonly today: string;
}

/** Logs that an object came or went. */
export function logObject(context: WriteContext, operation: Operation, code: ClassCode, objectId: number): void {
  context.log?.add({ operation, class: code, objectId, attribute: null, oldValue: null, newValue: null });
}
