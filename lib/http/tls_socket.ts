/**
 * An encrypted connection. Deno keeps the connection below a closed one open until its handshake has ended, which a client that says
 * nothing can put off for ever; and it cannot take another certificate for a port. So the client's connection is ours, and its bytes go
 * through one within this machine, at whose other end Deno does the encryption: that can be cut.
 */
import type { Peer } from "./exchange.ts";
import { ListenFailed } from "./listen_failed.ts";
import { closeOnce, peerOf, type Socket } from "./socket.ts";

/** PEM texts. */
export interface KeyPair {
  /** With the certificates that lead to a known authority. */
  readonly certificate: string;
  readonly key: string;
}

/** Nobody outside of this machine can connect there. */
const INSIDE = "127.0.0.1";

const PIECE_BYTES = 16 * 1024;

/** How long what was written may take to leave a closed connection. Milliseconds. */
const LEAVING_TIME = 1000;

/** @throws ListenFailed when the certificate and its key cannot be used */
export function checkKeyPair(pair: KeyPair): void {
  listenInside(pair).close();
}

export class TlsSocket implements Socket {
  readonly peer: Peer;
  readonly isSecure = true;
  /** Our end of the connection within the machine. */
  #near: Deno.Conn | null = null;
  #secure: Deno.TlsConn | null = null;
  #isOpen = false;
  #isClosed = false;
  #pumps: Promise<unknown> = Promise.resolve();

  constructor(private readonly client: Deno.Conn, private readonly pair: KeyPair) {
    this.peer = peerOf(client);
  }

  async open(): Promise<void> {
    await this.#connectInside();
    if (this.#near === null || this.#secure === null) throw new Deno.errors.Interrupted("closed");
    this.#pumps = Promise.all([pump(this.client, this.#near), pump(this.#near, this.client)]).finally(() =>
      this.#cut()
    );
    await this.#secure.handshake();
    this.#isOpen = true;
  }

  read(buffer: Uint8Array): Promise<number | null> {
    return this.#opened.read(buffer);
  }

  write(bytes: Uint8Array): Promise<number> {
    return this.#opened.write(bytes);
  }

  closeWrite(): Promise<void> {
    return this.#opened.closeWrite();
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    if (this.#secure !== null) closeOnce(this.#secure);
    if (!this.#isOpen) return this.#cut();
    const timer = setTimeout(() => this.#cut(), LEAVING_TIME);
    void this.#pumps.finally(() => clearTimeout(timer));
  }

  get released(): Promise<unknown> {
    return this.#pumps;
  }

  get #opened(): Deno.TlsConn {
    if (this.#secure === null) throw new Error("the socket is not open");
    return this.#secure;
  }

  /** A listener of its own, for a moment: so nobody else gets in, and each connection has the certificate of its time. */
  async #connectInside(): Promise<void> {
    const listener = listenInside(this.pair);
    try {
      const { port } = listener.addr;
      const connected = Deno.connect({ hostname: INSIDE, port });
      this.#keep(await connected, null);
      for (let isOurs = false; !isOurs && !this.#isClosed;) {
        const secure = await listener.accept();
        isOurs = secure.remoteAddr.port === (this.#near?.localAddr as Deno.NetAddr).port;
        if (isOurs) this.#keep(this.#near, secure);
        else secure.close();
      }
    } finally {
      listener.close();
    }
  }

  #keep(near: Deno.Conn | null, secure: Deno.TlsConn | null): void {
    this.#near = near;
    this.#secure = secure;
    if (this.#isClosed) this.#cut();
  }

  /** Ends both connections at once. */
  #cut(): void {
    for (const connection of [this.#secure, this.#near, this.client]) if (connection !== null) closeOnce(connection);
  }
}

/** Passes bytes on until there are no more, and then their end; never rejects. */
async function pump(from: Deno.Conn, to: Deno.Conn): Promise<void> {
  const buffer = new Uint8Array(PIECE_BYTES);
  try {
    for (let count; (count = await from.read(buffer)) !== null;) {
      for (let sent = 0; sent < count;) sent += await to.write(buffer.subarray(sent, count));
    }
    await to.closeWrite();
  } catch {
    // One end is gone: so the other shall be.
    closeOnce(from);
    closeOnce(to);
  }
}

/** @throws ListenFailed */
function listenInside({ certificate, key }: KeyPair): Deno.TlsListener {
  try {
    return Deno.listenTls({ hostname: INSIDE, port: 0, cert: certificate, key, alpnProtocols: ["http/1.1"] });
  } catch (error) {
    const failed = ListenFailed.from(error);
    if (failed.problem.kind !== "other") throw failed;
    throw new ListenFailed({ kind: "bad_certificate", detail: failed.problem.detail }, { cause: error });
  }
}
