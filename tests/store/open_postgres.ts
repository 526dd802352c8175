/** PostgreSQL, as the suite of the store is given it. */
import type { PostgresValue } from "../../lib/databases/postgres/connection.ts";
import { createDatabase } from "../../lib/databases/postgres/create_database.ts";
import { openPostgresStore } from "../../lib/databases/postgres/open_postgres.ts";
import type { Engine, PostgresAddress } from "../../lib/server_address/postgres_address.ts";
import type { Store } from "../../lib/store/store.ts";
import { withConnection, withSchema } from "../helpers/postgres_databases.ts";
import type { PostgresRelease } from "../helpers/postgres_release.ts";
import type { LogEntry, LoggedRun, OwnRules, StoreParts, TestedDatabase } from "./tested_database.ts";

const MINDED = "NEW.finalclass = 'Brand' AND NEW.name = 'refused'";

/** A trigger about a brand that it minds. @param body of its function */
function trigger(name: string, event: string, body: string): readonly string[] {
  return [
    `CREATE FUNCTION "${name}"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${body} END $$`,
    `CREATE TRIGGER "${name}" ${event} ON typology FOR EACH ROW WHEN (${MINDED}) EXECUTE FUNCTION "${name}"()`,
  ];
}

const OWN_RULES: OwnRules = {
  refusing: {
    "raised, before": trigger("minds", "BEFORE INSERT OR UPDATE", "RAISE EXCEPTION 'mine';"),
    "raised, after": trigger("minds", "AFTER INSERT OR UPDATE", "RAISE EXCEPTION 'mine';"),
    "an error of its own": trigger("minds", "AFTER INSERT OR UPDATE", "RAISE 'mine' USING ERRCODE = 'ABCDE';"),
  },
  silent: {
    "nothing given back": trigger("minds", "BEFORE INSERT OR UPDATE", "RETURN NULL;"),
    "deleted when it is there": [
      ...trigger("takes away", "AFTER INSERT", "DELETE FROM typology WHERE id = NEW.id; RETURN NULL;"),
      ...trigger("minds changes", "BEFORE UPDATE", "RETURN NULL;"),
    ],
  },
  // No trigger can end a transaction here.
  ending: {},
  smallLevel: ["ALTER TABLE typology ADD CONSTRAINT level_is_small CHECK (level < 1000)"],
  uniqueLevel: ["CREATE UNIQUE INDEX unique_level ON typology (level)"],
};

/** Seconds: who is abandoned is gone as soon as the server has heard of it. */
const SHORT_WAIT = 2;

/** @param engine left out: as `init` finds it */
export function postgres(release: PostgresRelease, engine?: Engine): TestedDatabase {
  return {
    name: engine === undefined ? release.name : `${release.name}, engine=${engine}`,
    ownRules: OWN_RULES,
    told: {
      smallLevel: { rule: "check", constraint: "level_is_small" },
      uniqueLevel: { rule: "unique", constraint: "unique_level" },
      uniqueName: { rule: "unique", constraint: "typology.name" },
      emptyName: { rule: "check", constraint: "typology_name_check" },
      noName: { rule: "not_null", constraint: "typology.name" },
      unknownTarget: { rule: "foreign_key", constraint: null },
    },
    open: (parts, use) =>
      withSchema(release, async (place) => {
        const address = engine === undefined ? place : { ...place, engine };
        await make(address, parts);
        const opened: Store[] = [];
        const open = async (busyTimeoutSeconds: number): Promise<Store> => {
          const store = await openPostgresStore(address, { busyTimeoutSeconds });
          opened.push(store);
          return store;
        };
        const store = await open(SHORT_WAIT);
        const others = [await open(0), await open(0)];
        try {
          await use({
            store,
            another: () => others.shift() ?? fail("a test has opened it too often"),
            log: () => read(address, LOG, entryOf),
            runs: () => read(address, RUNS, runOf),
          });
        } finally {
          for (const one of opened) await one.close();
        }
      }),
  };
}

function fail(message: string): never {
  throw new Error(message);
}

async function make(address: PostgresAddress, { ownRules, fill, ...parts }: StoreParts): Promise<void> {
  await createDatabase(address, parts, fill);
  if (ownRules.length === 0) return;
  await withConnection(address, async (connection) => {
    for (const statement of ownRules) await connection.execute(statement);
  });
}

type Row = readonly PostgresValue[];

const LOG = "SELECT class, object_id, operation, attribute, old_value, new_value FROM change_op ORDER BY id";
const RUNS = 'SELECT date, user_id, "user", comment, origin, input_name, input_size, input_sha256, parameters, ' +
  "created, updated, unchanged, in_error FROM change ORDER BY id";

function entryOf(row: Row): LogEntry {
  return [...row] as unknown as LogEntry;
}

function runOf(row: Row): LoggedRun {
  const [date, userId, user, comment, origin, inputName, inputSize, inputSha256, parameters, ...counts] = row;
  const [created, updated, unchanged, inError] = counts;
  const facts = { date, userId, user, comment, origin, inputName, inputSize, inputSha256, parameters };
  return { ...facts, created, updated, unchanged, inError } as unknown as LoggedRun;
}

async function read<T>(address: PostgresAddress, sql: string, rowOf: (row: Row) => T): Promise<T[]> {
  return await withConnection(address, async (connection) => (await connection.rows(sql)).map(rowOf));
}
