/** What objects are written with. */
import type { SpokenMapping } from "../sql/dialect.ts";
import type { IdSequence } from "../writes/id_sequence.ts";
import type { PostgresDatabase } from "./postgres_database.ts";

export interface WriteContext extends Required<SpokenMapping> {
  readonly database: PostgresDatabase;
  readonly ids: IdSequence;
  /** `Y-m-d`, UTC. */
  readonly today: string;
}
