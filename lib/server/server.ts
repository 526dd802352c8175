/** The server: everything put together, from its database to its addresses, and its end. */
import type { ProgramIo } from "../io.ts";
import { HttpServer } from "../http/http_server.ts";
import type { ServeSettings } from "../parameters/settings/serve_settings.ts";
import { tryToWrite } from "../report/tell_stop.ts";
import { removeLeftOverFiles } from "../spool/temporary_file.ts";
import { databaseFiles } from "../databases/database_files.ts";
import { openOurStore, prepareForServer } from "../databases/open_store.ts";
import { pathFrom } from "../working_folder.ts";
import { type LogOutput, openLogOutput } from "./access_log_file.ts";
import { BoundStore } from "./bound_store.ts";
import { Closers } from "./closers.ts";
import { ImportEndpoint } from "./import_endpoint.ts";
import { ImportQueue } from "./imports/import_queue.ts";
import { ImportThread } from "./imports/import_thread.ts";
import { endpointOptions, httpLimits } from "./limits.ts";
import { listen } from "./listen.ts";
import { HttpLogin } from "./login/http_login.ts";
import { type Gauges, Metrics } from "./metrics.ts";
import { RequestBook } from "./request_book.ts";
import { type Endpoints, faultAnswer, route } from "./routes.ts";

export interface RunningServer {
  /** `http://127.0.0.1:8080`, or the path of a socket. */
  readonly place: string;
  /** Requests that are being answered. */
  readonly requests: number;
  /**
   * Opens the access log anew and reads the certificate again.
   * @returns whether there is a certificate
   * @throws RunStop when it cannot be used: the one before stays
   */
  reload(): Promise<boolean>;
  /** Answers what is being asked, and ends. */
  stop(): Promise<void>;
}

/** @throws RunStop 66, 69, 73, 74, 75 or 78 when it cannot begin */
export async function startServer(settings: ServeSettings, io: ProgramIo): Promise<RunningServer> {
  const closers = new Closers();
  try {
    return await start(settings, io, closers);
  } catch (error) {
    await closers.closeAll();
    throw error;
  }
}

async function start(settings: ServeSettings, io: ProgramIo, closers: Closers): Promise<RunningServer> {
  const tell = (text: string) => tryToWrite(text + "\n", io.stderr);
  const log = await openLogOutput(settings.accessLog, io, tell, filesInUse(settings, io));
  closers.add(() => log.close());
  const { database: path, busyTimeout: busyTimeoutSeconds } = settings;
  const { passwordCost, workingFolder } = io;
  await prepareForServer(path, { busyTimeoutSeconds, workingFolder });
  // Logins never wait for another writer: this thread has other things to do. Only at the start it may.
  const store = await openOurStore(path, { busyTimeoutSeconds: 0, workingFolder, env: io.env });
  closers.add(() => store.close());
  const bound = await BoundStore.of(store);
  removeLeftOverFiles(store.folder, io.now());
  const model = await store.model();
  const login = new HttpLogin({ store, model, now: io.now, passwordCost });
  closers.add(() => login.close());
  const queue = new ImportQueue(new ImportThread({ passwordCost, workingFolder }), settings.limits.waiting);
  closers.add(() => queue.close());
  const book = new RequestBook({ log, metrics: new Metrics(), proxies: settings.proxies, io });
  const importEndpoint = new ImportEndpoint({
    ...endpointOptions(settings),
    folder: store.folder,
    bound,
    model,
    login,
    queue,
  });
  const endpoints: Endpoints = {
    import: (request) => importEndpoint.answer(request, book.notesOf(request)),
    checkHealth: () => bound.check(),
    metrics: settings.metrics ? () => book.metricsText(gauges(http, queue, log)) : null,
  };
  const http = new HttpServer({
    limits: httpLimits(settings.limits),
    handler: (request) => route(request, endpoints),
    faultAnswer,
    onEnd: (end) => book.enter(end),
  });
  closers.add(() => http.stop());
  const { place, renewCertificate } = await listen(http, settings.address, io);
  return {
    place,
    get requests() {
      return http.requestCount;
    },
    async reload() {
      log.reopen();
      return await renewCertificate();
    },
    stop: () => closers.closeAll(),
  };
}

/** Files that nobody may write to. */
function filesInUse({ database, address }: ServeSettings, io: ProgramIo): readonly string[] {
  const tls = address.transport === "tcp" ? address.tls : null;
  const pem = tls === null ? [] : [tls.certificate, tls.key].map((path) => pathFrom(io, path));
  return [...databaseFiles(database, io), ...pem];
}

function gauges(http: HttpServer, queue: ImportQueue, log: LogOutput): Gauges {
  return {
    connections: http.connectionCount,
    waiting: queue.waiting,
    running: Number(queue.isRunning),
    lostLogLines: log.lost,
  };
}
