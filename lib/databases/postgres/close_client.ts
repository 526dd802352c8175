/** The end of a connection. */
import { inTime } from "./session_witness.ts";

/** How long the server may take to say good-bye, in milliseconds: less than a program may take that was sent a signal. */
const LONGEST_CLOSE = 500;

/** What is closed, as `pg` has it. */
interface ClosedClient {
  end(): Promise<void>;
  readonly connection: { readonly stream: { destroy(): unknown } };
}

/** A server that does not answer is not waited for. */
export async function closeClient(client: ClosedClient): Promise<void> {
  try {
    await inTime(client.end(), LONGEST_CLOSE);
  } finally {
    client.connection.stream.destroy();
  }
}
