/** A charset is guessed by what the words read as: the same words in many charsets, as other programs wrote them. */
import { assertEquals } from "@std/assert";
import { charsetEvidence, charsetOf } from "../../lib/inspect/charset_evidence.ts";
import { legacyCharsets } from "../../lib/inspect/legacy_charsets.ts";

function encoded(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (byte) => parseInt(byte, 16));
}

/** Charset, words, their bytes. */
const SAMPLES: readonly (readonly [charset: string, words: string, hex: string])[] = [
  [
    "WINDOWS-1252",
    "Müller\nKöln\nGroß\nÜnal\nÜberlingen\n",
    "4dfc6c6c65720a4bf66c6e0a47726fdf0adc6e616c0adc6265726c696e67656e0a",
  ],
  [
    "WINDOWS-1252",
    "Lefèvre\nOrléans\nÉtienne\nNoël\nNîmes\n",
    "4c6566e87672650a4f726ce9616e730ac97469656e6e650a4e6feb6c0a4eee6d65730a",
  ],
  ["WINDOWS-1252", "Cœur\n5€\nNoël\n", "439c75720a35800a4e6feb6c0a"],
  ["ISO-8859-15", "Cœur\n5€\nNoël\n", "43bd75720a35a40a4e6feb6c0a"],
  [
    "CP850",
    "Müller\nKöln\nGroß\nÜnal\nÜberlingen\n",
    "4d816c6c65720a4b946c6e0a47726fe10a9a6e616c0a9a6265726c696e67656e0a",
  ],
  [
    "CP850",
    "Müller\nKöln\nGroß\nÜnal\nÜberlingen\n",
    "4d816c6c65720a4b946c6e0a47726fe10a9a6e616c0a9a6265726c696e67656e0a",
  ],
  [
    "macintosh",
    "Lefèvre\nOrléans\nÉtienne\nNoël\nNîmes\n",
    "4c65668f7672650a4f726c8e616e730a837469656e6e650a4e6f916c0a4e946d65730a",
  ],
  [
    "WINDOWS-1250",
    "Łukasz\nŁódź\nŻaneta\nKraków\nMałgorzata\nGdańsk\n",
    "a3756b61737a0aa3f3649f0aaf616e6574610a4b72616bf3770a4d61b3676f727a6174610a476461f1736b0a",
  ],
  [
    "CP852",
    "Łukasz\nŁódź\nŻaneta\nKraków\nMałgorzata\nGdańsk\n",
    "9d756b61737a0a9da264ab0abd616e6574610a4b72616ba2770a4d6188676f727a6174610a476461e4736b0a",
  ],
  ["CP852", "Jiří\nPlzeň\nŘehoř\nÚstí\nTomáš\n", "4a69fda10a506c7a65e50afc65686ffd0ae97374a10a546f6da0e70a"],
  ["WINDOWS-1251", "Имя\nГород\nИван\nМосква\nОльга\n", "c8ecff0ac3eef0eee40ac8e2e0ed0acceef1eae2e00aceebfce3e00a"],
  ["KOI8-R", "Имя\nГород\nИван\nМосква\nОльга\n", "e9cdd10ae7cfd2cfc40ae9d7c1ce0aedcfd3cbd7c10aefccd8c7c10a"],
  ["IBM866", "Имя\nГород\nИван\nМосква\nОльга\n", "88acef0a83aee0aea40a88a2a0ad0a8caee1aaa2a00a8eabeca3a00a"],
  ["WINDOWS-1253", "Όνομα\nΠόλη\nΓιώργος\nΑθήνα\n", "bcedefece10ad0fcebe70ac3e9fef1e3eff20ac1e8deede10a"],
  [
    "Shift_JIS",
    "名前\n都市\n山田太郎\n東京\nスズキ\n",
    "96bc914f0a93738e730a8e52936391be98590a938c8b9e0a83588359834c0a",
  ],
  ["GBK", "姓名\n城市\n王小明\n北京\n", "d0d5c3fb0ab3c7cad00acdf5d0a1c3f70ab1b1bea90a"],
  ["Big5", "姓名\n城市\n王小明\n臺北\n", "a96da6570aabb0a5ab0aa4fda470a9fa0abb4fa55f0a"],
  ["EUC-KR", "이름\n도시\n김철수\n서울\n", "c0ccb8a70ab5b5bdc30ab1e8c3b6bcf60abcadbfef0a"],
];

for (const [charset, words, hex] of SAMPLES) {
  Deno.test(`words in ${charset} are recognised: ${words.trim().replaceAll("\n", " ")}`, () => {
    const [best] = legacyCharsets(encoded(hex));
    assertEquals(best?.name, charset);
    assertEquals(best?.words, words.trim().split("\n").slice(0, 3));
  });
}

Deno.test("what a charset cannot tell from another one is offered too, with its words", () => {
  const czech = encoded("4a69f8ed0a506c7a65f20a");
  assertEquals(legacyCharsets(czech).slice(0, 2).map(({ name, words }) => [name, words[0]]), [
    ["WINDOWS-1252", "Jiøí"],
    ["WINDOWS-1250", "Jiří"],
  ]);
});

Deno.test("good UTF-8 is never taken for anything else, wherever it is cut", () => {
  const bytes = new TextEncoder().encode("Müller\nŁódź\nПривет\n東京\n😀\n");
  for (let end = 0; end <= bytes.length; end++) {
    const evidence = charsetEvidence(bytes.subarray(0, end), true);
    assertEquals(charsetOf(evidence), "UTF-8", `${end} bytes`);
  }
});

Deno.test("a file that ends within a character, and one of two charsets, are still UTF-8", () => {
  for (const hex of ["48c3a475736572204dc3", "4dc3bc6c6c657220c3ab2048e4757365720a"]) {
    assertEquals(charsetEvidence(encoded(hex), false).kind, "mixed");
  }
});

Deno.test("no charset is guessed for bytes that are no text", () => {
  assertEquals(legacyCharsets(encoded("ff00fe01fd0a")), []);
  assertEquals(charsetOf({ kind: "legacy", candidates: [] }), null);
});
