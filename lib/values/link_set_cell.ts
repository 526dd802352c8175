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

/** One piece between `'` (group 1) or without (group 2), and the separator behind it; an open `'` is in group 2. */
const PIECE = /[ \t\r\n]*(?:'([^']*(?:''[^']*)*)'[ \t\r\n]*(?=[|;]|$)|([^|;]*))([|;]?)/y;

/** An item that is empty is skipped, so an empty cell has no links. */
export function parseLinkSetCell(text: string): ParsedLinkSet {
  const items: LinkValue[][] = [];
  for (const pieces of cutIntoItems(text)) {
    const item: LinkValue[] = [];
    for (const piece of pieces) {
      const value = parsePiece(piece);
      if (value === null) return { ok: false, found: piece };
      item.push(value);
    }
    items.push(item);
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

/** The pieces of each item, without the `'` around them. */
function cutIntoItems(text: string): string[][] {
  const items: string[][] = [];
  let item: string[] = [];
  let separator = "";
  PIECE.lastIndex = 0;
  do {
    const match = PIECE.exec(text);
    if (match === null) throw new Error("a piece may be empty, so there always is one");
    const [, qualified, raw = ""] = match;
    item.push(qualified?.replaceAll("''", "'") ?? raw.trimEnd());
    separator = match[3] ?? "";
    if (separator !== ";") {
      items.push(item);
      item = [];
    }
  } while (separator !== "");
  return items.filter((pieces) => pieces.length > 1 || pieces[0] !== "");
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
