/** `POST /import`: from a request to the report of its import. */
import { EXIT, RunStop } from "../errors.ts";
import type { HttpAnswer, HttpRequest } from "../http/exchange.ts";
import * as sentences from "../messages/server.ts";
import type { Model } from "../model/model.ts";
import { ByteSpool } from "../spool/byte_spool.ts";
import { answer } from "./answers.ts";
import type { BoundStore } from "./bound_store.ts";
import { isFromForeignPage } from "./foreign_origin.ts";
import { FormStop } from "./form/form_problem.ts";
import type { FormLimits, PostedForm } from "./form/posted_form.ts";
import { readPost } from "./form/read_post.ts";
import { type RoomShare, SharedRoom } from "./form/shared_room.ts";
import { refusalWithoutReport } from "./answer_without_report.ts";
import type { FinishedImport } from "./imports/queued_import.ts";
import type { ImportQueue } from "./imports/import_queue.ts";
import { clientAddress } from "./login/client_address.ts";
import { basicCredentials } from "./login/credentials.ts";
import type { HttpLogin } from "./login/http_login.ts";
import { rejectsHeaders } from "./rejects_answer.ts";
import { type AcceptedImport, PostedImport, type ServerSettings } from "./posted_import.ts";
import * as refusals from "./refusal.ts";
import type { RequestNotes } from "./request_notes.ts";

export interface EndpointOptions extends ServerSettings {
  readonly model: Model;
  /** Where the login looks. */
  readonly bound: Pick<BoundStore, "identity" | "check">;
  readonly login: HttpLogin;
  readonly queue: ImportQueue;
  /** Where what does not fit into memory is kept: the folder of the database. */
  readonly folder: string;
  readonly proxies: readonly string[];
  readonly limits: FormLimits;
  /** Imports being received, waiting or running. */
  readonly mostRequests: number;
  /** Bytes of data, of all requests together, of which nobody knows the sender. */
  readonly roomBeforeLogin: number;
}

export class ImportEndpoint {
  #requests = 0;
  readonly #roomBeforeLogin: SharedRoom;

  constructor(readonly options: EndpointOptions) {
    this.#roomBeforeLogin = new SharedRoom(options.roomBeforeLogin);
  }

  /** @throws RequestStop when the request does not come to its end, or its client goes away; anything else is a bug */
  async answer(request: HttpRequest, notes: RequestNotes): Promise<HttpAnswer> {
    const { login, model, proxies } = this.options;
    const posted = new PostedImport({
      basic: basicCredentials(request.headers.get("authorization")),
      address: clientAddress(request.peer, request.headers, proxies),
      login,
      model,
    });
    this.#requests++;
    try {
      return await this.#run(request, posted, notes);
    } catch (error) {
      return refusedAnswer(error, posted, notes);
    } finally {
      this.#requests--;
      noteWho(posted, notes);
    }
  }

  async #run(request: HttpRequest, posted: PostedImport, notes: RequestNotes): Promise<HttpAnswer> {
    if (isFromForeignPage(request)) throw new refusals.Refusal(403, stopFor(sentences.foreignPage()));
    if (this.#requests > this.options.mostRequests) throw refusals.busyRefused(sentences.tooManyRequests(), 1);
    await this.options.bound.check();
    const room = this.#roomBeforeLogin.share();
    try {
      const form = await this.#receive(request, posted, room);
      try {
        // To be received takes time, in which the file may have been replaced.
        await this.options.bound.check();
        const accepted = await posted.accept(form, this.options);
        room.release();
        return await this.#import(request, accepted, form, notes);
      } finally {
        form.csvdata?.close();
      }
    } finally {
      room.release();
    }
  }

  #receive(request: HttpRequest, posted: PostedImport, room: RoomShare): Promise<PostedForm> {
    return readPost(request, {
      folder: this.options.folder,
      limits: this.options.limits,
      onName: (name) => posted.checkName(name),
      onField: (field) => posted.addField(field),
      beforeData: async () => ({ isLoginKnown: await posted.tryLogin() }),
      onDataBeforeLogin(bytes) {
        if (!room.grow(bytes)) throw refusals.busyRefused(sentences.tooMuchBeforeLogin(), 5);
      },
      onSpoolFailure: notKept,
    });
  }

  async #import(
    request: HttpRequest,
    accepted: AcceptedImport,
    { csvdata, csvdataName }: PostedForm,
    notes: RequestNotes,
  ): Promise<HttpAnswer> {
    const report = new ByteSpool({ folder: this.options.folder, onFailure: notKept });
    let isAnswer = false;
    try {
      const result = await this.options.queue.run({
        settings: accepted.settings,
        identity: this.options.bound.identity,
        parameters: accepted.parameters,
        userId: accepted.user.id,
        stamp: accepted.user.stamp,
        login: accepted.user.login,
        inputName: csvdataName ?? "csvdata",
        inputBytes: csvdata?.bytes ?? 0,
        input: () => csvdata?.pieces() ?? [],
        report: (bytes) => report.write(bytes),
        origin: "csvrecon serve",
      }, request.signal);
      if (result.kind === "queue_full") throw refusals.busyRefused(sentences.tooManyImports(), result.retryAfter);
      if (result.kind === "given_up") throw request.signal.reason;
      noteEnd(result.finished, notes);
      // Of what stopped it only the exit code comes from the other thread.
      if (result.finished.exitCode === EXIT.databaseNotUsable) await this.options.bound.check();
      const refusal = refusalWithoutReport(result.finished, accepted.settings, request.signal);
      if (refusal !== null) throw refusal;
      isAnswer = true;
      return reportAnswer(result.finished, accepted, report, csvdataName);
    } finally {
      if (!isAnswer) report.close();
    }
  }
}

function reportAnswer(
  { exitCode }: FinishedImport,
  { settings }: AcceptedImport,
  report: ByteSpool,
  inputName: string | null,
): HttpAnswer {
  const body = { bytes: report.bytes, pieces: () => report.pieces(), close: () => report.close() };
  const status = refusals.statusFor(exitCode);
  const type = refusals.reportType(settings.output);
  // A refusal is words, whatever was asked for.
  const isRows = settings.output === "rejects" && status === 200;
  const headers = isRows ? rejectsHeaders(body, settings.charset.encoding, inputName) : {};
  return answer(status, type, body, { ...refusals.exitCodeHeaders(exitCode), ...headers });
}

function refusedAnswer(error: unknown, posted: PostedImport, notes: RequestNotes): HttpAnswer {
  const refusal = refusalFor(error);
  notes.exitCode = refusal.stop.exitCode;
  notes.isRefusedLogin = refusal.stop.exitCode === EXIT.notAllowed && refusal.status !== 403;
  if (refusal.trouble !== null) notes.trouble = refusal.trouble;
  return refusals.refusalAnswer(refusal, posted.style);
}

function refusalFor(error: unknown): refusals.Refusal {
  if (error instanceof refusals.Refusal) return error;
  if (error instanceof FormStop) return refusals.formRefused(error);
  if (error instanceof RunStop) return refusals.refusalOf(error);
  // A request that did not come to its end, or a bug.
  throw error;
}

function noteWho(posted: PostedImport, notes: RequestNotes): void {
  if (posted.user !== null) notes.user = posted.user.login;
  const modelClass = posted.class;
  if (modelClass !== undefined) notes.class = modelClass;
}

function noteEnd({ exitCode, counts, seconds, stack }: FinishedImport, notes: RequestNotes): void {
  notes.exitCode = exitCode;
  notes.seconds = seconds;
  if (counts !== null) notes.counts = counts;
  if (stack !== null) notes.bug = stack;
}

function stopFor(message: ReturnType<typeof sentences.foreignPage>): RunStop {
  return new RunStop(EXIT.notAllowed, [message]);
}

function notKept(folder: string, reason: string, cause: unknown): RunStop {
  return new RunStop(EXIT.databaseNotWritable, [sentences.dataNotKept(folder, reason)], { cause });
}
