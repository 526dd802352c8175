/** A copy of the database whose making is ended from outside: nothing stands under its name, and the next run leaves nothing behind. */
import { assertEquals } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { integrityOf, wholeContent } from "../databases/backup_content.ts";
import { writeNewDatabase } from "../helpers/new_database.ts";
import { startProcess } from "../helpers/program_process.ts";
import { type Scratch, withScratch } from "../helpers/scratch.ts";

const ROWS = 200_000;

/** A database that takes a while to copy. */
async function makeDatabase(scratch: Scratch): Promise<string> {
  const path = await writeNewDatabase(scratch, "cmdb.db");
  const database = new DatabaseSync(path);
  database.exec(
    `CREATE TABLE many AS WITH RECURSIVE c(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM c WHERE n < ${ROWS}) ` +
      "SELECT n, 'text ' || n AS t FROM c",
  );
  database.close();
  scratch.write("a.csv", "name\nA\n");
  return path;
}

const ARGS =
  "--db=cmdb.db --auth_user=admin --auth_pwd=admin --class=Brand --csvfile=a.csv --no_localize=1 --backup=b.db";

function backupFiles({ folder }: Scratch): string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name).filter((name) =>
    name.includes("b.db") && !name.includes("cmdb")
  );
}

/** Starts a run, and ends it while it makes the copy. @returns its exit code */
async function endWhileCopying(scratch: Scratch, signal: Deno.Signal): Promise<number> {
  const running = startProcess(ARGS.split(" "), { folder: scratch.folder });
  while (!backupFiles(scratch).some((name) => name.endsWith(".unfinished"))) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  running.child.kill(signal);
  return (await running.ended()).exitCode;
}

Deno.test("SIGTERM leaves no file; a kill leaves one without a name, which the next run removes", () =>
  withScratch(async (scratch) => {
    const path = await makeDatabase(scratch);
    const before = wholeContent(path);
    assertEquals([await endWhileCopying(scratch, "SIGTERM"), backupFiles(scratch)], [143, []]);
    await endWhileCopying(scratch, "SIGKILL");
    assertEquals(backupFiles(scratch).includes("b.db"), false);
    // One that is just being made is not taken for left.
    await new Promise((resolve) => setTimeout(resolve, 1100));
    const ended = await startProcess(ARGS.split(" "), { folder: scratch.folder }).ended();
    assertEquals([ended.exitCode, backupFiles(scratch)], [0, ["b.db"]], ended.stderr);
    assertEquals([wholeContent(scratch.path("b.db")), integrityOf(scratch.path("b.db"))], [before, "ok"]);
  }));
