/** Which address of the server answers what. */
import { EXIT, RunStop, type StopMessage } from "../errors.ts";
import type { HttpAnswer, HttpRequest, RequestFault } from "../http/exchange.ts";
import { faultStatus } from "../http/fault_answer.ts";
import { faultText } from "../messages/http_faults.ts";
import { methodNotAllowed, pathNotFound } from "../messages/server.ts";
import { answer, retryAfter, textAnswer, textBody } from "./answers.ts";
import { METRICS_TYPE } from "./metrics.ts";
import { Refusal, refusalAnswer } from "./refusal.ts";

/** What the addresses do. */
export interface Endpoints {
  import(request: HttpRequest): Promise<HttpAnswer>;
  /** @throws RunStop when the database cannot be used */
  checkHealth(): Promise<void>;
  /** Null: they are not for everybody. */
  readonly metrics: (() => string) | null;
}

/** The reference's own address, and a short one. */
const IMPORT_PATHS: readonly string[] = ["/webservices/import.php", "/import"];
const START_PATH = "/";
const HEALTH_PATH = "/healthz";
const METRICS_PATH = "/metrics";

export async function route(request: HttpRequest, endpoints: Endpoints): Promise<HttpAnswer> {
  const { path } = request;
  if (IMPORT_PATHS.includes(path)) {
    return request.method === "POST" ? await endpoints.import(request) : refuseMethod(request, "POST");
  }
  const text = readable(path, endpoints);
  if (text === null) return refuse(404, pathNotFound());
  return request.method === "GET" || request.method === "HEAD" ? await text() : refuseMethod(request, "GET, HEAD");
}

/** What may be read at an address; null: nothing. */
function readable(
  path: string,
  { checkHealth, metrics }: Endpoints,
): (() => HttpAnswer | Promise<HttpAnswer>) | null {
  if (path === START_PATH) return async () => textAnswer(200, (await import("../messages/start_page.ts")).START_PAGE);
  if (path === HEALTH_PATH) return () => healthAnswer(checkHealth);
  if (path === METRICS_PATH && metrics !== null) return () => answer(200, METRICS_TYPE, textBody(metrics()));
  return null;
}

async function healthAnswer(checkHealth: () => Promise<void>): Promise<HttpAnswer> {
  try {
    await checkHealth();
    return textAnswer(200, "ok\n");
  } catch (error) {
    if (!(error instanceof RunStop)) throw error;
    // Everybody may ask: the path of the database is the operator's business.
    return textAnswer(503, "database not usable\n", retryAfter(5));
  }
}

function refuse(status: number, message: StopMessage, headers: Readonly<Record<string, string>> = {}): HttpAnswer {
  return refusalAnswer(new Refusal(status, new RunStop(EXIT.usage, [message]), headers), {
    output: undefined,
    safeCsv: false,
  });
}

function refuseMethod({ method }: HttpRequest, allowed: string): HttpAnswer {
  return refuse(405, methodNotAllowed(method, allowed), { allow: allowed });
}

/** The answer to a request that could not be read to its end. */
export function faultAnswer(fault: RequestFault): HttpAnswer {
  const status = faultStatus(fault);
  return textAnswer(status, `#${faultText(fault)}\n`, status === 503 ? retryAfter(5) : {});
}
