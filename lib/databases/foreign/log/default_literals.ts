/** Defaults that are told by the schema, or an overlay, alone: what a new row holds where nothing was given. */
import type { DerivedColumn } from "../../../model/derive/derived_model.ts";
import type { Raw } from "../../sqlite/raw_value.ts";
import { asHeld, numberIn } from "../stored_affinity.ts";

const WORDS: Readonly<Record<string, Raw>> = { NULL: null, TRUE: 1n, FALSE: 0n };
const TEXT = /^'((?:[^']|'')*)'$/;
const NUMBER = /^[+-]?\d+(?:\.\d+)?$/;

/** Undefined: only the database knows, as with `CURRENT_TIMESTAMP`. */
export function literalDefault({ default: declared, fill, affinity, generate }: DerivedColumn): Raw | undefined {
  if (generate !== null) return undefined;
  const literal = (fill ?? declared)?.trim() ?? "NULL";
  const text = TEXT.exec(literal)?.[1];
  if (text !== undefined) return asHeld(text.replaceAll("''", "'"), affinity);
  if (NUMBER.test(literal)) return asHeld(numberIn(literal), affinity);
  const word = WORDS[literal.toUpperCase()];
  return word === undefined ? undefined : asHeld(word, affinity);
}
