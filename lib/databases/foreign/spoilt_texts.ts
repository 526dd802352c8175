/**
 * Texts whose bytes are none in the encoding of the database, as older programs leave them: the runtime reads U+FFFD in place of these bytes.
 * What is to be written back is kept as the bytes, and compared and shown as it is read.
 */
import type { Database } from "../sqlite/connection.ts";
import { type Raw, TextBytes } from "../sqlite/raw_value.ts";

/** Whether a value may be such a text: only a look at its bytes tells it from one that has U+FFFD itself. */
export function maybeSpoilt(value: unknown): value is string {
  return typeof value === "string" && value.includes("\uFFFD");
}

/** SQL of the bytes of a text. */
export function bytesOfText(value: string): string {
  return `iif(typeof(${value}) = 'text', CAST(${value} AS BLOB), NULL)`;
}

/** What a text was read of. @param bytes of `bytesOfText` */
export function exactText(database: Database, text: Raw, bytes: Raw | undefined): Raw {
  if (!maybeSpoilt(text) || !(bytes instanceof Uint8Array)) return text;
  const [row] = database.prepareRaw("SELECT CAST(? AS BLOB) = ? AS isWhole").all(text, bytes);
  return row?.["isWhole"] === 1n ? text : new TextBytes(bytes);
}

/** A value as searches read it. */
export function readableText(database: Database, value: Raw): Raw {
  if (!(value instanceof TextBytes)) return value;
  const [row] = database.prepareRaw("SELECT json_array(CAST(? AS TEXT)) AS texts").all(value);
  const [text = ""] = JSON.parse(String(row?.["texts"])) as readonly string[];
  return text;
}
