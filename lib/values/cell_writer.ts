/** Values become cells that their readers read as the very same values again. */
import { labelIn } from "../model/look_up.ts";
import type { StoredValue } from "../model/model.ts";
import { booleanLabels } from "./boolean_words.ts";
import { dateWriter } from "./date_reader.ts";
import { signedNumbers } from "./number_signs.ts";
import type { ValueAttribute, ValueContext } from "./reader_for.ts";

/** The text of a value; empty: there is none. */
export type CellWriter = (value: StoredValue) => string;

/**
 * The opposite of `readerFor`. What is stored against the rules of its attribute is written as it is stored: to read it tells what is wrong.
 * @throws Error for passwords, which nobody is shown
 */
export function writerFor(attribute: ValueAttribute, context: ValueContext): CellWriter {
  switch (attribute.kind) {
    case "enum":
      if (context.codesNotLabels) return asStored;
      return wordsOf(
        attribute.values.map(({ code, labels }) => [code, labelIn(labels, context.language, context.model, code)]),
      );
    case "boolean": {
      const labels = context.codesNotLabels ? null : booleanLabels(context.language);
      return labels === null ? asStored : wordsOf([["yes", labels[0]], ["no", labels[1]]]);
    }
    case "integer":
    case "number":
    case "decimal": {
      const { numberSigns: signs } = context;
      const signed = signs === null ? (plain: string) => plain : signedNumbers(signs);
      const plain = (value: number) =>
        attribute.kind === "decimal" ? decimalText(value, attribute.decimals) : plainText(value);
      return (value) => {
        if (typeof value === "number") return signed(plain(value));
        return typeof value === "string" && DIGITS.test(value) ? signed(value) : asStored(value);
      };
    }
    case "date":
    case "datetime": {
      const write = dateWriter(attribute, context.dateFormat);
      return (value) => asStored(write(value));
    }
    case "password":
      throw new Error("a password is never written");
    default:
      return asStored;
  }
}

/** Nothing is rounded: what has more decimals than it may have has them in the file, too. */
function decimalText(value: number, decimals: number): string {
  const text = value.toFixed(decimals);
  return Number(text) === value && /^-?[0-9.]+$/.test(text) && isOf64Bits(value) ? text : plainText(value);
}

/** Digits alone are read as an integer of 64 bits, and the last ones are not those of the double. */
function plainText(value: number): string {
  return Number.isFinite(value) && !isOf64Bits(value) ? value.toExponential() : String(value);
}

function isOf64Bits(value: number): boolean {
  return Math.abs(value) < 2 ** 63;
}

/** Of integers that a double does not hold exactly. */
const DIGITS = /^-?[0-9]{16,19}$/;

function asStored(value: StoredValue): string {
  return value === null ? "" : String(value);
}

function wordsOf(pairs: readonly (readonly [code: string, word: string])[]): CellWriter {
  const words = new Map<StoredValue, string>(pairs);
  return (value) => words.get(value) ?? asStored(value);
}
