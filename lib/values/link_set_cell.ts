/**
 * The text of a link-set cell: items parted by `|`, the values of an item by `;`, each `code:value` or
 * `external key->attribute:value`. A `'` around a whole value and its code makes `|` and `;` in it text; inside,
 * `''` is one `'`.
 */

/** One value of a link. */
export interface LinkValue {
  /** Code of an attribute of the link class, as typed. */
  readonly attribute: string;
  /** Code of an attribute of that external key's target, as typed; null: the value is the link attribute's own. */
  readonly remoteAttribute: string | null;
  /** With its blanks, but for those at the end of a piece without `'`. */
  readonly value: string;
}

export type ParsedLinkSet =
  /** One item for each link; the codes are not looked up. */
  | { readonly ok: true; readonly items: readonly (readonly LinkValue[])[] }
  /** The piece that is no `code:value`. */
  | { readonly ok: false; readonly found: string };

/** A value of a link that is to be shown. */
export interface ShownLinkValue {
  readonly attribute: string;
  readonly value: string;
}

/** An item that is empty is skipped, so an empty cell has no links. */
export function parseLinkSetCell(text: string): ParsedLinkSet {
  const items: LinkValue[][] = [];
  let item: LinkValue[] = [];
  let isFirst = true;
  for (let start = 0; start <= text.length;) {
    const { piece, end } = pieceAt(text, start);
    const separator = text[end];
    if (piece !== "" || !isFirst || separator === ";") {
      const value = parsePiece(piece);
      if (value === null) return { ok: false, found: piece };
      item.push(value);
    }
    isFirst = separator !== ";";
    if (isFirst && item.length > 0) {
      items.push(item);
      item = [];
    }
    start = end + 1;
  }
  return { ok: true, items };
}

/** The form in which links are shown, `'profileid:3';'reason:x'|'profileid:8'`; it can be loaded again. */
export function writeLinkSetCell(links: readonly (readonly ShownLinkValue[])[]): string {
  return links.map((link) => link.map(writePiece).join(";")).join("|");
}

function writePiece({ attribute, value }: ShownLinkValue): string {
  return `'${`${attribute}:${value}`.replaceAll("'", "''")}'`;
}

/** A piece without the `'` around it. @property end where its separator is, or behind the text */
interface Piece {
  readonly piece: string;
  readonly end: number;
}

/** By hand: a regular expression runs out of stack within a long `'…'`. A `'` that is not closed just before a separator is text. */
function pieceAt(text: string, start: number): Piece {
  const first = behindBlanks(text, start);
  if (text[first] === "'") {
    const close = closingQuote(text, first + 1);
    const end = behindBlanks(text, close + 1);
    if (close >= 0 && (end === text.length || isSeparator(text[end]))) {
      return { piece: text.slice(first + 1, close).replaceAll("''", "'"), end };
    }
  }
  let end = first;
  while (end < text.length && !isSeparator(text[end])) end++;
  return { piece: text.slice(first, end).trimEnd(), end };
}

function behindBlanks(text: string, start: number): number {
  let at = start;
  while (at < text.length && " \t\r\n".includes(text.charAt(at))) at++;
  return at;
}

/** Where the first `'` is that is not two of them; -1: there is none. */
function closingQuote(text: string, start: number): number {
  for (let at = text.indexOf("'", start); at >= 0; at = text.indexOf("'", at + 2)) {
    if (text[at + 1] !== "'") return at;
  }
  return -1;
}

function isSeparator(character: string | undefined): boolean {
  return character === "|" || character === ";";
}

function parsePiece(piece: string): LinkValue | null {
  const colon = piece.indexOf(":");
  if (colon < 0 || piece.startsWith("'")) return null;
  const code = piece.slice(0, colon);
  const arrow = code.indexOf("->");
  const attribute = (arrow < 0 ? code : code.slice(0, arrow)).trim();
  if (attribute === "") return null;
  return { attribute, remoteAttribute: arrow < 0 ? null : code.slice(arrow + 2).trim(), value: piece.slice(colon + 1) };
}
