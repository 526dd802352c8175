import { assertEquals } from "@std/assert";
import { CODES, labelsIn, planOf, problemsOf, resultOf } from "./planned.ts";

Deno.test("a plan has the codes of all columns, in the order of the file", () => {
  const plan = planOf("Person", "First Name*,last name,Organization->Name,ID", "Last Name", labelsIn("EN US"));
  assertEquals(plan.codes, ["first_name", "name", "org_id->name", "id"]);
});

Deno.test("direct columns are those of the class itself, with the index of their cell", () => {
  const plan = planOf("Person", "org_name,name,id,team_list,org_id", "name");
  assertEquals(
    plan.direct.map(({ cell, attribute }) => [cell, attribute === "id" ? "id" : attribute.code]),
    [[1, "name"], [2, "id"], [3, "team_list"], [4, "org_id"]],
  );
});

Deno.test("all columns that feed an external key are its parts, in the order of first use", () => {
  const plan = planOf("Person", "location_id->city,name,org_name,location_id,org_id->code", "name");
  assertEquals(
    plan.externalKeys.map(({ key, parts }) => [
      key.code,
      ...parts.map(({ cell, attribute, externalField }) =>
        `${cell} ${attribute === "id" ? "id" : attribute.code} ${externalField}`
      ),
    ]),
    [["location_id", "0 city null", "3 id null"], ["org_id", "2 name org_name", "4 code null"]],
  );
});

Deno.test("every unknown column is told, each with the nearest name, and the list of all once at the end", () => {
  assertEquals(problemsOf("Person", "Nam,name,frist_name,zzzzzz", "name"), [
    "#Unknown column: 'zzzzzz'.",
    "#Unknown column: 'frist_name'. Did you mean 'first_name'?",
    "#Unknown column: 'Nam'. Did you mean 'name'? Possible columns: …",
  ]);
});

Deno.test("with the list of columns it is told, once, what helps", () => {
  const hints = (header: string) => {
    const result = resultOf("Person", header, "name", CODES);
    return result.ok ? [] : result.problems.map(({ hint }) => hint);
  };
  assertEquals(hints("Nam,name,frist_name"), [
    undefined,
    "Columns that are not to be loaded: ignore_columns names them, or * for all",
  ]);
  assertEquals(hints("Nam,frist_name").slice(0, 2), [
    undefined,
    "No column of the file is known: csvrecon check FILE says what it is",
  ]);
});

Deno.test("a column without a name is unknown where no other is known", () => {
  assertEquals(problemsOf("Person", ",x", ""), [
    "#Unknown column: 'x'.",
    "#Unknown column: ''. Possible columns: …",
  ]);
});

Deno.test("two columns for one attribute are refused, however they are spelt", () => {
  for (
    const [modelClass, header, first, second, code] of [
      ["Person", "name,email,NAME*", "name", "NAME", "name"],
      ["Person", "name,id,ID", "id", "ID", "id"],
      ["Person", "name,org_name,org_id->name", "org_name", "org_id->name", "org_id->name"],
      ["PhysicalInterface", "name,connectableci_id->org_id,org_id", "connectableci_id->org_id", "org_id", "org_id"],
    ] as const
  ) {
    const problem = `#Two columns for one attribute: '${first}' and '${second}' are both ${code}`;
    assertEquals(problemsOf(modelClass, header, "name"), [problem]);
  }
});

Deno.test("an external key by its id and by its target's attributes is no repetition", () => {
  assertEquals(problemsOf("Person", "name,org_id,org_id->name,org_id->code", "name"), []);
});

Deno.test("a 1:n list is no column, and the message says which class holds its objects", () => {
  assertEquals(problemsOf("Server", "name,softwares_list", "name"), [
    "#Column 'softwares_list' is a list of objects that refer to this Server, no value of it",
  ]);
});

Deno.test("a computed column may only be a key, all of them alike; finalclass and id are compared (SPEC 14)", () => {
  for (const column of ["obsolescence_flag", "obsolescence_date", "friendlyname"]) {
    const problem = `#Column '${column}' is computed and cannot be written`;
    assertEquals(problemsOf("Person", `name,${column}`, "name"), [problem]);
    assertEquals(problemsOf("Person", `name,${column}`, column), []);
  }
  assertEquals(problemsOf("Person", "name,finalclass,id", "name"), []);
});

Deno.test("everything that is wrong is told together", () => {
  assertEquals(problemsOf("Server", "Nme,cpu,CPU,softwares_list,obsolescence_flag", "nope,ram,contacts_list"), [
    "#Unknown column: 'Nme'. Did you mean 'name'? Possible columns: …",
    "#Two columns for one attribute: 'cpu' and 'CPU' are both cpu",
    "#Unknown reconciliation key: 'nope'",
    "#Attribute 'contacts_list' cannot be a reconciliation key: objects are not found by it",
    "#Column 'softwares_list' is a list of objects that refer to this Server, no value of it",
    "#Column 'obsolescence_flag' is computed and cannot be written",
  ]);
});

Deno.test("a key without a column is not told when an unknown column may be the one", () => {
  const missing = "#Reconciliation key not found in the input columns: 'ram'";
  assertEquals(problemsOf("Server", "name,cpu", "ram"), [missing]);
  assertEquals(problemsOf("Server", "name,rma", "ram").length, 1);
});

Deno.test("a column or a key whose name is too long is refused by its length, and nothing else is told", () => {
  const long = "a\u0301\u0316".repeat(400);
  const shown = `${long.slice(0, 200)}… (1200 characters)`;
  assertEquals(problemsOf("Person", `name,${long},zzz`, "name"), [
    `#Unknown column: '${shown}'. The name of column 2 is too long: at most 1000 characters are possible`,
  ]);
  assertEquals(problemsOf("Person", "name,zzz", long), [
    `#Reconciliation key is too long: '${shown}'. At most 1000 characters are possible`,
  ]);
});
