/** A server for tests, and clients that send whatever bytes they please. */
import type {
  ExchangeEnd,
  Handler,
  HttpAnswer,
  HttpLimits,
  HttpRequest,
  RequestFault,
} from "../../lib/http/exchange.ts";
import { bytesBody, plainFaultAnswer } from "../../lib/http/fault_answer.ts";
import { HttpServer, type ListenAddress } from "../../lib/http/http_server.ts";

export const LIMITS: HttpLimits = {
  headerBytes: 4096,
  headerSeconds: 10,
  idleSeconds: 10,
  bodyBytes: 1_000_000,
  bytesPerSecond: 10,
  rateSeconds: 10,
  requestSeconds: 20,
  stopSeconds: 10,
  connections: 500,
};

export interface TestServer {
  readonly server: HttpServer;
  readonly port: number;
  /** What the server told of, in order. */
  readonly ends: ExchangeEnd[];
}

export interface TestServerOptions {
  readonly limits?: Partial<HttpLimits>;
  readonly handler?: Handler;
  readonly faultAnswer?: (fault: RequestFault) => HttpAnswer | null;
  readonly at?: ListenAddress;
}

/** Runs a test against a server, which must stop afterwards. */
export async function withServer(
  { limits, handler, faultAnswer, at }: TestServerOptions,
  test: (server: TestServer) => Promise<void>,
): Promise<void> {
  const ends: ExchangeEnd[] = [];
  const server = new HttpServer({
    limits: { ...LIMITS, ...limits },
    handler: handler ?? echo,
    faultAnswer: faultAnswer ?? plainFaultAnswer,
    onEnd: (end) => ends.push(end),
  });
  const { port } = await server.listen(at ?? { kind: "tcp", hostname: "127.0.0.1", port: 0 });
  try {
    await test({ server, port: port ?? 0, ends });
  } finally {
    await server.stop();
  }
}

/** Says what it was asked. */
export async function echo(request: HttpRequest): Promise<HttpAnswer> {
  const body = await bodyText(request);
  const { method, path, query } = request;
  return textAnswer(200, JSON.stringify({ method, path, query, body }));
}

export async function bodyText({ body }: HttpRequest): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const piece of body) text += decoder.decode(piece, { stream: true });
  return text;
}

export function textAnswer(status: number, text: string, headers: Record<string, string> = {}): HttpAnswer {
  return { status, headers, body: bytesBody(new TextEncoder().encode(text)) };
}

/** A character a byte. */
export function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** Sends bytes, one part after the other, and reads all that comes until the server closes. A reset ends what is read. */
export async function talk(port: number, ...parts: readonly (string | Uint8Array)[]): Promise<string> {
  const connection = await Deno.connect({ hostname: "127.0.0.1", port });
  connection.setNoDelay(true);
  try {
    const answer = readAll(connection);
    await send(connection, parts);
    return await answer;
  } finally {
    connection.close();
  }
}

async function send(connection: Deno.Conn, parts: readonly (string | Uint8Array)[]): Promise<void> {
  try {
    for (const part of parts) {
      for (let rest = typeof part === "string" ? bytesOf(part) : part; rest.length > 0;) {
        rest = rest.subarray(await connection.write(rest));
      }
      if (parts.length > 1) await pause(1);
    }
  } catch {
    // The server has closed: what it answered tells why.
  }
}

/** A character a byte. */
export async function readAll(connection: { read(buffer: Uint8Array): Promise<number | null> }): Promise<string> {
  const buffer = new Uint8Array(65536);
  let text = "";
  try {
    for (let count; (count = await connection.read(buffer)) !== null;) {
      for (let at = 0; at < count; at += 8192) {
        text += String.fromCharCode(...buffer.subarray(at, Math.min(count, at + 8192)));
      }
    }
  } catch (error) {
    text += `\n[${error instanceof Error ? error.name : error}]`;
  }
  return text;
}

/** The status of the first answer; NaN: there is none. */
export function statusOf(answer: string): number {
  return Number(/^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1]);
}

/** The body of the first and only answer. */
export function bodyOf(answer: string): string {
  return answer.slice(answer.indexOf("\r\n\r\n") + 4);
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Waits until something is so; fails after 5 seconds. */
export async function until(isSo: () => boolean): Promise<void> {
  const end = performance.now() + 5000;
  while (!isSo()) {
    if (performance.now() > end) throw new Error("it did not become so");
    await pause(5);
  }
}
