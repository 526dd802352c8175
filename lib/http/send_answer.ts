/** Puts an answer on a connection. */
import { answerHead, isBodyless } from "./answer_head.ts";
import type { ConnectionOutput, Sent } from "./connection_output.ts";
import type { HttpAnswer } from "./exchange.ts";

export interface SentAnswer {
  readonly sent: Sent;
  /** Null: not even a part of it could be sent. */
  readonly status: number | null;
  /** Of the body. */
  readonly bytesOut: number;
}

/** The body did not give as many bytes as it had said: a bug of whoever made the answer. */
export class BrokenAnswer extends Error {
  override readonly name = "BrokenAnswer";
}

/**
 * @param withBody false: only the head is sent, as to HEAD
 * @param isLast whether the connection ends with this answer
 * @throws RangeError when nothing was sent, as the head may not be
 * @throws BrokenAnswer, or what the body's pieces throw: then the connection must be cut, so that the client sees that something lacks
 */
export async function sendAnswer(
  output: ConnectionOutput,
  answer: HttpAnswer,
  { withBody, isLast }: { readonly withBody: boolean; readonly isLast: boolean },
): Promise<SentAnswer> {
  try {
    const head = answerHead(answer, isLast, new Date());
    const bodyBytes = withBody && !isBodyless(answer.status) ? answer.body.bytes : 0;
    output.begin(head.length + bodyBytes);
    let sent = await output.write(head);
    if (sent === "sent" && bodyBytes > 0) sent = await sendBody(output, answer);
    if (sent === "sent") sent = await output.flush();
    const bytesOut = output.takenBytes - head.length;
    return { sent, status: bytesOut < 0 ? null : answer.status, bytesOut: Math.max(0, bytesOut) };
  } finally {
    answer.body.close();
  }
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
