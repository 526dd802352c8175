/** Copies of databases that we did not make. */
import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { DatabaseSync } from "node:sqlite";
import { RunStop } from "../../../lib/errors.ts";
import { Database } from "../../../lib/databases/sqlite/connection.ts";
import { withForeignFile } from "./foreign_file.ts";

const ROWS = `PRAGMA application_id = 77; CREATE TABLE t (id INTEGER PRIMARY KEY, v BLOB, w REAL);
  INSERT INTO t VALUES (1, x'00ff', 0.30000000000000004), (9007199254740993, 'text', NULL);`;

for (const mode of ["DELETE", "WAL"]) {
  Deno.test({
    name: `foreign backups: a whole copy under the write lock, before the first row (${mode})`,
    ignore: !Database.canCopy,
    async fn() {
      await withForeignFile(`PRAGMA journal_mode = ${mode}; ${ROWS}`, async (file) => {
        const target = join(file.folder, "copy.db");
        const store = await file.open();
        await store.transaction((transaction) => transaction.backUp(target), { rollback: false });
        const copy = new DatabaseSync(target, { readOnly: true });
        assertEquals(
          copy.prepare("SELECT CAST(id AS TEXT) AS id, hex(v) AS v, w FROM t").all().map((row) => Object.values(row)),
          [["1", "00FF", 0.30000000000000004], ["9007199254740993", "74657874", null]],
        );
        copy.close();
        const again = store.transaction((transaction) => transaction.backUp(target), { rollback: false });
        const stop = await assertRejects(() => again, RunStop);
        assertEquals(stop.exitCode, 73);
        assertStringIncludes(stop.messages[0]?.text ?? "", "copy.db' is there already, and nothing tells whether");
        const names = [...Deno.readDirSync(file.folder)].map(({ name }) => name).filter((name) => name.startsWith("."));
        assertEquals(names, []);
      });
    },
  });
}

Deno.test({
  name: "foreign backups: where the runtime cannot copy, the run does not begin",
  ignore: Database.canCopy,
  async fn() {
    await withForeignFile(ROWS, async (file) => {
      const store = await file.open();
      const copy = store.transaction(
        (transaction) => transaction.backUp(join(file.folder, "copy.db")),
        { rollback: false },
      );
      const stop = await assertRejects(() => copy, RunStop);
      assertEquals(stop.exitCode, 73);
      assertStringIncludes(stop.messages[0]?.text ?? "", "this version of Deno cannot copy");
    });
  },
});
