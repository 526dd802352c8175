/** Writes the files of the cliffs, of which some have millions of lines. */
import type { RowsOfFile } from "./workshop.ts";

const WRITTEN_AT_ONCE = 250_000;

/** How a file is written; left out: UTF-8 with LF. */
export interface FileForm {
  readonly encoding?: "windows-1252" | "utf-16";
  readonly newline?: string;
}

export function writeLines(
  path: string,
  { header, count, row }: RowsOfFile,
  { encoding, newline = "\n" }: FileForm,
): void {
  using file = Deno.openSync(path, { write: true, create: true, truncate: true });
  let text = (encoding === "utf-16" ? "\ufeff" : "") + header + newline;
  for (let index = 0; index < count; index++) {
    text += row(index) + newline;
    if (text.length < WRITTEN_AT_ONCE) continue;
    // A write to a file takes all of it.
    file.writeSync(encoded(text, encoding));
    text = "";
  }
  file.writeSync(encoded(text, encoding));
}

/** WINDOWS-1252 has the letters that these files have where ISO-8859-1 has them. */
function encoded(text: string, encoding: FileForm["encoding"]): Uint8Array {
  if (encoding === undefined) return new TextEncoder().encode(text);
  if (encoding === "windows-1252") return Uint8Array.from(text, (character) => character.charCodeAt(0));
  const bytes = new DataView(new ArrayBuffer(2 * text.length));
  for (let index = 0; index < text.length; index++) bytes.setUint16(2 * index, text.charCodeAt(index), true);
  return new Uint8Array(bytes.buffer);
}
