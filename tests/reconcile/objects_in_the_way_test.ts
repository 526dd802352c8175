/** What stands in a row's way is named by class and id, as far as the user may see it. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { lines } from "../helpers/our_report.ts";
import { preparedModel } from "../helpers/loading.ts";

const named = (more = {}) => ({ kind: "string", null: false, ...more });

/** Rooms belong to houses, which are organisations; what hangs in rooms belongs to nobody. */
const MODEL = {
  name: "houses",
  languages: ["EN GB"],
  organizations: { class: "House" },
  classes: {
    House: { organization: "id", reconciliation_keys: ["name"], attributes: { name: named() } },
    Room: {
      organization: "house_id",
      reconciliation_keys: ["name"],
      // Not unique in the database, as other programs may have written it.
      unique: [{ name: "code", attributes: ["code"], unless_empty: ["code"], messages: "code {code} is taken" }],
      attributes: {
        name: named(),
        code: { kind: "string" },
        house_id: { kind: "external_key", target: "House", null: false },
        pictures: { kind: "link_set", link_class: "Hanging", key_to_this: "room_id", key_to_remote: "picture_id" },
      },
    },
    Picture: {
      reconciliation_keys: ["name"],
      attributes: {
        name: named(),
        room_id: { kind: "external_key", target: "Room" },
        beside: { kind: "link_set", link_class: "Hanging", key_to_this: "picture_id", key_to_remote: "room_id" },
      },
    },
    Hanging: {
      friendly_name: "{room_id} {picture_id}",
      attributes: {
        room_id: { kind: "external_key", target: "Room", null: false },
        picture_id: { kind: "external_key", target: "Picture", null: false },
      },
    },
  },
};

const LIMITED = { auth_user: "lim", auth_pwd: "lim" };

/** Eight rooms of one name: 1 to 6 in the house Here, 7 and 8 in There. */
const withRooms = preparedModel(MODEL, async (loading) => {
  const { load } = loading;
  await load("House", "name\nHere\nThere\n");
  const rooms = Array.from({ length: 8 }, (_, index) => `Hall,c${index + 1},${index < 6 ? 1 : 2}\n`).join("");
  await load("Room", `name,code,house_id\n${rooms}`, { reconciliationkeys: "code" });
  const users = "login,password,profile_list,allowed_org_list\nlim,lim,profileid:1,allowed_org_id:1\n";
  await load("UserLocal", users);
});

const FIRST_FIVE = "Room::1, Room::2, Room::3, Room::4, Room::5...";

Deno.test("the objects that a row's keys match are named: five of them, and how many there are", () =>
  withRooms(async ({ load }) => {
    const { rows, run } = await load("Room", "name,house_id\nHall,1\n", { reconciliationkeys: "name" });
    assertEquals(rows, [`rejected: ambiguous reconciliation: 8 objects (${FIRST_FIVE})`]);
    const [message] = JSON.parse(lines(run.stdout)[0] ?? "").messages;
    assertEquals([message.kind, message.count, message.more, message.objects.length], ["ambiguous", 8, true, 5]);
    assertEquals(message.objects[4], { class: "Room", id: 5 });
    const limited = await load("Room", "name,house_id\nHall,1\n", { ...LIMITED, reconciliationkeys: "name" });
    assertEquals(limited.rows, [`rejected: ambiguous reconciliation: 6 objects (${FIRST_FIVE})`]);
  }));

Deno.test("so are the targets that an external key may mean, and those of an item of a link set", () =>
  withRooms(async ({ load }) => {
    const { rows: [key = ""] } = await load("Picture", "name,room_id->name\nSea,Hall\n");
    assertStringIncludes(key, `Ambiguous: found 8 objects (${FIRST_FIVE})`);
    const { rows: [item = ""] } = await load("Picture", "name,beside\nSea,room_id->name:Hall\n");
    assertStringIncludes(item, `Found several matches: ext_key = room_id, reconciliation = name=Hall: 8 objects`);
    assertStringIncludes(item, `(${FIRST_FIVE})`);
    const { rows } = await load("Picture", "name,room_id->name,beside\nSea,Hall,room_id->name:Hall\n", LIMITED);
    assertStringIncludes(rows[0] ?? "", `Ambiguous: found 6 objects (${FIRST_FIVE})`);
    assertEquals(/Room::[78]/.test(rows[0] ?? ""), false);
  }));

Deno.test("two that match are both named, without dots", () =>
  withRooms(async ({ load }) => {
    await load("Room", "name,code,house_id\nAttic,a,1\nAttic,b,1\n", { reconciliationkeys: "code" });
    const { rows } = await load("Picture", "name,room_id->name\nSea,Attic\n");
    assertStringIncludes(rows[0] ?? "", "Ambiguous: found 2 objects (Room::9, Room::10)");
  }));

Deno.test("who has what must be unique is named, but never what the user may not see", () =>
  withRooms(async ({ load }) => {
    const csv = "name,code,house_id\nNew,c2,1\nOther,c8,1\n";
    assertEquals((await load("Room", csv)).rows, [
      "rejected: code c2 is taken (Room::2)",
      "rejected: code c8 is taken (Room::8)",
    ]);
    assertEquals((await load("Room", csv, LIMITED)).rows, [
      "rejected: code c2 is taken (Room::2)",
      "rejected: it would duplicate a 'Room' object not visible with your current profile",
    ]);
  }));

Deno.test("an object that a simulation would create has no id to be named by", () =>
  withRooms(async ({ load, everything }) => {
    const stored = everything();
    const csv = "name,code,house_id\nNew,n,1\nOther,n,1\n";
    const { rows } = await load("Room", csv, { simulate: "1" });
    assertEquals(rows, ["created Room 0", "rejected: code n is taken (Room::0)"]);
    assertEquals(everything(), stored);
    const real = await load("Room", csv);
    assert(real.rows[1]?.endsWith("(Room::9)"), real.rows[1]);
  }));
