/** Logins that differ in form or case only are one login: for uniqueness, as a key, and for who logs in (SPEC 14). */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { withWorld } from "../helpers/loading.ts";
import { Random } from "../torture/random.ts";

const LETTERS = ["a", "z", "é", "Å", "ö", "ñ", "Σ", "я", "ế", "ǘ"];

/** The same login in another Unicode form, and in another case. */
function otherwise(random: Random, login: string): string {
  const form = login.normalize(random.pick(["NFC", "NFD"]));
  return random.pick([form.toUpperCase(), form.toLowerCase(), form]);
}

Deno.test("logins that differ in form and case only are one account, whichever way in", () =>
  withWorld(async ({ load, print }) => {
    const random = new Random(12);
    for (let round = 0; round < 8; round++) {
      const login = `u${round}${Array.from({ length: 4 }, () => random.pick(LETTERS)).join("")}`;
      const password = `Passw0rd-${round}`;
      const made = await load("UserLocal", `login,password,profile_list\n${login},${password},profileid:1\n`);
      assertEquals(made.rows.map((row) => row.split(" ")[0]), ["created"], login);
      const typed = otherwise(random, login);
      // As a key: the same account, or a new spelling of it.
      const again = await load("UserLocal", `login,password,profile_list\n${typed},${password},profileid:1\n`);
      assertEquals(["unchanged", "updated"].includes(again.rows[0]?.split(" ")[0] ?? ""), true, `${login} ${typed}`);
      const run = await print("Organization", "name,code\nx,y\n", {
        auth_user: otherwise(random, login),
        auth_pwd: password,
        simulate: "1",
      });
      assertEquals(run.exitCode, 0, `${login} ${run.stderr}`);
      // By another key a second account would be made: the rule of the model refuses it.
      const second = await load("UserLocal", `id,login\n1,${otherwise(random, login)}\n`, { reconciliationkeys: "id" });
      assertStringIncludes(second.rows[0] ?? "", "rejected User");
      assertStringIncludes(second.rows[0] ?? "", "UserLocal::");
    }
  }));
