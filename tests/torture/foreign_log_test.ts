/** Random files into a database that we did not make: its log tells the rows before each run, and undo brings them back. */
import { DatabaseSync } from "node:sqlite";
import { describeRun, type Scratch, withScratch } from "../helpers/scratch.ts";
import { rowsBefore, rowsOf } from "../helpers/rows_back.ts";
import type { Random } from "./random.ts";
import { torture, type Trial } from "./torture.ts";

const SCHEMA = `
CREATE TABLE maker (code TEXT PRIMARY KEY, name TEXT, since DATE);
CREATE TABLE part (id INTEGER PRIMARY KEY, name TEXT UNIQUE, price REAL, stock INTEGER DEFAULT 7, sold BOOLEAN,
  maker TEXT REFERENCES maker (code), made DATETIME, picture BLOB, note NOT NULL DEFAULT '', twice AS (stock * 2));
CREATE TABLE setting (owner TEXT, name TEXT, value NUMERIC, PRIMARY KEY (owner, name)) WITHOUT ROWID;
CREATE TABLE tag (tag_id INTEGER PRIMARY KEY, word TEXT UNIQUE);
CREATE TABLE part_tag (part_id INTEGER REFERENCES part (id) ON DELETE CASCADE, tag_id INTEGER REFERENCES tag (tag_id),
  added TEXT DEFAULT CURRENT_TIMESTAMP, PRIMARY KEY (part_id, tag_id));
INSERT INTO maker VALUES ('A', 'Ada', '1815-12-10'), ('B', NULL, NULL), ('C', '', '2000-02-29');
INSERT INTO part (id, name, price, stock, sold, maker, made, picture) VALUES
  (1, 'p1', 1.5, 9007199254740993, 1, 'A', '2020-01-01T10:00', x'00ff'), (2, 'p2', 3.0, NULL, 0, NULL, '2020-01-02 00:00:00', NULL),
  (7, 'p7', NULL, -4, NULL, 'C', NULL, x'');
INSERT INTO setting VALUES ('a', 'x', 1), ('a', 'y', '2.5'), ('b', 'x', 'text');
INSERT INTO tag VALUES (1, 'old'), (2, 'new'), (3, 'odd');
INSERT INTO part_tag VALUES (1, 1, 'then'), (1, 2, 'then'), (2, 3, NULL);
`;

/** A file, and how it is loaded. */
interface Load {
  readonly args: readonly string[];
  readonly text: string;
}

torture({
  name: "foreign_log",
  title: "files into a database of others, told backwards by its log, and undone",
  unit: "runs",
  short: 40,
  long: 4000,
  async run(trial) {
    for (let start = 0; start < trial.amount; start += 8) {
      await withScratch((scratch) => history(scratch, trial, trial.random.part(start), start));
    }
  },
});

/** Some runs in one database; the last ones are taken back again, one after the other. */
async function history(scratch: Scratch, trial: Trial, random: Random, start: number): Promise<void> {
  const path = scratch.path("case.db");
  const database = new DatabaseSync(path);
  database.exec(SCHEMA);
  database.close();
  const before: string[] = [];
  for (let number = 0; number < 8; number++) {
    const { args, text } = randomLoad(random);
    await scratch.write("in.csv", text);
    const rows = rowsOf(path);
    const run = await scratch.run(["--db=case.db", "--csvfile=in.csv", "--output=details", ...args]);
    if (run.exitCode > 1) trial.lost(`trial ${start}, run ${number}: ${describeRun(run)}\n${text}`);
    if (rowsOf(path) !== rows) before.push(rows);
    trial.tried();
  }
  compare(scratch, trial, before, `trial ${start}`);
  while (before.length > 0) {
    const run = await scratch.run(["undo", "--db=case.db", "--output=details"]);
    const what = `trial ${start}, undo with ${before.length} runs left`;
    if (run.exitCode !== 0) return trial.lost(`${what}: ${describeRun(run)}`);
    if (rowsOf(path) !== before.pop()) return trial.lost(`${what}: other rows than before${describeRun(run)}`);
    trial.count("undone");
  }
}

/** @param states before each run that changed rows */
function compare(scratch: Scratch, { lost, count }: Trial, states: readonly string[], what: string): void {
  if (states.length === 0) return;
  try {
    // A run may have changed nothing but what a feed has.
    const told = [...rowsBefore(scratch.path("case.db"), scratch.path("copy.db")).values()].reverse();
    const changes = told.filter((rows, index) => rows !== told[index + 1]);
    for (const [index, state] of states.entries()) {
      const other = changes[index] ?? "";
      if (other !== state) {
        lost(`${what}: the log tells other rows before the change ${index}:\n${differenceOf(state, other)}`);
      }
      count("told back");
    }
  } catch (error) {
    lost(`${what}: ${error}`);
  }
}

function differenceOf(one: string, other: string): string {
  const [ones, others] = [one.split("\n"), other.split("\n")];
  return [
    ...ones.filter((line) => !others.includes(line)).map((line) => `- ${line}`),
    ...others.filter((line) => !ones.includes(line)).map((line) => `+ ${line}`),
  ].join("\n");
}

function randomLoad(random: Random): Load {
  const [args, header, row] = random.pick(KINDS);
  const feed = random.chance(0.4) ? ["--source=feed", "--gone=delete", "--gone_limit=100%"] : [];
  const rows = Array.from({ length: random.int(1, 6) }, () => row(random));
  return { args: [...args, ...feed], text: `${header}\n${rows.join("\n")}\n` };
}

type Row = (random: Random) => string;

const name = (random: Random) => `p${random.int(1, 9)}`;
const maker = (random: Random) => random.pick(["A", "B", "C", ""]);
const stock = (random: Random) => random.pick(["1", "2", "9007199254740993", "-9223372036854775808", "", "<NULL>"]);
const price = (random: Random) => random.pick(["1.5", "2", "3.0", "1e3", "0.1", ""]);
const moment = (random: Random) => random.pick(["2021-05-06 07:08:00", "2020-01-01 10:00:00", ""]);
const note = (random: Random) => random.pick(["x", '"a, ""b"""', "Ünï", "", "007"]);
const word = (random: Random) => random.pick(["old", "new", "odd"]);

const KINDS: readonly (readonly [readonly string[], string, Row])[] = [
  [
    ["--class=part", "--reconciliationkeys=name"],
    "name,price,stock,maker,made,note",
    (random) => [name, price, stock, maker, moment, note].map((one) => one(random)).join(","),
  ],
  [
    ["--class=part", "--reconciliationkeys=name"],
    "name,sold",
    (random) => `${name(random)},${random.pick(["yes", "no", ""])}`,
  ],
  [
    ["--class=part", "--reconciliationkeys=id"],
    "id,name,stock",
    (random) => [String(random.int(1, 8)), name(random), stock(random)].join(","),
  ],
  [
    ["--class=part", "--reconciliationkeys=name"],
    "name,part_tag",
    (random) =>
      `${name(random)},${[...new Set([word(random), word(random)])].map((one) => `tag_id->word:${one}`).join("|")}`,
  ],
  [
    ["--class=maker"],
    "code,name,since",
    (random) =>
      `${random.pick(["A", "B", "C", "D", "E"])},${note(random)},${random.pick(["", "1999-12-31", "2000-02-29"])}`,
  ],
  [
    ["--class=setting"],
    "owner,name,value",
    (random) => `${random.pick(["a", "b", "c"])},${random.pick(["x", "y"])},${random.pick(["1", "2.5", ""])}`,
  ],
  [["--class=tag", "--reconciliationkeys=word"], "word", (random) => random.pick(["old", "new", "odd", "more"])],
];
