/** `0` in an external key is none, and case logs take only what is new (SPEC 14): what views, reports and exports write loads back. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { withModel } from "../helpers/loading.ts";
import { csvText } from "../helpers/random_objects.ts";

const MODEL = {
  name: "assets",
  languages: ["EN US"],
  classes: {
    Maker: {
      reconciliation_keys: ["name"],
      attributes: { name: { kind: "string", labels: "Name", null: false } },
    },
    Person: {
      reconciliation_keys: ["email"],
      attributes: { email: { kind: "email", labels: "Email" }, name: { kind: "string", labels: "Name", null: false } },
    },
    Device: {
      reconciliation_keys: ["tag"],
      attributes: {
        tag: { kind: "string", labels: "Asset tag", null: false },
        name: { kind: "string", labels: "Name" },
        maker_id: { kind: "external_key", target: "Maker", labels: "Maker" },
        maker_name: { kind: "external_field", key: "maker_id", attribute: "name", labels: "Maker name" },
        log: { kind: "case_log", labels: "Log" },
        keepers: {
          kind: "link_set",
          link_class: "Keeping",
          key_to_this: "device_id",
          key_to_remote: "person_id",
          labels: "Keepers",
        },
      },
    },
    Keeping: {
      reconciliation_keys: ["device_id", "person_id"],
      friendly_name: "{device_id} {person_id}",
      attributes: {
        device_id: { kind: "external_key", target: "Device", null: false },
        person_id: { kind: "external_key", target: "Person", null: false },
        maker_id: { kind: "external_key", target: "Maker" },
      },
    },
    Seat: {
      reconciliation_keys: ["row", "maker_id"],
      friendly_name: "{row}",
      attributes: {
        row: { kind: "integer" },
        maker_id: { kind: "external_key", target: "Maker" },
        device_id: { kind: "external_key", target: "Device", null: false },
      },
    },
  },
};

Deno.test("0 in a bare external key is none, by its code and by its label", () =>
  withModel(MODEL, async ({ load, query }) => {
    await load("Maker", "name\nAcme\n");
    await load("Device", "tag,name,maker_id\nA1,x,\nA2,y,0\nA3,z,1\n");
    assertEquals(query("SELECT tag, maker_id FROM view_Device ORDER BY id"), ["A1 0", "A2 0", "A3 1"]);
    const back = await load("Device", "tag,name,maker_id,maker_name\nA1,x,0,\nA2,y,0,\nA3,z,1,Acme\n");
    assertEquals(back.rows, ["unchanged Device 1", "unchanged Device 2", "unchanged Device 3"]);
    const labels = await load("Device", "Asset tag,Maker\nA1,0\nA3,0\n", { no_localize: "0" });
    assertEquals(labels.rows, ["unchanged Device 1", "updated Device 3 maker_id=1->null"]);
  }));

Deno.test("0 beside a name is no target, and so an error", () =>
  withModel(MODEL, async ({ load }) => {
    await load("Maker", "name\nAcme\n");
    const { rows: [row = ""] } = await load("Device", "tag,maker_id,maker_id->name\nA1,0,Acme\n");
    assertStringIncludes(row, "No match for value id '0', name 'Acme'");
  }));

Deno.test("0 is none where the external key is a reconciliation key, and Null where it is mandatory", () =>
  withModel(MODEL, async ({ load }) => {
    await load("Device", "tag\nA1\n");
    assertEquals((await load("Seat", "row,maker_id,device_id\n1,,1\n")).rows, ["created Seat 1"]);
    assertEquals((await load("Seat", "row,maker_id,device_id\n1,0,1\n")).rows, ["unchanged Seat 1"]);
    const { rows: [mandatory = ""] } = await load("Seat", "row,maker_id,device_id\n2,0,0\n");
    assertStringIncludes(mandatory, "Null not allowed");
  }));

Deno.test("0 is none in the items of link sets", () =>
  withModel(MODEL, async ({ load, query }) => {
    await load("Person", "email,name\nann@example.org,Ann\n");
    const csv = "tag,keepers\nA1,'person_id:1';'maker_id:0'\n";
    assertEquals((await load("Device", csv)).rows, ["created Device 1"]);
    assertEquals(query("SELECT maker_id FROM view_Keeping"), ["0"]);
    assertEquals((await load("Device", csv)).rows, ["unchanged Device 1"]);
  }));

Deno.test("a case log that a view has written adds nothing, however often it is loaded", () =>
  withModel(MODEL, async ({ load, query, everything }) => {
    await load("Device", "tag,log\nA1,hello\n");
    await load("Device", 'tag,log\nA1,"second, of\ntwo lines"\n');
    const stored = everything();
    const [log = ""] = query("SELECT log FROM view_Device");
    for (const cell of [log, log.trim(), log.replaceAll("\n", "\r\n")]) {
      assertEquals((await load("Device", csvText(["tag", "log"], [["A1", cell]]))).rows, ["unchanged Device 1"]);
    }
    assertEquals(everything(), stored);
  }));

Deno.test("a case log with more text behind or before it gets that text as an entry, once", () =>
  withModel(MODEL, async ({ load, query }) => {
    await load("Device", "tag,log\nA1,hello\n");
    const [log = ""] = query("SELECT log FROM view_Device");
    for (const [cell, count] of [[`${log}behind\n`, 2], [`${log}behind\n`, 2], [`before\n${log}`, 3]] as const) {
      await load("Device", csvText(["tag", "log"], [["A1", cell]]));
      const [now = ""] = query("SELECT log FROM view_Device");
      assertEquals(now.match(/^==== /gm)?.length, count);
    }
    assertEquals(query("SELECT log FROM view_Device")[0]?.match(/hello/g)?.length, 1);
  }));

Deno.test("a log as it was some entries ago adds nothing", () =>
  withModel(MODEL, async ({ load, query }) => {
    await load("Device", "tag,log\nA1,monday\n");
    const [monday = ""] = query("SELECT log FROM view_Device");
    await load("Device", "tag,log\nA1,tuesday\n");
    assertEquals((await load("Device", csvText(["tag", "log"], [["A1", monday]]))).rows, ["unchanged Device 1"]);
    const more = csvText(["tag", "log"], [["A1", `${monday}tuesday`]]);
    assertEquals((await load("Device", more)).rows, ["unchanged Device 1"]);
  }));

Deno.test("a log with an entry that was edited is an error: entries stay as they are", () =>
  withModel(MODEL, async ({ load, query, everything }) => {
    await load("Device", "tag,log\nA1,hello\n");
    const stored = everything().filter((row) => row.startsWith("device"));
    const edited = (query("SELECT log FROM view_Device")[0] ?? "").replace("hello", "hullo");
    const { rows: [row = ""] } = await load("Device", csvText(["tag", "log"], [["A1", edited]]));
    assert(row.startsWith("rejected Device 1: "), row);
    assertStringIncludes(row, "Entries cannot be changed");
    assertEquals(everything().filter((row) => row.startsWith("device")), stored);
  }));
