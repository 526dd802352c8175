/** What only the text of a CREATE TABLE tells, for which SQLite has no pragma: collations of columns, AUTOINCREMENT, CHECKs. */
import { foldName } from "./ascii_names.ts";
import { atCommas, inBrackets, isSign, isWord, type SqlToken, sqlTokens } from "./sql_tokens.ts";

export interface TableText {
  /** By folded name of the column; a column that says none is missing. */
  readonly collations: ReadonlyMap<string, string>;
  readonly isAutoincrement: boolean;
  /** What stands in the brackets of each CHECK, of columns and of the table, in their order. */
  readonly checks: readonly (readonly SqlToken[])[];
}

/** A definition that begins with one of these words is a constraint of the table. */
const CONSTRAINTS: ReadonlySet<string> = new Set(["CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"]);

/** Of a text that cannot be read, or has no list of columns: nothing. */
export function readTableText(sql: string): TableText {
  const tokens = sqlTokens(sql);
  const body = inBrackets(tokens, tokens.findIndex((token) => isSign(token, "(")));
  const definitions = body === null ? [] : atCommas(body.inner).map(withoutInner);
  return {
    collations: new Map(definitions.flatMap(collationOf)),
    isAutoincrement: definitions.some(({ outer }) => outer.some((token) => isWord(token, "AUTOINCREMENT"))),
    checks: definitions.flatMap(({ outer, inner }) =>
      outer.flatMap((token, index) => isWord(token, "CHECK") ? [inner.get(index) ?? []] : [])
    ),
  };
}

/** The words of a definition that stand in no brackets, and what stands in the brackets behind a word, by that word's index. */
interface Definition {
  readonly outer: readonly SqlToken[];
  readonly inner: ReadonlyMap<number, readonly SqlToken[]>;
}

function withoutInner(tokens: readonly SqlToken[]): Definition {
  const outer: SqlToken[] = [];
  const inner = new Map<number, readonly SqlToken[]>();
  for (let index = 0; index < tokens.length;) {
    const token = tokens[index] as SqlToken;
    const brackets = inBrackets(tokens, index);
    if (brackets === null) outer.push(token);
    else inner.set(outer.length - 1, brackets.inner);
    index = brackets?.after ?? index + 1;
  }
  return { outer, inner };
}

/** SQLite takes the last of several. */
function collationOf({ outer }: Definition): readonly (readonly [string, string])[] {
  const [name] = outer;
  if (name === undefined || (name.kind === "word" && CONSTRAINTS.has(name.text.toUpperCase()))) return [];
  const collation = outer[outer.findLastIndex((token, index) => index > 0 && isWord(token, "COLLATE")) + 1];
  return collation === undefined || collation === name ? [] : [[foldName(name.text), collation.text]];
}
