/** Several programs load into one database that we did not make: they wait for each other, for its rows and for its log. */
import { assertEquals } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { startProcess } from "../helpers/program_process.ts";
import { assertExit, withScratch } from "../helpers/scratch.ts";

const ROWS = 500;

for (const place of ["beside", "inside"] as const) {
  Deno.test(`two programs that load the same rows at once make each of them once, with the log ${place}`, () =>
    withScratch(async (scratch) => {
      const path = scratch.path("case.db");
      const database = new DatabaseSync(path);
      database.exec("CREATE TABLE part (id INTEGER PRIMARY KEY, code TEXT UNIQUE, stock INT)");
      const rows = Array.from({ length: ROWS }, (_, index) => `P${index},${index}\n`);
      await scratch.write("in.csv", `code,stock\n${rows.join("")}`);
      const load = ["--db=case.db", "--class=part", "--csvfile=in.csv", "--output=retcode", `--change_log=${place}`];
      const both = [1, 2].map(() => startProcess(load, { folder: scratch.folder }).ended());
      for (const run of await Promise.all(both)) assertExit(run, 0);
      const count = (sql: string, of = database) => Object.values(of.prepare(sql).get() ?? {});
      assertEquals(count("SELECT count(*), max(id) FROM part"), [ROWS, ROWS]);
      const log = place === "beside" ? new DatabaseSync(`${path}.csvrecon`) : database;
      const change = place === "beside" ? "change" : "csvrecon_change";
      assertEquals(count(`SELECT count(*), sum(created), max(state) FROM ${change}`, log), [1, ROWS, "done"]);
      assertEquals(count(`SELECT count(DISTINCT object_key) FROM ${change}_op`, log), [ROWS]);
      if (log !== database) log.close();
      database.close();
    }));
}
