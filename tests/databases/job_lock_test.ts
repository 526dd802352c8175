import { assertEquals, assertMatch, assertStringIncludes, assertThrows } from "@std/assert";
import { Database } from "../../lib/databases/sqlite/connection.ts";
import { RunStop } from "../../lib/errors.ts";
import { takeJobLock } from "../../lib/databases/sqlite/sqlite_job_lock.ts";
import type { JobHolder } from "../../lib/store/job_holder.ts";
import { withTemporaryFolder } from "../helpers/temporary_folder.ts";

const FIRST: JobHolder = { job: "nightly", process: 11, start: new Date("2026-07-01T02:15:00Z") };
const SECOND: JobHolder = { job: "nightly", process: 22, start: new Date("2026-07-01T02:16:00Z") };

function withDatabasePath(use: (database: string, files: () => string[]) => void): Promise<void> {
  return withTemporaryFolder(({ folder, path }) => {
    use(path("cmdb.db"), () => [...Deno.readDirSync(folder)].map(({ name }) => name).sort());
    return Promise.resolve();
  });
}

Deno.test("a lock lies next to the database, with a file that says who holds it for as long", () =>
  withDatabasePath((database, files) => {
    const lock = takeJobLock(database, FIRST);
    assertEquals(lock.lost, null);
    assertEquals(files(), ["cmdb.db.nightly.lock", "cmdb.db.nightly.running"]);
    assertEquals(
      Deno.readTextFileSync(`${database}.nightly.running`),
      '{"job":"nightly","process":11,"start":"2026-07-01T02:15:00.000Z"}\n',
    );
    lock.release();
    assertEquals(files(), ["cmdb.db.nightly.lock"]);
    assertEquals(Deno.statSync(`${database}.nightly.lock`).size, 0);
  }));

Deno.test("a lock that is held is refused with 75, and says who holds it since when", () =>
  withDatabasePath((database, files) => {
    const lock = takeJobLock(database, FIRST);
    for (let attempt = 0; attempt < 2; attempt++) {
      const stop = assertThrows(() => takeJobLock(database, SECOND), RunStop);
      assertEquals([stop.exitCode, stop.message], [
        75,
        "#Job nightly is running already: process 11, begun 2026-07-01T02:15:00.000Z",
      ]);
    }
    lock.release();
    const next = takeJobLock(database, SECOND);
    assertEquals(next.lost, null);
    next.release();
    assertEquals(files(), ["cmdb.db.nightly.lock"]);
  }));

Deno.test("a holder who has not said yet who it is holds the lock all the same", () =>
  withDatabasePath((database) => {
    const lock = takeJobLock(database, FIRST);
    Deno.writeTextFileSync(`${database}.nightly.running`, '{"job":"nigh');
    assertEquals(assertThrows(() => takeJobLock(database, SECOND), RunStop).message, "#Job nightly is running already");
    lock.release();
  }));

Deno.test("locks of other jobs and other databases are others", () =>
  withTemporaryFolder(({ path }) => {
    const wanted = [["a.db", "nightly"], ["a.db", "weekly"], ["b.db", "nightly"]] as const;
    const locks = wanted.map(([database, job]) => takeJobLock(path(database), { ...FIRST, job }));
    for (const lock of locks) lock.release();
    return Promise.resolve();
  }));

Deno.test("what a run that is no more has left holds nobody up, and tells of it", () =>
  withDatabasePath((database) => {
    Deno.writeTextFileSync(`${database}.nightly.lock`, "");
    Deno.writeTextFileSync(`${database}.nightly.running`, JSON.stringify(FIRST));
    const next = takeJobLock(database, SECOND);
    assertEquals(next.lost, FIRST);
    assertMatch(assertThrows(() => takeJobLock(database, FIRST), RunStop).message, /process 22/);
    next.release();
  }));

Deno.test("a file of the lock's name that is no lock, and a folder that cannot be written to, give no lock", () =>
  withDatabasePath((database) => {
    const path = `${database}.nightly.lock`;
    Deno.writeTextFileSync(
      path,
      "something else that is long enough not to be taken for an empty database\n".repeat(99),
    );
    const stop = assertThrows(() => takeJobLock(database, FIRST), RunStop);
    assertEquals([stop.exitCode, stop.message], [
      73,
      `Lock of the job could not be made: '${path}' (file is not a database)`,
    ]);
    const nowhere = assertThrows(() => takeJobLock("/nowhere/at all/cmdb.db", FIRST), RunStop);
    assertEquals(nowhere.exitCode, 73);
    assertStringIncludes(nowhere.message, "'/nowhere/at all/cmdb.db.nightly.lock' (unable to open database file");
  }));

Deno.test("who it is cannot be written: the lock is not kept", () =>
  withDatabasePath((database) => {
    Deno.mkdirSync(`${database}.nightly.running`);
    for (let attempt = 0; attempt < 2; attempt++) {
      assertEquals(assertThrows(() => takeJobLock(database, FIRST), RunStop).exitCode, 73);
    }
  }));

const HAS_LINKS = Deno.build.os !== "windows";

Deno.test({
  name: "who holds a lock is never written through a link: its target stays as it is",
  ignore: !HAS_LINKS,
  fn: () =>
    withDatabasePath((database) => {
      Deno.writeTextFileSync(`${database}.precious`, "precious");
      Deno.symlinkSync(`${database}.precious`, `${database}.nightly.running`);
      const lock = takeJobLock(database, FIRST);
      assertEquals(Deno.readTextFileSync(`${database}.precious`), "precious");
      assertEquals(Deno.lstatSync(`${database}.nightly.running`).isFile, true);
      lock.release();
      assertEquals(Deno.readTextFileSync(`${database}.precious`), "precious");
    }),
});

Deno.test({
  name: "a lock is never a link, wherever it leads, nor a pipe",
  ignore: !HAS_LINKS,
  fn: () =>
    withDatabasePath((database, files) => {
      const path = `${database}.nightly.lock`;
      Deno.writeTextFileSync(`${database}.precious`, "");
      for (const target of [`${database}.precious`, `${database}.not_there`]) {
        Deno.symlinkSync(target, path);
        assertNoLock(database, path);
        Deno.removeSync(path);
      }
      new Deno.Command("mkfifo", { args: [path] }).outputSync();
      assertNoLock(database, path);
      assertEquals(files(), ["cmdb.db.nightly.lock", "cmdb.db.precious"]);
    }),
});

function assertNoLock(database: string, path: string): void {
  const stop = assertThrows(() => takeJobLock(database, FIRST), RunStop);
  const reason = "a link, or something else that is no plain file, has its name";
  assertEquals([stop.exitCode, stop.message], [73, `Lock of the job could not be made: '${path}' (${reason})`]);
}

Deno.test({
  name: "a pipe in the place of who holds the lock holds nobody up",
  ignore: !HAS_LINKS,
  fn: () =>
    withDatabasePath((database) => {
      new Deno.Command("mkfifo", { args: [`${database}.nightly.running`] }).outputSync();
      const lock = takeJobLock(database, FIRST);
      assertEquals(lock.lost, null);
      lock.release();
    }),
});

Deno.test({
  name: "a database has one lock, whatever way leads to its folder",
  ignore: !HAS_LINKS,
  fn: () =>
    withTemporaryFolder(({ path }) => {
      Deno.mkdirSync(path("real"));
      Deno.symlinkSync(path("real"), path("linked"));
      const lock = takeJobLock(path("real/cmdb.db"), FIRST);
      assertEquals(assertThrows(() => takeJobLock(path("linked/cmdb.db"), SECOND), RunStop).exitCode, 75);
      lock.release();
      return Promise.resolve();
    }),
});

Deno.test("a lock that may only be read would keep nobody out: it is refused with 73", () =>
  withDatabasePath((database) => {
    const path = `${database}.nightly.lock`;
    const file = new Database({ path, file: path, busyTimeoutSeconds: 0 });
    file.exec("CREATE TABLE t (a)");
    file.close();
    // For SQLite a file of a later format is one that may only be read, even for root (https://sqlite.org/fileformat.html, 1.3.3).
    const bytes = Deno.readFileSync(path);
    bytes[18] = 3;
    Deno.writeFileSync(path, bytes);
    const stop = assertThrows(() => takeJobLock(database, FIRST), RunStop);
    assertEquals(stop.exitCode, 73);
    assertStringIncludes(stop.message, "attempt to write a readonly database");
  }));

Deno.test({
  name: "a lock that another user made is refused with 73, too",
  ignore: Deno.build.os === "windows" || Deno.uid() === 0,
  fn: () =>
    withDatabasePath((database) => {
      Deno.writeTextFileSync(`${database}.nightly.lock`, "", { mode: 0o444 });
      assertEquals(assertThrows(() => takeJobLock(database, FIRST), RunStop).exitCode, 73);
    }),
});
