/** Rows that fail only because of other rows of their file say so once, with the cure (SPEC 16). */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { type Loading, withModel, withWorld } from "../helpers/loading.ts";

const MODEL = {
  name: "staff",
  languages: ["EN US"],
  classes: {
    Person: {
      labels: { "EN US": "Person" },
      reconciliation_keys: ["mail"],
      attributes: {
        mail: { kind: "string", null: false, labels: { "EN US": "Mail" } },
        age: { kind: "integer", labels: { "EN US": "Age" } },
        boss: { kind: "external_key", target: "Person", labels: { "EN US": "Boss" } },
        deputy: { kind: "external_key", target: "Person", labels: { "EN US": "Deputy" } },
      },
    },
  },
};

const KEYS = { reconciliationkeys: "mail" };

function withStaff(use: (loading: Loading) => Promise<void>): Promise<void> {
  return withModel(MODEL, use);
}

Deno.test("what stands further down is told once, and second_pass, which it names, loads the rows", () =>
  withStaff(async ({ load }) => {
    const csv = "mail,boss->mail\na,b\nb,C\nc,\nd,b\n";
    const { rows, warnings } = await load("Person", csv, KEYS);
    assertEquals(rows.map((row) => row.split(/[ :]/)[0]), ["rejected", "rejected", "created", "rejected"]);
    assertEquals(warnings, [
      "3 rows fail only because what boss refers to stands further down in the file, the first in line 2: " +
      "second_pass=boss loads them",
    ]);
    const again = await load("Person", csv, { ...KEYS, second_pass: "boss" });
    assertEquals(again.warnings, []);
    assertEquals(again.rows.map((row) => row.split(" ")[0]), ["created", "created", "unchanged", "created"]);
  }));

Deno.test("the key is named as the header names it", () =>
  withStaff(async ({ load }) => {
    const { warnings } = await load("Person", "Mail,Boss->Mail\na,b\nb,\n", {
      reconciliationkeys: "Mail",
      no_localize: "0",
    });
    assertEquals(warnings, [
      "1 row fails only because what Boss refers to stands further down in the file, in line 2: second_pass=Boss loads it",
    ]);
  }));

Deno.test("rows behind one that is in error for reasons of its own name its line, however far behind they stand", () =>
  withStaff(async ({ load }) => {
    const csv = "mail,age,boss->mail\na,x,\nb,1,a\nc,1,b\nd,1,A\ne,1,nobody\nf,1,e\ng,1,\n";
    const { rows, warnings } = await load("Person", csv, KEYS);
    assertEquals(rows.filter((row) => row.startsWith("created")), ["created Person 1"]);
    assertEquals(warnings, [
      "3 rows fail because the row in line 2 is in error, to which they refer, be it through others, " +
      "the first in line 3: mend that one",
      "1 row fails because the row in line 6 is in error, to which it refers, be it through others, " +
      "in line 7: mend that one",
    ]);
  }));

Deno.test("two that refer to each other load by second_pass only", () =>
  withStaff(async ({ load }) => {
    const { warnings } = await load("Person", "mail,boss->mail\na,b\nb,a\n", KEYS);
    assertEquals(warnings, [
      "2 rows fail only because what boss refers to stands further down in the file, the first in line 2: " +
      "second_pass=boss loads them",
    ]);
  }));

Deno.test("nothing is said of targets that nobody has, of rows with other mistakes, and where all is well", () =>
  withStaff(async ({ load }) => {
    assertEquals((await load("Person", "mail,boss->mail\na,nobody\n", KEYS)).warnings, []);
    assertEquals((await load("Person", "mail,age,boss->mail\na,x,z\nz,1,\n", KEYS)).warnings, []);
    assertEquals((await load("Person", "mail,boss->mail,deputy->mail\nb,z,nobody\n", KEYS)).warnings, []);
    assertEquals((await load("Person", "mail,boss->mail\ny,\nx,y\n", KEYS)).warnings, []);
  }));

Deno.test("two keys that refer to what stands further down are told together, as one alone would not do", () =>
  withStaff(async ({ load }) => {
    const csv = "mail,boss->mail,deputy->mail\na,b,c\nb,d,c\nc,,d\nd,,\n";
    assertEquals((await load("Person", csv, KEYS)).warnings, [
      "3 rows fail only because what boss, deputy refer to stands further down in the file, the first in line 2: " +
      "second_pass=boss,deputy loads them",
    ]);
    const { rows } = await load("Person", csv, { ...KEYS, second_pass: "boss,deputy" });
    assertEquals(rows.map((row) => row.split(" ")[0]), ["created", "created", "created", "unchanged"]);
  }));

Deno.test("a loop of a hierarchy is loaded by nothing, nor who stands behind it", () =>
  withWorld(async ({ load }) => {
    const csv = "name,parent_id->name\nA,B\nB,C\nC,A\nD,A\nE,D\nF,F\nG,H\nH,\n";
    assertEquals((await load("Organization", csv, { reconciliationkeys: "name" })).warnings, [
      "1 row fails only because what parent_id refers to stands further down in the file, in line 8: " +
      "second_pass=parent_id loads it",
      "1 row fails because the row in line 5 is in error, to which it refers, be it through others, in line 6: mend that one",
    ]);
  }));

Deno.test("rows that are in error for another reason as well are no such rows", () =>
  withStaff(async ({ load }) => {
    const params = { ...KEYS, on_missing: "error" };
    assertEquals((await load("Person", "mail,boss->mail\na,b\nb,\n", params)).warnings, []);
  }));

Deno.test("what a row made that another row in error is about as well is there", () =>
  withStaff(async ({ load }) => {
    const { warnings } = await load("Person", "mail,age,boss->mail\na,1,b\nb,2,\nb,x,\n", KEYS);
    assertEquals(warnings, [
      "1 row fails only because what boss refers to stands further down in the file, in line 2: second_pass=boss loads it",
    ]);
  }));

Deno.test("where more rows are in error than are remembered, they are at least so many", () =>
  withStaff(async ({ load }) => {
    const rows = Array.from({ length: 20_001 }, (_, index) => `p${index},q${index}\n`).join("");
    const { warnings } = await load("Person", `mail,boss->mail\n${rows}q7,\nq20000,\n`, { ...KEYS, simulate: "1" });
    assertEquals(warnings, [
      "At least 1 row fails only because what boss refers to stands further down in the file, in line 9: " +
      "second_pass=boss loads it",
    ]);
  }));

Deno.test("a key by which rows are recognised cannot wait: the cure is another order", () =>
  withStaff(async ({ load }) => {
    const { warnings } = await load("Person", "mail,boss->mail\na,b\nb,\n", { reconciliationkeys: "mail,boss->mail" });
    assertEquals(warnings, [
      "1 row fails only because what boss refers to stands further down in the file, in line 2: " +
      "put rows behind those that they refer to, or load the file once more",
    ]);
  }));

Deno.test("1,999 rows behind one: one sentence, in a simulation as in a run, and with a limit", () =>
  withStaff(async ({ load }) => {
    const rows = Array.from({ length: 1999 }, (_, index) => `p${index},root\n`).join("");
    const csv = `mail,boss->mail\n${rows}root,\n`;
    const simulated = await load("Person", csv, { ...KEYS, simulate: "1" });
    const real = await load("Person", csv, { ...KEYS, max_errors: "10" });
    assertEquals(simulated.warnings, real.warnings);
    assertStringIncludes(real.warnings[0] ?? "", "1999 rows fail only because");
    assertEquals(real.warnings.length, 1);
  }));

Deno.test("with a map the column of the file is named, and second_pass takes it", () =>
  withWorld(async ({ load, scratch }) => {
    const csv = "name,up\nChild,Parent\nParent,\n";
    scratch.write("own.map", JSON.stringify({ columns: { up: "parent_id->name" } }));
    const params = { reconciliationkeys: "name", map: scratch.path("own.map") };
    const { warnings } = await load("Organization", csv, params);
    assertEquals(warnings, [
      "1 row fails only because what up refers to stands further down in the file, in line 2: second_pass=up loads it",
    ]);
    const again = await load("Organization", csv, { ...params, second_pass: "up" });
    assertEquals(again.rows.map((row) => row.split(" ")[0]), ["created", "unchanged"]);
  }));

Deno.test("a limited user is told of rows of the file only", () =>
  withWorld(async ({ load }) => {
    await load("Organization", "name\nOpen\nShut\n");
    await load(
      "Person",
      "name,first_name,email,org_id->name\nHidden,Hal,hal@example.org,Shut\nLimited,Lee,lee@example.org,Open\n",
    );
    await load(
      "UserLocal",
      "login,password,contactid->email,profile_list,allowed_org_list\n" +
        "lee,secret-lee,lee@example.org,profileid->name:Configuration Manager,allowed_org_id->name:Open\n",
    );
    const csv = "email,name,first_name,org_id->name,manager_id->email\na@example.org,A,A,Open,hal@example.org\n";
    const { warnings } = await load("Person", csv, {
      reconciliationkeys: "email",
      auth_user: "lee",
      auth_pwd: "secret-lee",
    });
    assertEquals(warnings, []);
  }));
