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
      const plain = (value: number) => attribute.kind === "decimal" ? value.toFixed(attribute.decimals) : String(value);
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

/** Of integers that a double does not hold exactly. */
const DIGITS = /^-?[0-9]{16,19}$/;

function asStored(value: StoredValue): string {
  return value === null ? "" : String(value);
}

function wordsOf(pairs: readonly (readonly [code: string, word: string])[]): CellWriter {
  const words = new Map<StoredValue, string>(pairs);
  return (value) => words.get(value) ?? asStored(value);
}
