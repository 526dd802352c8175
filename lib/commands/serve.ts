/** `csvrecon serve`: the same import over HTTP, until a signal ends it. */
import { EXIT, type ExitCode, RunStop } from "../errors.ts";
import type { ProgramIo } from "../io.ts";
import { listening, stopping, tlsKept, tlsRenewed } from "../messages/server.ts";
import { mergeParameters } from "../parameters/reading/merge_parameters.ts";
import { isOnServer } from "../parameters/reading/named_server.ts";
import type { TypedArguments } from "../parameters/reading/parse_arguments.ts";
import { type ServeSettings, serveSettings } from "../parameters/settings/serve_settings.ts";
import { briefSink } from "../report/brief_sink.ts";
import { tryToWrite } from "../report/tell_stop.ts";
import { type RunningServer, startServer } from "../server/server.ts";

/** @throws RunStop 64, 66, 69, 73, 74, 75 or 78 when the server cannot begin */
export async function serveCommand(typed: TypedArguments, world: ProgramIo): Promise<ExitCode> {
  const io = withBriefStandardError(world);
  const merged = await mergeParameters(typed, io);
  const settings = serveSettings(merged);
  const server = await startServer(settings, io);
  if (!isOnServer(merged)) giveUpWhatIsNotNeeded(settings, io);
  io.servingSignals?.takeTime();
  io.servingSignals?.onHangUp(() => void reload(server, settings, io));
  await tryToWrite(listening(server.place, settings.database) + "\n", io.stderr);
  await interrupted(io.interruption);
  await tryToWrite(stopping(server.requests) + "\n", io.stderr);
  await server.stop();
  return EXIT.done;
}

/** A server goes on, and ends, whoever reads what it says. Nothing is copied: that would open standard input. */
function withBriefStandardError(io: ProgramIo): ProgramIo {
  return Object.create(io, { stderr: { value: briefSink(io.stderr) } });
}

/** Connections come through what listens already. TLS connects to this machine itself: see `lib/http/tls_socket.ts`. */
function giveUpWhatIsNotNeeded({ address }: ServeSettings, io: ProgramIo): void {
  if (address.transport === "unix" || address.tls === null) io.giveUpNetwork?.();
}

/** Waits for the signal; for ever where there can be none. */
function interrupted(interruption: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (interruption?.aborted) resolve();
    interruption?.addEventListener("abort", () => resolve(), { once: true });
  });
}

async function reload(server: RunningServer, { address }: ServeSettings, io: ProgramIo): Promise<void> {
  try {
    const isRenewed = await server.reload();
    const certificate = address.transport === "tcp" ? address.tls?.certificate ?? "" : "";
    if (isRenewed) await tryToWrite(tlsRenewed(certificate) + "\n", io.stderr);
  } catch (error) {
    if (!(error instanceof RunStop)) throw error;
    await tryToWrite(tlsKept(error.messages) + "\n", io.stderr);
  }
}
