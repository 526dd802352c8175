/** Rows in error, and rows that come twice. */
import type { Cliff, Counts } from "./cliff.ts";
import { from, organizations, persons, personsFile, servers, type Start, world } from "./databases.ts";
import { organizationOf, ORGANIZATIONS, person, PERSON_HEADER, server, SERVER_HEADER } from "./rows.ts";
import { oneImport, PERSON, SERVER } from "./steps.ts";
import type { Workshop } from "./workshop.ts";

type Line = (row: number) => string;
interface Wrong {
  readonly name: string;
  readonly about: string;
  readonly percents: readonly number[];
  readonly bad: Line;
  readonly good?: Line;
  readonly header?: string;
  readonly args?: readonly string[];
  readonly start?: Start;
}

function wrongRows(
  { name, about, percents, bad, good = (i) => person(i), header = PERSON_HEADER, ...more }: Wrong,
): Cliff[] {
  const { args = PERSON, start = organizations() } = more;
  return percents.map((percent): Cliff => {
    const full = `${name}_${percent}`;
    const every = 100 / percent;
    return {
      name: full,
      about: `${percent} % of rows in error: ${about}`,
      rows: 100_000,
      limit: 1.5,
      steps: (rows) => {
        const issues = Math.ceil(rows / every);
        return [oneImport(rows, {
          name: "create",
          start,
          args,
          file: fileOf(full, rows, header, (i) => i % every === 0 ? bad(i) : good(i)),
          counts: { created: rows - issues, updated: 0, unchanged: 0, issues },
          hasErrors: true,
        })];
      },
    };
  });
}

const byKeys = (keys: string): readonly string[] => ["--class=Person", `--reconciliationkeys=${keys}`];
const retired: Line = (i) => person(i, 0, { status: "retired" });
const nowhere: Line = (i) => person(i, 0, { org: "Nowhere" });

const WRONG: readonly Cliff[] = [
  { name: "err_enum", about: "wrong enumeration", percents: [2, 20, 100], bad: retired },
  { name: "err_target", about: "unknown organisation, always the same", percents: [2, 20, 100], bad: nowhere },
  {
    name: "err_target_distinct",
    about: "unknown organisation, another one each time",
    percents: [2, 20, 100],
    bad: (i: number) => person(i, 0, { org: `Nowhere ${i}` }),
  },
  {
    name: "err_long",
    about: "text too long",
    percents: [20, 100],
    bad: (i: number) => person(i, 0, { job: "x".repeat(300) }),
  },
  {
    name: "err_cells",
    about: "a cell too few",
    percents: [100],
    bad: (i: number) => person(i).split(",").slice(0, -2).join(","),
  },
  {
    name: "err_details",
    about: "wrong enumeration, with the details report",
    percents: [100],
    bad: retired,
    args: [...PERSON, "--output=details"],
  },
  {
    name: "err_key",
    about: "the key goes through an unknown organisation",
    percents: [2, 20, 100],
    bad: nowhere,
    args: byKeys("name,org_id->name"),
  },
  {
    name: "err_id",
    about: "an id that nobody has as external key",
    percents: [2, 20, 100],
    bad: (i: number) => person(i, 0, { org: String(i + 1_000_000) }),
    good: (i: number) => person(i, 0, { org: String(i % ORGANIZATIONS + 1) }),
    header: PERSON_HEADER.replace("org_id->name", "org_id"),
  },
  {
    name: "err_date",
    about: "no date",
    percents: [2, 100],
    bad: (i: number) => `${server(i)},31/02/2024`,
    good: (i: number) => `${server(i)},2024-02-03`,
    header: `${SERVER_HEADER},move2production`,
    args: SERVER,
    start: world,
  },
].flatMap(wrongRows);

const OTHERS: readonly Cliff[] = [
  oneStep("err_unknown_id", "key: id, and nobody has it", 100_000, (rows) => ({
    name: "create",
    base: "unchanged",
    start: persons(rows),
    args: byKeys("id"),
    file: fileOf("noid", rows, `id,${PERSON_HEADER}`, (i) => `${i + 5_000_000},${person(i)}`),
    counts: { created: 0, updated: 0, unchanged: 0, issues: rows },
    hasErrors: true,
  })),
  oneStep("err_ambiguous", "a key that a fifth of all persons share: ambiguous", 100_000, (rows) => ({
    name: "unchanged",
    start: persons(rows),
    args: byKeys("function"),
    file: (shop) => personsFile(shop, rows),
    counts: { created: 0, updated: 0, unchanged: 0, issues: rows },
    hasErrors: true,
  })),
  oneStep("err_ambiguous_two", "a key that two persons share each: ambiguous", 50_000, (rows) => {
    const file = fileOf("pairs", rows, PERSON_HEADER, (i) => person(i, 0, { phone: `+33 ${Math.floor(i / 2)}` }));
    return {
      name: "unchanged",
      start: from(
        `pairs${rows}.db`,
        organizations(),
        (shop, name) => shop.load(name, "Person", file(shop), "--reconciliationkeys=email"),
      ),
      args: byKeys("phone"),
      file,
      counts: { created: 0, updated: 0, unchanged: 0, issues: rows },
      hasErrors: true,
    };
  }),
  oneStep(
    "err_unique",
    "the uniqueness rule is broken by every second row: employee_number twice",
    100_000,
    (rows) => ({
      name: "create",
      start: organizations(),
      args: PERSON,
      file: fileOf(
        "unique",
        rows,
        `${PERSON_HEADER},employee_number`,
        (i) => `${person(i, 0, { org: "Org 001" })},E${Math.floor(i / 2)}`,
      ),
      counts: { created: Math.floor(rows / 2), updated: 0, unchanged: 0, issues: Math.floor(rows / 2) },
      hasErrors: true,
    }),
  ),
  oneStep(
    "err_manager",
    "10 % of the rows name a manager whom nobody knows, among rows that are created",
    20_000,
    (rows) => ({
      name: "create",
      start: organizations(),
      args: PERSON,
      file: fileOf("errmanager", rows, `${PERSON_HEADER},manager_id->email`, (i) => `${person(i)},${managerOf(i)}`),
      counts: null,
      hasErrors: true,
    }),
  ),
  oneStep(
    "err_system",
    "database servers: 10 % of the rows name a system that nobody knows, among 20,000 servers",
    1_000,
    (rows) => ({
      name: "create",
      start: servers(20_000),
      args: ["--class=DBServer", "--reconciliationkeys=name"],
      file: fileOf(
        "errsystem",
        rows,
        "name,org_id->name,system_id->name,status,path",
        (i) => `db${i},${organizationOf(i)},${i % 10 === 5 ? "nowhere" : "server"}${i},active,/x`,
      ),
      counts: { created: rows - Math.floor(rows / 10), updated: 0, unchanged: 0, issues: Math.floor(rows / 10) },
      hasErrors: true,
    }),
  ),
];

const TWICE: readonly Cliff[] = [
  twice("dup_same", "10 % of the rows are the row before them once more", (i) => person(i % 10 === 9 ? i - 1 : i), {
    unchanged: 0.1,
    issues: 0,
  }),
  twice(
    "dup_other",
    "10 % of the rows have the key of the row before them, and another function",
    (i) => i % 10 === 9 ? person(i, 0, before(i - 1)) : person(i),
    { unchanged: 0, issues: 0.1 },
  ),
  twice(
    "dup_far",
    "10 % of the rows repeat a row 5,000 rows above",
    (i) => person(i % 10 === 9 && i > 6000 && (i - 5000) % 10 !== 9 ? i - 5000 : i),
    null,
  ),
  twice("dup_half", "every second row is the row before it once more", (i) => person(Math.floor(i / 2)), {
    unchanged: 0.5,
    issues: 0,
  }),
];

export const ERROR_CLIFFS: readonly Cliff[] = [...WRONG, ...OTHERS, ...TWICE];

function managerOf(row: number): string {
  if (row === 0) return "";
  return row % 10 === 5 ? `nobody${row}@example.com` : `user${Math.floor(row / 20) * 10}@example.com`;
}

function before(row: number): { email: string; name: string; first: string } {
  return { email: `user${row}@example.com`, name: `Last${row}`, first: `First${row % 997}` };
}

function twice(name: string, about: string, row: Line, shares: Pick<Counts, "unchanged" | "issues"> | null): Cliff {
  return oneStep(name, about, 100_000, (rows) => {
    const unchanged = Math.floor(rows * (shares?.unchanged ?? 0));
    const issues = Math.floor(rows * (shares?.issues ?? 0));
    return {
      name: "create",
      start: organizations(),
      args: PERSON,
      file: fileOf(name, rows, PERSON_HEADER, row),
      counts: shares === null ? null : { created: rows - unchanged - issues, updated: 0, unchanged, issues },
      ...issues > 0 ? { hasErrors: true } : {},
    };
  });
}

function oneStep(
  name: string,
  about: string,
  rows: number,
  step: (rows: number) => Parameters<typeof oneImport>[1],
): Cliff {
  return { name, about, rows, limit: 1.5, steps: (count) => [oneImport(count, step(count))] };
}

function fileOf(name: string, count: number, header: string, row: Line): (shop: Workshop) => string {
  return (shop) => shop.file(`${name}${count}.csv`, { header, count, row });
}
