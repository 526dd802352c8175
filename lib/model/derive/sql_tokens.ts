/** SQL cut into its words, as SQLite's tokenizer does it. What is no SQL becomes signs, of which nobody makes sense. */

export interface SqlToken {
  /**
   * - `word`: a keyword or a name without quotes
   * - `name`: a name in backticks or brackets; `quoted`: in double quotes, which SQLite may take for a text as well
   * - `text`, `blob`, `number`; `sign`: one character
   */
  readonly kind: "word" | "name" | "quoted" | "text" | "blob" | "number" | "sign";
  /** Without its quotes. */
  readonly text: string;
  /** The whole as it stands there. */
  readonly start: number;
  readonly end: number;
}

/** None of them goes back in a long text. */
const BLANKS = /[ \t\n\f\r]+/y;
const BLOB = /[xX]'([^']*)'/y;
const TEXT = /'([^']*(?:''[^']*)*)'/y;
const QUOTED = /"([^"]*(?:""[^"]*)*)"/y;
const BACKTICKS = /`([^`]*(?:``[^`]*)*)`/y;
const BRACKETS = /\[([^\]]*)\]/y;
const NUMBER = /0[xX][0-9a-fA-F]+|(?:[0-9][0-9_]*(?:\.[0-9_]*)?|\.[0-9][0-9_]*)(?:[eE][+-]?[0-9][0-9_]*)?/y;
const WORD = /[A-Za-z_\u0080-\uffff][A-Za-z0-9_$\u0080-\uffff]*/y;

const READERS: readonly (readonly [RegExp, SqlToken["kind"], (found: RegExpExecArray) => string])[] = [
  [BLOB, "blob", (found) => found[1] ?? ""],
  [TEXT, "text", (found) => (found[1] ?? "").replaceAll("''", "'")],
  [QUOTED, "quoted", (found) => (found[1] ?? "").replaceAll('""', '"')],
  [BACKTICKS, "name", (found) => (found[1] ?? "").replaceAll("``", "`")],
  [BRACKETS, "name", (found) => found[1] ?? ""],
  [NUMBER, "number", (found) => found[0]],
  [WORD, "word", (found) => found[0]],
];

export function sqlTokens(sql: string): readonly SqlToken[] {
  const tokens: SqlToken[] = [];
  for (let at = afterBlanks(sql, 0); at < sql.length;) {
    const token = tokenAt(sql, at);
    tokens.push(token);
    at = afterBlanks(sql, token.end);
  }
  return tokens;
}

function afterBlanks(sql: string, at: number): number {
  let after = at;
  for (let before = -1; before !== after;) {
    before = after;
    BLANKS.lastIndex = after;
    after = behindComment(sql, after + (BLANKS.exec(sql)?.[0].length ?? 0));
  }
  return after;
}

/** One that nothing ends goes on to the end of the text. */
function behindComment(sql: string, at: number): number {
  const [end, length] = sql.startsWith("--", at) ? ["\n", 1] as const : ["*/", 2] as const;
  if (length === 2 && !sql.startsWith("/*", at)) return at;
  const found = sql.indexOf(end, at + 2);
  return found < 0 ? sql.length : found + length;
}

function tokenAt(sql: string, start: number): SqlToken {
  for (const [pattern, kind, textOf] of READERS) {
    pattern.lastIndex = start;
    const found = pattern.exec(sql);
    if (found !== null) return { kind, text: textOf(found), start, end: start + found[0].length };
  }
  return { kind: "sign", text: sql.charAt(start), start, end: start + 1 };
}

export function isSign(token: SqlToken | undefined, sign: string): boolean {
  return token?.kind === "sign" && token.text === sign;
}

/** @param word in capital letters */
export function isWord(token: SqlToken | undefined, word: string): boolean {
  return token?.kind === "word" && token.text.toUpperCase() === word;
}

/** What stands in the brackets that open at `open`, and the index behind them; null: none open there, or they do not close. */
export function inBrackets(
  tokens: readonly SqlToken[],
  open: number,
): { readonly inner: readonly SqlToken[]; readonly after: number } | null {
  let depth = 0;
  if (!isSign(tokens[open], "(")) return null;
  for (let index = open; index < tokens.length; index++) {
    if (isSign(tokens[index], "(")) depth++;
    else if (isSign(tokens[index], ")")) depth--;
    if (depth === 0) return { inner: tokens.slice(open + 1, index), after: index + 1 };
  }
  return null;
}

/** Cut at the commas that stand in no brackets. */
export function atCommas(tokens: readonly SqlToken[]): readonly (readonly SqlToken[])[] {
  const parts: SqlToken[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (isSign(token, "(")) depth++;
    else if (isSign(token, ")")) depth--;
    if (depth === 0 && isSign(token, ",")) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}
