/** SQLite, as the suite of the store is given it. */
import { assertEquals } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { createStore } from "../../lib/databases/create_store.ts";
import { openOwnStore } from "../../lib/databases/open_store.ts";
import type { Store } from "../../lib/store/store.ts";
import { withTemporaryFolder } from "../helpers/temporary_folder.ts";
import type { LogEntry, LoggedRun, StoreParts, TestedDatabase } from "./tested_database.ts";

const MINDED = "WHEN NEW.finalclass = 'Brand' AND NEW.name = 'refused'";

/** What a trigger does about a brand that it minds: before it is written, or after it. */
function triggers(when: "BEFORE" | "AFTER", raise: string): readonly string[] {
  const body = `${MINDED} BEGIN SELECT RAISE(${raise}); END`;
  return [
    `CREATE TRIGGER "minds new ones" ${when} INSERT ON typology ${body}`,
    `CREATE TRIGGER "minds changes" ${when} UPDATE ON typology ${body}`,
  ];
}

export const SQLITE: TestedDatabase = {
  name: "SQLite",
  ownRules: {
    refusing: {
      "ABORT, before": triggers("BEFORE", "ABORT, 'mine'"),
      "ABORT, after": triggers("AFTER", "ABORT, 'mine'"),
      "FAIL, before": triggers("BEFORE", "FAIL, 'mine'"),
      "FAIL, after": triggers("AFTER", "FAIL, 'mine'"),
    },
    silent: {
      IGNORE: triggers("BEFORE", "IGNORE"),
      "deleted when it is there": [
        `CREATE TRIGGER "takes away" AFTER INSERT ON Typology ${MINDED} BEGIN DELETE FROM typology WHERE id = NEW.id; END`,
        triggers("BEFORE", "IGNORE")[1] ?? "",
      ],
    },
    ending: {
      "ROLLBACK, before": triggers("BEFORE", "ROLLBACK, 'mine'"),
      "ROLLBACK, after": triggers("AFTER", "ROLLBACK, 'mine'"),
    },
    smallLevel: ["ALTER TABLE typology ADD COLUMN extra INTEGER CONSTRAINT level_is_small CHECK (level < 1000)"],
    uniqueLevel: ["CREATE UNIQUE INDEX unique_level ON typology (level)"],
  },
  told: {
    smallLevel: { rule: "check", constraint: "level_is_small" },
    uniqueLevel: { rule: "unique", constraint: "typology.level" },
    uniqueName: { rule: "unique", constraint: "typology.name" },
    emptyName: { rule: "check", constraint: "name" },
    noName: { rule: "not_null", constraint: "typology.name" },
    unknownTarget: { rule: "foreign_key", constraint: null },
  },
  open: (parts, use) =>
    withTemporaryFolder(async ({ path }) => {
      const file = path("small.db");
      await make(file, parts);
      const opened: Store[] = [];
      const open = (): Store => {
        const store = openOwnStore(file, { busyTimeoutSeconds: 0 });
        opened.push(store);
        return store;
      };
      const store = open();
      try {
        const log = () => Promise.resolve(read(file, LOG, entryOf));
        const runs = () => Promise.resolve(read(file, RUNS, (row) => ({ ...row }) as unknown as LoggedRun));
        await use({ store, another: open, log, runs });
      } finally {
        await store.close();
        // Some are abandoned already.
        for (const one of opened) one.abandon();
      }
      assertSound(file);
    }),
};

async function make(file: string, { ownRules, fill, ...parts }: StoreParts): Promise<void> {
  await createStore(file, parts, fill);
  const database = new DatabaseSync(file);
  for (const statement of ownRules) database.exec(statement);
  database.close();
}

type Row = Readonly<Record<string, unknown>>;

const LOG = "SELECT class, object_id, operation, attribute, old_value, new_value FROM change_op ORDER BY id";
const RUNS =
  "SELECT date, user_id AS userId, user, comment, origin, input_name AS inputName, input_size AS inputSize, " +
  "input_sha256 AS inputSha256, parameters, created, updated, unchanged, in_error AS inError FROM change ORDER BY id";

function entryOf(row: Row): LogEntry {
  return Object.values(row) as unknown as LogEntry;
}

function read<T>(file: string, sql: string, rowOf: (row: Row) => T): T[] {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    return database.prepare(sql).all().map((row) => rowOf(row as Row));
  } finally {
    database.close();
  }
}

function assertSound(file: string): void {
  assertEquals(read(file, "PRAGMA integrity_check", (row) => row["integrity_check"]), ["ok"]);
  assertEquals(read(file, "PRAGMA foreign_key_check", (row) => ({ ...row })), []);
}
