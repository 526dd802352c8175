/** What a head means: method, path, headers, and how its body ends. Whatever two readers could understand in two ways is refused. */
import {
  badHost,
  badLength,
  badTarget,
  chunkedInOldVersion,
  connectRefused,
  expectationRefused,
  lengthAndEncoding,
  noHost,
  protocolRefused,
  repeatedField,
  transferEncodingRefused,
} from "../messages/http_faults.ts";
import type { RequestFault, RequestHeaders } from "./exchange.ts";
import type { RawHead } from "./request_parser.ts";
import { readTarget } from "./request_target.ts";

/** What a head means. */
export interface RequestHead {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: RequestHeaders;
  /** Bytes; null: in chunks. 0: there is no body. */
  readonly bodyBytes: number | null;
  /** Whether the client said how the body ends, be it that there is none: then nothing may follow before the answer. */
  readonly isBodyAnnounced: boolean;
  /** Whether the client waits for `100 Continue` before it sends the body. */
  readonly expectsContinue: boolean;
  /** Whether the connection may carry another request. */
  readonly isKeptAlive: boolean;
}

/** Fields that mean something once only, as the standard writes them. */
const SINGLE_FIELDS: readonly string[] = [
  "Authorization",
  "Content-Encoding",
  "Content-Length",
  "Content-Type",
  "Expect",
  "Host",
  "Transfer-Encoding",
];

/** RFC 3986, section 3.2.2, and a port; empty where the target has no host (RFC 9112, section 3.2). */
const HOST = /^(?:\[[0-9A-Fa-fVv:.%_~!$&'()*+,;=-]+\]|[A-Za-z0-9._~!$&'()*+,;=%-]*)(?::\d*)?$/;

/** What a head means, or why it is refused. */
export function readHead(raw: RawHead): RequestHead | RequestFault {
  const fields = new Map<string, string[]>();
  for (const [name, value] of raw.fields) {
    const values = fields.get(name);
    if (values === undefined) fields.set(name, [value]);
    else values.push(value);
  }
  const headers: RequestHeaders = { get: (name) => fields.get(name)?.join(", ") ?? null };
  const fault = refusedProtocol(raw) ?? repeated(fields) ?? refusedHost(raw, headers) ?? refusedWish(raw, headers) ??
    refusedFraming(raw, headers);
  if (fault !== null) return fault;
  const target = readTarget(raw.method, raw.target);
  if (target === null) return malformed(badTarget(raw.target));
  const isNew = raw.version === "1.1";
  const length = headers.get("content-length");
  const isChunked = headers.get("transfer-encoding") !== null;
  return {
    method: raw.method,
    ...target,
    headers,
    bodyBytes: isChunked ? null : Number(length ?? 0),
    isBodyAnnounced: isChunked || length !== null,
    expectsContinue: isNew && headers.get("expect") !== null,
    isKeptAlive: isNew && !tokens(headers.get("connection")).includes("close"),
  };
}

/** Another protocol that is only wished for is not spoken, and the wish ignored (RFC 9110, section 7.8). */
function refusedProtocol({ method, protocol, version }: RawHead): RequestFault | null {
  const isHttp = protocol === " HTTP/" && (version === "1.0" || version === "1.1");
  if (!isHttp) return { kind: "not_supported", status: 505, detail: protocolRefused(protocol.trim() + version) };
  return method === "CONNECT" ? { kind: "not_supported", status: 501, detail: connectRefused() } : null;
}

function repeated(fields: ReadonlyMap<string, readonly string[]>): RequestFault | null {
  const name = SINGLE_FIELDS.find((single) => (fields.get(single.toLowerCase())?.length ?? 0) > 1);
  return name === undefined ? null : malformed(repeatedField(name));
}

function refusedHost({ version }: RawHead, headers: RequestHeaders): RequestFault | null {
  const host = headers.get("host");
  if (host === null) return version === "1.1" ? malformed(noHost()) : null;
  return HOST.test(host) ? null : malformed(badHost(host));
}

/** HTTP/1.0 knows no expectations: a server ignores them (RFC 9110, section 10.1.1). */
function refusedWish({ version }: RawHead, headers: RequestHeaders): RequestFault | null {
  const wish = headers.get("expect");
  if (wish === null || version === "1.0" || wish.toLowerCase() === "100-continue") return null;
  return { kind: "not_supported", status: 417, detail: expectationRefused(wish) };
}

/** RFC 9112, section 6. llhttp has refused most of it; this must hold whatever its version. */
function refusedFraming({ version }: RawHead, headers: RequestHeaders): RequestFault | null {
  const length = headers.get("content-length");
  const encoding = headers.get("transfer-encoding");
  if (length !== null && encoding !== null) return malformed(lengthAndEncoding());
  if (length !== null && !/^\d+$/.test(length)) return malformed(badLength(length));
  if (encoding === null) return null;
  if (version === "1.0") return malformed(chunkedInOldVersion());
  if (encoding.toLowerCase() === "chunked") return null;
  return { kind: "not_supported", status: 501, detail: transferEncodingRefused(encoding) };
}

function malformed(detail: string): RequestFault {
  return { kind: "malformed", detail };
}

function tokens(value: string | null): readonly string[] {
  return (value ?? "").toLowerCase().split(",").map((token) => token.trim());
}
