import { assertEquals, assertMatch, assertStringIncludes, assertThrows } from "@std/assert";
import { join } from "@std/path";
import { RunStop } from "../../lib/errors.ts";
import { createDatabase } from "../../lib/databases/sqlite/create_database.ts";
import { APPLICATION_ID, type Database, openDatabase, SCHEMA_VERSION } from "../../lib/databases/sqlite/database.ts";
import { storedModelText } from "../../lib/databases/sqlite/stored_model.ts";
import { ownMapping } from "../../lib/databases/sql/own_layout.ts";
import { SMALL_MODEL } from "../store/small_model.ts";
import { assertSound, NOW, withFolder } from "./small_store.ts";

const NO_WAIT = { busyTimeoutSeconds: 0 };
const NEW = { ...NO_WAIT, ...ownMapping(SMALL_MODEL), modelText: '{"name":"small"}', now: NOW };

/** A database that was made and closed. */
async function withFile(use: (path: string, folder: string) => void | Promise<void>): Promise<void> {
  await withFolder(async (folder) => {
    const path = join(folder, "small.db");
    await createDatabase(path, NEW);
    await use(path, folder);
  });
}

function filesIn(folder: string): string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
}

function pragma(database: Database, name: string): unknown {
  return Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0];
}

function stopOf(work: () => unknown): RunStop {
  return assertThrows(work, RunStop, "");
}

async function rejectionOf(work: () => Promise<unknown>): Promise<RunStop> {
  try {
    await work();
  } catch (error) {
    if (error instanceof RunStop) return error;
    throw error;
  }
  throw new Error("it was not refused");
}

function change(path: string, sql: string): void {
  const database = openDatabase(path, NO_WAIT);
  database.exec(sql);
  database.close();
}

Deno.test({
  name: "a new database is its user's alone, and so are the files beside it: it holds the hashes of passwords",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withFile((path, folder) => {
      const database = openDatabase(path, NO_WAIT);
      database.exec("CREATE TABLE written (id INTEGER)");
      const modes = filesIn(folder).map((name) => [name, (Deno.statSync(join(folder, name)).mode ?? 0) & 0o777]);
      database.close();
      assertEquals(modes, [["small.db", 0o600], ["small.db-shm", 0o600], ["small.db-wal", 0o600]]);
    }),
});

Deno.test("a new database can be opened, is marked as ours and carries its model", async () => {
  await withFile((path, folder) => {
    assertEquals(filesIn(folder), ["small.db"]);
    const database = openDatabase(path, NO_WAIT);
    assertEquals(pragma(database, "application_id"), APPLICATION_ID);
    assertEquals(pragma(database, "user_version"), SCHEMA_VERSION);
    assertEquals(storedModelText(database), '{"name":"small"}');
    assertSound(database);
    database.close();
  });
});

Deno.test("a database is opened with a write-ahead log, foreign keys, full synchronisation and the busy timeout", async () => {
  await withFile((path) => {
    const database = openDatabase(path, { busyTimeoutSeconds: 2.5 });
    assertEquals(pragma(database, "journal_mode"), "wal");
    assertEquals(pragma(database, "foreign_keys"), 1);
    assertEquals(pragma(database, "synchronous"), 2);
    assertEquals(pragma(database, "busy_timeout"), 2500);
    // Negative: in KiB. The whole program has 160 MiB.
    const cache = -Number(pragma(database, "cache_size"));
    assertEquals(cache > 0 && cache <= 32 * 1024, true);
    database.close();
  });
});

Deno.test("a database that somebody took out of the write-ahead log is put back", async () => {
  await withFile((path) => {
    change(path, "PRAGMA journal_mode = DELETE");
    const database = openDatabase(path, NO_WAIT);
    assertEquals(pragma(database, "journal_mode"), "wal");
    database.close();
  });
});

Deno.test("a missing database is refused with the command that makes it, and not made", async () => {
  await withFolder((folder) => {
    const stop = stopOf(() => openDatabase(join(folder, "none.db"), NO_WAIT));
    assertEquals(stop.exitCode, 78);
    assertStringIncludes(stop.messages[0]?.text ?? "", "none.db");
    assertStringIncludes(stop.messages[0]?.hint ?? "", "csvrecon init");
    assertEquals(filesIn(folder), []);
    assertEquals(stopOf(() => openDatabase(":memory:", NO_WAIT)).exitCode, 78);
  });
});

Deno.test("what is no database of ours is refused and left as it is", async () => {
  await withFolder((folder) => {
    const path = join(folder, "file");
    for (
      const [content, text] of [["name;code\n".repeat(500), "Not an SQLite database"], [
        "",
        "not made by csvrecon",
      ]] as const
    ) {
      Deno.writeTextFileSync(path, content);
      const stop = stopOf(() => openDatabase(path, NO_WAIT));
      assertEquals(stop.exitCode, 78);
      assertStringIncludes(stop.message, text);
      assertEquals(Deno.readTextFileSync(path), content);
    }
    assertEquals(stopOf(() => openDatabase(folder, NO_WAIT)).exitCode, 78);
  });
});

Deno.test("another program's database is refused and not put into the write-ahead log", async () => {
  await withFile((path) => {
    change(path, "PRAGMA application_id = 7; PRAGMA journal_mode = DELETE");
    const before = Deno.readFileSync(path);
    const stop = stopOf(() => openDatabase(path, NO_WAIT));
    assertEquals(stop.exitCode, 78);
    assertStringIncludes(stop.message, "not made by csvrecon");
    assertEquals(Deno.readFileSync(path), before);
  });
});

Deno.test("a database of a newer schema is refused, and one of a schema that no version had", async () => {
  await withFile((path) => {
    for (const [version, words] of [[SCHEMA_VERSION + 1, "newer csvrecon"], [0, "older csvrecon"]] as const) {
      const raw = openDatabase(path, NO_WAIT);
      raw.exec(`PRAGMA user_version = ${version}`);
      const stop = stopOf(() => openDatabase(path, NO_WAIT));
      raw.exec(`PRAGMA user_version = ${SCHEMA_VERSION}`);
      raw.close();
      assertEquals(stop.exitCode, 78);
      assertStringIncludes(stop.message, words);
    }
  });
});

Deno.test("a database that is damaged is refused when the damage is met", async () => {
  await withFile((path) => {
    const bytes = Deno.readFileSync(path);
    Deno.writeFileSync(path, bytes.fill(0xaa, 100));
    const stop = stopOf(() => storedModelText(openDatabase(path, NO_WAIT)));
    assertEquals(stop.exitCode, 78);
    assertStringIncludes(stop.message, "damaged");
  });
});

Deno.test("a new database takes nobody's place", async () => {
  await withFolder(async (folder) => {
    const path = join(folder, "taken");
    Deno.writeTextFileSync(path, "mine");
    const stop = await rejectionOf(() => createDatabase(path, NEW));
    assertEquals(stop.exitCode, 73);
    assertStringIncludes(stop.message, "exists already");
    assertEquals(Deno.readTextFileSync(path), "mine");
    assertEquals(filesIn(folder), ["taken"]);
  });
});

Deno.test("a new database in a folder that is not there is refused", async () => {
  await withFolder(async (folder) => {
    const stop = await rejectionOf(() => createDatabase(join(folder, "no", "small.db"), NEW));
    assertEquals(stop.exitCode, 73);
  });
});

Deno.test("a new database that cannot be filled leaves no file behind", async () => {
  await withFolder(async (folder) => {
    const path = join(folder, "small.db");
    const stop = await rejectionOf(() =>
      createDatabase(path, NEW, async (database) => {
        await Promise.resolve();
        database.exec("PRAGMA query_only = ON");
        database.exec("DELETE FROM csvrecon_model");
      })
    );
    assertEquals(stop.exitCode, 73);
    assertEquals(filesIn(folder), []);
  });
});

Deno.test("a new database bears its name only when it is complete, and is one file", async () => {
  await withFile(async (_path, folder) => {
    const path = join(folder, "other.db");
    await createDatabase(path, NEW, () => {
      const [unfinished = "", ...others] = filesIn(folder);
      assertMatch(unfinished, /^\.other\.db\.[0-9a-f-]{36}\.unfinished$/);
      assertEquals(others, ["small.db"]);
    });
    assertEquals(filesIn(folder), ["other.db", "small.db"]);
  });
});

Deno.test("what a killed program has left of a new database is removed by the next, but not what another is making", async () => {
  await withFolder(async (folder) => {
    const path = join(folder, "small.db");
    for (const name of [".small.db.half", ".small.db.empty", ".other.db.half"]) {
      const bytes = name.endsWith("empty") ? new Uint8Array() : new Uint8Array(5000).fill(1);
      Deno.writeFileSync(join(folder, `${name}.unfinished`), bytes);
      Deno.utimeSync(join(folder, `${name}.unfinished`), 1000, 1000);
    }
    await createDatabase(path, NEW, async () => {
      const [others, mine = ""] = filesIn(folder);
      assertEquals(others, ".other.db.half.unfinished");
      Deno.utimeSync(join(folder, mine), 1000, 1000);
      await createDatabase(path, NEW);
      assertEquals(filesIn(folder).includes(mine), true);
    }).catch((error) => assertStringIncludes(error.message, "exists already"));
    assertEquals(filesIn(folder), [".other.db.half.unfinished", "small.db"]);
  });
});

Deno.test("a database that comes into being meanwhile keeps its name", async () => {
  await withFolder(async (folder) => {
    const path = join(folder, "small.db");
    const stop = await rejectionOf(() => createDatabase(path, NEW, () => Deno.writeTextFileSync(path, "mine")));
    assertEquals([stop.exitCode, stop.message], [73, `Database could not be created: '${path}' exists already`]);
    assertEquals([Deno.readTextFileSync(path), filesIn(folder).length], ["mine", 1]);
  });
});

Deno.test("what fills a new database is there when it is opened", async () => {
  await withFolder(async (folder) => {
    const path = join(folder, "small.db");
    await createDatabase(path, NEW, (filling) => {
      filling.exec("INSERT INTO organization (finalclass, name, code) VALUES ('Organization', 'Top', '')");
    });
    const again = openDatabase(path, NO_WAIT);
    assertEquals(again.prepare("SELECT name FROM organization").get()?.["name"], "Top");
    again.close();
  });
});
