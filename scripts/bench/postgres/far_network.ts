/** A network whose other end is far away: a socket of this machine that leads to another one, where everything arrives later. */

export interface FarNetwork {
  close(): void;
}

interface Ways {
  /** Paths of sockets. */
  readonly from: string;
  readonly to: string;
  /** Each way. */
  readonly milliseconds: number;
}

export function farNetwork({ from, to, milliseconds }: Ways): FarNetwork {
  const listener = Deno.listen({ transport: "unix", path: from });
  const ends = new Set<Deno.Conn>();
  const join = async (client: Deno.Conn) => {
    const server = await Deno.connect({ transport: "unix", path: to });
    ends.add(client).add(server);
    await Promise.all([carry(client, server, milliseconds), carry(server, client, milliseconds)]);
  };
  const accept = async () => {
    for await (const client of listener) join(client).catch(() => {});
  };
  // The listener is closed while it waits.
  accept().catch(() => {});
  return {
    close() {
      listener.close();
      for (const end of ends) close(end);
    },
  };
}

/** Until an end is closed. Bytes are on their way beside each other, in their order. */
async function carry(from: Deno.Conn, to: Deno.Conn, milliseconds: number): Promise<void> {
  let last = Promise.resolve();
  try {
    for await (const bytes of from.readable) {
      const arrival = new Promise((resolve) => setTimeout(resolve, milliseconds));
      last = last.then(() => arrival).then(() => writeAll(to, bytes));
      last.catch(() => {});
    }
    await last;
  } catch {
    // Who is cut off reads and writes no more.
  } finally {
    close(to);
  }
}

async function writeAll(to: Deno.Conn, bytes: Uint8Array): Promise<void> {
  for (let rest = bytes; rest.length > 0;) rest = rest.subarray(await to.write(rest));
}

function close(end: Deno.Conn): void {
  try {
    end.close();
  } catch {
    // It is closed already.
  }
}
