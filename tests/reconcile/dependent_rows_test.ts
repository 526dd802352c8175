/** Rows that depend on each other: they are looked up many at a time where they may be, and nobody must notice. */
import { assertEquals } from "@std/assert";
import { ROWS_TOGETHER } from "../../lib/reconcile/row_dependence.ts";
import { type Parameters, preparedWorld, withModel, withWorld } from "../helpers/loading.ts";

/** Rows then do to an object what they say, one after another; without it the second one would be in error (SPEC 14). */
const LAST = { twins: "last" };

/** Rows that have nothing to do with the others. */
function fillers(count: number, row: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => row(index) + "\n").join("");
}

Deno.test("the same key two and three times in one file: created, then updated, then unchanged", () =>
  withWorld(async ({ load, objects }) => {
    const csv = 'name,code\nAcme,1\nBeta,2\nAcme,1\nACME,1\nacme,3\nBeta,2\n"Beta ",2\n';
    const { rows } = await load("Organization", csv, { reconciliationkeys: "name", ...LAST });
    assertEquals(rows, [
      "created Organization 2",
      "created Organization 3",
      "unchanged Organization 2",
      'updated Organization 2 name="Acme"->"ACME"',
      'updated Organization 2 name="ACME"->"acme" code="1"->"3"',
      "unchanged Organization 3",
      // SPEC 14: Blanks at the ends of a cell of one line do not count.
      "unchanged Organization 3",
    ]);
    assertEquals(objects("Organization", "id,name,code").slice(1), ["2,acme,3", "3,Beta,2"]);
  }));

for (const border of [ROWS_TOGETHER, 2 * ROWS_TOGETHER]) {
  Deno.test(`the same key across the border of what is looked up at once: ${border} rows`, () =>
    withWorld(async ({ load, objects }) => {
      // First is the first of the first group, and O0 the second.
      const [lastOfGroup, firstOfNext] = [border - 2, border - 1];
      const csv = "name,code\nFirst,1\n" + fillers(border + 40, (index) => `O${index},`) +
        `FIRST,2\nfirst,2\nO0,x\nO${lastOfGroup},x\nO${firstOfNext},x\n`;
      const { rows } = await load("Organization", csv, { reconciliationkeys: "name", ...LAST });
      assertEquals(rows.slice(-5), [
        'updated Organization 2 name="First"->"FIRST" code="1"->"2"',
        'updated Organization 2 name="FIRST"->"first"',
        'updated Organization 3 code=""->"x"',
        `updated Organization ${3 + lastOfGroup} code=""->"x"`,
        `updated Organization ${3 + firstOfNext} code=""->"x"`,
      ]);
      assertEquals(objects("Organization", "id").length, border + 42);
    }));
}

Deno.test("each row has the target of its own key, malformed rows and borders between", () =>
  withWorld(async ({ load, objects }) => {
    await load("Organization", "name\n" + fillers(50, (index) => `Target ${index}`), {
      reconciliationkeys: "name",
      ...LAST,
    });
    const csv = "name,org_id->name,first_name\n" +
      fillers(1200, (index) => index % 100 === 7 ? "short" : `P${index},Target ${index % 50},F`);
    const { rows } = await load("Person", csv, { reconciliationkeys: "name", ...LAST });
    assertEquals(rows.filter((row) => row.startsWith("rejected")).length, 12);
    for (const row of objects("Person", "name,org_name").slice(1)) {
      const [name = "", target] = row.split(",");
      assertEquals(target, `Target ${Number(name.slice(1)) % 50}`, row);
    }
  }));

Deno.test("updates of what the database holds, then creations, then both again", () =>
  withWorld(async ({ load }) => {
    await load("Organization", "name,code\nOld,1\n");
    const csv = "name,code\nOld,2\nNew,1\nold,2\nNEW,3\nOld,2\n";
    assertEquals((await load("Organization", csv, { reconciliationkeys: "name", ...LAST })).rows, [
      'updated Organization 2 code="1"->"2"',
      "created Organization 3",
      'updated Organization 2 name="Old"->"old"',
      'updated Organization 3 name="New"->"NEW" code="1"->"3"',
      'updated Organization 2 name="old"->"Old"',
    ]);
  }));

Deno.test("a row in error between leaves no trace in the others", () =>
  withWorld(async ({ load, objects }) => {
    const csv = 'name,status\nA,active\nA,wrong\nA\nA,active\nB,wrong\n"A"x,active\nB,active\nA,inactive\n';
    const { rows } = await load("Organization", csv, { reconciliationkeys: "name", ...LAST });
    assertEquals(rows.map((row) => row.replace(/ \| .*/, "")), [
      "created Organization 2",
      "rejected Organization 2: Unexpected attribute value(s)",
      "rejected: 1 cells where the header has 2",
      "unchanged Organization 2",
      "rejected: Unexpected attribute value(s)",
      "rejected: text after the closing qualifier in line 7, column 'name': the separator or the end of the line was expected",
      "created Organization 3",
      'updated Organization 2 status="active"->"inactive"',
    ]);
    assertEquals(objects("Organization", "id,name,status").slice(1), ["2,A,inactive", "3,B,active"]);
  }));

Deno.test("a key that one run makes ambiguous is so for the next run", () =>
  withWorld(async ({ load }) => {
    const csv = "name,code\nA,1\nB,2\nA,2\n";
    assertEquals((await load("Organization", csv, { reconciliationkeys: "code", ...LAST })).rows, [
      "created Organization 2",
      "created Organization 3",
      'updated Organization 3 name="B"->"A"',
    ]);
    assertEquals((await load("Organization", "name,code\nA,9\n", { reconciliationkeys: "name", ...LAST })).rows, [
      "rejected: ambiguous reconciliation: 2 objects (Organization::2, Organization::3)",
    ]);
  }));

const withBeta = preparedWorld(async ({ load }) => {
  await load("Organization", "name,code\nBeta,2\n");
});

/** Class, keys and rows in which the same objects come again and again, in other spellings, right and wrong. */
const FILES: readonly (readonly [string, string, string, readonly string[]])[] = [
  ["Organization", "name", "name,code,parent_id->name,status", [
    "A,1,,active",
    "a,2,A,active",
    "B,1,a,",
    '"B ",,b,inactive',
    "C,3,B,x",
    "C,3,B,active",
    "A,9,C,active",
    "É,1,,",
    "é,1,É,",
  ]],
  ["Organization", "code", "name,code,parent_id->name", [
    "A,1,",
    "B,2,A",
    "C,1,B",
    "A,2,C",
    "D,3,C",
    "D,1,D",
    ",2,",
    "E,3,A",
  ]],
  ["Person", "employee_number,org_id", "name,first_name,org_id,employee_number,email", [
    "A,x,1,1,a@b.co",
    "B,y,1,2,",
    "A,x,2,1,",
    "B,y,1,1,bad",
    "C,z,9,1,",
    "c,Z,2,01,c@d.co",
    "A,,1,2,",
    "A,X,1,1,A@B.co",
  ]],
  ["Model", "name,brand_id", "name,brand_id->name,type", [
    "m,Dell,PC",
    "M,dell,PC",
    "m,HP,PC",
    "n,,PC",
    "N,HP,Server",
    "n,HP,zz",
    "m,IBM,",
    "m,hp,Rack",
  ]],
  ["Team", "name", "name,org_id->name,persons_list", [
    "t,Beta,person_id:1",
    "T,beta,person_id:1;role_id:0",
    "u,,",
    "t,Beta,",
    "v,Beta,person_id:9",
    "t,Beta,person_id->name:My last name",
  ]],
];

for (const [modelClass, keys, header, rows] of FILES) {
  Deno.test(`a file of ${modelClass} by ${keys} ends as if each row were a file of its own`, async () => {
    const view = `SELECT * FROM "view_${modelClass}" ORDER BY id`;
    const params: Parameters = { reconciliationkeys: keys, ...LAST };
    const ends: string[][][] = [];
    // In one group, and with the border of two groups in their middle: behind rows that are too short, and so do nothing.
    for (const before of [0, ROWS_TOGETHER - Math.floor(rows.length / 2)]) {
      await withBeta(async ({ load, query }) => {
        const lines = [header, ...Array<string>(before).fill("-"), ...rows];
        const whole = await load(modelClass, `${lines.join("\n")}\n`, params);
        ends.push([whole.rows.slice(before), query(view)]);
      });
    }
    await withBeta(async ({ load, query }) => {
      const single: string[] = [];
      for (const row of rows) single.push(...(await load(modelClass, `${header}\n${row}\n`, params)).rows);
      ends.push([single, query(view)]);
    });
    const [together, apart, single] = ends;
    assertEquals(together, single);
    assertEquals(apart, single);
  });
}

/** Departments and their heads refer to each other: a worker's row may change how a department is found. */
const CIRCLE = {
  name: "circle",
  languages: ["EN GB"],
  classes: {
    Department: {
      reconciliation_keys: ["name"],
      attributes: {
        name: { kind: "string", null: false },
        head_id: { kind: "external_key", target: "Worker" },
        head_name: { kind: "external_field", key: "head_id", attribute: "name" },
      },
    },
    Worker: {
      reconciliation_keys: ["badge"],
      attributes: {
        name: { kind: "string", null: false },
        badge: { kind: "string" },
        department_id: { kind: "external_key", target: "Department" },
      },
    },
  },
  profiles: [{ id: 1, name: "Administrator", administrator: true }],
};

Deno.test("an external key through another object's name is looked up again when a row renames that object", () =>
  withModel(CIRCLE, async ({ load }) => {
    await load("Worker", "name,badge\nAnn,1\nBob,2\n");
    await load("Department", "name,head_id->name\nSales,Ann\nStock,Bob\n");
    const csv = "badge,name,department_id->head_name\n3,Cid,Ann\n1,Zoe,\n4,Dan,Zoe\n5,Eve,Ann\n2,Ann,\n6,Fay,ann\n";
    const { rows } = await load("Worker", csv);
    const noMatch = "No match for value 'Ann'. Some possible 'Department' value(s): Zoe, Bob";
    assertEquals(rows, [
      "created Worker 3",
      'updated Worker 1 name="Ann"->"Zoe"',
      "created Worker 4",
      `rejected: Unexpected attribute value(s) | department_id: ${noMatch}`,
      'updated Worker 2 name="Bob"->"Ann"',
      "created Worker 5",
    ]);
  }));

Deno.test("the same when that external key is the reconciliation key", () =>
  withModel(CIRCLE, async ({ load, objects }) => {
    await load("Worker", "name,badge\nAnn,1\nBob,2\n");
    await load("Department", "name,head_id->name\nSales,Ann\nStock,Bob\n");
    await load("Worker", "badge,name,department_id->name\n1,Ann,Sales\n2,Bob,Stock\n");
    const csv = "department_id->head_name,name\nAnn,Zoe\nZoe,Yan\nBob,Bob\n";
    assertEquals((await load("Worker", csv, { reconciliationkeys: "department_id", ...LAST })).rows, [
      'updated Worker 1 name="Ann"->"Zoe"',
      'updated Worker 1 name="Zoe"->"Yan"',
      "unchanged Worker 2",
    ]);
    assertEquals(objects("Worker", "id,name"), ["1,Yan", "2,Bob"]);
  }));

/** What the loaded class calls hot, class One calls cold. */
const HOT_AND_COLD = {
  name: "hot-and-cold",
  languages: ["EN GB"],
  classes: {
    Base: {
      abstract: true,
      attributes: {
        name: { kind: "string", null: false },
        state: { kind: "enum", values: { a: "Hot", b: "Cold" } },
        note: { kind: "string" },
      },
    },
    One: { parent: "Base", attributes: { state: { kind: "enum", values: { a: "Cold", b: "Hot" } } } },
  },
  profiles: [{ id: 1, name: "Administrator", administrator: true }],
};

Deno.test("a key that the object's own class reads otherwise than the loaded one", () =>
  withModel(HOT_AND_COLD, async ({ load, objects }) => {
    await load("One", "name,state\nx,a\n", { reconciliationkeys: "name" });
    const params = { reconciliationkeys: "name,state", no_localize: "0", ...LAST };
    const { rows } = await load("Base", "Name,State,Note\nx,Hot,1\nx,Cold,2\n", params);
    assertEquals(rows, ['updated One 1 state="a"->"b" note=""->"1"', 'updated One 1 state="b"->"a" note="1"->"2"']);
    assertEquals(objects("One", "id,state,note"), ["1,a,2"]);
  }));

/** The names of parts tell the part that they belong to. */
const PARTS = {
  name: "parts",
  languages: ["EN GB"],
  classes: {
    Part: {
      reconciliation_keys: ["serial"],
      friendly_name: "{above_name}/{name}",
      attributes: {
        serial: { kind: "string", null: false },
        name: { kind: "string" },
        above_id: { kind: "external_key", target: "Part", hierarchical: true },
        above_name: { kind: "external_field", key: "above_id", attribute: "name" },
      },
    },
  },
};

Deno.test("a new object is told with the name that it was made with, whatever later rows of the file make of it", () =>
  withModel(PARTS, async ({ print }) => {
    const csv = "serial,name,above_id->name,friendlyname\n1,car,,/CAR\n1,Car,,/CAR\n2,wheel,CAR,CAR/WHEEL\n" +
      "1,CAR,,/CAR\n2,Wheel,CAR,CAR/WHEEL\n";
    const { stdout } = await print("Part", csv, { reconciliationkeys: "serial,friendlyname", ...LAST });
    assertEquals(stdout.split("\n").filter((line) => /^\d;/.test(line)), [
      '0;created;Part;1;0;"1";"car";"/car"',
      '1;updated 1 cols;Part;1;0;"1";"Car";"/CAR"',
      '2;created;Part;2;1;"2";"wheel";"Car/wheel"',
      '3;updated 1 cols;Part;1;0;"1";"CAR";"/CAR"',
      '4;updated 1 cols;Part;2;1;"2";"Wheel";"CAR/WHEEL"',
    ]);
  }));
