/** The memory of a feed: the tables `csvrecon_feed`, `csvrecon_feed_object` and `csvrecon_feed_change`. */
import { comparedForm } from "../../compared_text.ts";
import type { ClassCode } from "../../model/model.ts";
import type { Feed, FeedName, GoneMark, LoadedFile, MissedObject } from "../../store/feeds.ts";
import type { Mapping } from "../../store/layout.ts";
import type { ObjectId } from "../../store/object_id.ts";
import type { ObjectNumbers } from "../../store/objects.ts";
import type { Database } from "./connection.ts";
import { type FeedObjects, type Kept, type OpenFeed, ownFeedObjects } from "./feed_objects.ts";
import type { ChangeLog } from "./sqlite_change_log.ts";

/** So many objects are read at a time. */
const TOGETHER = 4096;

const IS_HAD = "(mark IS NULL OR mark = 'report')";
const ASKED = "IN (SELECT value FROM json_each(?))";

/** @param log of the run that loads a file of the feed */
export function openFeed(
  database: Database,
  mapping: Mapping,
  log: ChangeLog,
  name: FeedName,
  now: Date,
): OpenFeed {
  return openFeedOf(database, ownFeedObjects(mapping), log, name, now);
}

export function openFeedOf(
  database: Database,
  objects: FeedObjects,
  log: ChangeLog,
  name: FeedName,
  now: Date,
): OpenFeed {
  const form = comparedForm(name.source);
  const known = database.prepare("SELECT id FROM csvrecon_feed WHERE form = ? AND class = ?").get(form, name.class);
  const id = known?.["id"] ?? database.prepare(
    "INSERT INTO csvrecon_feed (source, form, class) VALUES (?, ?, ?) RETURNING id",
  ).get(name.source, form, name.class)?.["id"];
  return { id: Number(id), feed: new SqliteFeed(database, objects, log, { id: Number(id), now }) };
}

interface OpenedFeed {
  readonly id: number;
  /** When the run began. */
  readonly now: Date;
}

class SqliteFeed implements Feed {
  readonly last: LoadedFile | null;
  readonly #id: number;
  /** By the table that has their objects. */
  readonly #others = new Map<string, readonly number[]>();

  constructor(
    private readonly database: Database,
    private readonly known: FeedObjects,
    private readonly log: ChangeLog,
    private readonly opened: OpenedFeed,
  ) {
    this.#id = opened.id;
    this.last = lastFile(database, opened.id);
  }

  // deno-lint-ignore require-await -- what it throws must reject
  async count(withUpdated: boolean): Promise<number> {
    const row = this.database.prepare(
      `SELECT count(*) AS count FROM csvrecon_feed_object WHERE feed = ?${withUpdated ? "" : ` AND ${IS_HAD}`}`,
    ).get(this.#id);
    return Number(row?.["count"] ?? 0);
  }

  async *objects(withUpdated: boolean): AsyncGenerator<readonly ObjectId[], void> {
    for (const page of this.#pages(withUpdated ? "" : `AND ${IS_HAD} `)) yield page.map(this.known.idOf);
  }

  // deno-lint-ignore require-await -- what it throws must reject
  async noteMet(met: ObjectNumbers): Promise<void> {
    for (const ids of met.pages()) {
      const page = this.known.keptOf(ids);
      const known = new Set(this.#known(page, ""));
      const fresh = page.filter((one) => !known.has(one));
      if (fresh.length > 0) this.#add(fresh);
      this.#noteBack(page);
    }
  }

  // deno-lint-ignore require-await -- what it throws must reject
  async noteSeen(seen: ObjectNumbers): Promise<void> {
    for (const page of seen.pages()) this.#noteBack(this.known.keptOf(page));
  }

  async *missed(present: readonly ObjectNumbers[]): AsyncGenerator<readonly MissedObject[], void> {
    for (const page of this.#pages("")) {
      const missed = page.filter((kept) => present.every((numbers) => numbers.of(this.known.idOf(kept)) === null));
      if (missed.length > 0) yield this.#told(missed);
    }
  }

  // deno-lint-ignore require-await -- what it throws must reject
  async hadByOthers(code: ClassCode, ids: readonly ObjectId[]): Promise<ReadonlySet<ObjectId>> {
    const table = this.known.tableOf(code) ?? "";
    const others = this.#others.get(table) ?? otherFeeds(this.database, this.known, this.#id, table);
    this.#others.set(table, others);
    if (others.length === 0) return new Set();
    const rows = this.database.prepare(
      "SELECT k.value AS id FROM json_each(?) AS k WHERE EXISTS (SELECT 1 FROM json_each(?) AS f " +
        "CROSS JOIN csvrecon_feed_object AS o WHERE o.feed = f.value AND o.object_id = k.value AND o.missed_since IS NULL)",
    ).all(JSON.stringify(this.known.keptOf(ids)), JSON.stringify(others));
    return new Set(rows.map((row) => this.known.idOf(row["id"] as Kept)));
  }

  // deno-lint-ignore require-await -- what it throws must reject
  async noteMissed(ids: readonly ObjectId[], day: string): Promise<void> {
    this.#change(this.known.keptOf(ids), "missed_since = ?", "missed_since IS NULL", [day]);
  }

  // deno-lint-ignore require-await -- what it throws must reject
  async noteMark(ids: readonly ObjectId[], mark: GoneMark): Promise<void> {
    this.#change(this.known.keptOf(ids), "mark = ?", "TRUE", [mark]);
  }

  // deno-lint-ignore require-await -- what it throws must reject
  async forget(ids: readonly ObjectId[]): Promise<void> {
    if (ids.length === 0) return;
    const asked = JSON.stringify(this.known.keptOf(ids));
    this.database.prepare(
      "INSERT INTO csvrecon_feed_change (change, feed, object_id, old_added, old_missed_since, old_mark) " +
        `SELECT ?, feed, object_id, added, missed_since, mark FROM csvrecon_feed_object WHERE feed = ? AND object_id ${ASKED} ` +
        KEEP_FIRST_STATE,
    ).run(this.log.begin(), this.#id, asked);
    this.database.prepare(`DELETE FROM csvrecon_feed_object WHERE feed = ? AND object_id ${ASKED}`).run(
      this.#id,
      asked,
    );
  }

  // deno-lint-ignore require-await -- what it throws must reject
  async noteFile(file: Omit<LoadedFile, "date"> | null): Promise<void> {
    // Nothing is written by a run that changes nothing.
    if (file?.sha256 === this.last?.sha256 && file?.settings === this.last?.settings) return;
    this.database.prepare(
      "UPDATE csvrecon_feed SET loaded = ?, loaded_sha256 = ?, loaded_settings = ? WHERE id = ?",
    ).run(
      file === null ? null : this.opened.now.toISOString(),
      file?.sha256 ?? null,
      file?.settings ?? null,
      this.#id,
    );
  }

  #add(ids: readonly Kept[]): void {
    this.database.prepare(
      "INSERT INTO csvrecon_feed_object (feed, object_id, added) SELECT ?, value, ? FROM json_each(?)",
    ).run(this.#id, this.log.begin(), JSON.stringify(ids));
  }

  /** They are in the file again. */
  #noteBack(ids: readonly Kept[]): void {
    const away = this.#known(ids, "AND (missed_since IS NOT NULL OR mark IS NOT NULL)");
    const asked = new Set(ids);
    this.#change(away.filter((id) => asked.has(id)), "missed_since = NULL, mark = NULL", "TRUE", []);
  }

  /** @param set what changes @param where of which only */
  #change(ids: readonly Kept[], set: string, where: string, values: readonly string[]): void {
    if (ids.length === 0) return;
    const asked = JSON.stringify(ids);
    const change = this.log.begin();
    const those = `feed = ? AND object_id ${ASKED} AND ${where}`;
    this.database.prepare(
      "INSERT INTO csvrecon_feed_change (change, feed, object_id, old_added, old_missed_since, old_mark) " +
        `SELECT ?, feed, object_id, added, missed_since, mark FROM csvrecon_feed_object WHERE ${those} ` +
        KEEP_FIRST_STATE,
    ).run(change, this.#id, asked);
    this.database.prepare(`UPDATE csvrecon_feed_object SET ${set} WHERE ${those}`).run(...values, this.#id, asked);
    this.database.prepare(
      "UPDATE csvrecon_feed_change AS c SET (new_added, new_missed_since, new_mark) = (SELECT added, missed_since, mark " +
        "FROM csvrecon_feed_object AS o WHERE o.feed = c.feed AND o.object_id = c.object_id) " +
        `WHERE change = ? AND feed = ? AND object_id ${ASKED}`,
    ).run(change, this.#id, asked);
  }

  /** Those that the feed knows: one answer for all, as one a row takes longer. @param ids in order; others than these may be told, too */
  #known(ids: readonly Kept[], where: string): readonly Kept[] {
    const { areInOrder } = this.known;
    const row = this.database.prepare(
      "SELECT json_group_array(object_id) AS ids FROM csvrecon_feed_object " +
        `WHERE feed = ? AND object_id ${areInOrder ? "BETWEEN ? AND ?" : ASKED} ${where}`,
    ).get(this.#id, ...areInOrder ? [ids[0] ?? null, ids.at(-1) ?? null] : [JSON.stringify(ids)]);
    return JSON.parse(String(row?.["ids"] ?? "[]"));
  }

  /** By id. What is written meanwhile of a page that was given does no harm. */
  *#pages(where: string): Generator<readonly Kept[], void> {
    for (let last: Kept | null = null;;) {
      const behind: string = last === null ? "" : "AND object_id > ? ";
      const row = this.database.prepare(
        "SELECT json_group_array(object_id) AS ids FROM (SELECT object_id FROM csvrecon_feed_object " +
          `WHERE feed = ? ${behind}${where}ORDER BY object_id LIMIT ${TOGETHER})`,
      ).get(this.#id, ...last === null ? [] : [last]);
      const ids = JSON.parse(String(row?.["ids"] ?? "[]")) as readonly Kept[];
      if (ids.length === 0) return;
      yield ids;
      last = ids.at(-1) ?? null;
    }
  }

  #told(ids: readonly Kept[]): readonly MissedObject[] {
    const rows = this.database.prepare(
      `SELECT object_id, missed_since, mark FROM csvrecon_feed_object WHERE feed = ? AND object_id ${ASKED} ` +
        "ORDER BY object_id",
    ).all(this.#id, JSON.stringify(ids));
    return rows.map((row) => ({
      id: this.known.idOf(row["object_id"] as Kept),
      since: row["missed_since"] === null ? null : String(row["missed_since"]),
      mark: (row["mark"] ?? null) as GoneMark | null,
    }));
  }
}

/** A run that changes an object twice is taken back to what was before. Without a condition SQLite takes the clause for one of a join. */
const KEEP_FIRST_STATE =
  "ON CONFLICT (change, feed, object_id) DO UPDATE SET new_added = NULL, new_missed_since = NULL, new_mark = NULL";

function lastFile(database: Database, feed: number): LoadedFile | null {
  const row = database.prepare(
    "SELECT loaded, loaded_sha256, loaded_settings FROM csvrecon_feed WHERE id = ?",
  ).get(feed);
  if (row === undefined || row["loaded"] === null) return null;
  return {
    date: new Date(String(row["loaded"])),
    sha256: String(row["loaded_sha256"]),
    settings: String(row["loaded_settings"]),
  };
}

/** Those whose objects are in a table, but for one of them. */
function otherFeeds(database: Database, { tableOf }: FeedObjects, id: number, table: string): readonly number[] {
  return database.prepare("SELECT id, class FROM csvrecon_feed WHERE id <> ?").all(id)
    .filter((row) => tableOf(String(row["class"])) === table)
    .map((row) => Number(row["id"]));
}
