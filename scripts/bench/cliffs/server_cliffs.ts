/** What is different about servers: many external keys, dates, long texts, link sets. */
import type { Cliff } from "./cliff.ts";
import { from, linesOf, persons, personsOfWorld } from "./databases.ts";
import { isChanged, listOf, organizationOf, padded, type RowMaker, server, SERVER_HEADER } from "./rows.ts";
import { type Different, personSteps, SERVER, serverSteps, TWO } from "./steps.ts";
import { personCliff } from "./person_cliffs.ts";

interface Told extends Different {
  readonly name: string;
  readonly about: string;
  readonly rows?: number;
  readonly limit?: number | null;
}

function serverCliff({ name, about, rows = 100_000, limit = 1.5, ...different }: Told): Cliff {
  return { name, about, rows, limit, steps: (count) => serverSteps(name, count, different) };
}

const THREE_KEYS = ",location_id->name,brand_id->name";
const SIX_KEYS = `${THREE_KEYS},model_id->name,osfamily_id->name,osversion_id->name`;

const longText = (name: string, size: number, rows: number): Cliff => {
  const text = "Lorem ipsum dolor sit amet, ".repeat(Math.floor(size / 28) + 1).slice(0, size - 8);
  const row: RowMaker = (i, p) => server(i, p, `${padded(i, 7)} ${text}`);
  return serverCliff({ name, about: `a text of ${size} characters in each row`, rows, limit: null, row });
};

const day = (row: number): string => padded(row % 28 + 1, 2);
const month = (row: number): string => padded(row % 12 + 1, 2);

export const SERVER_CLIFFS: readonly Cliff[] = [
  serverCliff({ name: "server_1key", about: "servers with one external key: what the class costs" }),
  serverCliff({
    name: "server_3keys",
    about: "servers with three external keys",
    header: SERVER_HEADER + THREE_KEYS,
    row: (i, p) => `${server(i, p)},Site ${i % 200},Brand ${i % 50}`,
  }),
  serverCliff({
    name: "server_6keys",
    about: "servers with six external keys",
    header: SERVER_HEADER + SIX_KEYS,
    row: (i, p) =>
      `${server(i, p)},Site ${i % 200},Brand ${i % 50},Model ${i % 200},OS ${i % 10},OS ${i % 10} v${i % 100}`,
  }),
  serverCliff({
    name: "dates",
    about: "servers with three dates in a format",
    header: `${SERVER_HEADER},move2production,purchase_date,end_of_warranty`,
    row: (i, p) => `${server(i, p)},${day(i)}/${month(i)}/2024,03/02/2024,${day(i)}/01/2030`,
    args: [...SERVER, "--date_format=d/m/Y"],
  }),
  serverCliff({
    name: "dates_iso",
    about: "servers with three dates without a format",
    header: `${SERVER_HEADER},move2production,purchase_date,end_of_warranty`,
    row: (i, p) => `${server(i, p)},2024-${month(i)}-${day(i)},2024-02-03,2030-01-${day(i)}`,
  }),
  longText("long_2k", 2_048, 50_000),
  longText("long_7k", 7_000, 20_000),
  longText("long_9k", 9_000, 20_000),
  longText("long_20k", 20_480, 10_000),
];

const KNOWN = 100_000;

const teams = (members: number, rows: number, limit: number): Cliff =>
  personCliff({
    name: `teams_${members}`,
    about: `teams with ${members} members each, a link set`,
    rows,
    limit,
    header: "name,org_id->name,persons_list",
    row: (i, p) => {
      const first = i * members;
      const ids = listOf(members, (k) => k === 0 && isChanged(i, p) ? (first + 50_000) % KNOWN : first + k);
      const items = ids.map((k) => `person_id->email:user${k % KNOWN}@example.com`).join("|");
      return `"Team ${i}","${organizationOf(i)}","${items}"`;
    },
    args: ["--class=Team", "--reconciliationkeys=name"],
    start: persons(KNOWN),
  });

const contacts = (name: string, about: string, item: (person: number) => string, different: Different = {}): Cliff =>
  serverCliff({
    name,
    about,
    rows: 20_000,
    limit: 2.5,
    header: `${SERVER_HEADER},contacts_list`,
    row: (i, p) => `${server(i, p)},"${item(2 * i)}|${item(2 * i + 1)}"`,
    start: personsOfWorld(KNOWN),
    ...different,
  });

export const LINK_CLIFFS: readonly Cliff[] = [
  teams(2, 20_000, 2.5),
  teams(10, 20_000, 5),
  teams(50, 5_000, 10),
  personCliff({
    name: "teams_none",
    about: "the same teams without the link set",
    rows: 20_000,
    header: "name,org_id->name,function",
    row: (i, p) => `"Team ${i}","${organizationOf(i)}",${isChanged(i, p) ? "x" : "y"}`,
    args: ["--class=Team", "--reconciliationkeys=name"],
    start: persons(KNOWN),
  }),
  {
    name: "links_by_class",
    about: "the links themselves, by their class: two keys of 20,000 and 40,000 targets, and a uniqueness rule",
    rows: 40_000,
    limit: 2,
    steps: (rows) =>
      personSteps("links", rows, {
        header: "team_id->name,person_id->email",
        row: (i) => `Team ${Math.floor(i / 2)},user${i}@example.com`,
        args: ["--class=lnkPersonToTeam", "--reconciliationkeys=team_id->name,person_id->email"],
        start: from("teams.db", persons(KNOWN), (shop, name) => {
          const all = listOf(20_000, (i) => `Team ${i},${organizationOf(i)}`);
          return shop.load(
            name,
            "Team",
            shop.file("teamsonly.csv", linesOf("name,org_id->name", all)),
            "--reconciliationkeys=name",
          );
        }),
        kinds: TWO,
      }),
  },
  contacts("contacts_list", "servers with a link set of two contacts", (k) => `contact_id->email:user${k}@example.com`),
  contacts(
    "contacts_list_by_name",
    "the same, contacts found by name, which is no index of the link's target",
    (k) => `contact_id->name:Last${k}`,
    { kinds: TWO },
  ),
];
