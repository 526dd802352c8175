/** Databases that we did not make, as stores: nothing in them changes but rows, and others work with them meanwhile. */
import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { RunStop } from "../../../lib/errors.ts";
import type { ChangeLogPlace, Store } from "../../../lib/store/store.ts";
import { create, type ForeignFile, inRun, update, withForeignFile } from "./foreign_file.ts";

const PARTS = `PRAGMA application_id = 77; PRAGMA user_version = 5;
  CREATE TABLE part (id INTEGER PRIMARY KEY, code TEXT UNIQUE, price REAL);
  CREATE VIEW dear AS SELECT * FROM part WHERE price > 2;
  INSERT INTO part (code, price) VALUES ('P1', 1.5), ('P2', 2.5);`;

const KEPT = [
  "application_id",
  "user_version",
  "journal_mode",
  "page_size",
  "auto_vacuum",
  "encoding",
  "schema_version",
];

function keptIn(file: ForeignFile): unknown {
  return [
    file.query("SELECT type, name, tbl_name, rootpage, sql FROM sqlite_schema"),
    ...KEPT.map((pragma) => file.query(`PRAGMA ${pragma}`)),
  ];
}

async function writeSome(store: Store): Promise<void> {
  await inRun(store, (objects) => {
    create(objects, "part", { code: "P3", price: 3 });
    update(objects, "part", 1, { price: 9 });
  });
}

for (const mode of ["DELETE", "WAL", "TRUNCATE", "PERSIST"]) {
  for (const changeLog of ["none", "beside"] as const satisfies readonly ChangeLogPlace[]) {
    Deno.test(`foreign stores: a run leaves everything but rows as it was (${mode}, log ${changeLog})`, async () => {
      await withForeignFile(`PRAGMA journal_mode = ${mode}; ${PARTS}`, async (file) => {
        const before = keptIn(file);
        const store = await file.open({ changeLog });
        await writeSome(store);
        await inRun(store, (objects) => void create(objects, "part", { code: "P4" }), { rollback: true });
        await store.close();
        assertEquals(keptIn(file), before);
        assertEquals(file.query("SELECT code, price FROM part"), [["P1", 9], ["P2", 2.5], ["P3", 3]]);
      });
    });
  }
}

Deno.test("foreign stores: of statements only those that write rows reach the database", async () => {
  await withForeignFile(PARTS, async (file) => {
    const heard: string[] = [];
    const store = await file.open({ onStatement: (sql) => heard.push(sql) });
    await writeSome(store);
    for (const sql of heard) {
      assert(!/^\s*(?:CREATE (?!TEMP|TABLE IF NOT EXISTS temp)|VACUUM|ANALYZE|REINDEX|ALTER|DROP)/i.test(sql), sql);
      assert(!/journal_mode|application_id =|user_version =/i.test(sql), sql);
    }
    for (
      const pragma of ["synchronous = FULL", "recursive_triggers = OFF", "trusted_schema = OFF", "foreign_keys = ON"]
    ) {
      assert(heard.includes(`PRAGMA ${pragma}`), pragma);
    }
  });
});

Deno.test("foreign stores: they have no users, and are known by their file", async () => {
  await withForeignFile(PARTS, async (file) => {
    const store = await file.open();
    assertEquals([store.hasUsers, store.name, store.folder], [false, file.path, Deno.realPathSync(file.folder)]);
    const model = await store.model();
    assertEquals([...model.classes.keys()], ["part"]);
    const users = store.accounts(model).search({ class: "part", conditions: ["id"], read: [], includeHidden: true });
    assertEquals(await users.find([[1]]), [{ kind: "none" }]);
    assertEquals(await store.identity(), await (await file.open()).identity());
    Deno.renameSync(file.path, `${file.path}.moved`);
    await assertRejects(() => store.identity(), RunStop);
  });
});

Deno.test("foreign stores: a file that SQLite cannot read is told, with what it may be", async () => {
  await withForeignFile(PARTS, async (file) => {
    Deno.writeFileSync(file.path, crypto.getRandomValues(new Uint8Array(8192)));
    const stop = await assertRejects(() => file.open(), RunStop);
    assertEquals(stop.exitCode, 78);
    assertStringIncludes(stop.messages[0]?.hint ?? "", "encrypted");
  });
});

async function stopOf(work: Promise<unknown>): Promise<RunStop> {
  return await assertRejects(() => work, RunStop);
}

Deno.test("foreign stores: a schema that another program has changed meanwhile ends the run", async () => {
  await withForeignFile(PARTS, async (file) => {
    const store = await file.open({ changeLog: "beside" });
    await store.model();
    // What comes and goes again leaves the same schema.
    file.exec("CREATE TABLE work (x); DROP TABLE work;");
    await writeSome(store);
    file.exec("ALTER TABLE part ADD COLUMN note TEXT");
    const stop = await stopOf(writeSome(store));
    assertEquals(stop.exitCode, 75);
    assertStringIncludes(stop.messages[0]?.text ?? "", "other tables or columns");
    assertEquals(file.query("SELECT count(*) FROM part"), [[3]]);
  });
});

Deno.test("foreign stores: the next run knows the log that the one before has made inside", async () => {
  await withForeignFile(PARTS, async (file) => {
    const store = await file.open({ changeLog: "inside" });
    await writeSome(store);
    await inRun(store, (objects) => void create(objects, "part", { code: "P4" }));
    assertEquals(file.query("SELECT count(*) FROM csvrecon_change"), [[2]]);
    assertEquals([...(await (await file.open()).model()).classes.keys()], ["part"]);
  });
});

/** Its own program, in the middle of reading. */
function readingIn(file: ForeignFile): { end(): void } {
  const database = new DatabaseSync(file.path);
  database.exec("BEGIN");
  database.prepare("SELECT * FROM part").all();
  return { end: () => database.close() };
}

Deno.test("foreign stores: a reader lets nobody commit without a write-ahead log, and nothing is written then", async () => {
  await withForeignFile(PARTS, async (file) => {
    const store = await file.open({ changeLog: "beside" });
    const reading = readingIn(file);
    const stop = await stopOf(writeSome(store));
    assertEquals(stop.exitCode, 75);
    assertStringIncludes(stop.messages[0]?.text ?? "", "locked by a program that reads it");
    reading.end();
    assertEquals(file.query("SELECT code FROM part"), [["P1"], ["P2"]]);
    await writeSome(store);
    assertEquals(file.query("SELECT count(*) FROM part"), [[3]]);
    // The log of the run that was not kept told of nothing else, and went.
    assertEquals(file.log("SELECT state FROM change"), [["done"]]);
  });
});

Deno.test("foreign stores: COMMIT is tried until a reader is done", async () => {
  await withForeignFile(PARTS, async (file) => {
    const store = await file.open({ busyTimeoutSeconds: 20 });
    const reading = readingIn(file);
    setTimeout(() => reading.end(), 100);
    await writeSome(store);
    assertEquals(file.query("SELECT count(*) FROM part"), [[3]]);
  });
});

Deno.test("foreign stores: with a write-ahead log readers read on, and nobody waits for them", async () => {
  await withForeignFile(`PRAGMA journal_mode = WAL; ${PARTS}`, async (file) => {
    const store = await file.open();
    const reading = readingIn(file);
    await writeSome(store);
    reading.end();
    assertEquals(file.query("SELECT count(*) FROM part"), [[3]]);
  });
});

Deno.test("foreign stores: more rows than fit into memory wait for no reader before they are committed", async () => {
  await withForeignFile(PARTS, async (file) => {
    const store = await file.open({ busyTimeoutSeconds: 30 });
    const reading = readingIn(file);
    const start = performance.now();
    await inRun(store, async (objects) => {
      const code = "x".repeat(2000);
      for (let index = 0; index < 8000; index++) create(objects, "part", { code: `${index} ${code}` });
      await objects.settled();
      reading.end();
    });
    assert(performance.now() - start < 30_000, "somebody waited");
    assertEquals(file.query("SELECT count(*) FROM part"), [[8002]]);
  });
});

Deno.test("foreign stores: a part of a transaction goes alone, and its log with it", async () => {
  await withForeignFile(PARTS, async (file) => {
    const store = await file.open({ changeLog: "beside" });
    const model = await store.model();
    await store.transaction(async (transaction) => {
      for (const code of ["P3", "bad", "P4"]) {
        await transaction.part(async () => {
          const run = await transaction.run(model, {
            date: new Date(),
            userId: null,
            user: "",
            comment: code,
            origin: "test",
            inputName: null,
            parameters: {},
            simulate: false,
          });
          create(run.objects, "part", { code });
          await run.objects.settled();
          await run.finish({ created: 1, updated: 0, unchanged: 0, inError: 0 }, null);
          if (code === "bad") throw new Error("part");
        }).catch((error) => assertEquals(error.message, "part"));
      }
    }, { rollback: false });
    assertEquals(file.query("SELECT id, code FROM part WHERE id > 2"), [[3, "P3"], [4, "P4"]]);
    assertEquals(file.log("SELECT comment, object_key FROM change JOIN change_op ON change = change.id"), [
      ["P3", "[3]"],
      ["P4", "[4]"],
    ]);
  });
});

Deno.test("foreign stores: texts in double quotes are taken for texts where only that lets a trigger fire", async () => {
  const schema = `${PARTS} CREATE TABLE seen (code TEXT, what TEXT);
    CREATE TRIGGER notes AFTER INSERT ON part BEGIN INSERT INTO seen VALUES (new.code, "made"); END;`;
  await withForeignFile(schema, async (file) => {
    await writeSome(await file.open());
    assertEquals(file.query("SELECT * FROM seen"), [["P3", "made"]]);
  });
});
