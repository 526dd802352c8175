/** Which functions and collations a statement of a schema asks for, and which tables. */
import { foldName } from "../../model/derive/ascii_names.ts";
import { isSign, isWord, type SqlToken, sqlTokens } from "../../model/derive/sql_tokens.ts";

/** Behind these words stands a table, a type or a list, and no function. */
const BEFORE_OTHERS: ReadonlySet<string> = new Set(
  [
    "INTO",
    "ON",
    "TABLE",
    "REFERENCES",
    "FROM",
    "JOIN",
    "AS",
    "INDEX",
    "EXISTS",
    "UPDATE",
    "COLLATE",
    "TRIGGER",
    "WITH",
  ],
);

/** Words that stand before brackets and are no function. */
const KEYWORDS: ReadonlySet<string> = new Set(
  ("AND OR NOT IN IS AS ON BY IF WHEN THEN ELSE CASE FROM JOIN WHERE HAVING LIMIT OFFSET SELECT DISTINCT ALL VALUES SET USING " +
    "UNION EXCEPT INTERSECT RETURNING FILTER OVER PARTITION CHECK UNIQUE KEY DEFAULT BETWEEN LIKE GLOB MATCH REGEXP " +
    "ESCAPE EXISTS REFERENCES CONFLICT BEGIN OF MATERIALIZED ISNULL NOTNULL COLLATE INTO TABLE VIEW CAST RAISE")
    .split(" "),
);

/** `a REGEXP b` is `regexp(b, a)`, of which SQLite itself has none. */
const OPERATOR = "REGEXP";

export interface AskedNames {
  /** As they are written there. */
  readonly functions: readonly string[];
  readonly collations: readonly string[];
  /** Everything that could be the name of a table, folded. */
  readonly names: ReadonlySet<string>;
}

/** @param isTable of a table are the types of its columns no functions */
export function askedNames(sql: string, isTable: boolean): AskedNames {
  const tokens = sqlTokens(sql);
  return {
    functions: tokens.flatMap((token, index) =>
      isCall(tokens, index, isTable) || isWord(token, OPERATOR) ? [token.text] : []
    ),
    collations: tokens.flatMap((token, index) =>
      isWord(tokens[index - 1], "COLLATE") && isName(token) ? [token.text] : []
    ),
    names: new Set(tokens.filter(isName).map(({ text }) => foldName(text))),
  };
}

/** Whether a trigger makes rows of a table. */
export function insertsInto(trigger: string, table: string): boolean {
  const tokens = sqlTokens(trigger);
  return tokens.some((token, index) =>
    isWord(tokens[index - 1], "INTO") && isName(token) && foldName(token.text) === foldName(table)
  );
}

function isName({ kind }: SqlToken): boolean {
  return kind === "word" || kind === "name" || kind === "quoted" || kind === "text";
}

function isCall(tokens: readonly SqlToken[], index: number, isTable: boolean): boolean {
  const token = tokens[index];
  if (token === undefined || token.kind === "text" || !isName(token) || !isSign(tokens[index + 1], "(")) return false;
  const before = tokens[index - 1];
  if (before?.kind === "word" && BEFORE_OTHERS.has(before.text.toUpperCase())) return false;
  if (token.kind === "word" && KEYWORDS.has(token.text.toUpperCase())) return false;
  return !isTable || depthAt(tokens, index) > 1;
}

function depthAt(tokens: readonly SqlToken[], at: number): number {
  let depth = 0;
  for (let index = 0; index < at; index++) {
    if (isSign(tokens[index], "(")) depth++;
    else if (isSign(tokens[index], ")")) depth--;
  }
  return depth;
}
