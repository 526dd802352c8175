import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { RunStop } from "../../lib/errors.ts";
import { atomic, type Database, openDatabase, withSavepoint } from "../../lib/databases/sqlite/database.ts";
import { TransactionLost } from "../../lib/store/store.ts";
import { rowsOf, withDatabase } from "./small_store.ts";

function addOrganization(database: Database, name: string): void {
  database.prepare("INSERT INTO organization (finalclass, name, code) VALUES ('Organization', ?, '')").run(name);
}

function names(database: Database): unknown[] {
  return rowsOf(database, "organization", "name").map(({ name }) => name);
}

Deno.test("a transaction keeps all that was written, and gives the result of the work", async () => {
  await withDatabase(async (database) => {
    const result = await atomic(database, async () => {
      addOrganization(database, "A");
      await Promise.resolve();
      addOrganization(database, "B");
      return 7;
    });
    assertEquals(result, 7);
    assertEquals(names(database), ["A", "B"]);
  });
});

Deno.test("a transaction that is to be rolled back gives its result and keeps nothing", async () => {
  await withDatabase(async (database) => {
    const seen = await atomic(database, () => {
      addOrganization(database, "A");
      return names(database);
    }, { rollback: true });
    assertEquals(seen, ["A"]);
    assertEquals(names(database), []);
  });
});

for (const moment of ["INSERT", "COMMIT"]) {
  Deno.test({
    name: `a database whose file is deleted or replaced is no commit: at its ${moment}`,
    // An open file cannot be deleted there.
    ignore: Deno.build.os === "windows",
    fn: async () => {
      for (const replace of [false, true]) {
        await withDatabase(async (_database, _traced, path) => {
          const onStatement = (sql: string) => {
            if (!sql.startsWith(moment)) return;
            Deno.removeSync(path);
            if (replace) Deno.writeTextFileSync(path, "");
          };
          const database = openDatabase(path, { busyTimeoutSeconds: 0, onStatement });
          const stop = await assertRejects(() => atomic(database, () => addOrganization(database, "A")), RunStop);
          database.close();
          assertEquals(stop.exitCode, 78);
          assertStringIncludes(
            stop.message,
            `deleted or replaced during the run: '${path}'. What the run wrote is lost`,
          );
        });
      }
    },
  });
}

Deno.test("an error takes everything back and reaches the caller as it was", async () => {
  await withDatabase(async (database) => {
    const work = async () => {
      addOrganization(database, "A");
      await Promise.resolve();
      throw new RangeError("mine");
    };
    await assertRejects(() => atomic(database, work), RangeError, "mine");
    assertEquals(names(database), []);
    await atomic(database, () => addOrganization(database, "B"));
    assertEquals(names(database), ["B"]);
  });
});

Deno.test("the first error counts when SQLite has ended the transaction already", async () => {
  await withDatabase(async (database) => {
    const work = () => {
      database.exec("ROLLBACK");
      throw new RangeError("mine");
    };
    await assertRejects(() => atomic(database, work), RangeError, "mine");
  });
});

Deno.test("another writer is waited for, and then the run ends with 75", async () => {
  await withDatabase(async (database) => {
    const other = openDatabase(database.path, { busyTimeoutSeconds: 0.05 });
    await atomic(database, async () => {
      addOrganization(database, "A");
      const begin = performance.now();
      const stop = await assertRejects(() => atomic(other, () => {}), RunStop, "locked by another writer");
      assertEquals(stop.exitCode, 75);
      assertStringIncludes(stop.messages[0]?.hint ?? "", "Try again");
      assertEquals(performance.now() - begin >= 40, true);
      // Readers need not wait, and see what was there before.
      assertEquals(names(other), []);
    });
    assertEquals(names(other), ["A"]);
    other.close();
  });
});

Deno.test("a full disk ends the run with 73 and takes everything back", async () => {
  await withDatabase(async (database) => {
    const pages = Number(database.prepare("PRAGMA page_count").get()?.["page_count"]);
    database.exec(`PRAGMA max_page_count = ${pages + 2}`);
    const work = () => {
      for (let index = 0; index < 1000; index++) addOrganization(database, `${index}`.repeat(100));
    };
    const stop = await assertRejects(() => atomic(database, work), RunStop, "the disk is full");
    assertEquals(stop.exitCode, 73);
    assertEquals(names(database), []);
  });
});

Deno.test("a database that may only be read ends the run with 73", async () => {
  await withDatabase(async (database) => {
    database.exec("PRAGMA query_only = ON");
    const stop = await assertRejects(
      () => atomic(database, () => addOrganization(database, "A")),
      RunStop,
      "read-only",
    );
    assertEquals(stop.exitCode, 73);
  });
});

Deno.test("an error that is a bug stays what it is", async () => {
  await withDatabase(async (database) => {
    await assertRejects(() => atomic(database, () => database.exec("SELECT * FROM missing")), Error, "no such table");
    await assertRejects(() => atomic(database, () => addOrganization(database, "")), Error, "CHECK constraint failed");
  });
});

Deno.test("a part of a transaction is taken back alone, and what is kept sees what was before it", async () => {
  await withDatabase(async (database) => {
    await atomic(database, async () => {
      addOrganization(database, "A");
      const failing = withSavepoint(database, async () => {
        addOrganization(database, "B");
        await Promise.resolve();
        throw new RangeError("mine");
      });
      await assertRejects(() => failing, RangeError, "mine");
      assertEquals(await withSavepoint(database, () => Promise.resolve(names(database))), ["A"]);
      await withSavepoint(database, () => Promise.resolve(addOrganization(database, "C")));
    });
    assertEquals(names(database), ["A", "C"]);
  });
});

Deno.test("a part whose transaction is over says so, because nothing of the transaction is left", async () => {
  await withDatabase(async (database) => {
    const mine = new RangeError("mine");
    const work = () =>
      atomic(database, async () => {
        addOrganization(database, "A");
        await withSavepoint(database, () => {
          // SQLite does so by itself when the disk is full.
          database.exec("ROLLBACK");
          return Promise.reject(mine);
        });
      });
    const lost = await assertRejects(work, TransactionLost);
    assertEquals([lost.cause, names(database)], [mine, []]);
  });
});
