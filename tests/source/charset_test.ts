import { assertEquals } from "@std/assert";
import { unknownCharset } from "../../lib/messages/input.ts";
import { findCharset, NAMED_CHARSETS, nearestCharsets } from "../../lib/source/charset.ts";
import { DOS_CODE_PAGES } from "../../lib/source/dos_code_pages.ts";
import { textDecoder } from "../../lib/source/text_decoder.ts";

Deno.test("the five named charsets are known in any case", () => {
  const encodings = ["utf-8", "windows-1252", "windows-1251", "windows-1252", "iso-8859-15"];
  assertEquals(NAMED_CHARSETS.map((name) => findCharset(name)?.encoding), encodings);
  assertEquals(NAMED_CHARSETS.map((name) => findCharset(name.toLowerCase())?.encoding), encodings);
});

Deno.test("other labels of the Encoding Standard are known", () => {
  const labels = [
    "utf8",
    "Latin1",
    "cp1252",
    "SJIS",
    "gb2312",
    "GB18030",
    "big5-hkscs",
    "koi8-r",
    "csUnicode",
    "unicodeFFFE",
  ];
  const encodings = labels.map((label) => findCharset(label)?.encoding);
  assertEquals(encodings, [
    "utf-8",
    "windows-1252",
    "windows-1252",
    "shift_jis",
    "gbk",
    "gb18030",
    "big5",
    "koi8-r",
    "utf-16le",
    "utf-16be",
  ]);
});

Deno.test("a charset is kept as it was typed, without the blanks around it", () => {
  assertEquals(findCharset(" Utf-8\t"), { typed: "Utf-8", encoding: "utf-8" });
});

Deno.test("names that people type are known, and kept as they were typed", () => {
  const names = [
    ["CP932", "shift_jis"],
    ["cp936", "gbk"],
    ["CP949", "euc-kr"],
    ["latin-1", "windows-1252"],
    ["utf_8", "utf-8"],
    ["UTF-8-sig", "utf-8"],
    ["utf16", "utf-16le"],
    ["ISO_8859_15", "iso-8859-15"],
    ["windows_1252", "windows-1252"],
    ["CP1252", "windows-1252"],
    ["latin9", "iso-8859-15"],
    ["CP437", "cp437"],
    ["IBM850", "cp850"],
    ["ibm-850", "cp850"],
    ["850", "cp850"],
    ["dos 852", "cp852"],
    ["CP00858", "cp858"],
    ["OEM 437", "cp437"],
    ["cp866", "ibm866"],
    ["1252", "windows-1252"],
    ["windows 1250", "windows-1250"],
    ["cp65001", "utf-8"],
    ["CP28605", "iso-8859-15"],
    ["utf 8", "utf-8"],
    ["ISO 8859-1", "windows-1252"],
    ["UTF-16 LE", "utf-16le"],
    ["UCS-2", "utf-16le"],
    ["mac-roman", "macintosh"],
  ] as const;
  for (const [typed, encoding] of names) assertEquals(findCharset(typed), { typed, encoding });
});

Deno.test("what is no label, and every label of the replacement encoding, is refused", () => {
  for (const label of ["KLINGON", "", " ", "utf 9", "utf-7", "replacement", "ISO-2022-KR", "hz-gb-2312"]) {
    assertEquals(findCharset(label), null, label);
  }
});

Deno.test("a charset that is spelt nearly right finds its neighbours, the nearest first", () => {
  assertEquals(nearestCharsets("UFT-8"), ["UTF-8"]);
  assertEquals(nearestCharsets("shift-jis"), ["Shift_JIS"]);
  assertEquals(nearestCharsets("windows1252")[0], "WINDOWS-1252");
  assertEquals(nearestCharsets("KLINGON"), []);
  assertEquals(nearestCharsets("x"), []);
});

Deno.test("every charset that is suggested is known", () => {
  for (const typed of ["ISO-8859-99", "windows-125", "EUC-XX", "IBM86", "x-mac-cyrilic", "koi8", "gb1803", "utf-16"]) {
    for (const name of nearestCharsets(typed)) assertEquals(findCharset(name)?.typed, name);
  }
});

Deno.test("no other number is a code page, and UTF-32 is none that is read", () => {
  for (const typed of ["cp851", "1259", "28602", "28590", "0", "cp", "4370", "UTF-32", "utf32le", "ucs-4"]) {
    assertEquals(findCharset(typed), null, typed);
  }
  for (const typed of ["UTF-32", "utf32", "UTF-32LE", "UCS-4", " utf_32be "]) {
    const { text, hint } = unknownCharset(typed, nearestCharsets(typed), NAMED_CHARSETS);
    assertEquals(text, `#Unknown charset: '${typed}': UTF-32 is not read`);
    assertEquals(hint, "Make UTF-8 of it: iconv -f UTF-32 -t UTF-8 FILE >NEW_FILE");
  }
});

Deno.test("code pages of DOS have 256 different characters, ASCII first; 858 is 850 with the sign of the euro", () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  const texts = DOS_CODE_PAGES.map((encoding) => textDecoder(encoding, { fatal: true }).decode(bytes));
  for (const text of texts) {
    assertEquals(new Set(text).size, 256);
    assertEquals(text.length, 256);
    assertEquals(text.slice(0, 128), new TextDecoder("latin1").decode(bytes.subarray(0, 128)));
    assertEquals(/[\u0080-\u009f\ufffd]/.test(text), false);
  }
  const [western = "", , , euro = ""] = texts;
  assertEquals(euro, western.replace("\u0131", "\u20ac"));
  assertEquals(euro.charCodeAt(0xd5), 0x20ac);
  assertEquals(textDecoder("cp437").decode(Uint8Array.of(0x81, 0xe1, 0xff)), "üß\u00a0");
  assertEquals(textDecoder("cp852").decode(Uint8Array.of(0x9d, 0xa2, 0x88)), "Łół");
});
