/** Where the server listens, as its parameters say. */
import { EXIT, reasonOf, RunStop, type StopMessage } from "../errors.ts";
import { ListenFailed, type ListenProblem } from "../http/listen_failed.ts";
import type { HttpServer, ListenAddress } from "../http/http_server.ts";
import { cannotListen, certificateNotUsable, tlsFileUnreadable } from "../messages/server.ts";
import type { ServeAddress, TlsFiles } from "../parameters/settings/serve_address.ts";
import { LARGEST_SETTINGS_FILE, readSmallFile } from "../source/small_file.ts";
import { pathFrom, type WorkingFolder } from "../working_folder.ts";

export interface ListeningServer {
  /** `http://127.0.0.1:8080`, or the path of a socket. */
  readonly place: string;
  /**
   * Reads the certificate again, if there is one.
   * @returns whether there is
   * @throws RunStop when it cannot be used: the one before stays
   */
  renewCertificate(): Promise<boolean>;
}

/**
 * @param at what the paths of the address are relative to
 * @throws RunStop 66 when a certificate cannot be read, 69 when nothing can be listened at
 */
export async function listen(server: HttpServer, address: ServeAddress, at: WorkingFolder): Promise<ListeningServer> {
  const listenAt = await addressToListenAt(address, at);
  const listening = await orStop(
    () => server.listen(listenAt),
    (problem) => cannotListen(placeOf(address, null), problem),
  );
  const place = placeOf(address, listening.port);
  return {
    place,
    async renewCertificate() {
      if (address.transport === "unix" || address.tls === null) return false;
      const pair = await readTlsFiles(address.tls, at);
      await orStop(() => listening.replaceCertificate(pair), certificateNotUsable);
      return true;
    },
  };
}

async function orStop<T>(act: () => T | Promise<T>, message: (problem: ListenProblem) => StopMessage): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof ListenFailed)) throw error;
    throw new RunStop(EXIT.notListening, [message(error.problem)], { cause: error });
  }
}

async function addressToListenAt(address: ServeAddress, at: WorkingFolder): Promise<ListenAddress> {
  if (address.transport === "unix") return { kind: "unix", path: pathFrom(at, address.path) };
  const { host: hostname, port, tls } = address;
  if (tls === null) return { kind: "tcp", hostname, port };
  return { kind: "tls", hostname, port, ...await readTlsFiles(tls, at) };
}

async function readTlsFiles(
  { certificate, key }: TlsFiles,
  at: WorkingFolder,
): Promise<{ certificate: string; key: string }> {
  return { certificate: await readPem("tls_cert", certificate, at), key: await readPem("tls_key", key, at) };
}

async function readPem(parameter: string, file: string, at: WorkingFolder): Promise<string> {
  try {
    return new TextDecoder().decode(await readSmallFile(file, LARGEST_SETTINGS_FILE, at));
  } catch (error) {
    const reason = reasonOf(error);
    throw new RunStop(EXIT.inputMissing, [tlsFileUnreadable(parameter, file, reason)], { cause: error });
  }
}

function placeOf(address: ServeAddress, port: number | null): string {
  if (address.transport === "unix") return address.path;
  const host = address.host.includes(":") ? `[${address.host}]` : address.host;
  return `${address.tls === null ? "http" : "https"}://${host}:${port ?? address.port}`;
}
