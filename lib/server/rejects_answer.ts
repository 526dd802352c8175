/** The answer to `output=rejects`: the rows in error as a file to be saved. */
import type { AnswerBody } from "../http/exchange.ts";
import { fileName } from "../report/rejects/rejected_file_name.ts";
import { findByteOrderMark, LONGEST_MARK } from "../source/byte_order_mark.ts";

/**
 * What its header says of it.
 * @param encoding in which the input was read, as `TextDecoder` names it, if it has no byte order mark
 * @param inputName of the posted file; null: it has none
 */
export function rejectsHeaders(body: AnswerBody, encoding: string, inputName: string | null): Record<string, string> {
  // The rows begin with the mark that the input began with.
  const [start = new Uint8Array(0)] = body.pieces();
  const charset = findByteOrderMark(start.subarray(0, LONGEST_MARK), encoding).encoding;
  return {
    "content-type": `text/csv; charset=${charset}`,
    "content-disposition": attachment(fileName(withoutFolders(inputName ?? "data"))),
  };
}

/** Some clients send whole paths, those of Windows too. */
function withoutFolders(name: string): string {
  return name.replace(/^.*[/\\]/s, "");
}

/** RFC 6266: a name of plain ASCII, and the true one for those who understand RFC 8187. */
function attachment(name: string): string {
  const plain = name.replace(/[^A-Za-z0-9._-]+/g, "_");
  const exact = encodeURIComponent(name.toWellFormed()).replace(/['()*!~]/g, percentEncoded);
  return `attachment; filename="${plain}"${plain === name ? "" : `; filename*=UTF-8''${exact}`}`;
}

function percentEncoded(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
