/** Puts an answer on a connection. */
import { answerHead, isBodyless } from "./answer_head.ts";
import type { ConnectionOutput, Sent } from "./connection_output.ts";
import type { HttpAnswer } from "./exchange.ts";

/** How far an answer came. */
export interface SentAnswer {
  readonly sent: Sent;
  /** Null: not even a part of it could be sent. */
  readonly status: number | null;
  /** Of the body. */
  readonly bytesOut: number;
  /** Null, or a bug of whoever made the answer: then the connection must be cut, so that the client sees that something lacks. */
  readonly error: unknown;
}

/** The body did not give as many bytes as it had said: a bug of whoever made the answer. */
export class BrokenAnswer extends Error {
  override readonly name = "BrokenAnswer";
}

/**
 * Never rejects.
 * @param withBody false: only the head is sent, as to HEAD
 * @param isLast whether the connection ends with this answer
 */
export async function sendAnswer(
  output: ConnectionOutput,
  answer: HttpAnswer,
  sending: { readonly withBody: boolean; readonly isLast: boolean },
): Promise<SentAnswer> {
  output.begin(0);
  let sent: Sent = "gone";
  let headBytes = 0;
  let error: unknown = null;
  try {
    const head = answerHead(answer, sending.isLast, new Date());
    headBytes = head.length;
    sent = await sendParts(output, head, answer, sending.withBody && !isBodyless(answer.status));
  } catch (thrown) {
    error = thrown;
  } finally {
    answer.body.close();
  }
  const bytesOut = output.takenBytes - headBytes;
  const isBegun = output.takenBytes > 0 && bytesOut >= 0;
  return { sent, status: isBegun ? answer.status : null, bytesOut: Math.max(0, bytesOut), error };
}

/** @throws BrokenAnswer, or what the body's pieces throw */
async function sendParts(
  output: ConnectionOutput,
  head: Uint8Array,
  answer: HttpAnswer,
  withBody: boolean,
): Promise<Sent> {
  const bodyBytes = withBody ? answer.body.bytes : 0;
  output.begin(head.length + bodyBytes);
  let sent = await output.write(head);
  if (sent === "sent" && bodyBytes > 0) sent = await sendBody(output, answer);
  return sent === "sent" ? await output.flush() : sent;
}

async function sendBody(output: ConnectionOutput, { body }: HttpAnswer): Promise<Sent> {
  let bytes = 0;
  for (const piece of body.pieces()) {
    bytes += piece.length;
    if (bytes > body.bytes) break;
    const sent = await output.write(piece);
    if (sent !== "sent") return sent;
  }
  if (bytes !== body.bytes) throw new BrokenAnswer(`a body of ${body.bytes} bytes gave ${bytes}`);
  return "sent";
}
