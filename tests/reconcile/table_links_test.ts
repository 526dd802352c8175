/** Link sets of databases that csvrecon did not make: tables between two others. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { withTables } from "../helpers/loading.ts";

const FILMS = `
  CREATE TABLE actor (actor_id INTEGER PRIMARY KEY, last_name TEXT NOT NULL);
  CREATE TABLE film (film_id INTEGER PRIMARY KEY, title TEXT NOT NULL UNIQUE);
  INSERT INTO actor VALUES (0, 'NULL'), (1, 'STONE'), (2, 'WAHL');
  INSERT INTO film VALUES (1, 'ICE');
`;

const CAST = `${FILMS}
  CREATE TABLE film_actor (actor_id INT NOT NULL REFERENCES actor, film_id INT NOT NULL REFERENCES film,
    role TEXT NOT NULL DEFAULT 'extra', fee REAL, at TEXT DEFAULT 'now', PRIMARY KEY (actor_id, film_id));
  INSERT INTO film_actor VALUES (1, 1, 'lead', 9.5, 'then');
`;

const links = "SELECT actor_id, film_id, role, fee, at FROM film_actor ORDER BY 1, 2";

Deno.test("new links have what their items name, and the rest is the database's", () =>
  withTables(CAST, async ({ load, query }) => {
    const csv = "title,film_actor\nICE,actor->last_name:STONE|Actor_ID:0;role:star|actor:2;FEE:1.50\n";
    await load("film", csv, { reconciliationkeys: "title" });
    assertEquals(query(links), ["0 1 star - now", "1 1 lead 9.5 then", "2 1 extra 1.5 now"]);
    assertEquals((await load("film", csv)).rows, ["unchanged film 1"]);
    const other = "title,film_actor\nICE,actor:1;fee:9.50|actor:2;fee:2\n";
    await load("film", other);
    assertEquals(query(links), ["1 1 lead 9.5 then", "2 1 extra 2 now"]);
  }));

Deno.test("a payload that must have a value is left out by nobody", () =>
  withTables(
    `${FILMS} CREATE TABLE film_actor (actor_id INT REFERENCES actor, film_id INT REFERENCES film, role TEXT NOT NULL,
      PRIMARY KEY (actor_id, film_id)); INSERT INTO film_actor VALUES (1, 1, 'lead')`,
    async ({ load, query }) => {
      const { rows } = await load("film", "title,film_actor\nICE,actor:1|actor:2\n");
      assertStringIncludes(rows[0] ?? "", "role");
      assertEquals((await load("film", "title,film_actor\nICE,actor:1|actor:2;role:star\n")).rows.length, 1);
      assertEquals(query("SELECT * FROM film_actor ORDER BY 1"), ["1 1 lead", "2 1 star"]);
    },
  ));

Deno.test("links that have a key of their own need it, unless the database gives it", () =>
  withTables(
    `${FILMS} CREATE TABLE film_actor (no INTEGER PRIMARY KEY, actor_id INT REFERENCES actor, film_id INT REFERENCES film,
      UNIQUE (actor_id, film_id)); INSERT INTO film_actor VALUES (5, 1, 1);
    CREATE TABLE tag (code TEXT PRIMARY KEY);
    INSERT INTO tag VALUES ('x'), ('y');
    CREATE TABLE film_tag (code TEXT PRIMARY KEY NOT NULL, tag TEXT NOT NULL REFERENCES tag, film INT NOT NULL REFERENCES film, UNIQUE (tag, film))`,
    async ({ load, query }) => {
      const { rows } = await load("film", "title,film_actor,film_tag\nICE,actor:1|actor:2,tag:x;code:a\n");
      assertEquals(rows.length, 1);
      assertEquals(query("SELECT * FROM film_actor ORDER BY 1"), ["5 1 1", "6 2 1"]);
      assertEquals(query("SELECT * FROM film_tag"), ["a x 1"]);
      const { rows: [lacking = ""] } = await load("film", "title,film_tag\nICE,tag:x|tag:y\n");
      assertStringIncludes(lacking, "code");
      // A key that is there is never changed.
      await load("film", "title,film_tag\nICE,tag:x;code:b\n");
      assertEquals(query("SELECT * FROM film_tag"), ["a x 1"]);
    },
  ));

Deno.test("keys that hold no ids are looked for by what they hold, in items and behind several arrows", () =>
  withTables(
    `CREATE TABLE country (no INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE);
    CREATE TABLE team (id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE REFERENCES country (code));
    CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, team TEXT REFERENCES team (code));
    CREATE TABLE task (id INTEGER PRIMARY KEY, title TEXT NOT NULL UNIQUE, owner INTEGER REFERENCES person);
    CREATE TABLE task_person (task INTEGER REFERENCES task, person INTEGER REFERENCES person, PRIMARY KEY (task, person));
    CREATE TABLE step (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, task INTEGER REFERENCES task);
    INSERT INTO country VALUES (4, 'A'), (5, 'B');
    INSERT INTO team VALUES (8, 'A'), (9, 'B');
    INSERT INTO person VALUES (1, 'Ann', 'A'), (2, 'Bob', 'B');
    INSERT INTO task VALUES (1, 'Dig', 2);`,
    async ({ load, query }) => {
      await load("task", "title,owner->team,task_person\nSaw,A,person->team:A|person->team:B\n");
      assertEquals(query("SELECT owner FROM task WHERE title = 'Saw'"), ["1"]);
      assertEquals(query("SELECT person FROM task_person ORDER BY 1"), ["1", "2"]);
      const { rows } = await load("task", "title,task_person\nSaw,person->team:8\n");
      assertStringIncludes(rows[0] ?? "", "team=8");
      await load("person", "name,team\nAnn,B\nBob,B\n");
      assertEquals(query("SELECT name, team FROM person"), ["Ann B", "Bob B"]);
      await load("person", "name,team\nAnn,A\n");
      await load("step", "name,task->owner->team\nfirst,B\nsecond,9\n");
      assertEquals(query("SELECT name, task FROM step"), ["first 1"]);
    },
  ));
