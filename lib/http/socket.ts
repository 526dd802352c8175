/** What a connection is made of, encrypted or not. */
import type { Peer } from "./exchange.ts";

/** A connection of a client. */
export interface Socket {
  readonly peer: Peer;
  readonly isSecure: boolean;
  /** Makes it ready to be read and written. Rejects when that fails or the socket is closed meanwhile. */
  open(): Promise<unknown>;
  read(buffer: Uint8Array): Promise<number | null>;
  write(bytes: Uint8Array): Promise<number>;
  /** Says that nothing more will be written. */
  closeWrite(): Promise<void>;
  /** Ends reading; what was written is still sent if the other end takes it. May be called again. */
  close(): void;
  /** Ends, once the socket is closed, when the system holds nothing of it any more. */
  readonly released: Promise<unknown>;
}

/** One that is not encrypted. */
export function plainSocket(connection: Deno.Conn): Socket {
  const nothingHeld = Promise.resolve();
  sendAtOnce(connection);
  return {
    peer: peerOf(connection),
    isSecure: false,
    open: () => nothingHeld,
    read: (buffer) => connection.read(buffer),
    write: (bytes) => connection.write(bytes),
    closeWrite: () => connection.closeWrite(),
    close: () => closeOnce(connection),
    released: nothingHeld,
  };
}

/** Who is at the other end. */
export function peerOf({ remoteAddr }: Deno.Conn): Peer {
  if ("hostname" in remoteAddr) return { transport: "tcp", address: remoteAddr.hostname, port: remoteAddr.port };
  return { transport: "unix" };
}

/** A small piece shall not wait until the other end has said that it has the one before, which takes it 40 ms. */
export function sendAtOnce(connection: Deno.Conn): void {
  // A Unix socket never waits.
  if (!("setNoDelay" in connection) || typeof connection.setNoDelay !== "function") return;
  try {
    connection.setNoDelay(true);
  } catch {
    // Broken already: reading from it will tell.
  }
}

/** Closes what may be closed already. */
export function closeOnce(connection: { close(): void }): void {
  try {
    connection.close();
  } catch (error) {
    if (!(error instanceof Deno.errors.BadResource)) throw error;
  }
}
