/** Friendly names taken apart: what the attributes in a name may have held. */
import { comparedForm, withoutBlankEnds } from "../compared_text.ts";
import type { AttributeCode, FriendlyNamePart } from "./model.ts";

/** One text for each attribute of a template. */
export type NameSplit = readonly string[];

/** A text with very many blanks may be taken apart in thousands of ways. */
const MOST_SPLITS = 32;
const MOST_STEPS = 512;

const MOST_BLANKS = 6;

/** Where such a text ends, it stays as it is, whatever character comes next: letters and these may become one with a mark. */
const ENDS_ALONE = /[^A-Za-z<=>]$/;
const ASCII = /^[ -~]*$/;

/** What was found so far. */
interface FoundSplits {
  readonly splits: Map<string, NameSplit>;
  steps: number;
}

/** Attributes with the same texts between them in every name. */
export class NameTemplate {
  /** How many blanks the texts have. */
  readonly #blanks: number;

  /** @param texts before the first attribute, between them and behind the last one, in the form in which texts are compared */
  private constructor(readonly attributes: readonly AttributeCode[], private readonly texts: readonly string[]) {
    this.#blanks = blanksIn(texts);
  }

  /** @returns null: names of such parts cannot be taken apart */
  static of(parts: readonly FriendlyNamePart[]): NameTemplate | null {
    const attributes: AttributeCode[] = [];
    const texts = [""];
    for (const part of parts) {
      if ("text" in part) texts[texts.length - 1] += part.text;
      else {
        attributes.push(part.attribute);
        texts.push("");
      }
    }
    const areApart = texts.slice(1, -1).every((text) => text !== "");
    const before = texts.slice(0, -1).filter((text) => text !== "");
    const areSimple = texts.every((text) => ASCII.test(text)) && before.every((text) => ENDS_ALONE.test(text));
    const isGood = attributes.length > 0 && areApart && areSimple && blanksIn(texts) <= MOST_BLANKS;
    return isGood ? new NameTemplate(attributes, texts.map((text) => text.toLowerCase())) : null;
  }

  /**
   * All ways in which an object's attributes may make a text that is the same as this one: whatever they hold, one of the splits has the
   * same text for each of them.
   * @returns null: there are too many
   */
  splits(name: string): readonly NameSplit[] | null {
    const form = comparedForm(name);
    const [first = ""] = this.texts;
    const found: FoundSplits = { splits: new Map(), steps: 0 };
    // Blanks at the ends do not count: there the texts of the template may lack theirs. Those of attributes count nowhere.
    for (let before = 0; before <= this.#blanks; before++) {
      for (let behind = 0; before + behind <= this.#blanks; behind++) {
        const whole = " ".repeat(before) + form + " ".repeat(behind);
        if (whole.startsWith(first) && !this.#split(whole, first.length, [], found)) return null;
      }
    }
    return [...found.splits.values()];
  }

  /** @param at where the next attribute begins @param texts of those before it @returns false: there are too many */
  #split(whole: string, at: number, texts: NameSplit, found: FoundSplits): boolean {
    if (++found.steps > MOST_STEPS || found.splits.size > MOST_SPLITS) return false;
    const text = this.texts[texts.length + 1] ?? "";
    if (texts.length === this.attributes.length - 1) {
      const end = whole.length - text.length;
      if (end >= at && whole.endsWith(text)) add(found, [...texts, whole.slice(at, end)]);
      return true;
    }
    for (let end = whole.indexOf(text, at); end >= 0; end = whole.indexOf(text, end + 1)) {
      if (!this.#split(whole, end + text.length, [...texts, whole.slice(at, end)], found)) return false;
    }
    return true;
  }
}

function add({ splits }: FoundSplits, texts: NameSplit): void {
  const split = texts.map(withoutBlankEnds);
  splits.set(JSON.stringify(split), split);
}

function blanksIn(texts: readonly string[]): number {
  return texts.join("").split(" ").length - 1;
}
