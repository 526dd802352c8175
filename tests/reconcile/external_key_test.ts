/** Which object an external key's columns mean, and what is said when they mean none. */
import { assertEquals } from "@std/assert";
import { preparedWorld, withWorld } from "../helpers/loading.ts";

const withTargets = preparedWorld(async ({ load }) => {
  await load("Organization", "name,code\nAcme,A\nBeta,B\n");
  const software =
    "name,version,vendor,type\nOracle,19,Oracle,DBServer\nOracle,21,Oracle,DBServer\nMySQL,8,Oracle,DBServer\n";
  await load("Software", software);
  await load("Server", "name,org_id->name\nhost,Acme\n");
});

/** The columns of a database server that matter here, and the cells of `software_id` in which it ends. */
const SERVER = "name,org_id,system_id->name";

/** Only what a row says of one external key. */
function saysOf(key: string, rows: readonly string[]): string[] {
  return rows.map((row) =>
    row.startsWith("rejected") ? row.split(" | ").filter((part) => part.startsWith(`${key}: `)).join(" | ") : row
  );
}

const SOME = "Some possible 'Software' value(s):";

Deno.test("two attributes together identify the target, and the message names each value that was searched", () =>
  withTargets(async ({ load, objects }) => {
    const csv = `${SERVER},software_id->name,software_id->version\n` +
      "a,2,host,Oracle,21\nb,2,host,oracle,19\nc,2,host,Oracle,8\nd,2,host,MySQL,\ne,2,host,,\nf,2,host,,8\n";
    const { rows } = await load("DBServer", csv, { reconciliationkeys: "name" });
    const examples = `${SOME} name 'MySQL', version '8' or name 'Oracle', version '19' or name 'Oracle', version '21'`;
    assertEquals(saysOf("software_id", rows), [
      "created DBServer 2",
      "created DBServer 3",
      `software_id: No match for value name 'Oracle', version '8'. ${examples}`,
      `software_id: No match for value name 'MySQL', version ''. ${examples}`,
      "created DBServer 4",
      `software_id: No match for value name '', version '8'. ${examples}`,
    ]);
    assertEquals(objects("DBServer", "name,software_id"), ["a,2", "b,1", "e,0"]);
  }));

Deno.test("a name that two targets bear is ambiguous, with their number", () =>
  withTargets(async ({ load }) => {
    const { rows } = await load("DBServer", `${SERVER},software_id->name\na,2,host,Oracle\nb,2,host,MySQL\n`, {
      reconciliationkeys: "name",
    });
    assertEquals(saysOf("software_id", rows), [
      "software_id: Invalid value for attribute. Ambiguous: found 2 objects (Software::1, Software::2)",
      "created DBServer 2",
    ]);
  }));

Deno.test("any attribute of the target may be used: friendly name, external field, enumeration, key", () =>
  withTargets(async ({ load, objects }) => {
    const by = async (column: string, cell: string) => {
      const csv = `${SERVER},software_id->${column}\ndb,2,host,${cell}\n`;
      const { rows } = await load("DBServer", csv, { reconciliationkeys: "name" });
      return saysOf("software_id", rows)[0];
    };
    assertEquals(await by("friendlyname", "mysql 8"), "created DBServer 2");
    assertEquals(
      await by("type", "WebServer"),
      `software_id: No match for value 'WebServer'. ${SOME} DBServer`,
    );
    const csv =
      "name,org_id,system_id->organization_name,system_id->org_id,system_id->finalclass\nweb,2,acme,2,Server\n";
    assertEquals((await load("WebServer", csv, { reconciliationkeys: "name" })).rows, ["created WebServer 3"]);
    assertEquals(objects("DBServer", "id,software_id"), ["2,3"]);
  }));

Deno.test("values that many objects have are told once, and the first three that differ", () =>
  withTargets(async ({ load }) => {
    const organizations = Array.from(
      { length: 6 },
      (_, at) => `Zed ${at},Z${at},${at % 2 === 0 ? "active" : "inactive"}`,
    );
    await load("Organization", ["name,code,status", ...organizations].join("\n") + "\n", {
      reconciliationkeys: "name",
    });
    const csv = "name,first_name,org_id->status\nA,A,gone\n";
    const { rows } = await load("Person", csv, { reconciliationkeys: "name" });
    assertEquals(saysOf("org_id", rows), [
      "org_id: No match for value 'gone'. Some possible 'Organization' value(s): active, inactive",
    ]);
    const byBoth = "name,first_name,org_id->status,org_id->name\nA,A,gone,Nowhere\n";
    const both = (await load("Person", byBoth, { reconciliationkeys: "name" })).rows;
    assertEquals(saysOf("org_id", both).map((text) => text.split("value(s): ")[1]), [
      "status 'active', name 'Acme' or status 'active', name 'Beta' or status 'active', name 'My Company/Department'...",
    ]);
  }));

Deno.test("a class without objects says so", () =>
  withTargets(async ({ load }) => {
    const csv = "name,first_name,org_id,location_id->name\nA,A,2,HQ\n";
    const { rows } = await load("Person", csv, { reconciliationkeys: "name" });
    assertEquals(saysOf("location_id", rows), ["location_id: There are no 'Location' objects."]);
  }));

Deno.test("an empty key: none where it may be, an error where it must not be", () =>
  withTargets(async ({ load }) => {
    const csv = "name,first_name,org_id->name,location_id->name\nA,A,,\nB,B,<NULL>,<NULL>\nC,C,Acme,<NULL>\n";
    assertEquals((await load("Person", csv, { reconciliationkeys: "name" })).rows, [
      "rejected: Unexpected attribute value(s) | org_id: Invalid value for attribute. Null not allowed",
      "rejected: Unexpected attribute value(s) | org_id: Invalid value for attribute. Null not allowed",
      "created Person 2",
    ]);
  }));

Deno.test("by id and by attribute, both must hold", () =>
  withTargets(async ({ load }) => {
    const csv = "name,org_id,org_id->name\nA,2,Acme\nB,2,Beta\nC,99,Acme\n";
    const { rows } = await load("Team", csv, { reconciliationkeys: "name" });
    const examples =
      "Some possible 'Organization' value(s): id '2', name 'Acme' or id '3', name 'Beta' or id '1', name 'My Company/Department'";
    assertEquals(rows, [
      "created Team 2",
      `rejected: Unexpected attribute value(s) | org_id: No match for value id '2', name 'Beta'. ${examples} | ` +
      "org_id: '2' is an invalid value. Object not found",
      `rejected: Unexpected attribute value(s) | org_id: No match for value id '99', name 'Acme'. ${examples} | ` +
      "org_id: '99' is an invalid value. Unexpected value for attribute 'org_id': Target object not found (Organization::99)",
    ]);
  }));

Deno.test("an id with zeros before it finds nothing, and is not said to be missing where there is such an object", () =>
  withTargets(async ({ load }) => {
    const { rows } = await load("Team", "name,org_id\nA,02\nB,099\n", { reconciliationkeys: "name" });
    assertEquals(rows.map((row) => row.split(" | ").at(-1)), [
      "org_id: '02' is an invalid value. Object not found",
      "org_id: '099' is an invalid value. Unexpected value for attribute 'org_id': Target object not found (Organization::099)",
    ]);
  }));

Deno.test("more than three existing values end in dots", () =>
  withTargets(async ({ load }) => {
    await load("Organization", "name,code\nDelta,D\n");
    const { rows } = await load("Team", "name,org_id->name\nA,Nope\n", { reconciliationkeys: "name" });
    assertEquals(rows, [
      "rejected: Unexpected attribute value(s) | org_id: No match for value 'Nope'. " +
      "Some possible 'Organization' value(s): Acme, Beta, Delta...",
    ]);
  }));

Deno.test("mandatory external keys without a column are told by their labels, beside bad cells too", () =>
  withTargets(async ({ load }) => {
    const missing = "Could not be created, due to missing external key(s): Organization, System";
    assertEquals((await load("DBServer", "name,status\na,active\nb,wrong\n", { reconciliationkeys: "name" })).rows, [
      `rejected: ${missing}`,
      `rejected: Unexpected attribute value(s) | ${missing} | status: 'wrong' is an invalid value. ` +
      "Unexpected value for attribute 'status': Value not allowed [wrong], expected active, inactive",
    ]);
    const labels = await load("DBServer", "Name,Status\na,active\n", { reconciliationkeys: "Name", no_localize: "0" });
    assertEquals(labels.rows, [`rejected: ${missing}`]);
  }));

Deno.test("a target of a subclass is found through a key to its parent class", () =>
  withTargets(async ({ load, objects }) => {
    await load("DBServer", `${SERVER}\ndb,2,host\n`, { reconciliationkeys: "name" });
    const csv =
      "functionalci_id->name,contact_id->friendlyname\ndb,My first name My last name\nhost,my first name my last name\n";
    assertEquals((await load("lnkContactToFunctionalCI", csv)).rows, [
      "created lnkContactToFunctionalCI 1",
      "created lnkContactToFunctionalCI 2",
    ]);
    assertEquals(objects("lnkContactToFunctionalCI", "functionalci_id,contact_id"), ["2,1", "1,1"]);
  }));

Deno.test("two spellings of one target are no change", () =>
  withWorld(async ({ load }) => {
    const rows = async (csv: string) => (await load("Team", csv, { reconciliationkeys: "name" })).rows;
    assertEquals(await rows("name,org_id->name\nA,My Company/Department\n"), ["created Team 2"]);
    assertEquals(await rows('name,org_name\nA,"MY COMPANY/department "\n'), ["unchanged Team 2"]);
    assertEquals(await rows("name,org_id\nA,1\n"), ["unchanged Team 2"]);
  }));
