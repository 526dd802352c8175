/**
 * CHECK (c IN ('a', 'b')): the values that a column may have. Only what says nothing else is a list (`c IS NULL OR c IN (…)` too): every
 * other CHECK is left to the database, and so is one that cannot be read.
 */
import { foldName } from "./ascii_names.ts";
import { atCommas, inBrackets, isSign, isWord, type SqlToken } from "./sql_tokens.ts";

export interface CheckList {
  /** Folded name of the column. */
  readonly column: string;
  /** In their order; the text of an integer is its digits. */
  readonly values: readonly { readonly text: string; readonly isInteger: boolean }[];
}

type Value = CheckList["values"][number];

/** @param columns folded names of the table's columns @returns null: it is no list */
export function checkListIn(check: readonly SqlToken[], columns: ReadonlySet<string>): CheckList | null {
  const [first = [], second, ...more] = atWord(withoutBrackets(check), "OR").map(withoutBrackets);
  if (more.length > 0) return null;
  if (second === undefined) return membership(first, columns);
  const list = membership(second, columns) ?? membership(first, columns);
  const other = nullTest(first, columns) ?? nullTest(second, columns);
  return list !== null && list.column === other ? list : null;
}

/** `((a))` is `a`. */
function withoutBrackets(tokens: readonly SqlToken[]): readonly SqlToken[] {
  const brackets = inBrackets(tokens, 0);
  return brackets?.after === tokens.length ? withoutBrackets(brackets.inner) : tokens;
}

/** Cut at a word that stands in no brackets. */
function atWord(tokens: readonly SqlToken[], word: string): readonly (readonly SqlToken[])[] {
  const parts: SqlToken[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (isSign(token, "(")) depth++;
    else if (isSign(token, ")")) depth--;
    if (depth === 0 && isWord(token, word)) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}

/** `c IS NULL`, `c ISNULL` */
function nullTest(tokens: readonly SqlToken[], columns: ReadonlySet<string>): string | null {
  const [name, ...test] = tokens;
  const isTest = test.length === 1 && isWord(test[0], "ISNULL") ||
    test.length === 2 && isWord(test[0], "IS") && isWord(test[1], "NULL");
  return isTest ? columnIn(name, columns) : null;
}

/** `c IN (…)` */
function membership(tokens: readonly SqlToken[], columns: ReadonlySet<string>): CheckList | null {
  const [name, word] = tokens;
  const column = columnIn(name, columns);
  const brackets = isWord(word, "IN") ? inBrackets(tokens, 2) : null;
  if (column === null || brackets === null || brackets.after !== tokens.length) return null;
  const values = atCommas(brackets.inner).map((value) => valueIn(value, columns));
  return values.every((value) => value !== null) ? { column, values: withoutTwice(values) } : null;
}

function columnIn(token: SqlToken | undefined, columns: ReadonlySet<string>): string | null {
  if (token === undefined || !["word", "name", "quoted"].includes(token.kind)) return null;
  const name = foldName(token.text);
  return columns.has(name) ? name : null;
}

/** A text or an integer. SQLite takes what is in double quotes for a text where no column is called so. */
function valueIn(tokens: readonly SqlToken[], columns: ReadonlySet<string>): Value | null {
  const [first, second, ...more] = tokens;
  if (first === undefined || more.length > 0) return null;
  const sign = isSign(first, "-") ? "-" : "";
  const number = sign === "" ? first : second;
  if ((sign === "-") !== (second !== undefined)) return null;
  if (number?.kind === "number" && /^\d+$/.test(number.text)) {
    return { text: String(BigInt(sign + number.text)), isInteger: true };
  }
  const isText = first.kind === "text" || first.kind === "quoted" && !columns.has(foldName(first.text));
  return isText ? { text: first.text, isInteger: false } : null;
}

function withoutTwice(values: readonly Value[]): readonly Value[] {
  return [...new Map(values.map((value) => [`${value.isInteger} ${value.text}`, value])).values()];
}
