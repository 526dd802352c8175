/**
 * Random triggers of a database that we did not make write the rows that a file loads: its rows together must come to what they come to
 * when each of them is a file of its own. With a second reading, which single rows do not need, the log must tell what has happened.
 */
import { DatabaseSync } from "node:sqlite";
import { describeRun, type Scratch, withScratch } from "../helpers/scratch.ts";
import type { Random } from "./random.ts";
import { torture, type Trial } from "./torture.ts";

torture({
  name: "foreign_triggers",
  title: "files into a database whose triggers write the same rows, beside their rows one by one",
  unit: "files",
  short: 12,
  long: 1500,
  async run(trial) {
    for (let index = 0; index < trial.amount; index++) {
      await withScratch((scratch) => compareOnce(scratch, trial, trial.random.part(index), index));
      trial.tried();
    }
  },
});

interface Loaded {
  /** What became of each row. */
  readonly rows: readonly string[];
  readonly stored: readonly string[];
  /** What the log tells of updates. */
  readonly logged: readonly string[];
  /** What it tells, and the database has not seen. */
  readonly untrue: readonly string[];
}

async function compareOnce(scratch: Scratch, trial: Trial, random: Random, index: number): Promise<void> {
  const schema = randomSchema(random);
  const { header, records, args } = randomFile(random);
  const together = await load(scratch, "together.db", schema, [[header, ...records]], args);
  const what = `${schema}\n${[header, ...records].join("\n")}\n${args.join(" ")}`;
  for (const untrue of together.untrue) {
    trial.lost(`file ${index}: the log tells ${untrue}, which did not happen\n${what}`);
  }
  if (header.includes("parent")) {
    const twice = await load(scratch, "twice.db", schema, [[header, ...records]], [...args, "--second_pass=parent"]);
    for (const untrue of twice.untrue) trial.lost(`file ${index}: the log of two readings tells ${untrue}\n${what}`);
    trial.count("told of two readings", twice.logged.length);
  }
  const alone = await load(scratch, "alone.db", schema, records.map((record) => [header, record]), args);
  for (const row of together.rows) trial.count(row);
  trial.count("logged", together.logged.length);
  for (const name of ["rows", "stored", "logged"] as const) {
    if (together[name].join("\n") === alone[name].join("\n")) continue;
    const told = (loaded: Loaded) => loaded[name].join("\n  ");
    trial.lost(`file ${index}, ${name}: together\n  ${told(together)}\n and alone\n  ${told(alone)}\n${what}`);
  }
}

/** @param files lines of each */
async function load(
  scratch: Scratch,
  name: string,
  schema: string,
  files: readonly (readonly string[])[],
  args: readonly string[],
): Promise<Loaded> {
  const database = new DatabaseSync(scratch.path(name));
  database.exec(schema);
  database.close();
  const rows: string[] = [];
  for (const lines of files) {
    await scratch.write("in.csv", `${lines.join("\n")}\n`);
    const run = await scratch.run([`--db=${name}`, "--class=part", "--csvfile=in.csv", "--output=json", ...args]);
    if (run.exitCode > 1) throw new Error(`${describeRun(run)}\n${schema}\n${lines.join("\n")}`);
    for (const line of jsonLines(run.stdout)) if (line.type === "row") rows.push(line.status);
  }
  const entries = await entriesOf(scratch, name);
  const seen = seenIn(scratch.path(name));
  const logged = entries.map(({ attribute, old, new: now }) =>
    // Keys are told as ids, and these may be others.
    attribute === "maker" || attribute === "parent" ? attribute : `${attribute} ${old} ${now}`
  );
  const untrue = entries.map(({ id, attribute, old, new: now }) => JSON.stringify([id, attribute, old, now]))
    .filter((entry) => !seen.has(entry));
  return { rows, stored: storedIn(scratch.path(name)), logged, untrue };
}

/** Ids are left out: those of rows that are refused, and of what these would have made, are not given again by the same run. */
function storedIn(path: string): readonly string[] {
  const database = new DatabaseSync(path, { readOnly: true });
  const parts = database.prepare(
    `SELECT p.name, p.qty, p.note, (SELECT name FROM maker WHERE code = p.maker) AS maker,
      (SELECT name FROM part WHERE id = p.parent) AS parent FROM part p ORDER BY p.id`,
  ).all();
  const makers = database.prepare("SELECT name FROM maker ORDER BY name").all();
  database.close();
  return [...parts, ...makers].map((row) => Object.values(row).map(String).join(" "));
}

/** Each change of a value, as a trigger has seen it. */
function seenIn(path: string): ReadonlySet<string> {
  const database = new DatabaseSync(path, { readOnly: true });
  const seen = database.prepare("SELECT id, attribute, was, now FROM seen").all().map((row) =>
    JSON.stringify(Object.values(row))
  );
  database.close();
  return new Set(seen);
}

/** Updates that the log tells of, in their order. */
async function entriesOf(scratch: Scratch, name: string): Promise<readonly JsonLine[]> {
  const changes = jsonLines((await scratch.run(["history", `--db=${name}`, "--output=json"])).stdout)
    .filter(({ type }) => type === "run").map(({ id }) => id).reverse();
  const entries: JsonLine[] = [];
  for (const change of changes) {
    const told = await scratch.run(["history", `--db=${name}`, `--change=${change}`, "--output=json"]);
    entries.push(...jsonLines(told.stdout).filter(({ operation }) => operation === "update"));
  }
  return entries;
}

interface JsonLine {
  readonly type: string;
  readonly status: string;
  readonly id: number;
  readonly operation?: string;
  readonly attribute: string;
  readonly old: unknown;
  readonly new: unknown;
}

function jsonLines(text: string): readonly JsonLine[] {
  return text.split("\n").filter((line) => line !== "").map((line) => JSON.parse(line));
}

const part = (random: Random) => `p${random.int(1, 6)}`;
const maker = (random: Random) => `m${random.int(1, 5)}`;

function randomSchema(random: Random): string {
  const unique = () => random.pick(["", " UNIQUE", " UNIQUE COLLATE NOCASE"]);
  const triggers = Array.from({ length: random.int(0, 3) }, (_, index) => randomTrigger(random, index));
  return `CREATE TABLE maker (code INTEGER PRIMARY KEY, name TEXT${unique()}, parts INT DEFAULT 0);
CREATE TABLE part (id INTEGER PRIMARY KEY, name TEXT${unique()}, qty INT, note TEXT, maker INT REFERENCES maker (code)${
    random.pick(["", " ON DELETE SET NULL"])
  }, parent INT REFERENCES part (id)${
    random.pick(["", " ON DELETE SET NULL", " ON DELETE CASCADE"])
  }, changes INT DEFAULT 0);
INSERT INTO maker (code, name) VALUES (1, 'm1'), (2, 'm2'), (3, 'm3');
INSERT INTO part (id, name, qty, maker, parent) VALUES (1, 'p1', 1, 1, NULL), (2, 'p2', 2, NULL, 1), (3, 'p3', 3, 2, 2);
CREATE TABLE seen (id INT, attribute TEXT, was TEXT, now TEXT);
${SEEN.join("\n")}
${triggers.join("\n")}`;
}

const SEEN = ["qty", "note", "maker", "parent"].map((name) =>
  `CREATE TRIGGER seen_${name} AFTER UPDATE OF ${name} ON part WHEN old.${name} IS NOT new.${name} BEGIN ` +
  `INSERT INTO seen VALUES (new.id, '${name}', old.${name}, new.${name}); END;`
);

function randomTrigger(random: Random, index: number): string {
  const event = random.pick(["INSERT", "UPDATE", "UPDATE OF qty", "UPDATE OF note, maker", "UPDATE OF parent"]);
  const table = random.chance(0.85) ? "part" : "maker";
  const own = event.includes(" OF ") ? "part" : table;
  const when = random.chance(0.6) ? ` WHEN new.name <> '${part(random)}'` : "";
  const bodies = Array.from({ length: random.int(1, 2) }, () => random.pick(BODIES)(random));
  return `CREATE TRIGGER t${index} AFTER ${event} ON ${own}${when} BEGIN ${bodies.join(" ")} END;`;
}

/** Such that a trigger does not refuse what sets it off: whether it would is told of a row either way, but where is random. */
const BODIES: readonly ((random: Random) => string)[] = [
  (random) => `INSERT OR IGNORE INTO part (name, qty) VALUES ('${part(random)}', ${random.int(1, 3)});`,
  (random) => `UPDATE part SET qty = ${random.int(1, 4)} WHERE name = '${part(random)}';`,
  () => "UPDATE part SET qty = qty + 1 WHERE id = new.rowid + 1;",
  () => "UPDATE part SET note = 'seen' WHERE note IS NULL;",
  (random) => `UPDATE OR IGNORE part SET name = '${part(random)}' WHERE name = '${part(random)}';`,
  (random) =>
    `UPDATE part SET maker = (SELECT code FROM maker WHERE name = '${maker(random)}') WHERE name = '${part(random)}';`,
  (random) =>
    `DELETE FROM part WHERE name = '${
      part(random)
    }' AND id <> new.rowid AND id NOT IN (SELECT parent FROM part WHERE parent IS NOT NULL);`,
  (random) => `INSERT OR IGNORE INTO maker (name) VALUES ('${maker(random)}');`,
  (random) => `UPDATE OR IGNORE maker SET name = '${maker(random)}' WHERE name = '${maker(random)}';`,
  (random) =>
    `UPDATE part SET parent = (SELECT min(id) FROM part WHERE name = '${part(random)}') WHERE name > '${
      part(random)
    }';`,
  () => "UPDATE maker SET parts = parts + 1;",
  () => "UPDATE part SET changes = changes + 1;",
];

function randomFile(
  random: Random,
): { readonly header: string; readonly records: readonly string[]; readonly args: readonly string[] } {
  const columns: (readonly [string, (random: Random) => string])[] = [["name", part]];
  if (random.chance(0.7)) columns.push(["qty", (chance) => String(chance.int(1, 4))]);
  if (random.chance(0.4)) columns.push(["note", (chance) => chance.pick(["seen", "x", ""])]);
  if (random.chance(0.6)) columns.push(["maker->name", (chance) => chance.chance(0.2) ? "" : maker(chance)]);
  if (random.chance(0.4)) columns.push(["parent->name", (chance) => chance.chance(0.4) ? "" : part(chance)]);
  const create = columns.some(([name]) => name === "maker->name") && random.chance(0.3)
    ? ["--create_targets=maker"]
    : [];
  return {
    header: columns.map(([name]) => name).join(","),
    records: Array.from({ length: random.int(2, 7) }, () => columns.map(([, value]) => value(random)).join(",")),
    args: ["--reconciliationkeys=name", "--twins=last", ...create],
  };
}
