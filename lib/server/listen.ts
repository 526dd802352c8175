/** Where the server listens, as its parameters say. */
import { EXIT, RunStop, type StopMessage } from "../errors.ts";
import { systemReason } from "../messages/system_reason.ts";
import { ListenFailed, type ListenProblem } from "../http/listen_failed.ts";
import type { HttpServer, ListenAddress } from "../http/http_server.ts";
import { pause } from "../interruption.ts";
import { cannotListen, certificateNotUsable, tlsFilesLate, tlsFileUnreadable } from "../messages/server.ts";
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
  const tls = address.transport === "unix" ? null : address.tls;
  const files = tls === null ? null : new TlsFilesAgain(tls, at);
  return {
    place,
    async renewCertificate() {
      if (files === null) return false;
      const pair = await files.read();
      await orStop(() => listening.replaceCertificate(pair), certificateNotUsable);
      return true;
    },
  };
}

/** What the files of a certificate hold. */
interface TlsPair {
  readonly certificate: string;
  readonly key: string;
}

/** Milliseconds. A file is read at once; a pipe may have nobody who writes it. */
const TIME_TO_READ = 5000;

/** The files of a certificate, read again while the server runs. */
class TlsFilesAgain {
  /** What is being read since longer than anybody waits: whoever asks next gets it, or a pipe's bytes would be lost. */
  #reading: Promise<TlsPair> | null = null;

  constructor(readonly tls: TlsFiles, readonly at: WorkingFolder) {}

  /** @throws RunStop 66 when they cannot be read, or are not in time */
  async read(): Promise<TlsPair> {
    const reading = this.#reading ??= readTlsFiles(this.tls, this.at);
    const late = new AbortController();
    const ended = reading.then((pair) => ({ pair }), (error: unknown) => ({ error }));
    try {
      const outcome = await Promise.race([ended, pause(TIME_TO_READ, late.signal).then(() => null)]);
      if (outcome === null) throw new RunStop(EXIT.inputMissing, [tlsFilesLate(TIME_TO_READ / 1000)]);
      this.#reading = null;
      if ("error" in outcome) throw outcome.error;
      return outcome.pair;
    } finally {
      late.abort();
    }
  }
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
): Promise<TlsPair> {
  return { certificate: await readPem("tls_cert", certificate, at), key: await readPem("tls_key", key, at) };
}

async function readPem(parameter: string, file: string, at: WorkingFolder): Promise<string> {
  try {
    return new TextDecoder().decode(await readSmallFile(file, LARGEST_SETTINGS_FILE, at));
  } catch (error) {
    const reason = systemReason(error);
    throw new RunStop(EXIT.inputMissing, [tlsFileUnreadable(parameter, file, reason)], { cause: error });
  }
}

function placeOf(address: ServeAddress, port: number | null): string {
  if (address.transport === "unix") return address.path;
  const host = address.host.includes(":") ? `[${address.host}]` : address.host;
  return `${address.tls === null ? "http" : "https"}://${host}:${port ?? address.port}`;
}
