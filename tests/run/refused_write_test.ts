/** What the database itself refuses is a row in error: whoever keeps the database may have rules and triggers of their own. */
import { assert, assertEquals } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { type Loading, withWorld } from "../helpers/loading.ts";

/** As somebody beside the program would. */
function execute({ database }: Loading, sql: string): void {
  const opened = new DatabaseSync(database);
  try {
    opened.exec(sql);
  } finally {
    opened.close();
  }
}

const UNIQUE = "CREATE UNIQUE INDEX one_email ON contact (email) WHERE email <> ''";
const NO_BOBS = `CREATE TRIGGER no_bobs BEFORE INSERT ON contact WHEN NEW.name = 'Bob'
  BEGIN SELECT RAISE(ABORT, 'Bobs are made elsewhere'); END`;

const PERSONS = "name,first_name,org_id,email\nAnn,A,1,a@x.org\nBob,B,1,b@x.org\nCid,C,1,a@x.org\nDan,D,1,d@x.org\n";
const BY_NAME = { reconciliationkeys: "name,first_name" };

Deno.test("a unique index, a check and a trigger of somebody else refuse their rows, and no others", () =>
  withWorld(async (loading) => {
    execute(loading, `${UNIQUE}; ${NO_BOBS}`);
    const before = loading.objects("Person", "name").length;
    const { rows, run } = await loading.load("Person", PERSONS, BY_NAME);
    assertEquals(rows.map((row) => row.split(/[ :]/)[0]), ["created", "rejected", "rejected", "created"]);
    assert(rows[1]?.includes("Bobs are made elsewhere"), rows[1]);
    assert(rows[2]?.includes("contact.email"), rows[2]);
    assertEquals(run.exitCode, 1);
    assertEquals(loading.objects("Person", "name").length, before + 2);
    const created = loading.query(
      "SELECT COUNT(*) FROM change_op WHERE operation = 'create' AND class = 'Person' " +
        "AND change = (SELECT MAX(id) FROM change)",
    );
    assertEquals(created, ["2"]);
  }));

Deno.test("a row that a trigger deletes as soon as it is there was not created", () =>
  withWorld(async (loading) => {
    execute(
      loading,
      "CREATE TRIGGER gone AFTER INSERT ON contact WHEN NEW.name = 'Bob' BEGIN DELETE FROM contact WHERE id = NEW.id; END",
    );
    const csv = "name,first_name,org_id,email\nAnn,A,1,a@x.org\nBob,B,1,b@x.org\nCid,C,1,c@x.org\n";
    const { rows, run } = await loading.load("Person", csv, BY_NAME);
    assertEquals(rows.map((row) => row.split(/[ :]/)[0]), ["created", "rejected", "created"]);
    assert(rows[1]?.includes("because of a trigger"), rows[1]);
    assertEquals(run.exitCode, 1);
    const logged = "SELECT COUNT(*) FROM change_op WHERE operation = 'create' AND class = 'Person' " +
      "AND change = (SELECT MAX(id) FROM change)";
    assertEquals(loading.query(logged), ["2"]);
    const { rows: [team] } = await loading.load("Team", "name,org_id,persons_list\nBob,1,person_id:1\n", {
      reconciliationkeys: "name",
    });
    assert(team?.startsWith("rejected"), team);
    assertEquals(loading.query("SELECT COUNT(*) FROM lnkpersontoteam"), ["0"]);
  }));

Deno.test("the JSON report has the rule and the constraint", () =>
  withWorld(async (loading) => {
    execute(loading, UNIQUE);
    const { run } = await loading.load("Person", PERSONS, BY_NAME);
    const refused = run.stdout.split("\n").map((line) => line === "" ? {} : JSON.parse(line))
      .find(({ status }) => status === "rejected");
    const { text, ...facts } = refused.messages[0];
    assertEquals(facts, {
      kind: "refused_write",
      rule: "unique",
      constraint: "contact.email",
      database_text: "UNIQUE constraint failed: contact.email",
    });
    assert(text.includes("contact.email"));
  }));

Deno.test("a row behind a refused one with the same key is a row of its own", () =>
  withWorld(async (loading) => {
    execute(loading, NO_BOBS);
    const csv = "name,first_name,org_id\nBob,B,1\nBob,B,1\nEve,E,1\nEve,E,1\n";
    const { rows } = await loading.load("Person", csv, BY_NAME);
    assertEquals(rows.map((row) => row.split(/[ :]/)[0]), ["rejected", "rejected", "created", "unchanged"]);
  }));

Deno.test("a refused update leaves its object as it was, and names it", () =>
  withWorld(async (loading) => {
    await loading.load("Person", PERSONS.replace("Cid,C,1,a@", "Cid,C,1,c@"), BY_NAME);
    execute(loading, UNIQUE);
    const csv = "name,first_name,email\nAnn,A,new@x.org\nCid,C,d@x.org\nDan,D,a@x.org\n";
    const { rows } = await loading.load("Person", csv, BY_NAME);
    assertEquals(rows.map((row) => row.split(/ \d|:/)[0]), ["updated Person", "rejected Person", "updated Person"]);
    assertEquals(
      loading.query("SELECT name, email FROM contact WHERE name IN ('Ann', 'Cid', 'Dan') ORDER BY name"),
      ["Ann new@x.org", "Cid c@x.org", "Dan a@x.org"],
    );
  }));

Deno.test("an object whose links are refused is not made either", () =>
  withWorld(async (loading) => {
    await loading.load("Person", PERSONS.replace("Cid,C,1,a@", "Cid,C,1,c@"), BY_NAME);
    execute(
      loading,
      `CREATE TRIGGER no_links BEFORE INSERT ON lnkpersontoteam WHEN NEW.person_id = (SELECT id FROM contact WHERE name = 'Bob')
       BEGIN SELECT RAISE(FAIL, 'Bob is in no team'); END`,
    );
    const [bob, dan] = loading.query("SELECT id FROM contact WHERE name IN ('Bob', 'Dan') ORDER BY name");
    const csv = `name,org_id,persons_list\nReds,1,person_id:${dan}|person_id:${bob}\nBlues,1,person_id:${dan}\n`;
    const { rows } = await loading.load("Team", csv, { reconciliationkeys: "name" });
    assert(rows[0]?.includes("Bob is in no team"), rows[0]);
    assert(rows[1]?.startsWith("created Team"), rows[1]);
    assertEquals(loading.query("SELECT name FROM contact WHERE name IN ('Reds', 'Blues')"), ["Blues"]);
  }));

Deno.test("a simulation tells the same", () =>
  withWorld(async (loading) => {
    execute(loading, `${UNIQUE}; ${NO_BOBS}`);
    const everything = loading.everything();
    const { rows } = await loading.load("Person", PERSONS, { ...BY_NAME, simulate: "1" });
    assertEquals(rows.map((row) => row.split(/[ :]/)[0]), ["created", "rejected", "rejected", "created"]);
    assertEquals(loading.everything(), everything);
  }));
