/** Many small imports, and small imports into a large database: beside one import of as many rows. */
import type { Cliff, Step } from "./cliff.ts";
import { millions, organizations, personsFile, type Start } from "./databases.ts";
import { postAll } from "./posts.ts";
import { listOf, person, PERSON_HEADER } from "./rows.ts";
import { oneImport, PERSON, personSteps, TWO } from "./steps.ts";
import type { Workshop } from "./workshop.ts";

const ROWS_OF_SMALL = 10;
/** How many persons are in a large database. */
export const MANY_PERSONS = 2_000_000;
/** Rows stand so far apart in it. */
const FAR = 1_999;

const posts = (name: string, clients: number, about: string): Cliff => ({
  name,
  about,
  rows: 2_000,
  isSmall: true,
  limit: 4,
  steps: (rows) =>
    createdAndUnchanged(name, rows, (shop, database) => {
      const bodies = listOf(Math.floor(rows / ROWS_OF_SMALL), (k) => bodyOf(k * ROWS_OF_SMALL, ROWS_OF_SMALL));
      return postAll(shop, database, bodies, clients);
    }),
});

export const SMALL_CLIFFS: readonly Cliff[] = [
  {
    name: "job_50",
    about: "a job of 50 imports of 10 rows, beside one import of 500",
    rows: 500,
    isSmall: true,
    limit: 3,
    steps: (rows) => createdAndUnchanged("job", rows, runJob),
  },
  posts("http_one_client", 1, "200 posts of 10 rows by one client, beside one import of 2,000"),
  posts("http_eight_clients", 8, "200 posts of 10 rows by 8 clients at once, beside one import of 2,000"),
  {
    name: "http_one_post",
    about: "all rows in one post",
    rows: 100_000,
    limit: 1.5,
    steps: (rows) => [{
      name: "create",
      rows,
      base: "create",
      start: organizations(),
      work: {
        measure: (shop, database) =>
          postAll(shop, database, [Deno.readFileSync(shop.path(personsFile(shop, rows)))], 1),
      },
    }],
  },
  {
    name: "big_database",
    about: "1,000 rows into a database of 2,000,000 persons",
    rows: 1_000,
    isSmall: true,
    limit: 1.5,
    steps: (rows) =>
      ([["create", MANY_PERSONS], ["unchanged", 0]] as const).map(([name, first]) =>
        oneImport(rows, {
          name,
          start: millions(MANY_PERSONS),
          args: PERSON,
          file: (shop) => scatteredFile(shop, rows, first),
        })
      ),
  },
  {
    name: "big_new_index",
    about: "1,000 rows into a database of 2,000,000 persons, by a key without an index",
    rows: 1_000,
    isSmall: true,
    limit: 5,
    steps: (rows) =>
      ([["phone", "phone"], ["name_first", "name,first_name"]] as const).map(([name, keys]) => ({
        ...oneImport(rows, {
          name: "unchanged",
          start: millions(MANY_PERSONS),
          args: ["--class=Person", `--reconciliationkeys=${keys}`],
          file: (shop) => scatteredFile(shop, rows, 0),
        }),
        name,
      })),
  },
  {
    name: "ten_rows",
    about: "ten rows beside ten rows: what a start costs",
    rows: 10,
    isSmall: true,
    limit: 1.5,
    steps: (rows) => personSteps("ten", rows, { kinds: TWO }),
  },
];

type Measured = (shop: Workshop, database: string) => ReturnType<Workshop["run"]>;

function createdAndUnchanged(name: string, rows: number, measure: Measured): readonly Step[] {
  const kept = `${name}_created.db`;
  const again: Start = () => Promise.resolve(kept);
  return [
    { name: "create", rows, base: "create", start: organizations(), keep: kept, work: { measure } },
    { name: "unchanged", rows, base: "unchanged", start: again, work: { measure } },
  ];
}

async function runJob(shop: Workshop, database: string): Promise<Awaited<ReturnType<Workshop["run"]>>> {
  const imports = listOf(50, (k) => {
    const rows = { header: PERSON_HEADER, count: ROWS_OF_SMALL, row: (j: number) => person(k * ROWS_OF_SMALL + j) };
    const file = shop.file(`part${k}.csv`, rows);
    const params = `class = Person\ncsvfile = ${file}\nreconciliationkeys = email\nno_localize = 1\n`;
    Deno.writeTextFileSync(shop.path(`part${k}.params`), params);
    return `import = part${k}.params\n`;
  });
  Deno.writeTextFileSync(shop.path("fifty.job"), `${imports.join("")}auth_user = admin\nauth_pwd = admin\n`);
  return await shop.run(["run", "fifty.job", `--db=${database}`, "--reports=none"]);
}

function bodyOf(first: number, count: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(
    new TextEncoder().encode([PERSON_HEADER, ...listOf(count, (j) => person(first + j))].join("\n") + "\n"),
  );
}

function scatteredFile(shop: Workshop, rows: number, first: number): string {
  return shop.file(`big${first}_${rows}.csv`, {
    header: PERSON_HEADER,
    count: rows,
    row: (i) => person(first + i * FAR),
  });
}
