/** Asks a server to end the statement that a connection is at, over a connection of its own, as the protocol has it. */
import { isSocket, type PostgresAddress } from "../../server_address/postgres_address.ts";

/** (https://www.postgresql.org/docs/current/protocol-message-formats.html) */
const LENGTH = 16;
const CANCEL = 80_877_102;

/** What tells a connection to its server. */
export interface SessionKey {
  readonly processId: number;
  readonly secretKey: number;
}

/** Nobody answers: whether a statement was ended its own connection tells. The key is of use for nothing else, and so goes without TLS. */
export async function requestCancel(address: PostgresAddress, { processId, secretKey }: SessionKey): Promise<void> {
  const message = new DataView(new ArrayBuffer(LENGTH));
  message.setInt32(0, LENGTH);
  message.setInt32(4, CANCEL);
  message.setInt32(8, processId);
  message.setInt32(12, secretKey);
  using connection = await open(address);
  await connection.write(new Uint8Array(message.buffer));
  // The server closes when it has sent the signal.
  await connection.read(new Uint8Array(1));
}

function open(address: PostgresAddress): Promise<Deno.Conn> {
  const { host, port } = address;
  if (isSocket(address)) return Deno.connect({ transport: "unix", path: `${host}/.s.PGSQL.${port}` });
  return Deno.connect({ hostname: host, port });
}
