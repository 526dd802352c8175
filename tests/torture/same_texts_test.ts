/** Random texts of tricky characters: they are the same, as keys, through external keys and in uniqueness rules, if and only if the rule says so. */
import { load, withLoading } from "./same_texts_world.ts";
import type { Random } from "./random.ts";
import { torture } from "./torture.ts";

const ALPHABET: readonly string[] = [
  ...[
    "a",
    "A",
    "k",
    "K",
    "\u212a",
    "s",
    "S",
    "\u017f",
    "ß",
    "\u1e9e",
    "i",
    "I",
    "ı",
    "İ",
    "é",
    "e\u0301",
    "É",
    "E\u0301",
  ],
  ...[
    "σ",
    "ς",
    "Σ",
    "å",
    "\u212b",
    "A\u030a",
    "ω",
    "\u2126",
    "µ",
    "μ",
    "я",
    "Я",
    "Ꭰ",
    "ꭰ",
    "𐐀",
    "𐐨",
    "\u0345",
    "ᾳ",
    "ᾼ",
  ],
  ...["\u200b", "\u00a0", "\u3000", "\u00ad", "-", "1"],
];
const TEXTS = 40;

function randomText(random: Random): string {
  return "x" + Array.from({ length: 3 }, () => random.pick(ALPHABET)).join("");
}

/** The rule once more, character by character: those of ECMAScript's regular expressions are folded by CaseFolding.txt. */
function isSame(a: string, b: string): boolean {
  const [one, other] = [a, b].map((text) => [...text.replace(/[\s\u200b\u00ad]+$/u, "").normalize("NFC")]);
  return one?.length === other?.length &&
    one?.every((character, index) => new RegExp(`^${escaped(character)}$`, "iu").test(other?.[index] ?? "")) === true;
}

function escaped(character: string): string {
  return `\\u{${character.codePointAt(0)?.toString(16)}}`;
}

torture({
  name: "same_texts",
  title: "random texts are the same as keys, through external keys and in uniqueness rules as the rule says",
  unit: "texts",
  short: 2 * TEXTS,
  long: 200 * TEXTS,
  async run({ random, amount, tried, lost }) {
    for (let trial = 0; trial * TEXTS < amount; trial++) {
      const chance = random.part(trial);
      const texts = Array.from({ length: TEXTS }, () => randomText(chance));
      const firsts = texts.map((text) => texts.findIndex((other) => isSame(other, text)));
      const kept = [...new Set(firsts)];
      await withLoading(async (loading) => {
        const expect = (what: string, found: readonly string[], expected: readonly string[]) => {
          found.forEach((one, index) => {
            if (one !== expected[index]) {
              lost(`trial ${trial}: ${what} ${JSON.stringify(texts[index])}: ${one} in place of ${expected[index]}`);
            }
          });
        };
        const ids = firsts.map((first) => kept.indexOf(first) + 1);
        expect("key", (await load(loading, "Maker", "name", texts)).ids, ids.map(String));
        expect("external key", (await load(loading, "Device", "tag,maker_id->name", texts)).targets, ids.map(String));
        const unique = firsts.map((first, index) => first === index ? "free" : "taken");
        expect("uniqueness", (await load(loading, "Device", "tag,serial", texts)).free, unique);
      });
      tried(TEXTS);
    }
  },
});
