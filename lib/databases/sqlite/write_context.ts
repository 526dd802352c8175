/** What objects are written with. */
import type { Model } from "../../model/model.ts";
import type { Database } from "./connection.ts";
import type { IdSequence } from "./id_sequence.ts";

export interface WriteContext {
  readonly database: Database;
  readonly model: Model;
  readonly ids: IdSequence;
  /** `Y-m-d`, UTC. */
  readonly today: string;
}
