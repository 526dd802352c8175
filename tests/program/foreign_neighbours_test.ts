/** The program that owns a database reads and writes on while csvrecon loads into it. */
import { assert, assertEquals } from "@std/assert";
import { join } from "@std/path";
import { DatabaseSync } from "node:sqlite";
import { startProcess } from "../helpers/program_process.ts";
import { assertExit, withScratch } from "../helpers/scratch.ts";

const ROWS = 20_000;
const IMPORT = ["--db=shop.db", "--class=part", "--csvfile=parts.csv", "--busy_timeout=60"];

for (const mode of ["DELETE", "WAL"]) {
  Deno.test(`a database of others: its own program reads and writes on meanwhile (${mode})`, () =>
    withScratch(async ({ folder }) => {
      const owner = new DatabaseSync(join(folder, "shop.db"));
      owner.exec(`PRAGMA journal_mode = ${mode}; PRAGMA busy_timeout = 60000;
        CREATE TABLE part (code TEXT PRIMARY KEY, price REAL); CREATE TABLE visit (n INTEGER PRIMARY KEY);`);
      const lines = Array.from({ length: ROWS }, (_, index) => `P${index},${index}.5`);
      Deno.writeTextFileSync(join(folder, "parts.csv"), ["code,price", ...lines, ""].join("\n"));
      const running = startProcess(IMPORT, { folder });
      let isOver = false;
      const ended = running.ended().finally(() => isOver = true);
      const seen = new Set<unknown>();
      let visits = 0;
      while (!isOver) {
        seen.add(owner.prepare("SELECT count(*) AS n FROM part").get()?.["n"]);
        owner.prepare("INSERT INTO visit VALUES (?)").run(++visits);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      assertExit(await ended, 0);
      // All of the rows at once, or none.
      assertEquals([...seen].filter((count) => count !== 0 && count !== ROWS), []);
      assert(visits > 1, "it was to write meanwhile");
      assertEquals({
        ...owner.prepare("SELECT (SELECT count(*) FROM part) AS parts, max(n) AS visits FROM visit").get(),
      }, {
        parts: ROWS,
        visits,
      });
      assertEquals({ ...owner.prepare("PRAGMA integrity_check").get() }, { integrity_check: "ok" });
      assertEquals({ ...owner.prepare("PRAGMA journal_mode").get() }, { journal_mode: mode.toLowerCase() });
      owner.close();
    }));
}
