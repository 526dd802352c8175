/** The password of an address, which a second connection needs too. */
import type { PostgresAddress } from "../../server_address/postgres_address.ts";

/** A second connection is let in as the first was, whatever has become of its password file. */
export function withPasswordAskedOnce(address: PostgresAddress): PostgresAddress {
  let told: ReturnType<PostgresAddress["password"]> | null = null;
  return { ...address, password: () => told ??= address.password() };
}
