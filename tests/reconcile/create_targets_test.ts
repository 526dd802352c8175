/** Targets that are not found are created along with the row's object (SPEC 16: `create_targets`). */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { explainRow } from "../helpers/explaining.ts";
import { preparedModel, withWorld } from "../helpers/loading.ts";
import { assertExit } from "../helpers/scratch.ts";

const text = (more = {}) => ({ kind: "string", null: false, ...more });
const to = (target: string, more = {}) => ({ kind: "external_key", target, ...more });

const MODEL = {
  name: "stock",
  languages: ["EN US"],
  classes: {
    Land: { reconciliation_keys: ["name"], attributes: { name: text() } },
    Brand: {
      reconciliation_keys: ["name"],
      attributes: { name: text(), code: { kind: "string", length: 3 }, since: { kind: "date" } },
      unique: [{ name: "code", attributes: ["code"], unless_empty: ["code"] }],
    },
    Site: {
      reconciliation_keys: ["name", "land"],
      attributes: { name: text(), land: to("Land", { null: false }), floor: { kind: "integer", null: false } },
    },
    Device: {
      reconciliation_keys: ["tag"],
      attributes: {
        tag: text(),
        size: { kind: "integer" },
        brand: to("Brand"),
        maker: to("Brand"),
        site: to("Site"),
        next: to("Device"),
      },
    },
  },
};

const withStock = preparedModel(MODEL, async (loading) => {
  await loading.load("Land", "name\nNorway\n");
  await loading.load("Brand", "name\nOld\n");
});

const BRANDS = "SELECT id, name FROM brand ORDER BY id";
const DEVICES = "SELECT tag, brand FROM device ORDER BY id";

Deno.test("targets that are not found are created once, whatever way they are spelt, and told with their rows", () =>
  withStock(async ({ load, print, query }) => {
    const csv = "tag,brand->name\nA,Old\nB,New\nC,new \nD,\nE,Newer\n";
    const { run, rows } = await load("Device", csv, { create_targets: "brand" });
    assertExit(run, 0);
    assertEquals(rows.map((row) => row.split(" ")[0]), Array(5).fill("created"));
    assertEquals(query(BRANDS), ["1 Old", "2 New", "3 Newer"]);
    assertEquals(query(DEVICES), ["A 1", "B 2", "C 2", "D -", "E 3"]);
    const told = run.stdout.trim().split("\n").map((line) => JSON.parse(line));
    assertEquals(told.map(({ created_targets }) => created_targets), [
      undefined,
      [{ attribute: "brand", class: "Brand", id: 2 }],
      undefined,
      undefined,
      [{ attribute: "brand", class: "Brand", id: 3 }],
      undefined,
    ]);
    assertEquals(told.at(-1).counts.created_targets, 2);
    assertEquals(told.at(-1).settings.create_targets, "brand");
    const again = await print("Device", csv, { create_targets: "brand" });
    assertStringIncludes(again.stdout, "#Create Targets: brand\n");
    assertStringIncludes(again.stdout, "#Unchanged: 5\n#Created Targets: 0\n");
    assertEquals(query(BRANDS).length, 3);
  }));

Deno.test("the change log has them, an undo takes them back, and a simulation writes none and says the same", () =>
  withStock(async ({ load, query, scratch, database }) => {
    const csv = "tag,brand->name\nB,New\nC,New\n";
    const simulated = await load("Device", csv, { create_targets: "brand", simulate: "1" });
    assertEquals(simulated.rows, ["created Device 0", "created Device 0"]);
    assertEquals(query(BRANDS), ["1 Old"]);
    await load("Device", csv, { create_targets: "brand" });
    const [change] = query("SELECT MAX(id) FROM change");
    const login = [`--db=${database}`, "--auth_user=admin", "--auth_pwd=admin"];
    const history = await scratch.run(["history", `--change=${change}`, ...login]);
    assertStringIncludes(history.stdout, "Brand");
    assertExit(await scratch.run(["undo", `--change=${change}`, ...login]), 0);
    assertEquals(query(BRANDS), ["1 Old"]);
    assertEquals(query(DEVICES), []);
  }));

Deno.test("a row in error creates nothing, be it for its cells, its twin, or what the database refuses", () =>
  withStock(async ({ load, print, query }) => {
    const csv = "tag,size,brand->name\nA,x,Lost\nB,1,Kept\nB,2,Lost too\nC,3,Lost\n";
    const { rows } = await load("Device", csv, { create_targets: "brand" });
    assertEquals(rows.map((row) => row.split(/[ :]/)[0]), ["rejected", "created", "rejected", "created"]);
    assertEquals(query("SELECT name FROM brand ORDER BY name"), ["Kept", "Lost", "Old"]);
    const details = await print("Device", "tag,size,brand->name\nZ,x,Never\n", { create_targets: "brand" });
    assertStringIncludes(details.stdout, ";n/a;");
    assert(!query(BRANDS).join().includes("Never"));
  }));

Deno.test("a target is spelt as the first row spells it that is loaded, and no row in error has a say in it", () =>
  withStock(async ({ load, query, database }) => {
    const opened = new DatabaseSync(database);
    opened.exec(
      "CREATE TRIGGER mine BEFORE INSERT ON device WHEN NEW.tag = 'B' BEGIN SELECT RAISE(ABORT, 'not here'); END",
    );
    opened.close();
    const csv = "tag,size,brand->name,maker->name\nA,x,NEW,\nB,1,New,nEW\nC,2,,new\nD,3,neW,new\n";
    const { run, rows } = await load("Device", csv, { create_targets: "brand,maker" });
    assertEquals(rows.map((row) => row.split(/[ :]/)[0]), ["rejected", "rejected", "created", "created"]);
    assertStringIncludes(rows[1] ?? "", "not here");
    assertEquals(query("SELECT name FROM brand ORDER BY id"), ["Old", "new"]);
    const told = run.stdout.trim().split("\n").map((line) => JSON.parse(line));
    assertEquals(told[2].created_targets.map(({ attribute }: { readonly attribute: string }) => attribute), ["maker"]);
    assertEquals(told[3].created_targets, undefined);
    assertEquals(told.at(-1).counts.created_targets, 1);
  }));

Deno.test("a row whose target is in the way of another new one is told so, whatever the database refuses of others", () =>
  withStock(async ({ load, query, database }) => {
    const opened = new DatabaseSync(database);
    opened.exec(
      "CREATE TRIGGER mine BEFORE INSERT ON brand WHEN NEW.name = 'Bad' BEGIN SELECT RAISE(ABORT, 'not here'); END",
    );
    opened.close();
    const csv = "tag,brand->name,brand->code\nA,Bad,XXX\nB,Good,XXX\nC,Bad,XXX\nD,Good,YYY\nE,good,xxx\n";
    const { rows } = await load("Device", csv, { create_targets: "brand" });
    assertStringIncludes(rows[0] ?? "", "not here");
    assertEquals(rows[1]?.split(" ")[0], "created");
    for (const row of [rows[2], rows[3]]) assertStringIncludes(row ?? "", "no 'Brand' can be created of it");
    assertEquals(rows[4]?.split(" ")[0], "created");
    assertEquals(query("SELECT name, code FROM brand ORDER BY id"), ["Old ", "Good XXX"]);
  }));

Deno.test("what is no valid object is not made, and the row says why", () =>
  withStock(async ({ load, query }) => {
    const keys = { create_targets: "brand,site" };
    const csv = "tag,brand->name,brand->code,site->name,site->land->name\n" +
      "A,Long,ABCD,,\nB,First,ABC,,\nC,Second,ABC,,\nD,,,Hall,Norway\n";
    const { rows } = await load("Device", csv, keys);
    assertStringIncludes(rows[0] ?? "", "No match for value 'Long ABCD', and no 'Brand' can be created of it: ");
    assertEquals(rows[1], "created Device 1");
    assertStringIncludes(rows[2] ?? "", "no 'Brand' can be created of it: ");
    assertStringIncludes(rows[3] ?? "", "no 'Site' can be created of it: ");
    assertStringIncludes(rows[3] ?? "", "floor");
    assertEquals(query("SELECT name FROM brand ORDER BY id"), ["Old", "First"]);
    assertEquals(query("SELECT COUNT(*) FROM site"), ["0"]);
  }));

Deno.test("what the target refers to is found through further arrows; what is not there is told of it, and not made", () =>
  withStock(async ({ load, query }) => {
    const csv =
      "tag,site->name,site->floor,site->land->name\nA,Hall,3,Norway\nB,Hall,3,Norway\nC,Hall,3,Sweden\nD,Hall,3,\n";
    const { rows } = await load("Device", csv, { create_targets: "site" });
    assertEquals(rows.slice(0, 2), ["created Device 1", "created Device 2"]);
    assertStringIncludes(rows[2] ?? "", "No match for value 'Sweden'. Some possible 'Land' value(s): Norway");
    assertStringIncludes(rows[3] ?? "", "no 'Site' can be created of it");
    assertEquals(query("SELECT name, land, floor FROM site"), ["Hall 1 3"]);
  }));

Deno.test("two keys of a row that mean one new target share it", () =>
  withStock(async ({ load, query }) => {
    const csv = "tag,brand->name,maker->name\nA,Twin,Twin\nB,twin,Other\nC,Other,TWIN\n";
    await load("Device", csv, { create_targets: "brand, maker" });
    const brands = query("SELECT name FROM brand ORDER BY id");
    assertEquals(brands, ["Old", "Twin", "Other"]);
    const named =
      "SELECT d.tag, b.name AS b, m.name AS m FROM device d JOIN brand b ON b.id = d.brand JOIN brand m ON m.id = d.maker ORDER BY 1";
    assertEquals(query(named), ["A Twin Twin", "B Twin Other", "C Other Twin"]);
  }));

Deno.test("targets of the own class are there for the rows behind", () =>
  withStock(async ({ load, query }) => {
    const csv = "tag,size,next->tag\nA,1,B\nB,2,C\nC,3,\n";
    const { rows } = await load("Device", csv, { create_targets: "next" });
    assertEquals(rows.map((row) => row.split(" ")[0]), ["created", "updated", "updated"]);
    const named = "SELECT d.tag, d.size, n.tag AS n FROM device d LEFT JOIN device n ON n.id = d.next ORDER BY d.tag";
    assertEquals(query(named), ["A 1 B", "B 2 C", "C 3 -"]);
  }));

Deno.test("a new target is no twin: neither of its row's own object, nor of the row's other target", () =>
  withStock(async ({ load, query }) => {
    const csv = "tag,brand->name,maker->name,maker->code,next->tag\nA,,,,a \nB,X,x,ABC,\nC,Y,Z,DEF,\nD,Y,Z,DEF,C\n";
    const loadAll = () => load("Device", csv, { create_targets: "brand,maker,next" });
    const { rows } = await loadAll();
    assertStringIncludes(
      rows[0] ?? "",
      "the new 'Device' of 'next' would be a twin of the row's own object: both have",
    );
    assertStringIncludes(
      rows[1] ?? "",
      "the new 'Brand' of 'maker' would be a twin of the new one of 'brand': both have",
    );
    assertEquals(rows.slice(2), ["created Device 2", "created Device 3"]);
    assertEquals(query("SELECT tag FROM device ORDER BY id"), ["C", "D"]);
    assertEquals(query("SELECT name FROM brand ORDER BY id"), ["Old", "Y", "Z"]);
    assertEquals((await loadAll()).rows.slice(2), ["unchanged Device 2", "unchanged Device 3"]);
  }));

Deno.test("where an import of the target's class would find an object by its own keys, no twin of it is made", () =>
  withStock(async ({ load, query }) => {
    const csv = "tag,maker->name,maker->code\nA,old,QQQ\nB,New,NEW\nC,New,OLD\n";
    const { run, rows } = await load("Device", csv, { create_targets: "maker" });
    const why =
      "and no 'Brand' can be created of it: one with the same 'name' is there, and differs in the other columns";
    assertStringIncludes(rows[0] ?? "", why);
    assertStringIncludes(rows[2] ?? "", why);
    assertStringIncludes(run.stdout, '{"kind":"keys_taken","codes":["name"]}');
    assertEquals(query("SELECT name, code FROM brand ORDER BY id"), ["Old ", "New NEW"]);
  }));

Deno.test("a row is asked again whatever its keys mean, when a target has been created since", () =>
  withStock(async ({ load }) => {
    await load("Device", "tag\nB\n");
    const csv = "tag,brand->name,maker->name\nA,New,\nB,,New\nC,,new\nD,,Never\n";
    const { rows } = await load("Device", csv, { create_targets: "brand" });
    assertEquals(rows.map((row) => row.split(/[ :]/)[0]), ["created", "updated", "created", "rejected"]);
  }));

Deno.test("defaults of a map are not for objects that an earlier row has created as its target", () =>
  withStock(async ({ load, query, scratch }) => {
    const map = scratch.write("map.json", JSON.stringify({ defaults: { size: "7" } }));
    const csv = "tag,size,next->tag\nA,,B\nB,,\nC,,\n";
    const { rows } = await load("Device", csv, { create_targets: "next", map });
    assertEquals(rows.map((row) => row.split(" ")[0]), ["created", "unchanged", "created"]);
    assertEquals(query("SELECT tag, size FROM device ORDER BY tag"), ["A 7", "B -", "C 7"]);
  }));

Deno.test("many rows of a group: each target once", () =>
  withStock(async ({ load, query }) => {
    const rows = Array.from({ length: 1500 }, (_, index) => `T${index},brand ${index % 7}`);
    const { run } = await load("Device", `tag,brand->name\n${rows.join("\n")}\n`, { create_targets: "brand" });
    assertExit(run, 0);
    assertEquals(query("SELECT COUNT(*) FROM brand"), ["8"]);
    assertEquals(query("SELECT COUNT(*) FROM device WHERE brand IS NULL"), ["0"]);
  }));

Deno.test("wrong names are told before the first row", () =>
  withStock(async ({ print }) => {
    const csv = "tag,brand->name,site\nA,New,1\n";
    const told = async (names: string) => {
      const run = await print("Device", csv, { create_targets: names });
      assertExit(run, 64);
      return run.stdout + run.stderr;
    };
    assertStringIncludes(await told("size"), "#Wrong create_targets 'size': it is no external key of the class");
    assertStringIncludes(await told("brnad"), "Those of the file are: brand, site");
    assertStringIncludes(await told("maker"), "#Wrong create_targets 'maker': no column of the file feeds it");
    assertStringIncludes(await told("site"), "#Wrong create_targets 'site': no new Site can be given 'id'");
  }));

Deno.test("a key is named by its label, its code, or a column that feeds it, as a map calls it too", () =>
  withWorld(async ({ scratch, print }) => {
    const csv = "Last Name,First Name,Organization->Name,Employer\nDoe,Jo,Demo,Acme\n";
    scratch.write("employer.json", '{ "columns": { "Employer": "Location->Name" } }');
    const plain = csv.replace("Employer", "Location->Name");
    const told = async (file: string, more: Readonly<Record<string, string>>) => {
      const { stdout } = await print("Person", file, { simulate: "1", no_localize: "0", ...more });
      assertStringIncludes(stdout, "#Created Targets: 0");
      assertStringIncludes(stdout, "no 'Location' can be created of it");
    };
    for (const name of ["Location", "location_id", "Location->Name"]) await told(plain, { create_targets: name });
    for (const name of ["location_id", "Employer"]) {
      await told(csv, { create_targets: name, map: scratch.path("employer.json") });
    }
  }));

Deno.test("diff and explain show what would be created beside the object", () =>
  withStock(async (loading) => {
    const csv = "tag,brand->name\nA,New\n";
    const diff = await loading.print("Device", csv, { create_targets: "brand", output: "diff", simulate: "1" });
    assertStringIncludes(diff.stdout, "    + Brand\n");
    const { stdout } = await explainRow(loading, "Device", csv, 2, { create_targets: "brand" });
    assertStringIncludes(stdout, "it would create a new Brand");
  }));

Deno.test("nobody creates targets of a class that they may not load, nor accounts", () =>
  withWorld(async ({ load, print, objects }) => {
    await load("Organization", "name\nOpen\n");
    await load("Person", "name,first_name,email,org_id->name\nLimited,Lee,lee@example.org,Open\n");
    await load(
      "UserLocal",
      "login,password,contactid->email,profile_list\nlee,secret-lee,lee@example.org,profileid->name:Configuration Manager\n",
    );
    const before = objects("User", "login");
    const csv = "person_id->email,team_id->name,team_id->org_id->name\nlee@example.org,T,Open\n";
    const made = await load("lnkPersonToTeam", csv, {
      create_targets: "team_id",
      auth_user: "lee",
      auth_pwd: "secret-lee",
    });
    assertEquals(made.rows[0]?.split(" ")[0], "created", made.rows[0]);
    assertEquals(objects("Team", "name"), ["T"]);
    assertEquals(objects("User", "login"), before);
    const links = await print("URP_UserProfile", "userid->login,profileid->name\nx,Administrator\n", {
      create_targets: "userid",
    });
    assert(links.exitCode === 64 || links.exitCode === 77, links.stderr);
    assertEquals(objects("User", "login"), before);
  }));
