/** Imports that clients post to a server. */
import { encodeBase64 } from "@std/encoding/base64";
import { type Measure, measure } from "../measured_process.ts";
import type { Workshop } from "./workshop.ts";

const PATH = "/import?class=Person&reconciliationkeys=email&no_localize=1";
const HEADERS = { "content-type": "text/csv", authorization: `Basic ${encodeBase64("admin:admin")}` };
const LISTENING = /http:\/\/127\.0\.0\.1:(\d+)/;

/**
 * Processor time is that of the server, from its start to its end; seconds are those of the posts.
 * @throws Error when a post is not answered with 200
 */
export async function postAll(
  shop: Workshop,
  database: string,
  bodies: readonly Uint8Array<ArrayBuffer>[],
  clients: number,
): Promise<Measure> {
  let seconds = 0;
  const measured = await measure({
    ...shop.process(["serve", "--port=0", `--db=${database}`, "--access_log="]),
    folder: shop.folder,
    until: async (told) => {
      const port = await portOf(told);
      const begin = performance.now();
      await Promise.all(Array.from({ length: clients }, (_, number) => post(port, bodies, number, clients)));
      seconds = (performance.now() - begin) / 1000;
    },
  });
  return { ...measured, seconds };
}

async function portOf(told: ReadableStream<Uint8Array>): Promise<string> {
  let text = "";
  for await (const piece of told.pipeThrough(new TextDecoderStream())) {
    text += piece;
    const port = LISTENING.exec(text)?.[1];
    if (port !== undefined) return port;
  }
  throw new Error(`the server has not begun: ${text}`);
}

async function post(
  port: string,
  bodies: readonly Uint8Array<ArrayBuffer>[],
  first: number,
  step: number,
): Promise<void> {
  for (let index = first; index < bodies.length; index += step) {
    const body = bodies[index] ?? new Uint8Array();
    const answer = await fetch(`http://127.0.0.1:${port}${PATH}`, { method: "POST", body, headers: HEADERS });
    const text = await answer.text();
    if (answer.status !== 200) throw new Error(`a post was answered with ${answer.status}: ${text.slice(0, 200)}`);
  }
}
