/** Reads a posted request: the parameters of its query and its body, and the data. */
import type { HttpRequest } from "../../http/exchange.ts";
import { isBoundary } from "./boundary_search.ts";
import { FormCollector } from "./form_collector.ts";
import type { FormEvent, FormReader } from "./form_event.ts";
import { FormStop } from "./form_problem.ts";
import { contentEncoding, inflate } from "./inflate.ts";
import { MultipartReader } from "./multipart_reader.ts";
import { parsedValue } from "./part_headers.ts";
import type { FieldOrigin, FormLimits, PostedForm, PostReading } from "./posted_form.ts";
import { RawReader } from "./raw_reader.ts";
import { UrlencodedReader } from "./urlencoded_reader.ts";

/** The body is the data. `text/plain` is what many programs call a file that they do not know. */
const DATA_TYPES: ReadonlySet<string> = new Set(["text/csv", "application/csv", "text/plain"]);

/** What a byte of data may take in a body: `%XX`. */
const MOST_BYTES_A_BYTE = 3;
/** Room in a body for what is neither data nor a value: names, boundaries, headers of parts. */
const FRAME_BYTES = 1024 * 1024;

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
      await takeAll(reader, inflate(request.body, encoding, mostBodyBytes(reading.limits)), "body", collector);
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

function mostBodyBytes({ mostDataBytes, fields, fieldBytes }: FormLimits): number {
  return MOST_BYTES_A_BYTE * (mostDataBytes + fields * fieldBytes) + FRAME_BYTES;
}
