/** Which database of which server a name means. */
import { isSocket } from "../server_address/postgres_address.ts";
import type { ServerWorld } from "./postgres/named_server.ts";

/**
 * The same text for all spellings of one database, whoever uses it, as far as addresses tell it.
 * @param name as `namesServer` wants it
 * @throws RunStop 64 with all that is wrong with the address
 */
export async function serverPlace(name: string, world: ServerWorld): Promise<string> {
  const { addressOf } = await import("./postgres/named_server.ts");
  const address = await addressOf(name, world);
  const { host, port, database, schema } = address;
  return JSON.stringify([isSocket(address) ? host : host.toLowerCase(), port, database, schema]);
}
