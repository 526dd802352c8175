import { assertEquals } from "@std/assert";
import { missingData, openQualifier, undecodableBytes, unknownCharset } from "../../lib/messages/input.ts";
import { NAMED_CHARSETS, nearestCharsets } from "../../lib/source/charset.ts";
import type { UndecodableBytes } from "../../lib/source/strict_decoder.ts";

const BAD: UndecodableBytes = {
  kind: "undecodable",
  byteOffset: 13,
  bytes: "E9",
  encoding: "utf-8",
  sample: Uint8Array.of(0xe9),
  circumstance: null,
  mark: null,
};
const NONE = { fitting: [], notRead: null };
const UTF_8 = { typed: "UTF-8", encoding: "utf-8" };

Deno.test("undecodable bytes are told with charset, line and byte offset", () => {
  assertEquals(undecodableBytes(BAD, UTF_8, 2, NONE), {
    text: "#Undecodable bytes at line 2, byte offset 13: E9 (hexadecimal) is no text in UTF-8",
    hint: "Save the file as UTF-8 again, or give the charset that it really has",
  });
});

Deno.test("undecodable bytes come with the charsets that would fit", () => {
  const single = { fitting: ["WINDOWS-1252", "ISO-8859-15"], notRead: null };
  assertEquals(
    undecodableBytes(BAD, UTF_8, 2, single).hint,
    "The file may have another charset: charset=WINDOWS-1252 or charset=ISO-8859-15 would fit",
  );
  const utf8 = { ...BAD, encoding: "windows-1252" };
  const fits = { fitting: ["UTF-8"], notRead: null };
  const charset = { typed: "ISO-8859-1", encoding: "windows-1252" };
  assertEquals(undecodableBytes(utf8, charset, 2, fits), {
    text: "#Undecodable bytes at line 2, byte offset 13: E9 (hexadecimal) is no text in ISO-8859-1",
    hint: "The bytes are good UTF-8: give charset=UTF-8",
  });
});

Deno.test("undecodable bytes behind a UTF-16 byte order mark name the encoding that it set", () => {
  assertEquals(
    undecodableBytes({ ...BAD, bytes: "00 DC", encoding: "utf-16le" }, UTF_8, 1, NONE).text,
    "#Undecodable bytes at line 1, byte offset 13: 00 DC (hexadecimal) is no text in UTF-16LE, " +
      "which its byte order mark says",
  );
});

Deno.test("an unknown charset lists the known names, and suggests what is near", () => {
  const list = "Known charsets: UTF-8, ISO-8859-1, WINDOWS-1251, WINDOWS-1252, ISO-8859-15";
  assertEquals(
    unknownCharset("KLINGON", nearestCharsets("KLINGON"), NAMED_CHARSETS).text,
    `#Unknown charset: 'KLINGON'. ${list}`,
  );
  assertEquals(
    unknownCharset("UFT-8", nearestCharsets("UFT-8"), NAMED_CHARSETS).text,
    `#Unknown charset: 'UFT-8'. Did you mean 'UTF-8'? ${list}`,
  );
});

Deno.test("an open qualifier is told with its line, missing data as the reference does", () => {
  assertEquals(
    openQualifier({ kind: "open_qualifier", line: 3 }).text,
    "#The text qualifier opened at line 3 is never closed: the input ends inside its cell",
  );
  assertEquals(missingData().text, "#Missing data - at least one line is expected");
});
