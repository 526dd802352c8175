/** Reads a posted request: the parameters of its query and its body, and the data. */
import type { HttpRequest } from "../../http/exchange.ts";
import { isBoundary } from "./boundary_search.ts";
import { FormCollector } from "./form_collector.ts";
import type { FormEvent, FormReader } from "./form_event.ts";
import { FormStop } from "./form_problem.ts";
import { contentEncoding, inflate } from "./inflate.ts";
import { MultipartReader } from "./multipart_reader.ts";
import { parsedValue } from "./part_headers.ts";
import type { FieldOrigin, PostedForm, PostReading } from "./posted_form.ts";
import { RawReader } from "./raw_reader.ts";
import { UrlencodedReader } from "./urlencoded_reader.ts";

/** The body is the data. `text/plain` is what many programs call a file that they do not know. */
const DATA_TYPES: ReadonlySet<string> = new Set(["text/csv", "application/csv", "text/plain"]);

/**
 * Reads a request to its end. Data is kept in a spool, so that an import begins only when all of it has come, and no slow client holds
 * up others.
 * @returns what it says; its data is to be closed
 * @throws FormStop when it cannot be understood, or is too large; RequestStop when it does not come to its end; what the functions of
 * `reading` throw. What was read is dropped then.
 */
export async function readPost(request: HttpRequest, reading: PostReading): Promise<PostedForm> {
  const collector = new FormCollector(reading);
  try {
    await takeAll(new UrlencodedReader("query"), [new TextEncoder().encode(request.query)], "query", collector);
    const reader = bodyReader(request);
    if (reader !== null) {
      const encoding = contentEncoding(request.headers.get("content-encoding"));
      const inflated = inflate(request.body, encoding, (total) => collector.checkBody(total));
      await takeAll(reader, inflated, "body", collector);
    }
    return await collector.form();
  } catch (error) {
    collector.close();
    throw error;
  }
}

async function takeAll(
  reader: FormReader,
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  from: FieldOrigin,
  collector: FormCollector,
): Promise<void> {
  const take = async (events: Iterable<FormEvent>) => {
    for (const event of events) {
      const waiting = collector.take(event, from);
      if (waiting !== null) await waiting;
    }
  };
  for await (const bytes of pieces) await take(reader.push(bytes));
  await take(reader.end());
}

/** @returns null: there is no body */
function bodyReader({ headers, body }: HttpRequest): FormReader | null {
  const found = headers.get("content-type");
  if (found === null && body.announcedBytes === 0) return null;
  const value = parsedValue(found ?? "");
  if (value !== null && DATA_TYPES.has(value.type)) return new RawReader(value.parameters.charset ?? null);
  switch (value?.type) {
    case "application/x-www-form-urlencoded":
      return new UrlencodedReader("body");
    case "multipart/form-data": {
      const boundary = value.parameters.boundary ?? "";
      if (!isBoundary(boundary)) {
        throw new FormStop({ kind: "multipart", fault: { kind: "boundary_parameter" }, at: null });
      }
      return new MultipartReader(boundary);
    }
    default:
      throw new FormStop({ kind: "media_type", found });
  }
}
