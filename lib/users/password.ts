/**
 * Passwords are kept as salted slow hashes (scrypt, RFC 7914), as one text: `scrypt$N$r$p$<salt>$<hash>`, salt and hash in base64.
 * The text carries its own cost, so that a later version can raise the cost without losing the passwords that there are.
 */
import { boundedNormalForm } from "../bounded_normal_form.ts";
import { scrypt, scryptSync, timingSafeEqual } from "node:crypto";
import { decodeBase64, encodeBase64 } from "@std/encoding/base64";

/** How much work one hash is; memory is `128 * n * r` bytes. */
export interface PasswordCost {
  /** A power of 2. */
  readonly n: number;
  /** Block size. */
  readonly r: number;
  /** How many times. */
  readonly p: number;
}

/** OWASP Password Storage Cheat Sheet: one of its equivalent settings for scrypt, 16 MiB of memory. */
export const DEFAULT_COST: PasswordCost = { n: 2 ** 14, r: 8, p: 5 };

const SALT_BYTES = 16;
const HASH_BYTES = 32;

// What a stored text may ask for: a damaged one must not take all the memory, or minutes.
const MOST_MEMORY_BYTES = 256 * 1024 * 1024;
const MOST_WORK = 16 * DEFAULT_COST.n * DEFAULT_COST.r * DEFAULT_COST.p;
const MOST_BYTES = 128;

interface StoredHash {
  readonly cost: PasswordCost;
  readonly salt: Uint8Array;
  readonly hash: Uint8Array;
}

/**
 * The text to be stored for a password, with a new random salt.
 * @param clear the password as typed
 */
export function hashPassword(clear: string, cost: PasswordCost = DEFAULT_COST): string {
  const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES));
  const [normal = clear] = formsOf(clear);
  return storedText({ cost, salt, hash: derive(normal, salt, cost, HASH_BYTES) });
}

/** Whether `clear` is the password of a stored text; false when the text is none of ours. */
export function verifyPassword(clear: string, stored: string): boolean {
  const known = readStoredText(stored);
  if (known === null) return false;
  const { salt, cost, hash } = known;
  return formsOf(clear).some((form) => timingSafeEqual(derive(form, salt, cost, hash.length), hash));
}

/** The same without keeping the thread: other work goes on meanwhile. */
export async function verifyPasswordLater(clear: string, stored: string): Promise<boolean> {
  const known = readStoredText(stored);
  if (known === null) return false;
  for (const form of formsOf(clear)) if (timingSafeEqual(await deriveLater(form, known), known.hash)) return true;
  return false;
}

function deriveLater(form: string, { salt, cost, hash }: StoredHash): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    scrypt(bytesOfText(form), salt, hash.length, scryptOptions(cost), (error, bytes) => {
      if (error) reject(error);
      else resolve(bytes);
    });
  });
}

/** Whether a stored text can be read at all. */
export function isPasswordHash(stored: string): boolean {
  return readStoredText(stored) !== null;
}

/** A stored text that no password fits: to check it takes as long as to check a real one of this cost. */
export function dummyHash(cost: PasswordCost = DEFAULT_COST): string {
  const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES));
  return storedText({ cost, salt, hash: crypto.getRandomValues(new Uint8Array(HASH_BYTES)) });
}

function derive(form: string, salt: Uint8Array, cost: PasswordCost, bytes: number): Uint8Array {
  return scryptSync(bytesOfText(form), salt, bytes, scryptOptions(cost));
}

/**
 * What a password may be hashed as. The first is how it is hashed: one password, however the keyboard or the file spells its accents (SPEC
 * 14). Older versions hashed the compatibility form, other programs may have hashed what was typed.
 */
function formsOf(clear: string): readonly string[] {
  return [...new Set([boundedNormalForm(clear, "NFC"), boundedNormalForm(clear, "NFKC"), clear])];
}

function bytesOfText(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function scryptOptions({ n, r, p }: PasswordCost) {
  // Twice what the hash needs: the limit counts a little more than its memory.
  return { N: n, r, p, maxmem: 2 * 128 * r * (n + p) };
}

function storedText({ cost, salt, hash }: StoredHash): string {
  return `scrypt$${cost.n}$${cost.r}$${cost.p}$${encodeBase64(salt)}$${encodeBase64(hash)}`;
}

const STORED_TEXT = /^scrypt\$(\d{1,8})\$(\d{1,4})\$(\d{1,4})\$([A-Za-z0-9+/]+={0,2})\$([A-Za-z0-9+/]+={0,2})$/;

function readStoredText(stored: string): StoredHash | null {
  const [, n, r, p, salt, hash] = STORED_TEXT.exec(stored) ?? [];
  const cost = { n: Number(n), r: Number(r), p: Number(p) };
  if (!isBearable(cost)) return null;
  const saltBytes = bytesOf(salt);
  const hashBytes = bytesOf(hash);
  return saltBytes === null || hashBytes === null ? null : { cost, salt: saltBytes, hash: hashBytes };
}

function isBearable({ n, r, p }: PasswordCost): boolean {
  const isPowerOfTwo = n > 1 && Number.isInteger(Math.log2(n));
  return isPowerOfTwo && r > 0 && p > 0 && 128 * n * r <= MOST_MEMORY_BYTES && n * r * p <= MOST_WORK;
}

/** A short hash would be easy to hit, a long one is none of ours. */
function bytesOf(base64: string | undefined): Uint8Array | null {
  try {
    const bytes = decodeBase64(base64 ?? "");
    return bytes.length >= SALT_BYTES && bytes.length <= MOST_BYTES ? bytes : null;
  } catch {
    // Not base64 after all: one character too many.
    return null;
  }
}
