/** External keys that are filled in a second reading of the file (SPEC 16, `second_pass`). */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { withModel } from "../helpers/loading.ts";
import { assertExit } from "../helpers/scratch.ts";

/** Persons with bosses, which may go in circles; places with parents, which may not. */
const MODEL = {
  name: "second_pass",
  languages: ["EN US"],
  classes: {
    Person: {
      reconciliation_keys: ["email"],
      friendly_name: "{name}",
      attributes: {
        email: { kind: "email", labels: { "EN US": "Email" } },
        name: { kind: "string", null: false, labels: { "EN US": "Name" } },
        boss_id: { kind: "external_key", target: "Person", null: true, labels: { "EN US": "Boss" } },
      },
    },
    Place: {
      reconciliation_keys: ["code"],
      friendly_name: "{name}",
      unique: [{ name: "serial", attributes: ["serial"], unless_empty: ["serial"] }],
      attributes: {
        code: { kind: "string", null: false },
        name: { kind: "string", null: false },
        serial: { kind: "string" },
        parent_id: { kind: "external_key", target: "Place", null: true, hierarchical: true },
      },
    },
  },
};

const BOSSES = { second_pass: "boss_id" };
const PARENTS = { second_pass: "parent_id" };

Deno.test("children stand above parents, and circles load", () =>
  withModel(MODEL, async ({ load, objects, query }) => {
    const csv =
      "email,name,boss_id->email\na@x.org,A,b@x.org\nb@x.org,B,c@x.org\nc@x.org,C,a@x.org\nd@x.org,D,d@x.org\ne@x.org,E,\n";
    assertEquals((await load("Person", csv, BOSSES)).rows, [1, 2, 3, 4, 5].map((id) => `created Person ${id}`));
    assertEquals(objects("Person", "id,email,boss_id"), [
      "1,a@x.org,2",
      "2,b@x.org,3",
      "3,c@x.org,1",
      "4,d@x.org,4",
      "5,e@x.org,0",
    ]);
    assertEquals(
      query("SELECT operation, object_id, attribute FROM change_op"),
      [1, 2, 3, 4, 5].map((id) => `create ${id} -`),
    );
    assertEquals((await load("Person", csv, BOSSES)).rows, [1, 2, 3, 4, 5].map((id) => `unchanged Person ${id}`));
    const turned = "email,name,boss_id->email\na@x.org,A,c@x.org\nb@x.org,BB,\ne@x.org,E,b@x.org\n";
    assertEquals((await load("Person", turned, BOSSES)).rows, [
      "updated Person 1 boss_id=2->3",
      'updated Person 2 boss_id=3->null name="B"->"BB"',
      "updated Person 5 boss_id=null->2",
    ]);
  }));

Deno.test("who refers to a row in error is in error, and nothing of it is written", () =>
  withModel(MODEL, async ({ load, objects, query }) => {
    const csv =
      "email,name,boss_id->email\na@x.org,A,b@x.org\nb@x.org,B,c@x.org\nc@x.org,C,nobody@x.org\nd@x.org,D,e@x.org\ne@x.org,E,\n";
    const { rows } = await load("Person", csv, BOSSES);
    const bad = "rejected: Unexpected attribute value(s) | boss_id: No match for value";
    assertEquals(rows, [
      `${bad} 'b@x.org': the row in line 3 has it, and is in error`,
      `${bad} 'c@x.org': the row in line 4 has it, and is in error`,
      `${bad} 'nobody@x.org'. Some possible 'Person' value(s): d@x.org, e@x.org`,
      "created Person 1",
      "created Person 2",
    ]);
    assertEquals(objects("Person", "id,email,boss_id"), ["1,d@x.org,2", "2,e@x.org,0"]);
    assertEquals(query("SELECT operation, object_id, attribute FROM change_op"), ["create 1 -", "create 2 -"]);
    assertEquals(query("SELECT created, in_error FROM change"), ["2 3"]);
  }));

Deno.test("loops of a hierarchy are refused, whoever closes them", () =>
  withModel(MODEL, async ({ load, objects }) => {
    const { rows } = await load("Place", "code,name,parent_id->code\na,A,b\nb,B,a\nc,C,a\nd,D,e\ne,E,\nf,F,f\n", {
      second_pass: "parent_id",
    });
    const loop = "rejected: Unexpected value for attribute 'parent_id' (parent_id) : " +
      "it would lead back to the row's own object, through other rows of the file or by itself";
    assertEquals(rows, [
      loop,
      loop,
      "rejected: Unexpected attribute value(s) | parent_id: No match for value 'a': the row in line 2 has it, and is in error",
      "created Place 1",
      "created Place 2",
      loop,
    ]);
    assertEquals(objects("Place", "id,code,parent_id"), ["1,d,2", "2,e,0"]);
    // On the way from one tree to the other, there would be a loop in any order.
    const turned = "code,name,parent_id->code\ne,E,d\nd,D,\n";
    assertEquals((await load("Place", turned, PARENTS)).rows, [
      "updated Place 2 parent_id=null->1",
      "updated Place 1 parent_id=2->null",
    ]);
  }));

Deno.test("a row that refers to one that an error has kept out of the way is tried again when that is gone", () =>
  withModel(MODEL, async ({ load, objects }) => {
    const csv = "code,name,serial,parent_id->code\nz,Z,s1,nobody\nx,X,s1,\nr,R,,x\nq,Q,,r\n";
    const { rows } = await load("Place", csv, PARENTS);
    assertStringIncludes(rows[0] ?? "", "parent_id: No match for value 'nobody'.");
    assertEquals(rows.slice(1), ["created Place 1", "created Place 2", "created Place 3"]);
    assertEquals(objects("Place", "code,serial,parent_id"), ["x,s1,0", "r,,1", "q,,2"]);
  }));

Deno.test("all that hangs on a row in error is found at once, however long the chain is", () =>
  withModel(MODEL, async ({ scratch, database }) => {
    const login = [`--db=${database}`, "--auth_user=admin", "--auth_pwd=admin", "--no_localize=1"];
    const readings = async (length: number) => {
      const chain = Array.from({ length }, (_, index) => `c${index},C,${index === 0 ? "nobody" : `c${index - 1}`}`);
      scratch.write("chain.csv", ["code,name,parent_id->code", ...chain.reverse(), ""].join("\n"));
      let count = 0;
      const onStatement = (sql: string) => {
        if (sql.startsWith("ROLLBACK TO")) count++;
      };
      const args = [...login, "--class=Place", "--csvfile=chain.csv", "--second_pass=parent_id"];
      assertExit(await scratch.run(args, { onStatement }), 1);
      return count;
    };
    assertEquals([await readings(40), await readings(2)], [1, 1]);
  }));

Deno.test("a key that cannot be filled later is refused before the first row, with all others", () =>
  withModel(MODEL, async ({ print, everything }) => {
    const before = everything();
    const csv = "email,name,boss_id->email\na@x.org,A,\n";
    const { exitCode: status, stdout, stderr } = await print("Person", csv, {
      second_pass: "bos,name,boss_id",
      reconciliationkeys: "boss_id",
    });
    assertEquals(status, 64);
    // Whoever reads the report passes over lines that begin so.
    assertEquals(stdout.trimEnd().split("\n").filter((line) => !line.startsWith("#")), []);
    for (
      const text of [
        "'bos' is no external key that a column of the file feeds",
        "'name' is no external key that a column of the file feeds",
        "needs 'boss_id', which has no value before the second reading",
      ]
    ) assertStringIncludes(stderr, text);
    assertEquals(everything(), before);
  }));

Deno.test("standard input is read twice, too; rows in error come back as they were", () =>
  withModel(MODEL, async ({ scratch, database, objects }) => {
    const csv = "email,name,boss_id->email\na@x.org,A,b@x.org\nb@x.org,B,\nc@x.org,C,nobody@x.org\n";
    const parameters = [
      ...["--auth_user=admin", "--auth_pwd=admin", "--no_localize=1", "--class=Person", `--db=${database}`],
      ...["--csvfile=-", "--second_pass=boss_id->email", "--output=rejects"],
    ];
    const { exitCode: status, stdout } = await scratch.run(parameters, { stdin: csv });
    assertEquals(status, 1);
    assertEquals(stdout.split("\n").slice(0, 2).map((line) => line.slice(0, 45)), [
      "email,name,boss_id->email,_line,_status,_why",
      'c@x.org,C,nobody@x.org,4,rejected,"boss_id->e',
    ]);
    assertEquals(objects("Person", "id,email,boss_id"), ["1,a@x.org,2", "2,b@x.org,0"]);
  }));

Deno.test("a row that says otherwise of a key than an earlier one is in error", () =>
  withModel(MODEL, async ({ load, objects }) => {
    const csv = "email,name,boss_id->email\na@x.org,A,b@x.org\na@x.org,A,\nb@x.org,B,\n";
    assertEquals((await load("Person", csv, BOSSES)).rows, [
      "created Person 1",
      "rejected Person 1: Row 0 (line 2) is this object already, with other values",
      "created Person 2",
    ]);
    assertEquals(objects("Person", "id,boss_id"), ["1,2", "2,0"]);
  }));

Deno.test("new objects get the defaults of a map in keys that are filled late, and those that are there keep their own", () =>
  withModel(MODEL, async ({ load, objects, scratch }) => {
    scratch.write("map.json", '{ "columns": { "Mail": "email" }, "defaults": { "boss_id->email": "top@x.org" } }');
    const params = { ...BOSSES, map: "map.json", reconciliationkeys: "email" };
    const header = "Mail,name,boss_id->email\n";
    const csv = `${header}a@x.org,A,\nb@x.org,B,a@x.org\ntop@x.org,Top,\n`;
    assertEquals((await load("Person", csv, params)).rows, [1, 2, 3].map((id) => `created Person ${id}`));
    assertEquals(objects("Person", "email,boss_id"), ["a@x.org,3", "b@x.org,1", "top@x.org,3"]);
    assertEquals((await load("Person", csv, params)).rows, [1, 2, 3].map((id) => `unchanged Person ${id}`));
    const kept = await load("Person", `${header}b@x.org,B,\n`, params);
    assertEquals(kept.rows, ["unchanged Person 2"]);
  }));

Deno.test("a row whose default finds nothing is in error as a whole, and so is who refers to it", () =>
  withModel(MODEL, async ({ load, objects, scratch }) => {
    scratch.write("map.json", '{ "defaults": { "boss_id->email": "nobody@x.org" } }');
    const params = { ...BOSSES, map: "map.json", reconciliationkeys: "email" };
    const csv = "email,name,boss_id->email\nb@x.org,B,a@x.org\na@x.org,A,\nc@x.org,C,c@x.org\n";
    assertEquals((await load("Person", csv, params)).rows.map((row) => row.replace(/ Some possible.*/, "")), [
      "rejected: Unexpected attribute value(s) | boss_id: No match for value 'a@x.org': the row in line 3 has it, and is in error",
      "rejected: Unexpected attribute value(s) | boss_id: No match for value 'nobody@x.org'.",
      "created Person 1",
    ]);
    assertEquals(objects("Person", "email,boss_id"), ["c@x.org,1"]);
  }));
