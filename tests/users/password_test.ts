import { assert, assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import {
  DEFAULT_COST,
  dummyHash,
  hashPassword,
  isPasswordHash,
  type PasswordCost,
  verifyPassword,
} from "../../lib/users/password.ts";

const CHEAP: PasswordCost = { n: 16, r: 1, p: 1 };

Deno.test("a password is stored as one text that carries its cost", () => {
  assertMatch(hashPassword("secret", CHEAP), /^scrypt\$16\$1\$1\$[A-Za-z0-9+/]{22}==\$[A-Za-z0-9+/]{43}=$/);
});

Deno.test("the default cost is OWASP's, and a hash of it is verified", () => {
  assertEquals(DEFAULT_COST, { n: 16384, r: 8, p: 5 });
  const stored = hashPassword("secret");
  assertMatch(stored, /^scrypt\$16384\$8\$5\$/);
  assert(verifyPassword("secret", stored));
});

Deno.test("the right password is told from a wrong one", () => {
  const stored = hashPassword("Str0ng!Pwd", CHEAP);
  assert(verifyPassword("Str0ng!Pwd", stored));
  assert(!verifyPassword("str0ng!Pwd", stored));
  assert(!verifyPassword("Str0ng!Pwd ", stored));
  assert(!verifyPassword("", stored));
});

Deno.test("a hash that another program made is verified", () => {
  // The hash is Python's: hashlib.scrypt(b"password", salt=bytes(range(16)), n=1024, r=8, p=16, dklen=32).
  const stored = "scrypt$1024$8$16$AAECAwQFBgcICQoLDA0ODw==$4g82js/BJLO299tHt9dTi5WIPuq16dcXIKI4H1kIYAc=";
  assert(verifyPassword("password", stored));
});

Deno.test("two hashes of one password differ: each has a salt of its own", () => {
  assertNotEquals(hashPassword("secret", CHEAP), hashPassword("secret", CHEAP));
});

Deno.test("one password in two spellings of its accents is one password", () => {
  assert(verifyPassword("cafe\u0301", hashPassword("caf\u00e9", CHEAP)));
  assert(!verifyPassword("cafe", hashPassword("caf\u00e9", CHEAP)));
});

Deno.test("no password fits a dummy hash, which costs what it was asked to", () => {
  const stored = dummyHash(CHEAP);
  assert(isPasswordHash(stored));
  assert(stored.startsWith("scrypt$16$1$1$"));
  assert(!verifyPassword("", stored));
});

const SALT = "AAECAwQFBgcICQoLDA0ODw==";
const HASH = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

Deno.test("a stored text in our form can be read", () => assert(isPasswordHash(`scrypt$16$1$1$${SALT}$${HASH}`)));

const UNREADABLE: Readonly<Record<string, string>> = {
  "nothing": "",
  "a password in clear": "secret",
  "another method": `bcrypt$16$1$1$${SALT}$${HASH}`,
  "a part that is missing": `scrypt$16$1$1$${SALT}`,
  "a part too many": `scrypt$16$1$1$${SALT}$${HASH}$${HASH}`,
  "a cost that is no power of two": `scrypt$15$1$1$${SALT}$${HASH}`,
  "a cost of nothing": `scrypt$0$1$1$${SALT}$${HASH}`,
  "a cost of one": `scrypt$1$1$1$${SALT}$${HASH}`,
  "no block size": `scrypt$16$0$1$${SALT}$${HASH}`,
  "no turns": `scrypt$16$1$0$${SALT}$${HASH}`,
  "more memory than any of ours": `scrypt$1048576$8$1$${SALT}$${HASH}`,
  "more work than any of ours": `scrypt$16384$8$900$${SALT}$${HASH}`,
  "an empty hash": `scrypt$16$1$1$${SALT}$`,
  "a short hash": `scrypt$16$1$1$${SALT}$AAEC`,
  "a hash that is no base64": `scrypt$16$1$1$${SALT}$AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8AA`,
};

for (const [what, stored] of Object.entries(UNREADABLE)) {
  Deno.test(`a stored text with ${what} is no password`, () => {
    assert(!isPasswordHash(stored));
    assert(!verifyPassword("secret", stored));
    assert(!verifyPassword("", stored));
  });
}
