/** With `second_pass` the order of the rows does not count: what is stored, and which rows are in error, is what an oracle says, in any order. */
import { storedObjects } from "../helpers/stored.ts";
import { withScratch } from "../helpers/scratch.ts";
import type { Random } from "./random.ts";
import { torture, type Trial } from "./torture.ts";
import { contents, Laboratory, rowsOf } from "./tried_import.ts";

/** Bosses may go in circles, parents may not. */
const MODEL = {
  name: "orders",
  languages: ["EN US"],
  classes: {
    Node: {
      reconciliation_keys: ["code"],
      friendly_name: "{code}",
      unique: [
        { name: "serial", attributes: ["serial"], unless_empty: ["serial"] },
        { name: "sibling", attributes: ["parent_id", "name"], unless_empty: ["name"] },
      ],
      attributes: {
        code: { kind: "string", null: false },
        name: { kind: "string" },
        serial: { kind: "string" },
        size: { kind: "integer" },
        boss_id: { kind: "external_key", target: "Node", null: true },
        parent_id: { kind: "external_key", target: "Node", null: true, hierarchical: true },
      },
    },
  },
};

const HEADER = "code,name,serial,size,boss_id->code,parent_id->code";
const SECOND = { second_pass: "boss_id, parent_id" };
/** Orders of each file. */
const ORDERS = 5;

interface Node {
  readonly code: string;
  readonly name: string;
  readonly serial: string;
  readonly size: string;
  /** Codes; empty: none. */
  readonly boss: string;
  readonly parent: string;
}

type World = ReadonlyMap<string, Node>;

torture({
  name: "second_pass",
  title: "files with second_pass in any order: the same is stored, and the same rows are in error",
  unit: "orders",
  short: 100,
  long: 5_000,
  run: (trial) => withScratch((scratch) => tryFiles(trial, new Laboratory(scratch))),
});

async function tryFiles(trial: Trial, lab: Laboratory): Promise<void> {
  await lab.init(MODEL);
  const empty = lab.copy("empty.db");
  for (let number = 0; number * ORDERS < trial.amount; number++) {
    const random = trial.random.part(number);
    lab.keep(empty);
    const before = random.chance(0.7) ? goodRows(new Map(), randomRows(random, new Map())) : new Map<string, Node>();
    const first = lab.copy("first.db");
    if (before.size > 0) await lab.run(first, "Node", fileOf([...before.values()]), SECOND);
    lab.keep(first);
    const rows = randomRows(random, before);
    const good = goodRows(before, rows);
    for (let order = 0; order < ORDERS; order++) {
      await tryOrder(trial, lab, random.shuffled(rows), new Map([...before, ...good]), good, `file ${number}`);
      trial.tried();
    }
    trial.count("rows", rows.length);
    trial.count("rows in error", rows.length - good.size);
  }
}

async function tryOrder(
  trial: Trial,
  lab: Laboratory,
  rows: readonly Node[],
  after: World,
  good: World,
  name: string,
): Promise<void> {
  const csv = fileOf(rows);
  const lose = (what: string) => trial.lost(`${name}: ${what}\n${csv}`);
  const database = lab.copy("second.db");
  const untouched = contents(database);
  const simulated = rowsOf(await lab.run(database, "Node", csv, { ...SECOND, simulate: "1" }));
  if (!isSame(contents(database), untouched)) lose("a simulation has written");
  const told = rowsOf(await lab.run(database, "Node", csv, SECOND));
  const wrong = rows.filter(({ code }, index) => good.has(code) === (told.rows[index]?.status === "rejected"));
  if (wrong.length > 0) lose(`in error or not, otherwise than expected: ${wrong.map(({ code }) => code).join()}`);
  if (JSON.stringify(statuses(simulated)) !== JSON.stringify(statuses(told))) lose("a simulation says otherwise");
  const [found, expected] = [stored(database), textOf(after)];
  if (found !== expected) lose(`stored:\n${found}\nexpected:\n${expected}`);
  const settled = contents(database);
  const again = rowsOf(await lab.run(database, "Node", csv, SECOND));
  if (again.counts["created"] !== 0 || again.counts["updated"] !== 0) lose("the second run writes again");
  if (again.counts["rejected"] === 0 && !isSame(contents(database), settled)) lose("the second run leaves a trace");
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.join("\n") === other.join("\n");
}

function statuses({ rows }: ReturnType<typeof rowsOf>): readonly unknown[] {
  return rows.map(({ status, kinds }) => [status, kinds]);
}

const CODES = [..."abcdefghijkl"];

function randomRows(random: Random, before: World): Node[] {
  const codes = random.shuffled(CODES).slice(0, random.int(1, CODES.length));
  const reference = () =>
    random.chance(0.35) ? "" : random.chance(0.06) ? "nobody" : random.pick([...codes, ...before.keys()]);
  const rows = codes.map((code): Node => ({
    code,
    name: random.chance(0.2) ? "" : code.toUpperCase(),
    serial: random.chance(0.5) ? "" : `s${code}`,
    size: random.chance(0.06) ? "wrong" : `${random.int(0, 2)}`,
    boss: reference(),
    parent: random.chance(0.6) ? higher(random, codes, code) : reference(),
  }));
  // Names that are the same below different parents: on the way, they may meet.
  const taken = new Set<string>();
  const named = rows.map((row) => {
    const old = before.get(row.code)?.name;
    const same = { ...row, name: old ?? random.pick(["X", "Y"]) };
    const other = taken.has(siblingOf(same)) ? row : same;
    taken.add(siblingOf(other));
    return other;
  });
  // Some that are in error for what they refer to, and would have the serial of others.
  return named.map((row) => row.boss === "nobody" ? { ...row, serial: random.pick(rows).serial } : row);
}

function siblingOf({ name, parent }: Node): string {
  return `${name.toLowerCase()} below ${parent}`;
}

/** Most parents should make trees. */
function higher(random: Random, codes: readonly string[], code: string): string {
  const above = codes.filter((other) => other < code);
  return above.length === 0 ? "" : random.pick(above);
}

function fileOf(rows: readonly Node[]): string {
  const lines = rows.map(({ code, name, serial, size, boss, parent }) =>
    [code, name, serial, size, boss, parent].join()
  );
  return [HEADER, ...lines].join("\n") + "\n";
}

/** The rows that load: as many as can, all together. */
function goodRows(before: World, rows: readonly Node[]): World {
  const good = new Map(rows.filter(({ size }) => size !== "wrong").map((row) => [row.code, row]));
  while (true) {
    const after = new Map([...before, ...good]);
    const all = [...good.values()];
    const lost = all.filter(({ boss, parent }) => [boss, parent].some((code) => code !== "" && !after.has(code)));
    const loops = () => all.filter((row) => isInLoop(row, after) && row.parent !== before.get(row.code)?.parent);
    const inTheWay = (isTop: boolean) =>
      all.filter((row) => (row.parent === "") === isTop && isTaken(row, after, before.get(row.code)));
    // A database knows by itself that no two below one parent may have the same name, but not that of those without a parent.
    const gone = [() => lost, () => inTheWay(false), loops, () => inTheWay(true)].map((find) => find())
      .find((found) => found.length > 0) ?? [];
    if (gone.length === 0) return good;
    for (const { code } of gone) good.delete(code);
  }
}

/** Whether another node has the name below its parent already. */
function isTaken(row: Node, nodes: World, before: Node | undefined): boolean {
  if (row.name === "" || (before !== undefined && siblingOf(before) === siblingOf(row))) return false;
  return [...nodes.values()].some((other) => other.code !== row.code && siblingOf(other) === siblingOf(row));
}

function isInLoop({ code, parent }: Node, nodes: World): boolean {
  const seen = new Set<string>();
  for (let above = parent; above !== "" && !seen.has(above); above = nodes.get(above)?.parent ?? "") {
    if (above === code) return true;
    seen.add(above);
  }
  return false;
}

function stored(database: string): string {
  const fields = ["code", "name", "serial", "size", "boss_id_friendlyname", "parent_id_friendlyname"];
  return storedObjects(database, "Node", fields).map((values) => values.join()).toSorted().join("\n");
}

function textOf(world: World): string {
  return [...world.values()].map(({ code, name, serial, size, boss, parent }) =>
    [code, name, serial, size, boss, parent].join()
  ).toSorted().join("\n");
}
