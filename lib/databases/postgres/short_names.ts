/** Names that PostgreSQL would cut: it keeps 63 bytes (https://www.postgresql.org/docs/current/limits.html). */

const MOST_BYTES = 63;

/** Characters of the hash that stands for the rest. */
const HASH_LENGTH = 13;

const ENCODER = new TextEncoder();

/** Whether the database would keep a name as it is. */
export function isShortName(name: string): boolean {
  return ENCODER.encode(name).length <= MOST_BYTES;
}

/** A name that may be made of many others, as that of an index: of a long one its beginning, and a hash of all of it. */
export function shortName(name: string): string {
  if (isShortName(name)) return name;
  const most = MOST_BYTES - HASH_LENGTH - 1;
  let beginning = "";
  let bytes = 0;
  for (const character of name) {
    bytes += ENCODER.encode(character).length;
    if (bytes > most) break;
    beginning += character;
  }
  return `${beginning}~${hashOf(name)}`;
}

/** FNV-1a with 64 bits: names that are alike must not meet, and nobody tries to make them. */
function hashOf(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of ENCODER.encode(text)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash.toString(36).padStart(HASH_LENGTH, "0");
}
