/**
 * An encrypted connection. Deno keeps the connection below a closed one open until its handshake has ended, which a client that says
 * nothing can put off for ever; and it cannot take another certificate for a port. So the client's connection is ours, and its bytes go
 * through one within this machine, at whose other end Deno does the encryption: that can be cut.
 */
import type { Peer } from "./exchange.ts";
import { ListenFailed } from "./listen_failed.ts";
import { Pump } from "./pump.ts";
import { closeOnce, peerOf, sendAtOnce, type Socket } from "./socket.ts";

/** PEM texts. */
export interface KeyPair {
  /** With the certificates that lead to a known authority. */
  readonly certificate: string;
  readonly key: string;
}

/** Nobody outside of this machine can connect there. */
const INSIDE = "127.0.0.1";

/** How long a client may take nothing of what is left when its connection is closed. Milliseconds. */
const LEAVING_TIME = 1000;

/** @throws ListenFailed when the certificate and its key cannot be used */
export function checkKeyPair(pair: KeyPair): void {
  listenInside(pair).close();
}

/** An encrypted connection of a client. */
export class TlsSocket implements Socket {
  readonly peer: Peer;
  readonly isSecure = true;
  /** Our end of the connection within the machine. */
  #near: Deno.TcpConn | null = null;
  #secure: Deno.TlsConn | null = null;
  #isOpen = false;
  #isClosed = false;
  #isCut = false;
  /** From the machine to the client. */
  #pumpOut: Pump | null = null;
  #pumps: Promise<unknown> = Promise.resolve();
  #leavingTimer: ReturnType<typeof setTimeout> | undefined;

  /** @param leavingTime as `LEAVING_TIME` */
  constructor(
    private readonly client: Deno.Conn,
    private readonly pair: KeyPair,
    private readonly leavingTime: number = LEAVING_TIME,
  ) {
    this.peer = peerOf(client);
    sendAtOnce(client);
  }

  async open(): Promise<void> {
    await this.#connectInside();
    if (this.#near === null || this.#secure === null) throw new Deno.errors.Interrupted("closed");
    this.#pumpOut = new Pump(this.#near, this.client, () => this.#waitForLeaving());
    this.#pumps = Promise.all([this.#pumpOut.over, new Pump(this.client, this.#near).over]).finally(() => this.#cut());
    await this.#secure.handshake();
    this.#isOpen = true;
  }

  read(buffer: Uint8Array): Promise<number | null> {
    return this.#opened.read(buffer);
  }

  /** Ends when the client's connection has the bytes: the one within the machine would take megabytes for a client that takes none. */
  async write(bytes: Uint8Array): Promise<number> {
    const before = this.#pumpOut?.passedBytes ?? 0;
    const count = await this.#opened.write(bytes);
    // Encrypted they are more.
    await this.#pumpOut?.waitFor(before + count);
    return count;
  }

  closeWrite(): Promise<void> {
    return this.#opened.closeWrite();
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    if (this.#secure !== null) closeOnce(this.#secure);
    if (!this.#isOpen) return this.#cut();
    this.#waitForLeaving();
    void this.#pumpOut?.over.then(() => this.#cut());
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
      const near = await Deno.connect({ hostname: INSIDE, port });
      sendAtOnce(near);
      this.#keep(near, null);
      for (let isOurs = false; !isOurs && !this.#isClosed;) {
        const secure = await listener.accept();
        const { hostname, port: from } = secure.remoteAddr;
        isOurs = hostname === near.localAddr.hostname && from === near.localAddr.port;
        if (isOurs) this.#keep(near, secure);
        else secure.close();
      }
    } finally {
      listener.close();
    }
  }

  #keep(near: Deno.TcpConn, secure: Deno.TlsConn | null): void {
    this.#near = near;
    this.#secure = secure;
    if (this.#isClosed) this.#cut();
  }

  /** Once it is closed: gives what is left another while to leave. */
  #waitForLeaving(): void {
    if (!this.#isClosed || this.#isCut) return;
    clearTimeout(this.#leavingTimer);
    this.#leavingTimer = setTimeout(() => this.#cut(), this.leavingTime);
  }

  /** Ends both connections at once. */
  #cut(): void {
    this.#isCut = true;
    clearTimeout(this.#leavingTimer);
    for (const connection of [this.#secure, this.#near, this.client]) if (connection !== null) closeOnce(connection);
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
