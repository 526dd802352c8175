/** Texts that only look different are the same (SPEC 14): the inputs of faults 06, 07, 27, 71 and 72, and others of their kinds. */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { withWorld } from "../helpers/loading.ts";
import { withShelf } from "./shelf.ts";

const NFC = "\u00e9";
const NFD = "e\u0301";
const ZURICH_NFD = "Zu\u0308rich Gear";

Deno.test("fault 06: canonically equivalent texts match as keys", () =>
  withShelf(async ({ load, objects }) => {
    const csv = `name\nCaf${NFC} GmbH\nCaf${NFD} GmbH\nZürich Gear\n`;
    assertEquals((await load("Maker", csv)).rows, ["created Maker 1", "unchanged Maker 1", "created Maker 2"]);
    // The next run, and a file in the other form, find the same ones.
    for (const form of ["NFC", "NFD"]) {
      const { rows } = await load("Maker", csv.normalize(form));
      assertEquals(rows, ["unchanged Maker 1", "unchanged Maker 1", "unchanged Maker 2"]);
    }
    assertEquals(objects("Maker", "name"), [`Caf${NFC} GmbH`, "Zürich Gear"]);
  }));

Deno.test("fault 06: through an external key, in uniqueness rules, and as labels of enumerations", () =>
  withShelf(async ({ load, scratch, database }) => {
    await load("Maker", "name\nZürich Gear\n");
    const csv = `tag,maker_id->name,serial\nA1,${ZURICH_NFD},\nA2,,É\nA3,,E\u0301\n`;
    assertEquals((await load("Device", csv)).rows, [
      "created Device 1",
      "created Device 2",
      "rejected: there is 'A2' (Device::2)",
    ]);
    // By a run of its own, too.
    assertEquals((await load("Device", `tag,serial\nA4,e\u0301\n`)).rows, ["rejected: there is 'A2' (Device::2)"]);
    await load("UserLocal", "login,password,language,profile_list\nfr,fr,FR FR,profileid->name:Administrator\n");
    const labels = scratch.write("fr.csv", `Asset tag,Status\nA1,${"Détruit".normalize("NFD")}\nA2,DÉTRUIT\n`);
    const run = await scratch.run([
      ...["--auth_user=fr", "--auth_pwd=fr", "--class=Device", "--reconciliationkeys=Asset tag", `--db=${database}`],
      `--csvfile=${labels}`,
    ]);
    assertMatch(run.stdout, /#Issues: 0\n[^]*#Updated: 2\n/);
  }));

Deno.test("fault 06: in link sets, through friendly names and as keys with external keys", () =>
  withShelf(async ({ load, objects }) => {
    await load("Person", `email,first,last\na@x,Zo${NFC},Åberg\nb@x,Bo,Ek\n`);
    const csv = `tag,keepers\nL1,person_id->last:A\u030aBERG\nL2,person_id->friendlyname:zo${NFD} a\u030aberg\n`;
    assertEquals((await load("Device", csv)).rows, ["created Device 1", "created Device 2"]);
    assertEquals(objects("Keeping", "device_id,person_id"), ["1,1", "2,1"]);
    const links = `device_id->tag,person_id->friendlyname,reason\nL1,ZO\u00c9 ÅBERG,x\n`;
    assertEquals((await load("Keeping", links)).rows, ['updated Keeping 1 reason=""->"x"']);
    // The friendly name of the class itself, of an object that this very file makes.
    const persons = `email,first,last\nc@x,Émil,Zola\n`;
    await load("Person", persons);
    const named = await load("Person", `friendlyname,email\ne\u0301mil ZOLA,d@x\n`, {
      reconciliationkeys: "friendlyname",
    });
    assertEquals(named.rows, ['updated Person 3 email="c@x"->"d@x"']);
  }));

Deno.test("fault 71: case beyond ASCII", () =>
  withShelf(async ({ load, objects }) => {
    const makers = await load("Maker", "name\nZürich Gear\nZÜRICH GEAR\nacme\nACME\n");
    assertEquals(makers.rows.map((row) => row.split(" ").slice(0, 3).join(" ")).filter((row) => /^created/.test(row)), [
      "created Maker 1",
      "created Maker 2",
    ]);
    const devices = await load("Device", "tag,maker_id->name,serial\nA1,zürich gear,É1\nA2,,é1\n");
    assertEquals(devices.rows, ["created Device 1", "rejected: there is 'A1' (Device::1)"]);
    assertEquals(objects("Maker", "id").length, 2);
  }));

Deno.test("fault 71: other alphabets, and what is not the same", () =>
  withShelf(async ({ load }) => {
    const csv = "name\nМосква\nΣίσυφος\nStraße\nİzmir\nkelvin\nSTRASSE\nizmir\nмосква\nΣΊΣΥΦΟΣ\nSTRAẞE\n\u212aelvin\n";
    const { rows } = await load("Maker", csv);
    assertEquals(rows.map((row) => /^created/.test(row)), [
      ...Array(7).fill(true),
      ...Array(4).fill(false),
    ]);
  }));

Deno.test("fault 07: blanks of every alphabet and characters without width do not count at the ends", () =>
  withShelf(async ({ load, objects }) => {
    const csv =
      "tag,name\nA1,plain\nA1\u00a0,plain\n\u200bA1,plain\nA1\ufeff,plain\nA1\u3000,plain\nA1 ,plain\nA1\t,plain\n" +
      '"A1\u2003",plain\n"\u00ad\u2060 A1",plain\n';
    const { rows, warnings } = await load("Device", csv);
    assertEquals(rows, ["created Device 1", ...Array(8).fill("unchanged Device 1")]);
    assertEquals(objects("Device", "tag,name"), ["A1,plain"]);
    assertEquals(warnings, []);
  }));

Deno.test("fault 07: other cells, keys that are nothing else, and cells of several lines", () =>
  withShelf(async ({ load, objects }) => {
    await load("Maker", "name\nAcme\n");
    const csv = 'tag,quantity,maker_id->name,status,note\nA1,\u00a05\u2009,\u202fAcme\u200b,"\u3000GONE",\u00a0\n' +
      'A2,,"\u00a0","\u200b","\u3000two\nlines\u3000"\n';
    assertEquals((await load("Device", csv)).rows, ["created Device 1", "created Device 2"]);
    assertEquals(objects("Device", "quantity,maker_id,status"), ["5,1,GONE", ",0,"]);
    assertEquals(objects("Device", "note"), ["\u00a0", "\u3000two\nlines\u3000"]);
  }));

Deno.test("fault 07: characters without width within a key are kept, warned of and counted", () =>
  withShelf(async ({ load, print, objects }) => {
    const csv = "tag,name\nA1,x\nA\u200b1,y\nA\u200b\u00ad1,z\nA2,\u200bn\u200bo\n";
    const { rows, warnings } = await load("Device", csv);
    assertEquals(rows, ["created Device 1", "created Device 2", "created Device 3", "created Device 4"]);
    assertEquals(warnings, [
      "2 rows with characters in a key that cannot be seen, the first in line 3: U+200B, U+00AD in column 'tag'. " +
      "They count: remove them if they are not meant",
    ]);
    assertEquals(objects("Device", "tag").slice(0, 2), ["A1", "A\u200b1"]);
    assertMatch((await print("Device", csv)).stdout, /^#Warnings: 1$/m);
    // In external keys and link sets, too.
    await load("Maker", "name\nAc\u200dme\n");
    const keyed = await load("Device", "tag,maker_id->name\nA5,Ac\u200dme\n");
    assertEquals([keyed.rows, keyed.warnings.length], [["created Device 5"], 1]);
    const linked = await load("Device", "tag,keepers\nA5,person_id->email:a\u2060@x\n");
    assertEquals(linked.warnings.length, 1);
  }));

Deno.test("fault 72: blanks at the ends of qualified cells", () =>
  withShelf(async ({ load, objects }) => {
    await load("Maker", '"name"\n"Acme"\n');
    const csv = '"tag","maker_id->name"\n"A1","Acme"\n"A1 ","Acme "\n" A1"," Acme"\n" A2","Acme"\n"A2","Acme"\n';
    assertEquals((await load("Device", csv)).rows, [
      "created Device 1",
      "unchanged Device 1",
      "unchanged Device 1",
      "created Device 2",
      "unchanged Device 2",
    ]);
    assertEquals(objects("Device", "tag"), ["A1", "A2"]);
  }));

Deno.test("fault 27: enumerations in any case, by label and by code, as values, keys and in links", () =>
  withShelf(async ({ load, objects }) => {
    const labels = "Asset tag,Status\nA1,In stock\nA2,in stock\nA3,IN STOCK\nA4,stock\nA5,Gone\n";
    const { rows } = await load("Device", labels, { no_localize: "0", reconciliationkeys: "Asset tag" });
    assertEquals(rows.slice(0, 3), ["created Device 1", "created Device 2", "created Device 3"]);
    for (const row of rows.slice(3)) assertMatch(row, /^rejected: .*Allowed 'status' value\(s\): In stock,Destroyed/);
    assertEquals(
      (await load("Device", "TAG,STATUS\nA1,STOCK\nA2,stock\nA3,Gone\n", { reconciliationkeys: "tag" })).rows,
      [
        "unchanged Device 1",
        "unchanged Device 2",
        'updated Device 3 status="STOCK"->"GONE"',
      ],
    );
    const keyed = await load("Device", "status,tag,name\ngone,A3,x\n", { reconciliationkeys: "status,tag" });
    assertEquals(keyed.rows, ['updated Device 3 name=""->"x"']);
    assertEquals(objects("Device", "status"), ["STOCK", "STOCK", "GONE"]);
  }));

Deno.test("an attribute that is compared exactly counts case, and nothing else", () =>
  withShelf(async ({ load, scratch, database }) => {
    const csv = "code,name,tag\naé,1,T1\nAÉ,2,T2\nAé,3,T3\nab,4,T4\nAB,5,T5\n";
    assertEquals(
      (await load("Device", csv, { reconciliationkeys: "code" })).rows.map((row) => row.slice(0, 7)),
      Array(5).fill("created"),
    );
    const again = `code,name\nae\u0301,1\n"AE\u0301 ",2\n\u00a0Ae\u0301,3\nab,4\nAB,5\n`;
    assertEquals(
      (await load("Device", again, { reconciliationkeys: "code" })).rows,
      [1, 2, 3, 4, 5].map((id) => `unchanged Device ${id}`),
    );
    const shown = await scratch.run(["model", "show", `--db=${database}`, "--class=Device"]);
    assertMatch(shown.stdout, /^code +Code +string .*up to 255 characters, case counts$/m);
  }));

Deno.test("what was two before is ambiguous, and stays", () =>
  withShelf(async ({ load, objects, query }) => {
    // Nobody has searched yet: as an older version would have loaded them.
    await load("Device", "tag,name\nx1,Café\nx2,Cafe\u0301\nx3,CAFÉ\n");
    assertEquals((await load("Device", "name,serial\ncafé,9\n", { reconciliationkeys: "name" })).rows, [
      "rejected: ambiguous reconciliation: 3 objects (Device::1, Device::2, Device::3)",
    ]);
    assertEquals(objects("Device", "serial"), ["", "", ""]);
    assert(query("SELECT count(*) FROM change").length === 1);
  }));

Deno.test("logins are the same in every form and case", () =>
  withWorld(async ({ load, scratch, database }) => {
    const csv = "login,password,profile_list\nZoé,geheim é,profileid->name:Administrator\n";
    assertEquals((await load("UserLocal", csv)).rows.length, 1);
    const twice = await load("UserLocal", "login,password,profile_list\nZOE\u0301,x,profileid->name:Administrator\n", {
      simulate: "1",
    });
    assertMatch(twice.rows[0] ?? "", /^updated UserLocal \d+ login="Zoé"->"ZOE\u0301"/);
    const file = scratch.write("o.csv", "name\nDemo\n");
    const logIn = (login: string, password: string) =>
      scratch.run([
        ...[`--auth_user=${login}`, `--auth_pwd=${password}`, "--class=Organization", `--csvfile=${file}`],
        ...[`--db=${database}`, "--simulate=1"],
      ]);
    for (const login of ["Zoé", "ZOÉ", "zoe\u0301", "\u00a0zoé\u200b"]) {
      assertEquals((await logIn(login, "geheim e\u0301")).exitCode, 0, login);
    }
    assertEquals((await logIn("zoe", "geheim é")).exitCode, 77);
  }));
