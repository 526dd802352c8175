import { assertEquals } from "@std/assert";
import { arrayLiteral } from "../../../lib/databases/postgres/array_literal.ts";
import { POSTGRES_RELEASES } from "../../helpers/postgres_release.ts";
import { sharedServer, withConnection } from "../../helpers/postgres_databases.ts";

const TEXTS = [
  "",
  "plain",
  'a "quoted" one',
  "back\\slash",
  '\\"',
  "a,b",
  "{c}",
  "NULL",
  "null",
  " ends ",
  "line\nbreak\ttab",
  "Éè𝄞",
  "'",
];

Deno.test("arrays are written as PostgreSQL reads them", () => {
  assertEquals(arrayLiteral([]), "{}");
  assertEquals(arrayLiteral([1, null, -2.5]), "{1,NULL,-2.5}");
  assertEquals(arrayLiteral(["a", null, 'b"\\']), '{"a",NULL,"b\\"\\\\"}');
});

for (const release of POSTGRES_RELEASES) {
  Deno.test(`${release.name} gives back what arrays have told it`, async () => {
    const server = await sharedServer(release);
    await withConnection(server.address(), async (connection) => {
      const values = [...TEXTS, null];
      const texts = await connection.rows("SELECT * FROM unnest($1::text[])", [values]);
      assertEquals(texts.map(([value]) => value), values);
      const numbers = [1, null, -(2 ** 53 - 1), 0.1];
      const told = await connection.rows("SELECT n::text FROM unnest($1::numeric[]) AS k (n)", [numbers]);
      assertEquals(told.map(([value]) => value === null ? null : Number(value)), numbers);
    });
  });
}
