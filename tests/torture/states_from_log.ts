/** What the objects of a database were after each of its runs: today's, and the change log read backwards. */
import { DatabaseSync } from "node:sqlite";
import { openOwnStore } from "../../lib/databases/open_store.ts";
import { classOf } from "../../lib/model/look_up.ts";
import type { Model } from "../../lib/model/model.ts";
import type { LoggedEntry, LoggedRuns } from "../../lib/store/logged_runs.ts";

type Row = Record<string, string | number | null>;

/** Rows by id, by table. */
type Tables = ReadonlyMap<string, Map<number, Row>>;

/** The objects after some runs, and how they are now, as one text for each. */
export async function statesFromLog(
  database: string,
  runs: readonly number[],
): Promise<{ readonly now: readonly string[]; readonly after: ReadonlyMap<number, readonly string[]> }> {
  const store = openOwnStore(database, { busyTimeoutSeconds: 1 });
  try {
    const model = await store.model();
    const log = await store.loggedRuns();
    const tables = readTables(database, model);
    const now = textsOf(tables);
    const after = new Map<number, readonly string[]>();
    const ids = (await log.runs(null, 10_000)).map(({ id }) => id);
    for (const id of ids) {
      if (runs.includes(id)) after.set(id, textsOf(tables));
      for await (const entry of backwards(log, id)) takeBack(tables, model, entry);
    }
    return { now, after };
  } finally {
    await store.close();
  }
}

async function* backwards(log: LoggedRuns, run: number): AsyncGenerator<LoggedEntry> {
  for (let beyond: number | null = null;;) {
    const page: readonly LoggedEntry[] = await log.entries(run, { beyond, order: "backwards", most: 7 });
    if (page.length === 0) return;
    yield* page;
    beyond = page.at(-1)?.position ?? null;
  }
}

function readTables(database: string, model: Model): Tables {
  const opened = new DatabaseSync(database, { readOnly: true });
  try {
    const roots = new Set([...model.classes.values()].map(({ root }) => root.toLowerCase()));
    return new Map(
      [...roots].map((name) => {
        const rows = opened.prepare(`SELECT * FROM "${name}"`).all() as Row[];
        return [name, new Map(rows.map((row) => [Number(row["id"]), row]))];
      }),
    );
  } finally {
    opened.close();
  }
}

function takeBack(tables: Tables, model: Model, entry: LoggedEntry): void {
  const modelClass = classOf(model, entry.class);
  const rows = tables.get(modelClass.root.toLowerCase());
  const id = Number(entry.objectId);
  const { operation, attribute, oldValue } = entry;
  if (operation === "create") {
    if (rows?.delete(id) !== true) throw new Error(`${entry.class} ${id} was created, and is not there`);
    return;
  }
  if (operation === "delete" && rows?.get(id) === undefined) rows?.set(id, { id, finalclass: entry.class });
  const row = rows?.get(id);
  if (row === undefined) throw new Error(`${entry.class} ${id} was changed, and is not there`);
  const known = attribute === null ? undefined : modelClass.attributes.get(attribute);
  if (attribute === null || known === undefined || known.kind === "link_set") return;
  row[attribute] = known.kind === "integer" || known.kind === "decimal" || known.kind === "external_key"
    ? oldValue === null ? null : Number(oldValue)
    : oldValue;
  const { obsoleteWhen } = modelClass;
  if (operation === "update" && attribute === obsoleteWhen?.attribute && oldValue !== obsoleteWhen.value) {
    row["obsolescence_date"] = null;
  }
}

/** What is empty is left out: the log does not tell an empty text from none. */
export function textsOf(tables: Tables): readonly string[] {
  return [...tables].flatMap(([name, rows]) =>
    [...rows.values()].map((row) => {
      const values = Object.entries(row).filter(([, value]) => value !== null && value !== "");
      return `${name}: ${JSON.stringify(values.sort(([a], [b]) => a < b ? -1 : 1))}`;
    })
  ).sort();
}
