/** Every encoding that the program reads, those of the Encoding Standard and code pages of DOS, with words that it can hold. */

export interface TestedCharset {
  /** As `TextDecoder` names it. */
  readonly encoding: string;
  /** Letters beyond ASCII, of one and of several bytes. */
  readonly words: string;
  /** Before the text; empty: none. */
  readonly mark?: readonly number[];
}

const LATIN = "Zoë Müller à la carte";
const CYRILLIC = "Привет Київ Москва";

export const EVERY_CHARSET: readonly TestedCharset[] = [
  { encoding: "utf-8", words: "Zoë 日本語テスト 😀 ä" },
  { encoding: "utf-8", words: "Zoë 日本語テスト 😀 ä", mark: [0xef, 0xbb, 0xbf] },
  { encoding: "utf-16le", words: "Zoë 日本 😀" },
  { encoding: "utf-16le", words: "Zoë 日本 😀", mark: [0xff, 0xfe] },
  { encoding: "utf-16be", words: "Zoë 日本 😀" },
  { encoding: "utf-16be", words: "Zoë 日本 😀", mark: [0xfe, 0xff] },
  ...["windows-1252", "iso-8859-15", "iso-8859-14", "macintosh", "windows-1254", "windows-1258"].map((encoding) => ({
    encoding,
    words: LATIN,
  })),
  ...["iso-8859-2", "windows-1250", "iso-8859-16"].map((encoding) => ({ encoding, words: "Łódź Żółw ä" })),
  ...["iso-8859-4", "iso-8859-10", "iso-8859-13", "windows-1257"].map((encoding) => ({ encoding, words: "Āžuols ä" })),
  { encoding: "iso-8859-3", words: "Ĝis ĉevalo" },
  ...["iso-8859-5", "windows-1251", "koi8-r", "koi8-u", "ibm866", "x-mac-cyrillic"].map((encoding) => ({
    encoding,
    words: encoding === "koi8-r" ? "Привет Москва" : CYRILLIC.replace("Київ ", ""),
  })),
  ...["iso-8859-6", "windows-1256"].map((encoding) => ({ encoding, words: "مرحبا" })),
  ...["iso-8859-7", "windows-1253"].map((encoding) => ({ encoding, words: "Αθήνα λόγος" })),
  ...["iso-8859-8", "iso-8859-8-i", "windows-1255"].map((encoding) => ({ encoding, words: "שלום" })),
  { encoding: "cp437", words: "Zoë Müller ½ Ω ░▒▓ ≈" },
  { encoding: "cp850", words: "Zoë Müller à la carte ı ¾" },
  { encoding: "cp852", words: "Łódź Żółw ä ř" },
  { encoding: "cp858", words: "Zoë Müller à la carte €" },
  { encoding: "windows-874", words: "ไทย" },
  { encoding: "shift_jis", words: "テスト東京ソ能 ｶﾅ ポ" },
  { encoding: "euc-jp", words: "テスト東京 ｶﾅ 丂" },
  { encoding: "iso-2022-jp", words: "テスト東京 とa京" },
  { encoding: "gbk", words: "测试北京 é €" },
  { encoding: "gb18030", words: "测试 😀 한국 é" },
  { encoding: "big5", words: "測試臺北 é 功" },
  { encoding: "euc-kr", words: "한국어 똠방각하" },
  { encoding: "x-user-defined", words: "\uf7e4\uf7ff" },
];

/** How a charset is called in the name of a test. */
export function nameOf({ encoding, mark }: TestedCharset): string {
  return mark === undefined ? encoding : `${encoding} with a mark`;
}
