/**
 * What may stand in `"default": { "sql": … }`: one expression that only makes a value. It goes into a statement as it is, so its form is
 * held by what is known to be harmless, and not by what is known to do harm: no name but those below, no query, no second statement.
 */

/** Words that are values by themselves. */
export const SQL_VALUES: readonly string[] = ["CURRENT_TIMESTAMP", "CURRENT_DATE", "CURRENT_TIME", "TRUE", "FALSE"];

/** Functions without side effects that SQLite has always had. */
export const SQL_FUNCTIONS: readonly string[] = [
  "date",
  "time",
  "datetime",
  "julianday",
  "strftime",
  "unixepoch",
  "abs",
  "round",
  "lower",
  "upper",
  "hex",
  "random",
  "randomblob",
];

const OPERATORS: ReadonlySet<string> = new Set(["+", "-", "*", "/", "%", "||"]);

/** In UTF-16 code units: nobody needs more. */
const LONGEST_SQL = 1000;

/** How much of an unknown text is told. */
const SHOWN = 20;

/** How deep brackets may stand in each other, signs included. */
const DEEPEST = 50;

const TOKEN = /[xX]?'(?:[^']|'')*'|(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?(?![\w$.])|[A-Za-z_]\w*|\|\||[-+*/%(),]/y;

/** @returns where the text is something else: what stands there, or null where it ends too early; undefined: nowhere */
export function unsafePart(sql: string): string | null | undefined {
  if (sql.length > LONGEST_SQL) return sql.slice(LONGEST_SQL, LONGEST_SQL + SHOWN);
  const tokens = tokensOf(sql);
  if (!Array.isArray(tokens)) return tokens.unknown;
  const reading = new Reading(tokens);
  if (!reading.expression(0)) return reading.next;
  return reading.next === null ? undefined : reading.next;
}

function tokensOf(sql: string): string[] | { readonly unknown: string } {
  const tokens: string[] = [];
  for (let at = 0; at < sql.length;) {
    const token = /[ \t\n\r]/.test(sql.charAt(at)) ? "" : tokenAt(sql, at);
    if (token === null) return { unknown: sql.slice(at, at + SHOWN) };
    if (token !== "") tokens.push(token);
    at += token.length || 1;
  }
  return tokens;
}

function tokenAt(sql: string, at: number): string | null {
  // What begins a comment would be two operators.
  if (sql.startsWith("--", at) || sql.startsWith("/*", at)) return null;
  TOKEN.lastIndex = at;
  return TOKEN.exec(sql)?.[0] ?? null;
}

/** Goes over the tokens; each method says whether there was what it is called. */
class Reading {
  #at = 0;

  constructor(private readonly tokens: readonly string[]) {}

  /** The token that comes now; null: there is none. */
  get next(): string | null {
    return this.tokens[this.#at] ?? null;
  }

  expression(depth: number): boolean {
    if (!this.#operand(depth)) return false;
    while (this.next !== null && OPERATORS.has(this.next)) {
      this.#at++;
      if (!this.#operand(depth)) return false;
    }
    return true;
  }

  #operand(depth: number): boolean {
    if (depth > DEEPEST || this.next === null) return false;
    if (this.#take("+") || this.#take("-")) return this.#operand(depth + 1);
    if (this.#take("(")) return this.expression(depth + 1) && this.#take(")");
    const token = this.next;
    if (!isLiteral(token) && !isOneOf(token, SQL_VALUES)) return this.#call(depth);
    this.#at++;
    return true;
  }

  #call(depth: number): boolean {
    if (this.next === null || !isOneOf(this.next, SQL_FUNCTIONS)) return false;
    this.#at++;
    if (!this.#take("(")) return false;
    if (this.#take(")")) return true;
    do {
      if (!this.expression(depth + 1)) return false;
    } while (this.#take(","));
    return this.#take(")");
  }

  #take(token: string): boolean {
    if (this.next !== token) return false;
    this.#at++;
    return true;
  }
}

function isLiteral(token: string): boolean {
  return /^[xX]'(?:[0-9A-Fa-f]{2})*'$/.test(token) || /^['\d.]/.test(token);
}

function isOneOf(token: string, names: readonly string[]): boolean {
  return names.some((name) => name.toLowerCase() === token.toLowerCase());
}
