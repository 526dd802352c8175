/** Requests as clients make them, in every way to post. */

export interface Post {
  /** POST when left out. */
  readonly method?: string;
  /** With the query; `/import` when left out. */
  readonly path?: string;
  /** Beside Host, Connection and Content-Length. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** Parameters, without csvdata. */
export type Fields = Readonly<Record<string, string>>;

export type Csv = string | Uint8Array;

export function bytesOf(text: Csv): Uint8Array {
  return typeof text === "string" ? new TextEncoder().encode(text) : text;
}

export function concat(...parts: readonly Csv[]): Uint8Array<ArrayBuffer> {
  const all = parts.map(bytesOf);
  const whole = new Uint8Array(all.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of all) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** The request, which asks for the connection to be closed. */
export function requestBytes({ method = "POST", path = "/import", headers, body }: Post): Uint8Array {
  const all: Record<string, string> = {
    Host: "localhost",
    Connection: "close",
    ...body.length > 0 || method === "POST" ? { "Content-Length": String(body.length) } : {},
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`).join("");
  return concat(`${method} ${path} HTTP/1.1\r\n${lines}\r\n`, body);
}

/** As a browser's form, or curl's `--data-urlencode`. */
export function formPost(fields: Fields, csv: Csv | null): Post {
  const data = csv === null ? [] : [`csvdata=${escaped(bytesOf(csv))}`];
  const body = [...Object.entries(fields).map(([name, value]) => `${name}=${escaped(bytesOf(value))}`), ...data];
  return { headers: { "Content-Type": "application/x-www-form-urlencoded" }, body: bytesOf(body.join("&")) };
}

/** As curl's `-F`. @param fileName null: csvdata is a field */
export function multipartPost(fields: Fields, csv: Csv | null, fileName: string | null): Post {
  const boundary = "----a-boundary-of-the-tests";
  const part = (name: string, value: Csv, more = "") =>
    concat(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n`, value, "\r\n");
  const parts = Object.entries(fields).map(([name, value]) => part(name, value));
  const file = fileName === null ? "" : `; filename="${fileName}"\r\nContent-Type: text/csv`;
  const data = csv === null ? [] : [part("csvdata", csv, file)];
  return {
    headers: { "Content-Type": `multipart/form-data; boundary=${boundary}` },
    body: concat(...parts, ...data, `--${boundary}--\r\n`),
  };
}

/** The CSV is the body, everything else stands in the query. */
export function rawPost(fields: Fields, csv: Csv, path = "/import"): Post {
  const query = Object.entries(fields).map(([name, value]) => `${name}=${escaped(bytesOf(value))}`).join("&");
  return { path: `${path}?${query}`, headers: { "Content-Type": "text/csv" }, body: bytesOf(csv) };
}

/** With its body compressed. */
export async function gzipped(post: Post): Promise<Post> {
  const packed = new Blob([post.body as BlobPart]).stream().pipeThrough(new CompressionStream("gzip"));
  const body = new Uint8Array(await new Response(packed).arrayBuffer());
  return { ...post, headers: { ...post.headers, "Content-Encoding": "gzip" }, body };
}

/** With HTTP Basic. */
export function basic(login: string, password: string): Record<string, string> {
  return { Authorization: `Basic ${btoa(String.fromCharCode(...bytesOf(`${login}:${password}`)))}` };
}

function escaped(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) {
    const character = String.fromCharCode(byte);
    if (byte === 0x20) text += "+";
    else if (/[A-Za-z0-9*._-]/.test(character)) text += character;
    else text += `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }
  return text;
}
