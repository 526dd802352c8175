import { assert, assertEquals } from "@std/assert";
import { VerifiedPasswords } from "../../lib/users/verified_passwords.ts";

Deno.test("a right password is known for five minutes, for the text that is stored and no other", () => {
  let now = 0;
  const verified = new VerifiedPasswords(() => now);
  verified.add("good", "scrypt$1");
  assert(verified.has("good", "scrypt$1"));
  assertEquals([verified.has("good", "scrypt$2"), verified.has("Good", "scrypt$1")], [false, false]);
  now = 5 * 60 * 1000 - 1;
  assert(verified.has("good", "scrypt$1"));
  now++;
  assert(!verified.has("good", "scrypt$1"));
});

Deno.test("of a thousand passwords the oldest makes room for a new one, and none for one that is known", () => {
  const verified = new VerifiedPasswords(() => 0);
  for (let user = 0; user < 1000; user++) verified.add("good", `scrypt$${user}`);
  verified.add("good", "scrypt$999");
  assert(verified.has("good", "scrypt$0"));
  verified.add("good", "scrypt$1000");
  assertEquals([0, 1, 999, 1000].map((user) => verified.has("good", `scrypt$${user}`)), [false, true, true, true]);
});
