/** `create_targets` beside whatever else a run may do, be told of, or be refused (SPEC 15 to 17). */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { type Loading, withModel } from "../helpers/loading.ts";
import { assertExit } from "../helpers/scratch.ts";

const text = (more = {}) => ({ kind: "string", null: false, ...more });
const to = (target: string, more = {}) => ({ kind: "external_key", target, ...more });

const MODEL = {
  name: "stock",
  languages: ["EN US"],
  organizations: { class: "Org", parent: "parent" },
  classes: {
    Org: {
      organization: "id",
      reconciliation_keys: ["name"],
      attributes: { name: text(), parent: to("Org", { hierarchical: true }) },
    },
    Brand: { reconciliation_keys: ["name"], attributes: { name: text() } },
    Room: {
      reconciliation_keys: ["name", "org"],
      organization: "org",
      attributes: { name: text(), org: to("Org") },
      unique: [{ name: "one", attributes: ["name"] }],
    },
    Device: {
      reconciliation_keys: ["tag"],
      attributes: {
        tag: text(),
        size: { kind: "integer" },
        brand: to("Brand"),
        room: to("Room"),
        next: to("Device"),
        keepers: { kind: "link_set", link_class: "Keeping", key_to_this: "device", key_to_remote: "brand" },
      },
    },
    Keeping: {
      friendly_name: "{device_friendlyname} {brand_friendlyname}",
      attributes: { device: to("Device", { null: false }), brand: to("Brand", { null: false }) },
    },
  },
  profiles: [
    { id: 1, name: "Administrator", administrator: true },
    { id: 2, name: "Loader", bulk_write: ["Org", "Brand", "Room", "Device", "Keeping"] },
  ],
};

const BRANDS = "SELECT name FROM brand ORDER BY id";
const DEVICES = "SELECT d.tag, b.name FROM device d LEFT JOIN brand b ON b.id = d.brand ORDER BY d.tag";
const CREATING = { create_targets: "brand" };

function inStock(use: (loading: Loading) => Promise<void>): Promise<void> {
  return withModel(MODEL, async (loading) => {
    await loading.load("Brand", "name\nOld\n");
    await use(loading);
  });
}

function words(rows: readonly string[]): string[] {
  return rows.map((row) => row.split(/[ :]/)[0] ?? "");
}

Deno.test("a run that exceeds its limit takes its targets back with everything else", () =>
  inStock(async ({ load, print, query }) => {
    const csv = "tag,size,brand->name\nA,1,New\nB,x,Other\n";
    const stopped = await print("Device", csv, { ...CREATING, max_errors: "0" });
    assertExit(stopped, 2);
    assertEquals([query(BRANDS), query(DEVICES)], [["Old"], []]);
    await load("Device", csv, CREATING);
    const moved = await print("Device", "tag,brand->name\nA,Third\n", { ...CREATING, max_changes: "0" });
    assertExit(moved, 2);
    assertEquals([query(BRANDS), query(DEVICES)], [["Old", "New"], ["A New"]]);
    // What is created is no change of what was there.
    assertExit(await print("Device", "tag,brand->name\nC,Third\n", { ...CREATING, max_changes: "0" }), 0);
    assertEquals(query(BRANDS), ["Old", "New", "Third"]);
  }));

Deno.test("an undo takes targets back that nothing refers to any more, and an undo of that makes them again", () =>
  inStock(async ({ load, query, scratch, database }) => {
    const login = [`--db=${database}`, "--auth_user=admin", "--auth_pwd=admin"];
    const last = () => query("SELECT MAX(id) FROM change")[0] ?? "";
    const undo = (change: string) => scratch.run(["undo", `--change=${change}`, ...login]);
    await load("Device", "tag,brand->name\nA,New\nB,Kept\nC,new\n", CREATING);
    const change = last();
    assertExit(await undo(change), 0);
    assertEquals([query(BRANDS), query(DEVICES)], [["Old"], []]);
    assertExit(await undo(last()), 0);
    assertEquals([query(BRANDS), query(DEVICES)], [["Old", "New", "Kept"], ["A New", "B Kept", "C New"]]);
    assertExit(await undo(last()), 0);
    assertEquals([query(BRANDS), query(DEVICES)], [["Old"], []]);
    await load("Device", "tag,brand->name\nA,New\n", CREATING);
    const again = last();
    await load("Device", "tag,brand->name\nD,New\n");
    const kept = await undo(again);
    assertEquals([query(BRANDS), query(DEVICES)], [["Old", "New"], ["D New"]], kept.stdout);
    assertStringIncludes(kept.stdout, "Brand");
  }));

Deno.test("rows in error that would create come back byte for byte, and load when they are mended", () =>
  inStock(async ({ print, query, scratch }) => {
    const csv = 'tag,size,brand->name\r\nA,1,New\r\n"B",x,"Né ""w"""\r\n';
    const rejects = scratch.path("rejects.csv");
    assertExit(await print("Device", csv, { ...CREATING, rejects }), 1);
    const back = Deno.readTextFileSync(rejects);
    assertStringIncludes(back, '"B",x,"Né ""w"""');
    assertEquals(query(BRANDS), ["Old", "New"]);
    assertExit(await print("Device", back.replace(",x,", ",2,"), { ...CREATING, rejects }), 0);
    assertEquals(query(BRANDS), ["Old", "New", 'Né "w"']);
  }));

Deno.test("an atomic job keeps the targets of all its imports, or of none", () =>
  inStock(async ({ scratch, database, query }) => {
    const write = (name: string, csv: string) => {
      scratch.write(`${name}.csv`, csv);
      const lines = ["class = Device", `csvfile = ${name}.csv`, "no_localize = 1", "create_targets = brand"];
      scratch.write(`${name}.params`, `${lines.join("\n")}\n`);
    };
    write("one", "tag,brand->name\nA,New\n");
    write("two", "tag,brand->name\nB,new\nC,Other\n");
    write("bad", "tag,nothing\nB,new\n");
    const run = (...names: readonly string[]) => {
      scratch.write("own.job", `atomic = 1\n${names.map((name) => `import = ${name}.params\n`).join("")}`);
      return scratch.run(["run", "own.job", `--db=${database}`, "--auth_user=admin", "--auth_pwd=admin"]);
    };
    assertExit(await run("one", "bad"), 64);
    assertEquals(query(BRANDS), ["Old"]);
    assertExit(await run("one", "two"), 0);
    assertEquals([query(BRANDS), query(DEVICES)], [["Old", "New", "Other"], ["A New", "B New", "C Other"]]);
  }));

Deno.test("what a trigger or a rule of the database refuses of a target is in error with each row that needs it, and others load", () =>
  inStock(async ({ load, query, database }) => {
    const opened = new DatabaseSync(database);
    opened.exec(
      "CREATE TRIGGER mine BEFORE INSERT ON brand WHEN NEW.name LIKE 'bad%' BEGIN SELECT RAISE(ABORT, 'no such brand'); END",
    );
    opened.close();
    const many = Array.from(
      { length: 700 },
      (_, index) => `T${index},${index % 7 === 0 ? "Bad" : "Good"} ${index % 70}`,
    );
    const { run, rows } = await load("Device", `tag,brand->name\n${many.join("\n")}\n`, CREATING);
    assertExit(run, 1);
    assertEquals(words(rows), many.map((_, index) => index % 7 === 0 ? "rejected" : "created"));
    assert(rows.every((row, index) => index % 7 !== 0 || row.includes("no such brand")), rows[0]);
    assertEquals(query("SELECT COUNT(*) FROM brand"), ["61"]);
    assertEquals(query("SELECT COUNT(*) FROM brand WHERE id NOT IN (SELECT brand FROM device)"), ["1"]);
    const told = run.stdout.trim().split("\n").map((line) => JSON.parse(line));
    assertEquals(told.at(-1).counts.created_targets, 60);
    assertEquals(told.filter(({ created_targets }) => created_targets !== undefined).length, 60);
  }));

Deno.test("rows with links create their targets, too, and all of a row is there or nothing", () =>
  inStock(async ({ load, query }) => {
    const csv = "tag,brand->name,keepers\nA,New,brand->name:Old\nB,Other,brand->name:Nobody\nC,new,brand->name:New\n";
    const { rows } = await load("Device", csv, CREATING);
    assertEquals(words(rows), ["created", "rejected", "created"]);
    assertEquals(query(BRANDS), ["Old", "New"]);
    assertEquals(query("SELECT COUNT(*) FROM keeping"), ["2"]);
    assertEquals(words((await load("Device", csv.replace(/B.*\n/, ""), CREATING)).rows), ["unchanged", "unchanged"]);
  }));

Deno.test("targets of the feed's own class are not what its files brought: the next one lacks none of them", () =>
  inStock(async ({ load, query }) => {
    const feed = { create_targets: "next,brand", source: "stock", gone: "delete", gone_limit: "100%" };
    const csv = "tag,next->tag,brand->name\nA,N,New\nB,,Other\n";
    assertEquals(words((await load("Device", csv, feed)).rows), ["created", "created"]);
    assertEquals(query("SELECT COUNT(*) FROM csvrecon_feed_object"), ["2"]);
    assertEquals(words((await load("Device", csv, feed)).rows), ["unchanged", "unchanged"]);
    const { rows } = await load("Device", "tag,next->tag,brand->name\nA,N,New\n", feed);
    assertEquals(words(rows), ["unchanged", "gone"]);
    assertEquals(query("SELECT tag FROM device ORDER BY tag"), ["A", "N"]);
    assertEquals(query(BRANDS), ["Old", "New", "Other"]);
  }));

Deno.test("a second reading fills its keys beside targets that the first one has created, in any order of the rows", () =>
  inStock(async ({ load, query }) => {
    const lines = ["A,B,New", "B,C,Other", "C,A,new", "D,Nobody,Never"];
    for (const order of [lines, lines.toReversed()]) {
      const csv = `tag,next->tag,brand->name\n${order.join("\n")}\n`;
      const { rows } = await load("Device", csv, { ...CREATING, second_pass: "next", simulate: "1" });
      assertEquals(words(rows).filter((word) => word === "rejected").length, 1);
    }
    await load("Device", `tag,next->tag,brand->name\n${lines.join("\n")}\n`, { ...CREATING, second_pass: "next" });
    assertEquals(query(DEVICES), ["A New", "B Other", "C New"]);
    assertEquals(query(BRANDS), ["Old", "New", "Other"], "the row in error has left nothing");
  }));

Deno.test("rows that are passed over, or in error for what they find, create nothing", () =>
  inStock(async ({ load, query }) => {
    await load("Device", "tag\nA\n");
    const csv = "tag,brand->name\nA,New\nB,Other\n";
    for (const way of ["error", "skip"]) {
      await load("Device", csv, { ...CREATING, on_missing: way, on_found: way });
      assertEquals([query(BRANDS), query(DEVICES)], [["Old"], ["A -"]], way);
    }
    await load("Device", csv, { ...CREATING, on_missing: "skip" });
    assertEquals([query(BRANDS), query(DEVICES)], [["Old", "New"], ["A New"]]);
  }));

Deno.test("a limited user creates targets where they may load them, and learns of no hidden twin", () =>
  inStock(async ({ load, query }) => {
    await load("Org", "name,parent->name\nmine,\nbelow,mine\nother,\n");
    await load("Room", "name,org->name\nhidden,other\n");
    await load(
      "UserLocal",
      "login,password,profile_list,allowed_org_list\neve,secret,profileid:2,allowed_org_id->name:mine\n",
    );
    const csv =
      "tag,room->name,room->org->name\nA,new,below\nB,NEW,below\nC,hidden,mine\nD,hidden,other\nE,x,other\nF,y,\n";
    const as = { auth_user: "eve", auth_pwd: "secret", create_targets: "room" };
    const { run, rows } = await load("Device", csv, as);
    assertEquals(words(rows), ["created", "created", "rejected", "rejected", "rejected", "created"]);
    assertEquals(query("SELECT name, org FROM room ORDER BY id"), ["hidden 3", "new 2", "y -"]);
    // The object that is in the way has neither id nor organisation for them.
    const told = run.stdout.split("\n").slice(2, 5).join("\n");
    assert(!/"id":1\b|"objects":\[[^\]]*1|Room::1/.test(told), told);
    assert(!rows.slice(2, 5).join().replaceAll(/'[^']*'/g, "").includes("other"), rows.join("\n"));
    // An import of the class says the same of it.
    const own = await load("Room", "name,org->name\nhidden,mine\nx,other\n", { auth_user: "eve", auth_pwd: "secret" });
    assertEquals(words(own.rows), ["rejected", "rejected"]);
    assertEquals(query("SELECT COUNT(*) FROM room"), ["3"]);
  }));

Deno.test("a limited user creates organisations as an import of their class does", () =>
  inStock(async ({ load, query }) => {
    await load("Org", "name\nmine\n");
    await load(
      "UserLocal",
      "login,password,profile_list,allowed_org_list\neve,secret,profileid:2,allowed_org_id->name:mine\n",
    );
    const eve = { auth_user: "eve", auth_pwd: "secret", simulate: "1" };
    const direct = words((await load("Org", "name,parent->name\nsub,mine\ntop,\n", eve)).rows);
    const through = (name: string, parent: string) =>
      load("Room", `name,org->name,org->parent->name\nR,${name},${parent}\n`, { ...eve, create_targets: "org" });
    const made = [await through("sub", "mine"), await through("top", "")].flatMap(({ rows }) => words(rows));
    assertEquals(made, direct);
    assertEquals(query("SELECT COUNT(*) FROM org"), ["1"]);
  }));
