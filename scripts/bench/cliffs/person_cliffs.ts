/** What is different about persons: uniqueness, targets, keys to the own class. */
import type { Cliff } from "./cliff.ts";
import { empty, organizations, world } from "./databases.ts";
import { isChanged, organization, ORGANIZATIONS, person, PERSON_HEADER, type RowMaker } from "./rows.ts";
import { ALL, type Different, personSteps, TWO } from "./steps.ts";

const ORGANIZATION = ["--class=Organization", "--reconciliationkeys=name"];

interface Told extends Different {
  readonly name: string;
  readonly about: string;
  readonly rows?: number;
  readonly limit?: number;
}

export function personCliff({ name, about, rows = 100_000, limit = 1.5, ...different }: Told): Cliff {
  return { name, about, rows, limit, steps: (count) => personSteps(name, count, different) };
}

const targets = (name: string, count: number, limit?: number): Cliff =>
  personCliff({
    name,
    about: `${count} distinct targets of the external key, in turn`,
    ...limit === undefined ? {} : { limit },
    row: (i, p) => person(i, p, { org: organization(i % count, 6) }),
    start: organizations(count, 6),
    kinds: TWO,
  });

const ownOrganizations = (name: string, about: string, header: string, row: RowMaker): Told => ({
  name,
  about,
  rows: 50_000,
  header,
  row,
  args: ORGANIZATION,
  start: empty,
  kinds: ALL,
});

export const PERSON_CLIFFS: readonly Cliff[] = [
  personCliff({ name: "base", about: "the base case itself: its ratio is the noise", kinds: ALL }),
  personCliff({
    name: "employee_number",
    about: "employee_number filled: a uniqueness rule with org_id",
    header: `${PERSON_HEADER},employee_number`,
    row: (i, p) => `${person(i, p)},E${i}`,
    kinds: ALL,
  }),
  personCliff({
    name: "employee_number_changed",
    about: "employee_number of every row changes: the uniqueness rule at updates",
    header: `${PERSON_HEADER},employee_number`,
    row: (i, p) => `${person(i)},${p > 0 ? "F" : "E"}${i}`,
    kinds: ["create", "upd100"],
  }),
  targets("targets_20k", 20_000),
  targets("targets_25k", 25_000),
  targets("targets_100k", 100_000, 2),
  personCliff({
    name: "targets_100k_sorted",
    about: "persons of 25,000 organisations, sorted by organisation",
    row: (i, p) => person(i, p, { org: organization(Math.floor(i / 4), 6) }),
    start: organizations(25_000, 6),
    kinds: TWO,
  }),
  personCliff({
    name: "two_keys",
    about: "a second external key, location_id->name",
    header: `${PERSON_HEADER},location_id->name`,
    row: (i, p) => `${person(i, p)},Site ${i % 200}`,
    start: world,
  }),
  personCliff({
    name: "target_by_two",
    about: "the external key is found by two attributes of the target, name and code",
    header: `${PERSON_HEADER},org_id->code`,
    row: (i, p) => `${person(i, p)},O${i % ORGANIZATIONS}`,
  }),
  personCliff({
    name: "manager",
    about: "manager_id->email: a key to the own class, rows above",
    rows: 50_000,
    limit: 2,
    header: `${PERSON_HEADER},manager_id->email`,
    row: (i, p) => `${person(i, p)},${i === 0 ? "" : `user${Math.floor(i / 10)}@example.com`}`,
    kinds: ALL,
  }),
  personCliff({
    ...ownOrganizations(
      "parent_org",
      "organisations with parents, ten below each",
      "name,code,parent_id->name,status",
      (i, p) => `N${i},${isChanged(i, p) ? "D" : "C"}${i},${i === 0 ? "" : `N${above(i)}`},active`,
    ),
    limit: 2,
  }),
  personCliff(ownOrganizations(
    "plain_org",
    "organisations without parents",
    "name,code,status",
    (i, p) => `N${i},${isChanged(i, p) ? "D" : "C"}${i},active`,
  )),
  personCliff({
    ...ownOrganizations(
      "parent_moved",
      "each of the organisations gets another parent: is it a loop?",
      "name,code,parent_id->name",
      (i, p) => `N${i},C${i},${i < 2 ? "" : `N${p === 0 ? above(i) : i > 3 ? above(i) ^ 1 : 0}`}`,
    ),
    rows: 20_000,
    limit: 2,
    kinds: ["create", "upd100"],
    isUncounted: true,
  }),
  personCliff({
    ...ownOrganizations(
      "parent_chain",
      "organisations in one chain, each below the one before; each moves one up",
      "name,code,parent_id->name",
      (i, p) => `N${i},C${i},${i === 0 ? "" : `N${p === 0 || i === 1 ? i - 1 : i - 2}`}`,
    ),
    rows: 1_000,
    limit: 2,
    kinds: ["create", "unchanged", "upd100"],
    isUncounted: true,
  }),
];

function above(row: number): number {
  return Math.floor((row - 1) / 10);
}
