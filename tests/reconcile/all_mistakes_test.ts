/** All mistakes of a row are told together: a wrong date hides nothing (SPEC 14). */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { type Loading, preparedModel } from "../helpers/loading.ts";
import { lines } from "../helpers/our_report.ts";

const named = (more = {}) => ({
  reconciliation_keys: ["name"],
  attributes: { name: { kind: "string", null: false }, ...more },
});

const MODEL = {
  name: "devices",
  languages: ["EN US"],
  classes: {
    Maker: named(),
    Person: named(),
    Device: {
      reconciliation_keys: ["tag"],
      unique: [{
        name: "serial",
        attributes: ["serial"],
        unless_empty: ["serial"],
        messages: "serial {serial} is taken",
      }],
      attributes: {
        tag: { kind: "string", null: false },
        quantity: { kind: "integer" },
        status: { kind: "enum", values: ["stock", "used"] },
        bought: { kind: "date" },
        serial: { kind: "string" },
        maker_id: { kind: "external_key", target: "Maker" },
        above_id: { kind: "external_key", target: "Device", hierarchical: true },
        log: { kind: "case_log" },
        keepers: { kind: "link_set", link_class: "Keeping", key_to_this: "device_id", key_to_remote: "person_id" },
      },
    },
    Keeping: {
      friendly_name: "{device_id} {person_id}",
      attributes: {
        device_id: { kind: "external_key", target: "Device", null: false },
        person_id: { kind: "external_key", target: "Person", null: false },
      },
    },
    Rented: {
      parent: "Device",
      attributes: {
        owner_id: { kind: "external_key", target: "Person", null: false },
        contract: { kind: "string", null: false },
      },
    },
  },
};

const withDevices = preparedModel(MODEL, async (loading) => {
  await loading.load("Maker", "name\nAcme\n");
  await loading.load("Device", "tag,serial\nA1,s1\nA2,s2\n");
});

/** The kinds of what is told of the only row of a file, and where. */
async function told({ load }: Loading, modelClass: string, csv: string, params = {}): Promise<string[]> {
  const { run } = await load(modelClass, csv, params);
  const { messages } = JSON.parse(lines(run.stdout)[0] ?? "") as { messages: { kind: string; attribute?: string }[] };
  return messages.map(({ kind, attribute }) => attribute === undefined ? kind : `${kind} ${attribute}`);
}

Deno.test("a wrong date hides no other cell, external key or link set", () =>
  withDevices(async (loading) => {
    const csv = "tag,quantity,status,bought,maker_id->name,keepers\nA1,x,Gone,yesterday,Nobody,person_id:9\n";
    assertEquals(await told(loading, "Device", csv), [
      "wrong_date",
      "no_match maker_id",
      "wrong_format quantity",
      "value_not_allowed status",
      "wrong_date bought",
      "bad_link_set keepers",
    ]);
  }));

Deno.test("bad cells hide no uniqueness rule, loop or log that is kept by other cells", () =>
  withDevices(async (loading) => {
    const csv = "tag,quantity,serial,above_id->tag\nA1,x,s2,A1\n";
    assertEquals(await told(loading, "Device", csv), [
      "bad_cells",
      "duplicate",
      "loop above_id",
      "wrong_format quantity",
    ]);
    const date = "tag,bought,serial\nnew,yesterday,s2\n";
    assertEquals(await told(loading, "Device", date), ["wrong_date", "duplicate", "wrong_date bought"]);
    assertEquals(loading.query("SELECT count(*) FROM view_Device"), ["2"]);
  }));

Deno.test("a rule is not looked at when one of its own cells is bad", () =>
  withDevices(async (loading) => {
    const long = "x".repeat(300);
    assertEquals(await told(loading, "Device", `tag,serial\nnew,${long}\n`), ["bad_cells", "too_long serial"]);
    // Neither does the row keep the value from others.
    const { rows } = await loading.load("Device", "tag,serial,quantity\nB1,s9,x\nB2,s9,1\n");
    assert(rows[0]?.startsWith("rejected: ") && rows[1]?.startsWith("created "), rows.join("\n"));
  }));

Deno.test("what a new object lacks is told beside its bad cells", () =>
  withDevices(async (loading) => {
    assertEquals(await told(loading, "Rented", "tag,quantity,serial\nR1,x,s1\n"), [
      "bad_cells",
      "missing_external_keys",
      "missing_value contract",
      "duplicate",
      "wrong_format quantity",
    ]);
    assertEquals(await told(loading, "Rented", "tag,serial\nR1,s1\n"), [
      "missing_external_keys",
      "missing_value contract",
      "duplicate",
    ]);
  }));

Deno.test("a wrong date does not hide that the row means no object, or several", () =>
  withDevices(async (loading) => {
    await loading.load("Device", "tag,status\nB1,used\nB2,used\n");
    const byStatus = await told(loading, "Device", "status,bought\nused,yesterday\n", { reconciliationkeys: "status" });
    assertEquals(byStatus, ["wrong_date", "ambiguous", "wrong_date bought"]);
    const byId = await told(loading, "Device", "id,bought\n99,yesterday\n", { reconciliationkeys: "id" });
    assertEquals(byId, ["wrong_date", "failed_to_reconcile", "wrong_date bought"]);
    // A date that is the key itself says so once.
    const byDate = await told(loading, "Device", "bought,tag\nyesterday,x\n", { reconciliationkeys: "bought" });
    assertEquals(byDate, ["wrong_date", "wrong_date bought"]);
  }));

Deno.test("the table of details has all reasons in the status", () =>
  withDevices(async ({ print }) => {
    const run = await print("Device", "tag,bought,serial\nnew,yesterday,s2\n");
    assertStringIncludes(run.stdout, "0;Issue: wrong date format, serial s2 is taken (Device::2);n/a;n/a;");
  }));
