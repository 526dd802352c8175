/** Triggers of a database that we did not make write the very rows that a run loads: each row of a file sees what those before it set off. */
import { assertEquals } from "@std/assert";
import { withTables } from "../helpers/loading.ts";

const COPIES = `CREATE TRIGGER copies AFTER INSERT ON part WHEN new.name NOT LIKE '%copy' BEGIN
  INSERT INTO part (name, qty) VALUES (new.name || ' copy', 0); END;`;

for (const unique of ["", " UNIQUE"]) {
  Deno.test(`a row finds what a trigger has made of a row before it, with${unique === "" ? "out" : ""} a unique index`, () =>
    withTables(
      `CREATE TABLE part (id INTEGER PRIMARY KEY, name TEXT${unique}, qty INT); ${COPIES}`,
      async ({ load, query }) => {
        const { rows } = await load("part", "name,qty\na,1\na copy,2\nb,3\n", { reconciliationkeys: "name" });
        assertEquals(rows, ["created part 1", "updated part 2 qty=0->2", "created part 3"]);
        assertEquals(query("SELECT name, qty FROM part ORDER BY id"), ["a 1", "a copy 2", "b 3", "b copy 0"]);
      },
    ));
}

Deno.test("a row is looked for under the key that a trigger of an earlier row has given its object", () =>
  withTables(
    `CREATE TABLE part (id INTEGER PRIMARY KEY, name TEXT, qty INT);
    CREATE TRIGGER renames AFTER UPDATE OF qty ON part WHEN new.name = 'a' BEGIN UPDATE part SET name = 'c' WHERE name = 'b'; END;
    INSERT INTO part VALUES (1, 'a', 1), (2, 'b', 1);`,
    async ({ load, query }) => {
      const { rows } = await load("part", "name,qty\na,2\nb,2\nc,3\n", { reconciliationkeys: "name" });
      assertEquals(rows, ["updated part 1 qty=1->2", "created part 3", "updated part 2 qty=1->3"]);
      assertEquals(query("SELECT id, name, qty FROM part"), ["1 a 2", "2 c 3", "3 b 2"]);
    },
  ));

const SHARED = `CREATE TABLE part (id INTEGER PRIMARY KEY, name TEXT, qty INT, stock INT, changes INT DEFAULT 0);
  CREATE TRIGGER moves AFTER UPDATE OF qty ON part WHEN new.name = 'a' BEGIN
    UPDATE part SET qty = qty + 100 -- those below
      WHERE id > new.id; END;
  INSERT INTO part VALUES (1, 'a', 1, 1, 0), (2, 'b', 2, 1, 0), (3, 'c', 3, 1, 0);`;

Deno.test("a row is compared with what triggers have made of it, and so is it logged, so that an undo keeps it", () =>
  withTables(SHARED, async ({ load, query, scratch }) => {
    const { rows } = await load("part", "id,qty\n1,5\n2,7\n3,103\n", { reconciliationkeys: "id" });
    assertEquals(rows, ["updated part 1 qty=1->5", "updated part 2 qty=102->7", "unchanged part 3"]);
    await scratch.run(["undo", "--db=tables.db", "--output=summary"]);
    assertEquals(query("SELECT qty FROM part WHERE id = 2"), ["202"]);
  }));

Deno.test("objects that are gone get their values one after the other, where triggers write the same column", () =>
  withTables(SHARED.replaceAll("id > new.id", "id = new.id + 1"), async ({ load, query, scratch }) => {
    const feed = { source: "parts", gone: "update", gone_set: "qty=9", gone_limit: "100%" };
    await load("part", "name,stock\na,1\nb,1\nc,1\n", { reconciliationkeys: "name", ...feed });
    const { rows } = await load("part", "name,stock\nc,1\n", { reconciliationkeys: "name", ...feed });
    assertEquals(rows.slice(1), ["gone: updated part 1 qty=1->9", "gone: updated part 2 qty=102->9"]);
    const { stdout } = await scratch.run(["history", "--db=tables.db", "--object=2", "--class=part", "--output=json"]);
    assertEquals(stdout.includes('"old":"102"'), true, stdout);
    assertEquals(query("SELECT qty FROM part"), ["9", "9", "3"]);
  }));

const MAKERS = `CREATE TABLE maker (code INTEGER PRIMARY KEY, name TEXT);
  CREATE TABLE part (id INTEGER PRIMARY KEY, name TEXT, maker INT REFERENCES maker (code), note TEXT);
  INSERT INTO maker VALUES (1, 'Ada'), (2, 'Bo');`;

Deno.test("a row may refer to what a trigger of a row before it has made, in another group of rows, too", () =>
  withTables(
    `${MAKERS} CREATE TRIGGER makes AFTER INSERT ON part WHEN new.note IS NOT NULL BEGIN
      INSERT INTO maker (name) VALUES (new.note); END;`,
    async ({ load, query }) => {
      const many = Array.from({ length: 1100 }, (_, index) => `m${index},Bo,\n`).join("");
      const csv = `name,maker->name,note\na,Cy,\nb,Ada,Cy\nc,Cy,\n${many}d,Di,Ed\ne,Di,\nf,Ed,Di\ng,Di,\nh,Ed,\n`;
      const { rows } = await load("part", csv, { reconciliationkeys: "name" });
      const kinds = rows.map((row) => row.split(/[ :]/)[0]);
      assertEquals(kinds.slice(0, 3), ["rejected", "created", "created"]);
      assertEquals(kinds.slice(-5), ["rejected", "rejected", "rejected", "rejected", "rejected"]);
      assertEquals(query("SELECT name FROM maker"), ["Ada", "Bo", "Cy"]);
    },
  ));

Deno.test("a row refers to what a trigger of a row before it has renamed, and not to what had the name", () =>
  withTables(
    `${MAKERS} CREATE TRIGGER swaps AFTER INSERT ON part WHEN new.note = 'swap' BEGIN
      UPDATE maker SET name = CASE name WHEN 'Ada' THEN 'Bo' ELSE 'Ada' END; END;`,
    async ({ load, query }) => {
      const csv = "name,maker->name,note\na,Ada,\nb,Ada,swap\nc,Ada,\nd,Bo,\n";
      await load("part", csv, { reconciliationkeys: "name" });
      assertEquals(query("SELECT name, maker FROM part"), ["a 1", "b 1", "c 2", "d 1"]);
    },
  ));

Deno.test("targets that a run makes set off triggers, too", () =>
  withTables(
    `${MAKERS} CREATE TRIGGER twins AFTER INSERT ON maker WHEN new.name = 'Cy' BEGIN
      INSERT INTO part (name, maker) VALUES ('of Cy', new.code); END;`,
    async ({ load, query }) => {
      const csv = "name,maker->name,note\na,Cy,\nof Cy,Cy,x\n";
      const { rows } = await load("part", csv, { reconciliationkeys: "name", create_targets: "maker" });
      assertEquals(rows.map((row) => row.split(" ")[0]), ["created", "updated"]);
      assertEquals(query("SELECT name, note FROM part ORDER BY name"), ["a -", "of Cy x"]);
    },
  ));

Deno.test("links that a trigger makes are there when a row below speaks of them", () =>
  withTables(
    `CREATE TABLE part (id INTEGER PRIMARY KEY, name TEXT UNIQUE);
    CREATE TABLE tag (id INTEGER PRIMARY KEY, word TEXT UNIQUE);
    CREATE TABLE part_tag (part_id INTEGER REFERENCES part (id), tag_id INTEGER REFERENCES tag (id), PRIMARY KEY (part_id, tag_id));
    INSERT INTO part VALUES (1, 'a'), (2, 'b'); INSERT INTO tag VALUES (1, 'old'), (2, 'new');
    CREATE TRIGGER both AFTER INSERT ON part_tag WHEN new.part_id = 1 BEGIN INSERT INTO part_tag VALUES (2, new.tag_id); 
      INSERT INTO tag (word) VALUES ('made'); END;`,
    async ({ load, query }) => {
      const csv = "name,part_tag\na,tag_id->word:old\nb,tag_id->word:old|tag_id->word:made\n";
      const { rows } = await load("part", csv, { reconciliationkeys: "name" });
      assertEquals(rows.map((row) => row.split(" ")[0]), ["updated", "updated"]);
      assertEquals(query("SELECT * FROM part_tag ORDER BY 1, 2"), ["1 1", "2 1", "2 3"]);
    },
  ));

Deno.test("a second reading compares each row with what triggers have made of it", () =>
  withTables(
    `CREATE TABLE part (id INTEGER PRIMARY KEY, name TEXT UNIQUE, parent INT REFERENCES part (id));
    INSERT INTO part VALUES (1, 'a', NULL), (2, 'b', NULL), (3, 'c', NULL), (4, 'd', 2);
    CREATE TRIGGER takes AFTER UPDATE OF parent ON part WHEN new.name = 'a' BEGIN
      UPDATE part SET parent = 3 WHERE name IN ('b', 'd'); END;`,
    async ({ load, query, scratch }) => {
      const csv = "name,parent->name\na,new\nb,new\nd,b\nnew,\n";
      const { rows } = await load("part", csv, { reconciliationkeys: "name", second_pass: "parent" });
      assertEquals(rows.map((row) => row.split(" ")[0]), ["updated", "updated", "updated", "created"]);
      assertEquals(query("SELECT name, parent FROM part"), ["a 5", "b 5", "c -", "d 2", "new -"]);
      const { stdout } = await scratch.run(["history", "--db=tables.db", "--change=1", "--output=json"]);
      const told = stdout.split("\n").filter((line) => line.includes('"attribute":"parent"')).map((line) =>
        JSON.parse(line)
      );
      assertEquals(told.map(({ id, old }) => `${id} ${old}`), ["1 null", "2 3", "4 3"], stdout);
    },
  ));

Deno.test("a key that goes along with the row that it refers to is seen and logged as it went", () =>
  withTables(
    `CREATE TABLE part (id INTEGER PRIMARY KEY, code TEXT UNIQUE, parent TEXT REFERENCES part (code) ON UPDATE CASCADE);
    INSERT INTO part VALUES (1, 'a', NULL), (2, 'b', 'a'), (3, 'c', 'a');`,
    async ({ load, query }) => {
      const csv = "id,code,parent\n1,A,\n2,b,A\n3,c,b\n";
      const { rows } = await load("part", csv, { reconciliationkeys: "id" });
      assertEquals(rows.map((row) => row.split(" ").slice(0, 3).join(" ")), [
        "updated part 1",
        "unchanged part 2",
        "updated part 3",
      ]);
      assertEquals(query("SELECT code, parent FROM part"), ["A -", "b A", "c b"]);
    },
  ));
