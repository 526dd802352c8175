/** A server of HTTP/1.1 on any number of addresses: strict about what it reads, and never waiting for ever. */
import { acceptAll } from "./accept_all.ts";
import { Connection } from "./connection.ts";
import type { HttpServerOptions, RequestFault } from "./exchange.ts";
import { ListenFailed } from "./listen_failed.ts";
import { plainSocket, type Socket } from "./socket.ts";
import { checkKeyPair, type KeyPair, TlsSocket } from "./tls_socket.ts";
import { listenUnix } from "./unix_socket.ts";

export type ListenAddress =
  /** @property port 0: any that is free */
  | { readonly kind: "tcp"; readonly hostname: string; readonly port: number }
  /** Encrypted. */
  | ({ readonly kind: "tls"; readonly hostname: string; readonly port: number } & KeyPair)
  | { readonly kind: "unix"; readonly path: string };

/** Where a server listens. */
export interface Listening {
  /** The port that was given, or found; null: a Unix socket. */
  readonly port: number | null;
  /**
   * New connections of a `tls` address get another certificate; those that are there keep theirs.
   * @throws ListenFailed when it cannot be used; then all stays as it was
   */
  replaceCertificate(next: KeyPair): void;
}

/** Connections that are told at the same time that there are too many; those beyond are closed without a word. */
const MOST_TURNED_AWAY = 64;

/** Connections that are told so for longer than a moment would be a way around the limit. Milliseconds. */
const TURN_AWAY_TIME = 2000;

/** Answers requests at its addresses until it is stopped. */
export class HttpServer {
  readonly #connections = new Set<Connection>();
  readonly #turnedAway = new Set<Connection>();
  /** Their ends. */
  readonly #running = new Set<Promise<void>>();
  readonly #closers = new Set<() => Promise<void>>();
  #slots = 0;
  #isStopping = false;

  constructor(private readonly options: HttpServerOptions) {}

  /** Connections that are open, those that are turned away not among them. */
  get connectionCount(): number {
    return this.#slots;
  }

  /** Requests that were read and wait for their answer, or for the rest of it. */
  get requestCount(): number {
    return [...this.#connections].filter((connection) => connection.isAnswering).length;
  }

  /** Begins to answer. @throws ListenFailed */
  async listen(at: ListenAddress): Promise<Listening> {
    if (at.kind === "unix") {
      const { listener, remove } = await listenUnix(at.path);
      this.#accept(listener, plainSocket, remove);
      return { port: null, replaceCertificate: refuseCertificate };
    }
    let pair: KeyPair | null = at.kind === "tls" ? at : null;
    if (pair !== null) checkKeyPair(pair);
    const listener = listenTcp(at.hostname, at.port);
    this.#accept(listener, (client) => pair === null ? plainSocket(client) : new TlsSocket(client, pair), noRemains);
    return {
      port: listener.addr.port,
      replaceCertificate: (next) => {
        if (pair === null) return refuseCertificate();
        checkKeyPair(next);
        pair = next;
      },
    };
  }

  /**
   * Closes what is idle, lets requests that are being answered come to their end, and then ends. No time is set to handlers; reading
   * and sending have their limits.
   */
  async stop(): Promise<void> {
    this.#isStopping = true;
    const closed = [...this.#closers].map((close) => close());
    for (const connection of [...this.#connections, ...this.#turnedAway]) connection.stop();
    await Promise.all(closed);
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  /** @param remove takes away what a closed listener leaves */
  #accept(listener: Deno.Listener, socketOf: (client: Deno.Conn) => Socket, remove: () => Promise<void>): void {
    let isClosed = false;
    const accepting = acceptAll(listener, () => isClosed, (client) => this.#take(socketOf(client)));
    const close = async () => {
      if (isClosed) return;
      isClosed = true;
      this.#closers.delete(close);
      listener.close();
      await remove();
      await accepting;
    };
    this.#closers.add(close);
  }

  #take(socket: Socket): void {
    if (this.#isStopping) return socket.close();
    if (this.#slots < this.options.limits.connections) return this.#serve(socket);
    if (this.#turnedAway.size < MOST_TURNED_AWAY) return this.#turnAway(socket);
    socket.close();
  }

  #serve(socket: Socket): void {
    this.#slots++;
    void this.#run(socket, this.#connections, null).then(() => this.#slots--);
  }

  #turnAway(socket: Socket): void {
    const timer = setTimeout(() => socket.close(), TURN_AWAY_TIME);
    void this.#run(socket, this.#turnedAway, { kind: "too_many_connections" }).then(() => clearTimeout(timer));
  }

  /** Ends when nothing of the connection is left in the system. */
  async #run(socket: Socket, group: Set<Connection>, turnedAway: RequestFault | null): Promise<void> {
    const connection = new Connection(socket, { ...this.options, isStopping: () => this.#isStopping });
    const over = connection.run(turnedAway);
    group.add(connection);
    this.#running.add(over);
    await over;
    group.delete(connection);
    this.#running.delete(over);
    await connection.released;
  }
}

function noRemains(): Promise<void> {
  return Promise.resolve();
}

function refuseCertificate(): never {
  throw new Error("only a tls address has a certificate");
}

/** @throws ListenFailed */
function listenTcp(hostname: string, port: number): Deno.TcpListener {
  try {
    return Deno.listen({ hostname, port });
  } catch (error) {
    throw ListenFailed.from(error);
  }
}
