import { assertEquals } from "@std/assert";
import { PostgresError } from "../../../lib/databases/postgres/postgres_error.ts";
import { refusalIn } from "../../../lib/databases/postgres/postgres_refusal.ts";

const WORDS = "duplicate key value violates unique constraint";

function refused(constraint: string) {
  const facts = { sqlstate: "23505", detail: null, hint: null, schema: "csvrecon", table: "node", column: null };
  const error = new PostgresError(WORDS, { ...facts, constraint });
  return refusalIn(
    error,
    false,
    (index) => index === "unique_Node.boss_size" ? ["node.boss_id", "node.size"] : undefined,
  );
}

Deno.test("a rule of the model that the server refuses by is told as SQLite tells it, one of others in its own words", () => {
  const columns = "node.boss_id, node.size";
  assertEquals(refused("unique_Node.boss_size"), {
    kind: "refused_write",
    rule: "unique",
    constraint: columns,
    text: `UNIQUE constraint failed: ${columns}`,
  });
  assertEquals(refused("theirs"), { kind: "refused_write", rule: "unique", constraint: "theirs", text: WORDS });
});
