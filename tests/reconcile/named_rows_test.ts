/** Rows that look for objects by friendly names, which rows before them make and change: each is as if it were alone. */
import { assert, assertEquals } from "@std/assert";
import { preparedWorld } from "../helpers/loading.ts";
import { lines } from "../helpers/our_report.ts";
import { Random } from "../torture/random.ts";

/** One cell for each column. */
type DrawnRow = (random: Random) => readonly string[];

interface Files {
  readonly class: string;
  readonly keys: string;
  readonly columns: string;
  readonly draw: DrawnRow;
}

const NAMES = ["a", "A", "a b", "b", "É", "é", "x", "", "z "];
const HOSTS = ["h", "H", "h b", "é", "none"];
const some = (random: Random) => random.pick(NAMES);
const person = (random: Random) => `${random.pick(["", "a", "É"])} ${some(random)}`;

const FILES: readonly Files[] = [
  {
    class: "Person",
    keys: "friendlyname",
    columns: "first_name,name,friendlyname,org_id,function",
    draw: (random) => {
      const [first, last] = [random.pick(["a", "É", "b"]), some(random)];
      const name = random.chance(0.6) ? `${first} ${last}` : person(random);
      return [first, last, name, "1", random.pick(["", "x", "y"])];
    },
  },
  {
    class: "Person",
    keys: "friendlyname,org_id",
    columns: "name,first_name,friendlyname,org_id->friendlyname,manager_id->friendlyname",
    draw: (random) => {
      const [first, last] = [random.pick(["a", "É", "b"]), some(random)];
      const name = random.chance(0.7) ? `${first} ${last}` : person(random);
      return [last, first, name, random.pick(["Acme", "Beta"]), random.chance(0.5) ? "" : person(random)];
    },
  },
  {
    class: "DBServer",
    keys: "friendlyname",
    columns: "name,system_id->name,friendlyname,org_id,path",
    draw: (random) => {
      const [name, host] = [some(random), random.pick(HOSTS)];
      const key = random.chance(0.6) ? `${name} ${host}` : `${some(random)} ${random.pick(HOSTS)}`;
      return [name, host, key, "1", random.pick(["", "p", "q"])];
    },
  },
  {
    class: "DBServer",
    keys: "path",
    columns: "path,name,system_id->friendlyname,org_id",
    draw: (random) => {
      const name = () => random.pick(["a", "A", "b", "É"]);
      const system = random.chance(0.7) ? `${name()} ${random.pick(["h", "H", "é"])}` : random.pick(HOSTS);
      return [`${random.int(1, 40)}`, name(), system, "1"];
    },
  },
  {
    class: "Server",
    keys: "serialnumber",
    columns: "serialnumber,name,org_id->friendlyname",
    draw: (random) => [random.pick(["1", "2", "3"]), some(random), random.pick(["Acme", "beta", "none"])],
  },
];

const SEEDS = [1, 2];
const ROWS = 24;

const withHosts = preparedWorld(async ({ load }) => {
  await load("Organization", "name,code\nAcme,A\nBeta,B\n");
  await load("Server", "name,org_id\nh,1\nh b,1\né,1\n");
});

/** A JSON line of a row without its place in the file. */
function withoutPlace(line: string): unknown {
  const { record: _, line: __, ...row } = JSON.parse(line);
  return row;
}

for (const files of FILES) {
  const shown = `${files.class} by ${files.keys}, ${files.columns}`;
  for (const seed of SEEDS) {
    Deno.test(`rows of ${shown}: as if each were a file of its own, seed ${seed}`, async () => {
      const random = new Random(seed).part(shown);
      const drawn = () => Array.from({ length: ROWS }, () => files.draw(random).map((cell) => `"${cell}"`).join(","));
      const [before, rows] = [drawn(), drawn()];
      const params = { reconciliationkeys: files.keys, twins: "last", output: "json" };
      const ends: unknown[][] = [];
      for (const parts of [[rows], rows.map((row) => [row])]) {
        await withHosts(async ({ print, query }) => {
          const told: unknown[] = [];
          await print(files.class, `${[files.columns, ...before].join("\n")}\n`, params);
          for (const part of parts) {
            const { stdout } = await print(files.class, `${[files.columns, ...part].join("\n")}\n`, params);
            told.push(...lines(stdout).filter((line) => JSON.parse(line).type === "row").map(withoutPlace));
          }
          ends.push([told, query(`SELECT * FROM "view_${files.class}" ORDER BY id`)]);
        });
      }
      assertEquals(ends[0], ends[1]);
      const statuses = new Set((ends[0]?.[0] as { status: string }[]).map(({ status }) => status));
      assert(statuses.size > 1, [...statuses].join());
    });
  }
}
