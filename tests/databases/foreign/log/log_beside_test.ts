import { assert, assertEquals, assertThrows } from "@std/assert";
import { EXIT, RunStop } from "../../../../lib/errors.ts";
import type { ObjectId } from "../../../../lib/store/object_id.ts";
import { change, close, commit, FACTS, isThere, open, rowsIn, UPDATE, withDatabase } from "./logged_database.ts";

const RUNS = "SELECT id, comment, created, updated, unchanged, in_error, state FROM change";
const ENTRIES = "SELECT class, object_key, operation, attribute, old_value, new_value FROM change_op ORDER BY id";

Deno.test("a log beside a database is made by the first run that writes, and says what it did", async () => {
  await withDatabase("beside", (opened) => {
    assert(!isThere(opened.logFile));
    commit(opened);
    const run = { id: 1, comment: "spring prices", created: 1, updated: 1, unchanged: 1, in_error: 0, state: "done" };
    assertEquals(rowsIn(opened.logFile, RUNS), [run]);
    assertEquals(rowsIn(opened.logFile, ENTRIES).map((row) => Object.values(row)), [
      ["part", '["P1"]', "update", "price", "1.5", "1.75"],
      ["part", '["P3"]', "create", null, null, null],
    ]);
    assertEquals(Deno.readDirSync(opened.logFile.replace(/\/[^/]*$/, "")).toArray().length, 2);
  });
});

Deno.test("a run that logs nothing, one that is simulated and one that is taken back make no file", async () => {
  await withDatabase("beside", (opened) => {
    const { database, logs, logFile } = opened;
    database.exec("BEGIN IMMEDIATE");
    const unchanged = logs.begin(false);
    assertEquals(
      unchanged.openRun(FACTS).finish({ created: 0, updated: 0, unchanged: 3, inError: 0 }, null),
      null,
    );
    unchanged.beforeCommit();
    database.exec("COMMIT");
    unchanged.committed();
    assert(!isThere(logFile));

    const simulated = change(opened, true);
    assert(!isThere(logFile));
    database.exec("ROLLBACK");
    simulated.takenBack();
    assert(!isThere(logFile));

    const refused = change(opened);
    database.exec("ROLLBACK");
    refused.takenBack();
    refused.takenBack();
    assert(!isThere(logFile));
  });
});

Deno.test("a run with rows in error only is logged", async () => {
  await withDatabase("beside", ({ database, logs, logFile }) => {
    database.exec("BEGIN IMMEDIATE");
    const log = logs.begin(false);
    assertEquals(log.openRun(FACTS).finish({ created: 0, updated: 0, unchanged: 0, inError: 2 }, null), 1);
    log.beforeCommit();
    database.exec("COMMIT");
    log.committed();
    assertEquals(rowsIn(logFile, "SELECT in_error, state FROM change"), [{ in_error: 2, state: "done" }]);
  });
});

Deno.test("what a database does not commit is taken back in its log, which may be committed already", async () => {
  await withDatabase("beside", (opened) => {
    commit(opened);
    const log = change(opened);
    log.beforeCommit();
    opened.database.exec("ROLLBACK");
    log.takenBack();
    assertEquals(rowsIn(opened.logFile, "SELECT id, state FROM change"), [
      { id: 1, state: "done" },
      { id: 2, state: "taken_back" },
    ]);
    assertEquals(rowsIn(opened.logFile, "SELECT DISTINCT change FROM change_op"), [{ change: 1 }]);
  });
});

Deno.test("a part of a transaction that is taken back leaves nothing in the log, be it the first that writes or not", async () => {
  await withDatabase("beside", async ({ database, logs, logFile }) => {
    database.exec("BEGIN IMMEDIATE");
    const log = logs.begin(false);
    const fail = () =>
      log.part(() => {
        log.openRun(FACTS).add(UPDATE);
        log.openRun(FACTS).finish({ created: 0, updated: 0, unchanged: 0, inError: 1 }, null);
        return Promise.reject(new Error("no"));
      }).catch(() => {});
    await fail();
    assert(!isThere(logFile));
    const run = log.openRun(FACTS);
    run.add(UPDATE);
    await fail();
    run.finish({ created: 0, updated: 1, unchanged: 0, inError: 0 }, null);
    log.beforeCommit();
    database.exec("COMMIT");
    log.committed();
    assertEquals(rowsIn(logFile, "SELECT id, updated, first_op, last_op FROM change"), [
      { id: 1, updated: 1, first_op: 1, last_op: 1 },
    ]);
    assertEquals(rowsIn(logFile, "SELECT id FROM change_op"), [{ id: 1 }]);
  });
});

const KILLED: readonly { readonly name: string; readonly sql: string; readonly isDone: boolean }[] = [
  { name: "before the database was committed", sql: "ROLLBACK", isDone: false },
  { name: "behind it", sql: "COMMIT", isDone: true },
];

for (const { name, sql, isDone } of KILLED) {
  Deno.test(`a run that was killed when its log was committed, ${name}, is settled by the next one`, async () => {
    await withDatabase("beside", async (opened, path) => {
      change(opened).beforeCommit();
      opened.database.exec(sql);
      assertEquals(rowsIn(opened.logFile, "SELECT state FROM change"), [{ state: "writing" }]);
      const next = open(path, "beside");
      const told = async () => (await next.logs.loggedRuns().runs(null, 9)).map(({ id }) => id);
      assertEquals(await told(), isDone ? [1] : []);
      // To look is not to write.
      next.database.exec("BEGIN IMMEDIATE");
      next.logs.begin(true).takenBack();
      next.database.exec("ROLLBACK");
      assertEquals(rowsIn(opened.logFile, "SELECT state FROM change"), [{ state: "writing" }]);
      next.database.exec("BEGIN IMMEDIATE");
      next.logs.begin(false);
      next.database.exec("ROLLBACK");
      const state = isDone ? "done" : "taken_back";
      assertEquals(rowsIn(opened.logFile, "SELECT state FROM change"), [{ state }]);
      assertEquals(await told(), isDone ? [1] : []);
      close(next);
    });
  });
}

const OTHERS: readonly { readonly name: string; readonly end: string; readonly by: string; readonly state: string }[] =
  [
    {
      name: "whose first change a trigger has set back, is done",
      end: "COMMIT",
      by: "UPDATE part SET price = 1.5 WHERE code = 'P1'",
      state: "done",
    },
    {
      name: "of whose new rows another program has made one before it could, is taken back",
      end: "ROLLBACK",
      by: "INSERT INTO part VALUES ('P3', 9, 'mine')",
      state: "taken_back",
    },
  ];

for (const { name, end, by, state } of OTHERS) {
  Deno.test(`a run that was killed when its log was committed, ${name}`, async () => {
    await withDatabase("beside", (opened, path) => {
      const { database, logs } = opened;
      database.exec("BEGIN IMMEDIATE");
      const log = logs.begin(false);
      const run = log.openRun(FACTS);
      const created = ["P3", "P4", "P5"];
      database.exec("UPDATE part SET price = 1.75 WHERE code = 'P1'");
      for (const code of created) database.exec(`INSERT INTO part VALUES ('${code}', NULL, NULL)`);
      run.add(UPDATE);
      run.addObjects(
        "create",
        "part",
        created as (string & ObjectId)[],
        created.map((code) => ({ key: JSON.stringify([code]), values: () => "{}" })),
      );
      run.finish({ created: 3, updated: 1, unchanged: 0, inError: 0 }, null);
      log.beforeCommit();
      database.exec(end);
      database.exec(by);
      const next = open(path, "beside");
      next.database.exec("BEGIN IMMEDIATE");
      next.logs.begin(false);
      assertEquals(rowsIn(opened.logFile, "SELECT state FROM change"), [{ state }]);
      next.database.exec("ROLLBACK");
      close(next);
    });
  });
}

Deno.test("what stands in the place of a log and is none is left alone", async () => {
  const others: readonly (readonly [string, (path: string) => void, number])[] = [
    ["a text", (path) => Deno.writeTextFileSync(path, "my own notes\n"), EXIT.databaseNotUsable],
    ["another database", (path) => close(open(path, "none")), EXIT.databaseNotUsable],
    ["a folder", (path) => Deno.mkdirSync(path), EXIT.databaseNotWritable],
    ["a link that leads nowhere", (path) => Deno.symlinkSync(`${path}.gone`, path), EXIT.databaseNotWritable],
  ];
  for (const [name, make, code] of others) {
    await withDatabase("beside", (opened) => {
      make(opened.logFile);
      const before = isFile(opened.logFile) ? Deno.readFileSync(opened.logFile) : null;
      opened.database.exec("BEGIN IMMEDIATE");
      const stop = assertThrows(() => opened.logs.begin(false).openRun(FACTS), RunStop);
      assertEquals(stop.exitCode, code, name);
      assert(stop.message.includes("case.db.csvrecon"), stop.message);
      opened.database.exec("ROLLBACK");
      if (before !== null) assertEquals(Deno.readFileSync(opened.logFile), before);
    });
  }
});

Deno.test("an empty file, which a killed run leaves, becomes a log", async () => {
  await withDatabase("beside", (opened, path) => {
    Deno.writeFileSync(opened.logFile, new Uint8Array());
    Deno.chmodSync(opened.logFile, 0o666);
    Deno.chmodSync(path, 0o640);
    commit(opened);
    assertEquals(rowsIn(opened.logFile, "SELECT state FROM change"), [{ state: "done" }]);
    assertEquals((Deno.statSync(opened.logFile).mode ?? 0) & 0o777, 0o640);
  });
});

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}

Deno.test("the log of a database behind a link stands beside the database", async () => {
  await withDatabase("beside", (opened, path) => {
    const folder = Deno.makeTempDirSync();
    Deno.symlinkSync(path, `${folder}/link.db`);
    const linked = open(`${folder}/link.db`, "beside");
    commit(linked);
    assert(isThere(opened.logFile));
    assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name), ["link.db"]);
    close(linked);
    Deno.removeSync(folder, { recursive: true });
  });
});

Deno.test("a log that was deleted while a run writes is no log: nothing is written", async () => {
  await withDatabase("beside", (opened) => {
    const log = change(opened);
    Deno.removeSync(opened.logFile);
    assertEquals(assertThrows(() => log.beforeCommit(), RunStop).exitCode, EXIT.databaseNotWritable);
    opened.database.exec("ROLLBACK");
    log.takenBack();
    commit(opened);
    assertEquals(rowsIn(opened.logFile, "SELECT id, state FROM change"), [{ id: 1, state: "done" }]);
  });
});
