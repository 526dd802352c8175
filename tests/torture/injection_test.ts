/** Names from headers, labels, cells, link sets, parameters and their files never become part of a statement. */
import { DatabaseSync } from "node:sqlite";
import { withScratch } from "../helpers/scratch.ts";
import type { Random } from "./random.ts";
import { tracing } from "./statement_tracer.ts";
import { torture, type Trial } from "./torture.ts";
import { Laboratory } from "./tried_import.ts";

/** What no model, no schema and no statement of ours contains. */
const MARKER = "zq9";
const HOSTILE = [
  `'; DROP TABLE item; --`,
  `"; DROP TABLE item; --`,
  `" OR 1=1 --`,
  `')) UNION SELECT password FROM user --`,
  `\`]["\\'`,
  `$[0]')--`,
  `?1 :a @b $c`,
  `\u0000`,
  `%_*`,
];

function hostile(random: Random): string {
  return `${MARKER}${random.int(0, 9)}${random.pick(HOSTILE)}`;
}

/** Labels and texts of the model are hostile too: labels never reach a statement; codes of enumerations do, well quoted. */
const ENUM_CODE = `it's "x"; --`;
const MODEL = {
  name: "hostile",
  classes: {
    Thing: {
      labels: `${MARKER}" thing'`,
      reconciliation_keys: ["name"],
      attributes: {
        name: { kind: "string", labels: `${MARKER}'";-- Name`, null: false },
        state: { kind: "enum", labels: `${MARKER}" State`, values: [{ code: ENUM_CODE, labels: `${MARKER}') label` }] },
        other: { kind: "external_key", labels: `${MARKER}" Other`, target: "Item" },
        items: { kind: "link_set", link_class: "ThingItem", key_to_this: "thing", key_to_remote: "item" },
      },
    },
    Item: {
      reconciliation_keys: ["name"],
      friendly_name: `it's {name} "`,
      attributes: { name: { kind: "string", null: false }, size: { kind: "integer" } },
    },
    ThingItem: {
      friendly_name: "{thing} {item}",
      attributes: {
        thing: { kind: "external_key", target: "Thing", null: false },
        item: { kind: "external_key", target: "Item", null: false },
      },
    },
  },
};
const [NAME, STATE, OTHER] = [`${MARKER}'";-- Name`, `${MARKER}" State`, `${MARKER}" Other`];

torture({
  name: "injection",
  title: "hostile names and values in every input place: none reaches a statement as text",
  unit: "runs",
  short: 60,
  long: 5_000,
  run: (trial) =>
    withScratch(async (scratch) => {
      const lab = new Laboratory(scratch);
      const { statements } = await tracing(() => lab.init(MODEL));
      const known = await knownWords(lab, statements);
      for (let number = 0; number < trial.amount; number++) {
        await tryRun(trial, lab, trial.random.part(number), number, known);
        trial.tried();
      }
    }),
});

/** The words of the statements that plain imports need, and of the schema. */
async function knownWords(lab: Laboratory, schema: readonly string[]): Promise<ReadonlySet<string>> {
  const { statements } = await tracing(async () => {
    const database = lab.copy("plain.db");
    const items = "name,size\ni1,1\ni2,2\n";
    await lab.run(database, "Item", items);
    const things = `name,state,other->name,other->friendlyname,items\na,"${ENUM_CODE.replaceAll('"', '""')}",i1,,\n` +
      "b,,none,,item->name:i1;thing:1|item->size:2\nb,,,it's i1,item->name:i1\nb,,,,item:1\n";
    for (const reconciliationkeys of ["", "name", "id", "state", "other->name", "name,other->name", "friendlyname"]) {
      const id = reconciliationkeys === "id" ? things.replace(/^/gm, "1,").replace("1,name", "id,name") : things;
      const friendly = things.replace(/^/gm, "a,").replace("a,name", "friendlyname,name");
      const csv = reconciliationkeys === "friendlyname" ? friendly : id;
      await lab.run(database, "Thing", csv, reconciliationkeys === "" ? {} : { reconciliationkeys });
    }
    for (const key of ["other", "other->size", "other->friendlyname", "items"]) {
      await lab.run(database, "Thing", `name,${key}\nq,1\n`, { reconciliationkeys: key });
    }
    lab.keep(database);
    const other = lab.copy("login.db");
    for (const auth_pwd of ["wrong", "admin"]) await lab.run(other, "Item", items, { auth_pwd });
  });
  return new Set([...schema, ...statements].flatMap(wordsOf));
}

function wordsOf(sql: string): string[] {
  return (sql.match(/[\p{L}_][\p{L}\w]*/gu) ?? []).map((word) => word.toLowerCase());
}

async function tryRun(
  trial: Trial,
  lab: Laboratory,
  random: Random,
  number: number,
  known: ReadonlySet<string>,
): Promise<void> {
  const database = lab.copy("tried.db");
  const [place, given] = random.pick(Object.entries(PLACES));
  const { csv = "name\na\n", modelClass = "Thing", ...params } = given(random, lab);
  trial.count(`in ${place}`);
  const { result, statements } = await tracing(() => lab.run(database, modelClass, csv, params));
  const lost = (what: string) =>
    trial.lost(`run ${number}, ${place}: ${what}\n${csv}\n${JSON.stringify(params)}\n${result.stdout}${result.stderr}`);
  if (result.exitCode === 70) lost("a bug");
  for (const sql of statements) {
    if (sql.includes(MARKER)) lost(`a statement holds what was given: ${sql}`);
    const unknown = wordsOf(sql).find((word) => !known.has(word) && !/^[ckv]\d+$/.test(word));
    if (unknown !== undefined) lost(`a statement holds '${unknown}', which is not the model's: ${sql}`);
  }
  const opened = new DatabaseSync(database);
  const intact = opened.prepare("PRAGMA integrity_check").get();
  const tables = opened.prepare("SELECT name FROM sqlite_schema WHERE name IN ('item', 'user')").all();
  opened.close();
  if (intact?.["integrity_check"] !== "ok" || tables.length < 2) lost("the database is not what it was");
}

function cell(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

const LABELS = { no_localize: "0" };

/** Where something hostile is put. */
const PLACES: Record<string, (random: Random, lab: Laboratory) => Record<string, string>> = {
  "a header": (random) => ({ csv: `name,${cell(hostile(random))}\na,b\n` }),
  "a header behind an arrow": (random) => ({ csv: `name,${cell(`other->${hostile(random)}`)}\na,b\n` }),
  "labels as headers": (random) => ({
    csv: `${cell(NAME)},${cell(STATE)},${cell(`${OTHER}->name`)}\n${cell(hostile(random))},,i1\n`,
    ...LABELS,
  }),
  "labels as keys": (random) => ({
    csv: `${cell(NAME)},${cell(STATE)}\n${cell(hostile(random))},\n`,
    reconciliationkeys: random.pick([NAME, `${NAME},${STATE}`]),
    ...LABELS,
  }),
  "a key": (random) => ({ reconciliationkeys: hostile(random) }),
  "a text": (random) => ({ csv: `name\n${cell(hostile(random))}\n` }),
  "an enumeration": (random) => ({ csv: `name,state\na,${cell(hostile(random))}\nb,${cell(ENUM_CODE)}\n` }),
  "an enumeration as key": (random) => ({
    csv: `name,state\na,${cell(hostile(random))}\n`,
    reconciliationkeys: "state",
  }),
  "an id": (random) => ({ csv: `id,name\n${cell(hostile(random))},a\n`, reconciliationkeys: "id" }),
  "a class in a cell": (random) => ({
    csv: `name,finalclass\na,${cell(hostile(random))}\n`,
    reconciliationkeys: random.pick(["name", "name,finalclass"]),
  }),
  "an external key's cells": (random) => ({
    csv: `name,other->name,other->friendlyname\na,${cell(hostile(random))},${cell(hostile(random))}\n`,
    reconciliationkeys: random.pick(["name", "other->name"]),
  }),
  "a friendly name": (random) => ({
    csv: `friendlyname,name\n${cell(hostile(random))},a\n`,
    reconciliationkeys: "friendlyname",
  }),
  "a link's codes": (random) => ({
    csv: `name,items\na,${cell(`${hostile(random)}:1`)}\nb,${cell(`item->${hostile(random)}:1`)}\n`,
  }),
  "a link's values": (random) => ({
    csv: `name,items\na,${cell(`'item->name:${hostile(random).replaceAll("'", "''")}'`)}\nb,${
      cell(`item:${hostile(random)}`)
    }\n`,
  }),
  "a number": (random) => ({ modelClass: "Item", csv: `name,size\na,${cell(hostile(random))}\n` }),
  "a class": (random) => ({ modelClass: hostile(random) }),
  "a comment": (random) => ({ comment: hostile(random) }),
  "a login": (random) => ({ auth_user: hostile(random) }),
  "a password": (random) => ({ auth_pwd: `Passw0rd${hostile(random)}` }),
  "a charset": (random) => ({ charset: hostile(random) }),
  "a date format": (random) => ({ date_format: hostile(random) }),
  "a separator": (random) => ({ separator: hostile(random) }),
  "a file's name": (random, lab) => ({
    csvfile: lab.scratch.write(hostile(random).replaceAll("\u0000", "_").replaceAll("/", "_"), "name\na\n"),
  }),
  "a param file": (random, lab) => ({
    param_file: lab.scratch.write("p", `comment = ${hostile(random)}\nreconciliationkeys = ${hostile(random)}\n`),
  }),
};
