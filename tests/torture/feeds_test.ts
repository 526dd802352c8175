/**
 * Random nights of random feeds against a second memory: what is gone is never what the feed has not had, what another feed still has, or
 * what a row in error reaches; and an undo gives everything back.
 */
import { ADMIN } from "../helpers/golden_case.ts";
import type { Loading } from "../helpers/loading.ts";
import { feedFile, withFeeds } from "../run/feed_world.ts";
import type { Random } from "./random.ts";
import { torture } from "./torture.ts";

type Mark = "report" | "update" | null;

interface Memory {
  missed: boolean;
  mark: Mark;
}

/** What there should be. An object that is made again under its name is another one: `p1#2`. */
interface Expected {
  /** Persons by name and number, with their status. */
  readonly persons: Map<string, "on" | "off">;
  /** How many objects of a name there were so far. */
  readonly made: Map<string, number>;
  /** By source, then by name. */
  readonly feeds: Map<string, Map<string, Memory>>;
}

const SOURCES = ["hr", "crm", "shop"];
const WAYS = ["keep", "report", "update", "delete"] as const;
const NAMES = Array.from({ length: 12 }, (_, index) => `p${index}`);
const STRENGTH = { keep: 0, report: 1, update: 2, delete: 3 };

interface Night {
  readonly source: string;
  readonly way: typeof WAYS[number];
  readonly rows: readonly { readonly name: string; readonly isBad: boolean }[];
  readonly hasShortRow: boolean;
  readonly limit: string;
}

function randomNight(random: Random): Night {
  const rows = NAMES.filter(() => random.chance(0.6)).map((name) => ({ name, isBad: random.chance(0.1) }));
  return {
    source: random.pick(SOURCES),
    way: random.pick(WAYS),
    rows: random.shuffled(rows),
    hasShortRow: random.chance(0.1),
    limit: random.chance(0.2) ? "0" : "100%",
  };
}

/** @returns whether the run is kept */
function expectNight(expected: Expected, { source, way, rows, hasShortRow, limit }: Night): boolean {
  const { persons, feeds } = expected;
  const feed = feeds.get(source) ?? new Map<string, Memory>();
  feeds.set(source, feed);
  const inFile = new Set<string>();
  let isUntied = hasShortRow;
  for (const { name: typed, isBad } of rows) {
    const name = nameNow(expected, typed, !isBad);
    if (isBad && !persons.has(name)) isUntied = true;
    else if (!isBad) persons.set(name, persons.get(name) ?? "on");
    inFile.add(name);
    if (!isBad || (feed.has(name) && persons.has(name))) feed.set(name, { missed: false, mark: null });
  }
  if (isUntied) return true;
  const others = SOURCES.filter((one) => one !== source);
  let newlyGone = 0;
  for (const [name, memory] of [...feed]) {
    if (inFile.has(name)) continue;
    if (!persons.has(name)) feed.delete(name);
    else {
      memory.missed = true;
      const done = memory.mark === null ? 0 : STRENGTH[memory.mark];
      const isHad = others.some((one) => feeds.get(one)?.get(name)?.missed === false);
      if (way === "keep" || isHad || (way !== "report" && done >= STRENGTH[way]) || done > STRENGTH[way]) continue;
      if (way !== "report" || memory.mark === null) newlyGone++;
      if (way === "delete") {
        persons.delete(name);
        feed.delete(name);
        continue;
      }
      if (way === "update") persons.set(name, "off");
      memory.mark = way;
    }
  }
  return limit !== "0" || newlyGone === 0;
}

/** The object that has a name; a new one when there is none. */
function nameNow({ persons, made }: Expected, typed: string, isMade: boolean): string {
  const known = [...persons.keys()].find((name) => name.startsWith(`${typed}#`));
  if (known !== undefined) return known;
  const number = (made.get(typed) ?? 0) + 1;
  if (isMade) made.set(typed, number);
  return `${typed}#${number}`;
}

function copyOf({ persons, made, feeds }: Expected): Expected {
  const copy = (feed: Map<string, Memory>) => new Map([...feed].map(([name, memory]) => [name, { ...memory }]));
  return {
    persons: new Map(persons),
    made: new Map(made),
    feeds: new Map([...feeds].map(([source, feed]) => [source, copy(feed)])),
  };
}

/** Everything, as texts that can be compared. */
function told({ persons, feeds }: Expected): string {
  const memories = [...feeds].flatMap(([source, feed]) =>
    [...feed].map(([name, { missed, mark }]) => `${source} ${name} ${missed} ${mark}`)
  );
  return [...[...persons].map(([name, status]) => `${name} ${status}`), ...memories].sort().join("\n");
}

/** Entries of objects that are no more are forgotten by the next file of their feed. */
function stored(loading: Loading, known: ReadonlyMap<string, string>): string {
  const persons = loading.query("SELECT id, status FROM human").map((line) =>
    line.replace(/^\d+/, (id) => known.get(id) ?? id)
  );
  const memories = loading.query(
    "SELECT f.source, o.object_id, CASE WHEN o.missed_since IS NULL THEN 'false' ELSE 'true' END, coalesce(o.mark, 'null') " +
      "FROM csvrecon_feed_object AS o JOIN csvrecon_feed AS f ON f.id = o.feed",
  ).map((line) => line.replace(/^(\S+) (\d+)/, (_, source, id) => `${source} ${known.get(id) ?? id}`));
  return [...persons, ...memories].sort().join("\n");
}

function rememberIds(loading: Loading, known: Map<string, string>): void {
  for (const line of loading.query("SELECT id, name FROM human ORDER BY id")) {
    const [id = "", name = ""] = line.split(" ");
    const others = [...known.values()].filter((one) => one.startsWith(`${name}#`)).length;
    if (!known.has(id)) known.set(id, `${name}#${others + 1}`);
  }
}

async function tryNights(random: Random, nights: number): Promise<string | null> {
  let lost: string | null = null;
  await withFeeds(async (loading) => {
    let expected: Expected = { persons: new Map(), made: new Map(), feeds: new Map() };
    const known = new Map<string, string>();
    for (let night = 0; night < nights && lost === null; night++) {
      const before = copyOf(expected);
      const one = randomNight(random);
      const lastRun = loading.query("SELECT coalesce(max(id), 0) FROM change")[0];
      const csv = ["name,size", ...one.rows.map(({ name, isBad }) => `${name},${isBad ? "x" : ""}`)];
      if (one.hasShortRow) csv.push("p1");
      const run = await feedFile(loading, "Person", csv.join("\n") + "\n", {
        source: one.source,
        gone: one.way,
        gone_limit: one.limit,
        ...one.way === "update" ? { gone_set: "status=off" } : {},
      });
      const isKept = expectNight(expected, one);
      if (!isKept) expected = before;
      if ((run.exitCode === 2) === isKept) lost = `night ${night}: exit code ${run.exitCode}\n${run.stdout}`;
      rememberIds(loading, known);
      const run2 = loading.query("SELECT coalesce(max(id), 0) FROM change")[0];
      if (isKept && run2 !== lastRun && random.chance(0.2)) {
        const args = ["undo", `--db=${loading.database}`, `--auth_user=${ADMIN}`, `--auth_pwd=${ADMIN}`];
        const undone = await loading.scratch.run([...args, `--change=${run2}`]);
        // Ids are never used twice.
        if (undone.exitCode === 0) expected = { ...before, made: expected.made };
        else if (undone.exitCode !== 64) {
          lost ??= `night ${night}: undo ended with ${undone.exitCode}\n${undone.stdout}`;
        }
      }
      const [is, should] = [stored(loading, known), told(expected)];
      if (is !== should) lost ??= `night ${night}, ${JSON.stringify(one)}: there is\n${is}\nand should be\n${should}`;
    }
  });
  return lost;
}

torture({
  name: "feeds",
  title: "what is gone from random feeds is what a second memory says, and undone with its run",
  unit: "feeds",
  short: 6,
  long: 400,
  async run({ random, amount, tried, lost }) {
    for (let trial = 0; trial < amount; trial++) {
      const problem = await tryNights(random.part(trial), 12);
      tried();
      if (problem !== null) lost(`trial ${trial}: ${problem}`);
    }
  },
});
