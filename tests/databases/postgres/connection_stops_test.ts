/** Why nobody was let in, by what the system says: whether it passes by itself. */
import { assertEquals } from "@std/assert";
import { connectStop, failureOf } from "../../../lib/databases/postgres/connection_stops.ts";
import { addressOf } from "../../../lib/databases/postgres/named_server.ts";

/** Codes of the system. */
const CODES: readonly (readonly [code: string, exitCode: number, words: string])[] = [
  ["ECONNREFUSED", 75, "nobody listens at db.example:5432"],
  ["ENOTFOUND", 78, "no address is known for the host db.example"],
  ["EAI_AGAIN", 75, "the address of the host db.example could not be asked for just now"],
];

Deno.test("what passes by itself is 75, and what somebody has to mend 78", async () => {
  const name = "postgres://anna@db.example/assets";
  const address = await addressOf(name, { workingFolder: "/", env: () => undefined });
  for (const [code, exitCode, words] of CODES) {
    const stop = connectStop(address, failureOf(Object.assign(new Error(code), { code }), address, 0));
    assertEquals([stop.exitCode, stop.message], [exitCode, `Server could not be connected with: '${name}' (${words})`]);
  }
});

Deno.test("a server that lets nobody in because its disk is full is told in its own words, and is 75", async () => {
  const name = "postgres://anna@db.example/assets";
  const address = await addressOf(name, { workingFolder: "/", env: () => undefined });
  const words = "could not write init file";
  const refusal = Object.assign(new Error(words), { severity: "FATAL", code: "XX000" });
  const stop = connectStop(address, failureOf(refusal, address, 0));
  assertEquals([stop.exitCode, stop.message], [75, `Server could not be connected with: '${name}' (${words})`]);
});
