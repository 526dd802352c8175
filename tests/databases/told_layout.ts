/** A layout of the small model that is told by hand, and its database: no table and no column is called as `init` would call it. */
import { assertEquals } from "@std/assert";
import { join } from "@std/path";
import { createDatabase } from "../../lib/databases/sqlite/create_database.ts";
import { type Database, openDatabase } from "../../lib/databases/sqlite/database.ts";
import { SqliteStore } from "../../lib/databases/sqlite/sqlite_store.ts";
import { ownMapping } from "../../lib/databases/sql/own_layout.ts";
import { classOf, isColumn, isText } from "../../lib/model/look_up.ts";
import type { AttributeCode, ClassCode, ColumnAttribute } from "../../lib/model/model.ts";
import type { Column, Layout, Table } from "../../lib/store/layout.ts";
import { modelOf, SMALL_MODEL } from "../store/small_model.ts";
import { NO_ROWS, RUN, Run } from "../store/suite.ts";
import { assertSound, NOW, withFolder } from "./small_store.ts";

const STATEMENTS: readonly string[] = [
  `CREATE TABLE "All firms" (
    "firm no" INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT NOT NULL, short TEXT, state TEXT,
    under INTEGER REFERENCES "All firms" ("firm no"))`,
  `CREATE TABLE people (
    nr INTEGER PRIMARY KEY AUTOINCREMENT, "what it is" TEXT NOT NULL, called TEXT NOT NULL COLLATE NOCASE, state TEXT,
    firm INTEGER REFERENCES "All firms" ("firm no") ON DELETE SET NULL, mail TEXT NOT NULL COLLATE NOCASE, first TEXT,
    "staff no" TEXT, boss INTEGER REFERENCES people (nr), money NUMERIC, chairs INTEGER, "gone since" TEXT)`,
  `CREATE TABLE "in team" (
    team INTEGER NOT NULL REFERENCES people (nr), member INTEGER NOT NULL REFERENCES people (nr) ON DELETE CASCADE,
    "as" TEXT NOT NULL, PRIMARY KEY (team, member)) WITHOUT ROWID`,
];

interface TableParts extends Omit<Table, "classes" | "columns"> {
  /** The first is the root class. */
  readonly of: readonly ClassCode[];
  readonly columns: Readonly<Record<AttributeCode, Partial<Column> & Pick<Column, "name">>>;
}

const TO_PEOPLE = { table: "people", onDelete: "restrict" } as const;

const TABLES: readonly TableParts[] = [
  {
    of: ["Organization"],
    name: "All firms",
    key: ["firm no"],
    classColumn: null,
    obsolescenceDate: null,
    columns: {
      name: { name: "title", ignoresCase: false },
      code: { name: "short", ignoresCase: false, emptyIsText: false },
      status: { name: "state" },
      parent_id: { name: "under", references: { table: "All firms", onDelete: "restrict" } },
    },
  },
  {
    of: ["Contact", "Person", "Team"],
    name: "people",
    key: ["nr"],
    classColumn: "what it is",
    obsolescenceDate: "gone since",
    columns: {
      name: { name: "called" },
      status: { name: "state" },
      org_id: { name: "firm", references: { table: "All firms", onDelete: "set_null" } },
      email: { name: "mail" },
      first_name: { name: "first", ignoresCase: false, emptyIsText: false },
      employee_number: { name: "staff no", ignoresCase: false, emptyIsText: false },
      manager_id: { name: "boss", references: TO_PEOPLE },
      budget: { name: "money" },
      seats: { name: "chairs" },
    },
  },
  {
    of: ["lnkPersonToTeam"],
    name: "in team",
    key: ["team", "member"],
    classColumn: null,
    obsolescenceDate: null,
    columns: {
      team_id: { name: "team", references: TO_PEOPLE },
      person_id: { name: "member", references: { table: "people", onDelete: "cascade" } },
      role: { name: "as", ignoresCase: false },
    },
  },
];

function tableFrom({ of, columns, ...parts }: TableParts): Table {
  const classes = of.filter((code) => !classOf(SMALL_MODEL, code).abstract);
  return { ...parts, classes, columns: Object.entries(columns).map(([code, told]) => columnFrom(of, code, told)) };
}

function columnFrom(of: readonly ClassCode[], code: AttributeCode, told: TableParts["columns"][string]): Column {
  const attributes = new Map<ClassCode, ColumnAttribute>();
  for (const owner of of) {
    const attribute = classOf(SMALL_MODEL, owner).attributes.get(code);
    if (attribute !== undefined && isColumn(attribute)) attributes.set(owner, attribute);
  }
  const areTexts = [...attributes.values()].every(isText);
  return { ignoresCase: areTexts, emptyIsText: areTexts, references: null, attributes, ...told };
}

const BY_CLASS = new Map(TABLES.flatMap((parts) => {
  const table = tableFrom(parts);
  return parts.of.map((code) => [code, { table, names: parts.columns }] as const);
}));

function toldOf(code: ClassCode) {
  const told = BY_CLASS.get(code);
  if (told === undefined) throw new Error(`nobody told where ${code} is`);
  return told;
}

/** Of organisations, persons, teams and their links; nothing is told of typologies and accounts. */
const TOLD_LAYOUT: Layout = {
  comparesForms: false,
  tables: [...new Set([...BY_CLASS.values()].map(({ table }) => table))],
  tableOf: (code) => toldOf(code).table,
  columnOf(code, attribute) {
    const { table, names } = toldOf(code);
    const column = table.columns.find(({ name }) => name === names[attribute]?.name);
    if (column === undefined) throw new Error(`nobody told where ${code}.${attribute} is`);
    return column;
  },
};

/** A run of a store that is given the layout, on a new database. */
export async function withToldLayout(use: (run: Run, database: Database) => Promise<void>): Promise<void> {
  await withFolder(async (folder) => {
    const path = join(folder, "told.db");
    const options = { ...ownMapping(modelOf([])), modelText: "{}", now: NOW, busyTimeoutSeconds: 0 };
    await createDatabase(path, options, (database) => {
      for (const statement of STATEMENTS) database.exec(statement);
    });
    const database = openDatabase(path, options);
    const store = new SqliteStore(database, null, () => TOLD_LAYOUT);
    try {
      await store.transaction(async (transaction) => {
        const { objects, finish } = await transaction.run(SMALL_MODEL, RUN);
        await use(new Run(objects, transaction, SMALL_MODEL), database);
        assertEquals(await objects.settled(), []);
        await finish(NO_ROWS, null);
      }, { rollback: false });
      assertSound(database);
    } finally {
      await store.close();
    }
  });
}
