/**
 * Link sets of many rows are read and written together. Here the engine that goes row by row is the oracle: the same files leave the same
 * reports, objects, ids and change log, whatever the rows of a file have to do with each other.
 */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { type Loading, type Parameters, preparedModel, preparedWorld, withTables } from "../helpers/loading.ts";
import { Random } from "../torture/random.ts";
import { links, named, set } from "./linked_classes.ts";

/** Devices have keepers, each by a badge that nobody else has, and at most one in each role; persons know each other. */
const MODEL = {
  name: "keepers",
  languages: ["EN US"],
  classes: {
    Site: named(),
    Device: named({
      size: { kind: "integer" },
      site: { kind: "external_key", target: "Site" },
      keepers: set("Keeping", "device", "person"),
      sites: set("Placing", "device", "site"),
    }),
    Person: named({
      nick: { kind: "string" },
      site: { kind: "external_key", target: "Site" },
      site_name: { kind: "external_field", key: "site", attribute: "name" },
      knows: set("Known", "who", "whom"),
      devices: set("Keeping", "person", "device"),
    }),
    Keeping: {
      ...links("device", "person", "Device", "Person", {
        role: { kind: "enum", values: ["owner", "user", "guest"], null: true },
        badge: { kind: "string" },
      }),
      unique: [
        { name: "badge", attributes: ["badge"], unless_empty: ["badge"], messages: "badge {badge} is taken" },
        { name: "role", attributes: ["device", "role"], unless_empty: ["role"], messages: "{role} is taken" },
      ],
    },
    Placing: links("device", "site", "Device", "Site", { floor: { kind: "integer" } }),
    Known: links("who", "whom", "Person", "Person"),
  },
};

const SITES = ["S1", "S2", "S3", "É4"];
const PEOPLE = ["Ann", "Bob", "Cid", "Dan", "Eve", "Twin"];

const withKeepers = preparedModel(MODEL, async (loading) => {
  await loading.load("Site", ["name", ...SITES].join("\n"));
  const persons = PEOPLE.map((name, index) => `${name},n${index % 5},${SITES[index % 4]}`);
  await loading.load("Person", ["name,nick,site->name", ...persons, "twin ,n9,S1"].join("\n"));
});

/** Ways to name a partner, right and wrong. */
function partner(random: Random, key: string): string {
  const ways = [
    () => `${key}->name:${random.pick([...PEOPLE, "ann", "bob ", "Nobody"])}`,
    () => `${key}->nick:n${random.int(0, 6)}`,
    () => `${key}:${random.int(0, 9)}`,
    () => `${key}->site_name:${random.pick(SITES)};${key}->name:${random.pick(PEOPLE)}`,
    () => `${key}->name:${random.pick(PEOPLE)};${key}->friendlyname:${random.pick(PEOPLE)}`,
  ];
  return random.pick([ways[0], ways[0], ways[0], ...ways])?.() ?? "";
}

/** @param mess how likely something is wrong, or the same as in others */
function keepersCell(random: Random, mess: number, key = "person"): string {
  const items = Array.from({ length: random.int(0, 4) }, () => {
    const name = random.chance(mess) ? partner(random, key) : `${key}->name:${random.pick(PEOPLE)}`;
    const role = random.chance(0.5)
      ? `;role:${random.pick(["owner", "user", "guest", ...random.chance(mess) ? ["x"] : []])}`
      : "";
    const badge = random.chance(mess) ? `;badge:${random.pick(["b1", "B1", "b2", "b3", ""])}` : "";
    return `${name}${role}${badge}`;
  });
  return random.chance(mess / 5) ? "nonsense" : items.join("|");
}

interface Files {
  readonly name: string;
  readonly class: string;
  readonly header: string;
  row(random: Random, mess: number, number: number): readonly string[];
}

const device = (random: Random, number: number) => random.chance(0.3) ? `L${random.int(0, 9)}` : `L${number}`;

const FILES: readonly Files[] = [
  {
    name: "one link set",
    class: "Device",
    header: "name,size,site->name,keepers",
    row: (random, mess, number) => [
      device(random, number),
      random.chance(mess / 5) ? "x" : String(random.int(1, 3)),
      random.chance(mess / 5) ? "S9" : random.pick(SITES),
      keepersCell(random, mess),
    ],
  },
  {
    name: "two link sets",
    class: "Device",
    header: "name,keepers,sites",
    row: (random, mess, number) => [
      device(random, number),
      keepersCell(random, mess),
      Array.from({ length: random.int(0, 3) }, () => `site->name:${random.pick(SITES)};floor:${random.int(1, 2)}`).join(
        "|",
      ),
    ],
  },
  {
    name: "links among the objects of the file",
    class: "Person",
    header: "name,nick,knows",
    row: (random, mess, number) => [
      random.chance(0.6) ? random.pick(PEOPLE) : `P${number}`,
      `n${random.int(0, 5)}`,
      Array.from(
        { length: random.int(0, 3) },
        () => random.chance(mess) ? partner(random, "whom") : `whom->name:P${random.int(0, 9)}`,
      )
        .join("|"),
    ],
  },
  {
    name: "the other end",
    class: "Person",
    header: "name,site->name,devices",
    row: (random, mess, number) => [
      random.chance(0.6) ? random.pick(PEOPLE) : `P${number}`,
      random.pick(SITES),
      Array.from(
        { length: random.int(0, 3) },
        () => `device->name:L${random.int(0, 9)}${random.chance(mess) ? `;badge:b${random.int(1, 5)}` : ""}`,
      ).join("|"),
    ],
  },
];

/** Loads files one after another. @returns all that was told and is stored, the log by objects */
async function worked({ print, everything }: Loading, files: readonly LoadedFile[], rowsTogether: number) {
  const told: string[] = [];
  for (const { class: code, csv, params } of files) {
    const { exitCode, stdout, stderr } = await print(code, csv, params, { now: NOW, rowsTogether });
    told.push(String(exitCode), stdout.replaceAll(/"seconds":[\d.]+/g, ""), stderr);
  }
  return [...told, ...everything()];
}

const NOW = new Date("2026-01-02T03:04:05Z");

interface LoadedFile {
  readonly class: string;
  readonly csv: string;
  readonly params: Parameters;
}

/** The same rows once more, and once more with changes, in other modes. */
function filesOf(files: Files, random: Random, params: Parameters): readonly LoadedFile[] {
  const rows = (mess: number) =>
    Array.from({ length: 24 }, (_, number) => files.row(random, mess, number).map((cell) => `"${cell}"`).join(","));
  const file = (lines: readonly string[], more: Parameters) => ({
    class: files.class,
    csv: [files.header, ...lines].join("\n"),
    params: { reconciliationkeys: "name", output: "json", ...params, ...more },
  });
  const first = rows(random.pick([0, 0.2]));
  const outputs = ["json", "details", "diff", "rejects"];
  const later = (links: string) => file(rows(random.pick([0, 0.2, 0.5])), { links, output: random.pick(outputs) });
  return [
    file(first, {}),
    file(first, {}),
    later("replace"),
    ...random.shuffled(["add", "remove", "replace"]).map(later),
  ];
}

for (const files of FILES) {
  for (const twins of ["error", "last"]) {
    Deno.test(`${files.name}, twins=${twins}: rows together do what they do one by one`, async () => {
      const order = (random: Random) => filesOf(files, random, { twins });
      const ends: string[][] = [];
      for (const rowsTogether of [1, 5, 512]) {
        await withKeepers(async (loading) => {
          const found = await worked(loading, order(new Random(19).part(files.name).part(twins)), rowsTogether);
          ends.push(sortedLog(found));
        });
      }
      assertSame(ends);
      const told = ends[0]?.join() ?? "";
      for (const status of ["created", "updated", "unchanged", "rejected"]) {
        assert(told.includes(`"status":"${status}"`));
      }
    });
  }
}

/** Entries of the log stand in the order of their objects: those of several are written together. */
function sortedLog(stored: readonly string[]): string[] {
  const entries = stored.filter((row) => row.startsWith("change_op: "));
  const byObject = entries.map((row) => row.replace(/"id":\d+,/, ""))
    .map((row) => ({ row, name: JSON.stringify(JSON.parse(row.slice("change_op: ".length), objectOnly)) }))
    .sort((a, b) => a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
  const others = stored.filter((row) => !row.startsWith("change_op: ") && !row.startsWith("change: "));
  return [...others, ...byObject.map(({ row }) => row)];
}

function objectOnly(this: unknown, name: string, value: unknown): unknown {
  return name === "" || ["change", "class", "object_id"].includes(name) ? value : undefined;
}

/** Only the first difference is shown. */
function assertSame([expected = [], ...others]: readonly (readonly string[])[]): void {
  for (const found of others) {
    const at = expected.findIndex((line, index) => line !== found[index]);
    assertEquals([found[at], found.length], [expected[at], expected.length]);
  }
}

const withSecrets = preparedWorld(async ({ load }) => {
  await load("Organization", "name\nOpen\nSecret\n");
  const persons = ["A", "B", "C", "D"].map((name, index) => `${name},x,${index % 2 === 0 ? "Open" : "Secret"}`);
  await load("Person", ["name,first_name,org_id->name", ...persons].join("\n"), { reconciliationkeys: "name" });
  const team = (number: number) =>
    `T${number},Open,${[2, 3, 4, 5].map((id) => `person_id:${id}`).slice(number % 3).join("|")}`;
  await load("Team", ["name,org_id->name,persons_list", ...[0, 1, 2, 3].map(team)].join("\n"), {
    reconciliationkeys: "name",
  });
  await load(
    "UserLocal",
    "login,password,profile_list,allowed_org_list\nlim,lim,profileid:3,allowed_org_id->name:Open\n",
  );
});

Deno.test("a limited user's rows together leave alone what they do not see, as one by one", async () => {
  const random = new Random(3);
  const row = (number: number) => {
    const items = Array.from(
      { length: random.int(0, 3) },
      () => `person_id->name:${random.pick(["A", "C", "A", "B", "X"])}`,
    );
    return `T${number % 12},${random.pick(["Open", "Open", "Secret"])},${items.join("|")}`;
  };
  const csv = ["name,org_id->name,persons_list", ...Array.from({ length: 30 }, (_, number) => row(number))].join("\n");
  const params = { auth_user: "lim", auth_pwd: "lim", reconciliationkeys: "name", output: "json" };
  const order = [{ class: "Team", csv, params }, {
    class: "Team",
    csv,
    params: { ...params, links: "add", output: "details" },
  }];
  const ends: string[][] = [];
  for (const rowsTogether of [1, 7, 512]) {
    await withSecrets(async (loading) => {
      ends.push(
        sortedLog(await worked(loading, order, rowsTogether)).map((one) => one.replaceAll(/scrypt\$[^"]+/g, "")),
      );
    });
  }
  assertSame(ends);
});

/** What only the database itself refuses: a link may not have the weight 7, nor a box the number 7. */
const TABLES = `
  CREATE TABLE part (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
  CREATE TABLE box (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, number INTEGER CHECK (number <> 7));
  CREATE TABLE packed (
    box_id INTEGER NOT NULL REFERENCES box, part_id INTEGER NOT NULL REFERENCES part,
    weight INTEGER CHECK (weight <> 7), PRIMARY KEY (box_id, part_id)
  );
  INSERT INTO part (name) VALUES ('a'), ('b'), ('c');
  CREATE UNIQUE INDEX heavy ON packed (weight, part_id) WHERE weight > 8;`;

for (const links of ["replace", "add"]) {
  Deno.test(`links=${links}: what a database of others refuses of links takes its row only`, async () => {
    const random = new Random(5);
    const row = (number: number) => {
      const items = ["a", "b", "c"].filter(() => random.chance(0.5)).map((name) =>
        `part_id->name:${name};weight:${random.pick([1, 2, 3, 4, 7, 8, 9, 10])}`
      );
      const name = random.chance(0.5) ? random.int(0, 9) : number;
      return `B${name},${random.chance(0.05) ? 7 : name % 6},${items.join("|")}`;
    };
    const csv = () => ["name,number,packed", ...Array.from({ length: 30 }, (_, number) => row(number))].join("\n");
    const params = { reconciliationkeys: "name", output: "json", links, change_log: "none" };
    const [one, other] = [csv(), csv()];
    const order = [one, one, other].map((text) => ({ class: "box", csv: text, params }));
    const ends: string[][] = [];
    for (const rowsTogether of [1, 512]) {
      await withTables(TABLES, async (loading) => {
        const told: string[] = [];
        for (const { class: code, csv: text, params: given } of order) {
          const { stdout } = await loading.print(code, text, given, { now: NOW, rowsTogether });
          told.push(...stdout.replaceAll(/"seconds":[\d.]+/g, "").split("\n"));
        }
        const stored = "SELECT name, part_id, weight FROM packed JOIN box ON box.id = box_id ORDER BY 1, 2";
        ends.push([...told, ...loading.query("SELECT * FROM box ORDER BY name"), ...loading.query(stored)]);
      });
    }
    assertSame(ends);
    for (const part of ["because of a CHECK", "because of a UNIQUE", '"status":"updated"']) {
      assert(String(ends[0]).includes(part), part);
    }
  });
}

Deno.test("links=add: what the database refuses of a row has said nothing of links, and what comes after it has", () =>
  withTables(TABLES, async ({ load, query }) => {
    const params = { reconciliationkeys: "name", links: "add" };
    await load("box", "name,packed\nB1,part_id->name:a;weight:1\nB2,part_id->name:a;weight:1\n", params);
    const rows = [
      "B2,",
      "B1,part_id->name:a;weight:2|part_id->name:b;weight:7",
      "B1,part_id->name:a;weight:3",
      "B2,part_id->name:a;weight:2|part_id->name:b;weight:7",
      "B2,part_id->name:a;weight:1",
      "B2,part_id->name:a;weight:3",
    ];
    const { rows: told } = await load("box", `name,packed\n${rows.join("\n")}\n`, params);
    const [nothing, refused, written, refusedToo, unchanged, twin] = told;
    assertEquals(nothing, "unchanged box 2");
    for (const row of [refused, refusedToo]) assertStringIncludes(row ?? "", "because of a CHECK");
    assertStringIncludes(written ?? "", "updated box 1");
    assertStringIncludes(unchanged ?? "", "unchanged box 2");
    assertStringIncludes(twin ?? "", "Row 4 (line 6) is this object already");
    assertEquals(query("SELECT box_id, part_id, weight FROM packed ORDER BY 1"), ["1 1 3", "2 1 1"]);
  }));
