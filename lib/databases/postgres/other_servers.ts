/** Servers that speak the protocol of PostgreSQL, and are none. */
import type { PostgresAddress } from "../../server_address/postgres_address.ts";

/** As they tell who they are: `CockroachDB CCL v25.1.0 (…)`, `PostgreSQL 15.12-YB-2025.1.0.0-b0 on …`. */
const OTHERS = /CockroachDB|Yugabyte|-YB-/i;

/** Whether nobody is to count on more than the protocol. @param version as the server tells it; an address counts for more */
export function isOtherServer({ engine }: Pick<PostgresAddress, "engine">, version: string): boolean {
  return engine === undefined ? OTHERS.test(version) : engine === "portable";
}
