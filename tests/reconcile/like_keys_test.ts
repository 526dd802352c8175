/** Keys that look alike, and are two in a database that csvrecon did not make. */
import { assertEquals } from "@std/assert";
import { withTables } from "../helpers/loading.ts";

const PARTS = "CREATE TABLE part (code TEXT PRIMARY KEY, v INTEGER); INSERT INTO part VALUES ('P 1', 1), ('Größe', 2)";

const warning = (rows: string) =>
  `${rows}: in this database these are two`.replace(
    "created",
    "created an object that differs from another one in 'code' only by case, blanks or the form of characters",
  );

Deno.test("who creates what looks like something that is there is warned once", () =>
  withTables(PARTS, async ({ load, query }) => {
    const decomposed = "Gro\u0308ße";
    const { rows, warnings } = await load(
      "part",
      `code,v\np 1,1\nP  1,1\n${decomposed},2\nnew,3\nNew,4\nP 1,1\nother,5\n`,
    );
    assertEquals(rows.map((row) => row.split(" ")[0]), [
      ...["created", "created", "created", "created", "created"],
      ...["unchanged", "created"],
    ]);
    assertEquals(warnings, [warning("4 rows created, the first in line 2")]);
    assertEquals(query("SELECT count(*) FROM part"), ["8"]);
    assertEquals((await load("part", "code,v\np 1,1\nfresh,1\n")).warnings, []);
  }));

Deno.test("a column that compares without case finds what is there", () =>
  withTables(PARTS.replace("TEXT", "TEXT COLLATE NOCASE"), async ({ load }) => {
    assertEquals(await load("part", "code,v\np 1,1\n").then(({ rows, warnings }) => [rows, warnings]), [
      ["unchanged part P 1"],
      [],
    ]);
  }));

Deno.test("with several keys all of them look alike", () =>
  withTables(
    "CREATE TABLE s (scope TEXT, name TEXT, n INTEGER, PRIMARY KEY (scope, name, n)); INSERT INTO s VALUES ('a', 'x', 1)",
    async ({ load }) => {
      const { warnings } = await load("s", "scope,name,n\nA,x,1\nB,x,1\na,x,2\n");
      assertEquals(warnings.length, 1);
    },
  ));
