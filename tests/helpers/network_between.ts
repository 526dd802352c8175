/** A network between a client and a server, which tests cut: a port of this machine that leads to another one. */

export interface NetworkBetween {
  readonly port: number;
  /** From now on nothing arrives on the connections that there are; what is written to them is taken, and lost. */
  stall(): void;
  /** From now on nothing arrives on new connections either. */
  stallNew(): void;
  /** From now on nothing arrives on new connections once the server has let somebody in. */
  stallAfterLogin(): void;
  /** From now on what the server says is lost, and what it is told arrives. */
  loseAnswers(): void;
  /** What the server says next is lost, and this said in its place; then the connection is cut. */
  replaceAnswer(bytes: Uint8Array): void;
  /** New connections lead to another port of this machine. */
  leadTo(serverPort: number): void;
  /** Ends all connections that there are, as a machine does that has forgotten them. */
  cut(): void;
  /** Then its port is free. */
  close(): Promise<void>;
}

interface Line {
  readonly ends: readonly Deno.Conn[];
  isStalled: boolean;
  losesAnswers: boolean;
  /** In place of the next answer. */
  lastAnswer: Uint8Array | null;
  readonly stallsAfterLogin: boolean;
}

/** The end of the first answer that is none of the login: the server is ready, and in no transaction. */
const READY = [0x5a, 0, 0, 0, 5, 0x49];

function endsReady(bytes: Uint8Array): boolean {
  return READY.every((byte, index) => bytes[bytes.length - READY.length + index] === byte);
}

/** @param serverPort a port of this machine @param ownPort that of the network; 0: any one */
export function networkTo(serverPort: number, ownPort = 0): NetworkBetween {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: ownPort });
  const lines = new Set<Line>();
  let stallsNew = false;
  let stallsAfterLogin = false;
  let port = serverPort;
  const join = async (client: Deno.Conn) => {
    const server = await Deno.connect({ hostname: "127.0.0.1", port });
    const line: Line = {
      ends: [client, server],
      isStalled: stallsNew,
      losesAnswers: false,
      lastAnswer: null,
      stallsAfterLogin,
    };
    lines.add(line);
    await Promise.all([carry(client, server, line, false), carry(server, client, line, true)]);
    end(line);
  };
  const end = (line: Line) => {
    if (lines.delete(line)) line.ends.forEach((end) => end.close());
  };
  const accept = async () => {
    for await (const client of listener) join(client).catch(() => client.close());
  };
  // The listener is closed while it waits.
  const accepting = accept().catch(() => {});
  return {
    port: listener.addr.port,
    stall: () => lines.forEach((line) => line.isStalled = true),
    stallNew: () => stallsNew = true,
    stallAfterLogin: () => stallsAfterLogin = true,
    loseAnswers: () => lines.forEach((line) => line.losesAnswers = true),
    replaceAnswer: (bytes) => lines.forEach((line) => line.lastAnswer = bytes),
    leadTo: (serverPort) => port = serverPort,
    cut: () => lines.forEach(end),
    async close() {
      listener.close();
      lines.forEach(end);
      await accepting;
    },
  };
}

/** Until an end is closed or gone, of which the other one hears as of everything that is not lost. */
async function carry(from: Deno.Conn, to: Deno.Conn, line: Line, isAnswer: boolean): Promise<void> {
  const buffer = new Uint8Array(64 * 1024);
  const isLost = () => line.isStalled || (isAnswer && line.losesAnswers);
  try {
    for (let count = await from.read(buffer); count !== null; count = await from.read(buffer)) {
      if (isAnswer && line.lastAnswer !== null) {
        await to.write(line.lastAnswer);
        return await to.closeWrite();
      }
      for (let rest = buffer.subarray(0, count); rest.length > 0 && !isLost();) {
        rest = rest.subarray(await to.write(rest));
      }
      if (line.stallsAfterLogin && endsReady(buffer.subarray(0, count))) line.isStalled = true;
    }
  } catch {
    // Who is gone reads and writes no more.
  }
  // The other end may be gone, too.
  if (!isLost()) await to.closeWrite().catch(() => {});
}
