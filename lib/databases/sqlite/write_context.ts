/** What objects are written with. */
import type { Mapping } from "../../store/layout.ts";
import type { Database } from "./connection.ts";
import type { IdSequence } from "../writes/id_sequence.ts";

export interface WriteContext extends Mapping {
  readonly database: Database;
  readonly ids: IdSequence;
  /** `Y-m-d`, UTC. */
  readonly today: string;
}
