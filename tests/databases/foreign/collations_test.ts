import { assertEquals, assertRejects } from "@std/assert";
import { join } from "@std/path";
import { RunStop } from "../../../lib/errors.ts";
import { hasCollation } from "../../../lib/databases/foreign/collations.ts";
import { createForeignContext } from "../../../lib/databases/foreign/foreign_context.ts";
import { createForeignSearches } from "../../../lib/databases/foreign/foreign_searches.ts";
import { readSchema } from "../../../lib/databases/foreign/read_schema.ts";
import { Database } from "../../../lib/databases/sqlite/connection.ts";
import { deriveModel } from "../../../lib/model/derive/derive_model.ts";
import { withFolder } from "../small_store.ts";

/** A database whose schema names a collation that only its owner has. */
async function withUnicase(use: (database: Database) => Promise<void>): Promise<void> {
  await withFolder(async (folder) => {
    const file = join(folder, "owned.db");
    const options = { file, path: file, busyTimeoutSeconds: 0 };
    const owner = new Database({ ...options, isCopy: true });
    owner.exec(
      "CREATE TABLE note (id INTEGER PRIMARY KEY, name TEXT COLLATE nocase, kind TEXT); INSERT INTO note VALUES (1, 'a', 'b')",
    );
    owner.exec("PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'nocase', 'unicase')");
    owner.close();
    const database = new Database(options);
    try {
      await use(database);
    } finally {
      database.close();
    }
  });
}

Deno.test("a collation that only the schema names is not there, though SQLite lists it", async () => {
  await withUnicase((database) => {
    readSchema(database);
    const known = ["BINARY", "nocase", "RTRIM", "unicase", "nothing", 'a"b', "", "x'; --"];
    assertEquals(known.filter((name) => hasCollation(database, name)), ["BINARY", "nocase", "RTRIM"]);
    return Promise.resolve();
  });
});

Deno.test("rule 24: a search by a collation that SQLite lacks stops the run; by another column, or with the overlay's collation, not", async () => {
  await withUnicase(async (database) => {
    const facts = readSchema(database);
    const find = async (condition: string, collation?: string) => {
      const attributes = collation === undefined ? {} : { name: { collation } };
      const { derived } = deriveModel(facts, { classes: { note: { attributes } } });
      const context = createForeignContext(database, derived, { flush: () => {}, isWriting: false });
      const plan = { class: "note", conditions: [condition], read: [], includeHidden: true };
      return (await createForeignSearches(context).search(plan).find([["B"], ["A"]])).map(({ kind }) => kind);
    };
    const stop = await assertRejects(() => find("name"), RunStop);
    assertEquals([stop.exitCode, stop.message], [
      78,
      "Class 'note' cannot be searched by 'name': it compares by the collation unicase, " +
      "which only the program that owns the database has",
    ]);
    assertEquals(await find("kind"), ["none", "none"]);
    assertEquals(await find("name", "NOCASE"), ["none", "one"]);
  });
});
