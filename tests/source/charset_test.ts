import { assertEquals } from "@std/assert";
import { findCharset, NAMED_CHARSETS, nearestCharsets } from "../../lib/source/charset.ts";

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
  ] as const;
  for (const [typed, encoding] of names) assertEquals(findCharset(typed), { typed, encoding });
});

Deno.test("what is no label, and every label of the replacement encoding, is refused", () => {
  for (const label of ["KLINGON", "", " ", "utf 8", "utf-7", "replacement", "ISO-2022-KR", "hz-gb-2312"]) {
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
