/**
 * What may stand in `"default": { "sql": … }`: one expression that only makes a value. It goes into a statement as it is, so its form is
 * held by what is known to be harmless, and not by what is known to do harm: no name but those below, no query, no second statement.
 */
import { isSign, isWord, type SqlToken, sqlTokens } from "../derive/sql_tokens.ts";

/** Words that are values by themselves. */
const VALUES: readonly string[] = ["CURRENT_TIMESTAMP", "CURRENT_DATE", "CURRENT_TIME", "TRUE", "FALSE"];

/** Functions that do nothing but compute. */
const FUNCTIONS: readonly string[] = [
  "ABS",
  "DATE",
  "DATETIME",
  "HEX",
  "JULIANDAY",
  "LOWER",
  "RANDOM",
  "RANDOMBLOB",
  "ROUND",
  "STRFTIME",
  "TIME",
  "UNIXEPOCH",
  "UPPER",
];

const OPERATORS: readonly string[] = ["+", "-", "*", "/", "%", "||"];

/** In UTF-16 code units: nobody needs more. */
const LONGEST_SQL = 1000;

/** How much of a text that may not stand there is told. */
const SHOWN = 20;

/** How deep brackets may stand in each other, signs included. */
const DEEPEST = 50;

/** @returns where the text is something else: what stands there, or null where it ends too early; undefined: nowhere */
export function unsafePart(sql: string): string | null | undefined {
  if (sql.length > LONGEST_SQL) return sql.slice(LONGEST_SQL, LONGEST_SQL + SHOWN);
  const tokens = sqlTokens(sql);
  const between = partBetween(sql, tokens);
  if (between !== null) return between;
  const reading = new Reading(sql, tokens);
  if (!reading.expression(0)) return reading.next;
  return reading.next === null ? undefined : reading.next;
}

/** What is neither a token nor blank, which is a comment; null: nothing. */
function partBetween(sql: string, tokens: readonly SqlToken[]): string | null {
  const ends = [0, ...tokens.map(({ end }) => end)];
  const starts = [...tokens.map(({ start }) => start), sql.length];
  for (const [index, start] of starts.entries()) {
    const comment = sql.slice(ends[index], start).trimStart();
    if (comment !== "") return comment.slice(0, SHOWN);
  }
  return null;
}

/** Goes over the tokens; each method says whether there was what it is called. */
class Reading {
  #at = 0;

  constructor(private readonly sql: string, private readonly tokens: readonly SqlToken[]) {}

  /** What stands from here, by its beginning; null: there is nothing. */
  get next(): string | null {
    const token = this.tokens[this.#at];
    return token === undefined ? null : this.sql.slice(token.start, Math.min(token.end, token.start + SHOWN));
  }

  expression(depth: number): boolean {
    if (!this.#operand(depth)) return false;
    while (OPERATORS.some((operator) => this.#take(operator))) {
      if (!this.#operand(depth)) return false;
    }
    return true;
  }

  #operand(depth: number): boolean {
    const token = this.tokens[this.#at];
    if (depth > DEEPEST || token === undefined) return false;
    if (this.#take("+") || this.#take("-")) return this.#operand(depth + 1);
    if (this.#take("(")) return this.expression(depth + 1) && this.#take(")");
    if (!isLiteral(token, this.tokens[this.#at + 1]) && !VALUES.some((word) => isWord(token, word))) {
      return this.#call(token, depth);
    }
    this.#at++;
    return true;
  }

  #call(token: SqlToken, depth: number): boolean {
    if (!FUNCTIONS.some((name) => isWord(token, name))) return false;
    this.#at++;
    if (!this.#take("(")) return false;
    if (this.#take(")")) return true;
    do {
      if (!this.expression(depth + 1)) return false;
    } while (this.#take(","));
    return this.#take(")");
  }

  /** A sign, or signs that stand together. */
  #take(signs: string): boolean {
    const tokens = this.tokens.slice(this.#at, this.#at + signs.length);
    const isThere = [...signs].every((sign, index) =>
      isSign(tokens[index], sign) && tokens[index]?.start === (tokens[0]?.start ?? 0) + index
    );
    if (isThere) this.#at += signs.length;
    return isThere;
  }
}

/** A number that a letter follows is none, whatever SQLite makes of it. */
function isLiteral({ kind, text, end }: SqlToken, following: SqlToken | undefined): boolean {
  if (kind === "blob") return /^(?:[0-9A-Fa-f]{2})*$/.test(text);
  if (kind === "number") return following?.start !== end || following.kind === "sign" && following.text !== ".";
  return kind === "text";
}
