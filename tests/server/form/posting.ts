/** Requests that are made by hand, and what is read of them. */
import { assertEquals } from "@std/assert";
import { EXIT, RunStop } from "../../../lib/errors.ts";
import type { HttpRequest } from "../../../lib/http/exchange.ts";
import { type FormProblem, FormStop } from "../../../lib/server/form/form_problem.ts";
import type { FormLimits, PostReading } from "../../../lib/server/form/posted_form.ts";
import { readPost } from "../../../lib/server/form/read_post.ts";

export interface Posted {
  readonly query?: string;
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: readonly Uint8Array[] | AsyncIterable<Uint8Array>;
}

/** What came of a request; bytes of the data as Latin-1. */
export interface Read {
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly data: string | null;
  readonly dataName: string | null;
  readonly charset: string | null;
}

export const URLENCODED = "application/x-www-form-urlencoded";

export const LIMITS: FormLimits = {
  fieldBytes: 1000,
  allFieldBytes: 10_000,
  fields: 20,
  mostDataBytes: 1_000_000,
  mostDataBytesBeforeLogin: 1_000_000,
};

/** A request whose pieces are overwritten as soon as the next one is asked for. */
export function requestOf({ query = "", headers = {}, body = [] }: Posted): HttpRequest {
  const isList = Array.isArray(body);
  return {
    method: "POST",
    path: "/import",
    query,
    headers: { get: (name) => headers[name] ?? null },
    peer: { transport: "tcp", address: "127.0.0.1", port: 1 },
    isSecure: false,
    body: {
      announcedBytes: isList ? body.reduce((sum, { length }) => sum + length, 0) : null,
      takenBytes: 0,
      [Symbol.asyncIterator]: () =>
        (isList ? overwritten(body) : body as AsyncIterable<Uint8Array>)[Symbol.asyncIterator](),
    },
    signal: new AbortController().signal,
  };
}

async function* overwritten(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) {
    await Promise.resolve();
    const copy = Uint8Array.from(piece);
    yield copy;
    copy.fill(0x23);
  }
}

/** How to read, with what a test wants otherwise. */
export function readingOf(changes: Partial<PostReading> = {}): PostReading {
  return {
    folder: "/no/such/folder",
    limits: LIMITS,
    onName: () => {},
    onField: () => {},
    beforeData: () => Promise.resolve({ isLoginKnown: true }),
    onDataBeforeLogin: () => {},
    onSpoolFailure: (folder, reason) => new RunStop(EXIT.databaseNotWritable, [{ text: `${folder}: ${reason}` }]),
    ...changes,
  };
}

/** Reads a request; what it refuses is a value. */
export async function outcome(posted: Posted, changes: Partial<PostReading> = {}): Promise<Read | FormProblem> {
  try {
    const form = await readPost(requestOf(posted), readingOf(changes));
    const data = form.csvdata === null ? null : latin1Of(...form.csvdata.pieces());
    form.csvdata?.close();
    const fields = form.fields.map(({ name, value }) => [name, value] as const);
    return { fields, data, dataName: form.csvdataName, charset: form.charset };
  } catch (error) {
    if (error instanceof FormStop) return error.problem;
    throw error;
  }
}

/** Whatever way the body is cut: whole, byte by byte, and in two at each place. */
export async function assertInEveryCut(
  posted: Posted & { readonly body: readonly Uint8Array[] },
  expected: unknown,
): Promise<void> {
  const [whole = new Uint8Array(0)] = posted.body;
  const cuts = [[whole], [...whole].map((byte) => Uint8Array.of(byte))];
  for (let at = 1; at < whole.length; at++) cuts.push([whole.subarray(0, at), whole.subarray(at)]);
  for (const body of cuts) {
    assertEquals(await outcome({ ...posted, body }), expected, `cut at ${body[0]?.length} in ${body.length}`);
  }
}

export function latin1(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

export function utf8(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(new TextEncoder().encode(text));
}

export function latin1Of(...pieces: readonly Uint8Array[]): string {
  return pieces.map((piece) => Array.from(piece, (byte) => String.fromCharCode(byte)).join("")).join("");
}

/** Bytes cut at places that `random` chooses. @param random a number from 0, below 1 */
export function cutAnywhere(bytes: Uint8Array, random: () => number): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < bytes.length;) {
    const length = 1 + Math.floor(random() ** 3 * bytes.length);
    pieces.push(bytes.subarray(at, at + length));
    at += length;
  }
  return pieces;
}

/** Numbers that are the same each time (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
