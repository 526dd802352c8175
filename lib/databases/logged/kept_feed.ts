/** The memory of a feed: the tables `csvrecon_feed`, `csvrecon_feed_object` and `csvrecon_feed_change`. */
import type { ClassCode } from "../../model/model.ts";
import type { Feed, GoneMark, LoadedFile, MissedObject } from "../../store/feeds.ts";
import type { ObjectId } from "../../store/object_id.ts";
import type { ObjectNumbers } from "../../store/objects.ts";
import type { Later } from "../shared/steps.ts";
import type { AskedDatabase, AskedRow } from "./asked_database.ts";
import type { FeedObjects, Kept } from "./feed_objects.ts";

/** So many objects are read at a time. */
const TOGETHER = 4096;

const IS_HAD = "(mark IS NULL OR mark = 'report')";

/** A log, as far as a feed needs it. */
export interface FeedLog {
  /** The id of the run. */
  begin(): Later<number>;
}

/** A feed, when it is opened. */
export interface OpenedFeed {
  readonly id: number;
  /** When the run began. */
  readonly now: Date;
  readonly last: LoadedFile | null;
}

export class KeptFeed implements Feed {
  readonly last: LoadedFile | null;
  readonly #id: number;
  /** By the table that has their objects. */
  readonly #others = new Map<string, readonly number[]>();

  constructor(
    private readonly database: AskedDatabase,
    private readonly known: FeedObjects,
    private readonly log: FeedLog,
    private readonly opened: OpenedFeed,
  ) {
    this.#id = opened.id;
    this.last = opened.last;
  }

  async count(withUpdated: boolean): Promise<number> {
    const [row] = await this.database.all(
      `SELECT count(*) AS count FROM csvrecon_feed_object WHERE feed = ?${withUpdated ? "" : ` AND ${IS_HAD}`}`,
      this.#id,
    );
    return Number(row?.["count"] ?? 0);
  }

  async *objects(withUpdated: boolean): AsyncGenerator<readonly ObjectId[], void> {
    for await (const page of this.#pages(withUpdated ? "" : `AND ${IS_HAD} `)) yield page.map(this.known.idOf);
  }

  async noteMet(met: ObjectNumbers): Promise<void> {
    for (const ids of met.pages()) {
      const page = this.known.keptOf(ids);
      const known = new Set(await this.#known(page, ""));
      const fresh = page.filter((one) => !known.has(one));
      if (fresh.length > 0) await this.#add(fresh);
      await this.#noteBack(page);
    }
  }

  async noteSeen(seen: ObjectNumbers): Promise<void> {
    for (const page of seen.pages()) await this.#noteBack(this.known.keptOf(page));
  }

  async *missed(present: readonly ObjectNumbers[]): AsyncGenerator<readonly MissedObject[], void> {
    for await (const page of this.#pages("")) {
      const missed = page.filter((kept) => present.every((numbers) => numbers.of(this.known.idOf(kept)) === null));
      if (missed.length > 0) yield await this.#told(missed);
    }
  }

  async hadByOthers(code: ClassCode, ids: readonly ObjectId[]): Promise<ReadonlySet<ObjectId>> {
    const table = this.known.tableOf(code) ?? "";
    const others = this.#others.get(table) ?? await otherFeeds(this.database, this.known, this.#id, table);
    this.#others.set(table, others);
    if (others.length === 0) return new Set();
    const { list } = this.database.words;
    const rows = await this.database.all(
      `SELECT k.value AS id FROM ${list("k")} WHERE EXISTS (SELECT 1 FROM ${list("f")} ` +
        "CROSS JOIN csvrecon_feed_object AS o WHERE o.feed = f.value AND o.object_id = k.value AND o.missed_since IS NULL)",
      JSON.stringify(this.known.keptOf(ids)),
      JSON.stringify(others),
    );
    return new Set(rows.map((row) => this.known.idOf(row["id"] as Kept)));
  }

  async noteMissed(ids: readonly ObjectId[], day: string): Promise<void> {
    await this.#change(this.known.keptOf(ids), "missed_since = ?", "missed_since IS NULL", [day]);
  }

  async noteMark(ids: readonly ObjectId[], mark: GoneMark): Promise<void> {
    await this.#change(this.known.keptOf(ids), "mark = ?", "TRUE", [mark]);
  }

  async forget(ids: readonly ObjectId[]): Promise<void> {
    if (ids.length === 0) return;
    const asked = JSON.stringify(this.known.keptOf(ids));
    const those = `feed = ? AND object_id ${this.database.words.among}`;
    await this.database.run(
      "INSERT INTO csvrecon_feed_change (change, feed, object_id, old_added, old_missed_since, old_mark) " +
        `SELECT ?, feed, object_id, added, missed_since, mark FROM csvrecon_feed_object WHERE ${those} ` +
        KEEP_FIRST_STATE,
      await this.log.begin(),
      this.#id,
      asked,
    );
    await this.database.run(`DELETE FROM csvrecon_feed_object WHERE ${those}`, this.#id, asked);
  }

  async noteFile(file: Omit<LoadedFile, "date"> | null): Promise<void> {
    // Nothing is written by a run that changes nothing.
    if (file?.sha256 === this.last?.sha256 && file?.settings === this.last?.settings) return;
    await this.database.run(
      "UPDATE csvrecon_feed SET loaded = ?, loaded_sha256 = ?, loaded_settings = ? WHERE id = ?",
      file === null ? null : this.opened.now.toISOString(),
      file?.sha256 ?? null,
      file?.settings ?? null,
      this.#id,
    );
  }

  async #add(ids: readonly Kept[]): Promise<void> {
    await this.database.run(
      `INSERT INTO csvrecon_feed_object (feed, object_id, added) SELECT ?, k.value, ? FROM ${
        this.database.words.list("k")
      }`,
      this.#id,
      await this.log.begin(),
      JSON.stringify(ids),
    );
  }

  /** They are in the file again. */
  async #noteBack(ids: readonly Kept[]): Promise<void> {
    const away = await this.#known(ids, "AND (missed_since IS NOT NULL OR mark IS NOT NULL)");
    const asked = new Set(ids);
    await this.#change(away.filter((id) => asked.has(id)), "missed_since = NULL, mark = NULL", "TRUE", []);
  }

  /** @param set what changes @param where of which only */
  async #change(ids: readonly Kept[], set: string, where: string, values: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const asked = JSON.stringify(ids);
    const change = await this.log.begin();
    const among = `object_id ${this.database.words.among}`;
    const those = `feed = ? AND ${among} AND ${where}`;
    await this.database.run(
      "INSERT INTO csvrecon_feed_change (change, feed, object_id, old_added, old_missed_since, old_mark) " +
        `SELECT ?, feed, object_id, added, missed_since, mark FROM csvrecon_feed_object WHERE ${those} ` +
        KEEP_FIRST_STATE,
      change,
      this.#id,
      asked,
    );
    await this.database.run(`UPDATE csvrecon_feed_object SET ${set} WHERE ${those}`, ...values, this.#id, asked);
    await this.database.run(
      "UPDATE csvrecon_feed_change AS c SET (new_added, new_missed_since, new_mark) = (SELECT added, missed_since, mark " +
        "FROM csvrecon_feed_object AS o WHERE o.feed = c.feed AND o.object_id = c.object_id) " +
        `WHERE change = ? AND feed = ? AND ${among}`,
      change,
      this.#id,
      asked,
    );
  }

  /** Those that the feed knows: one answer for all, as one a row takes longer. @param ids in order; others than these may be told, too */
  async #known(ids: readonly Kept[], where: string): Promise<readonly Kept[]> {
    const { areInOrder } = this.known;
    const { among, arrayOf } = this.database.words;
    const [row] = await this.database.all(
      `SELECT ${arrayOf("object_id")} AS ids FROM csvrecon_feed_object ` +
        `WHERE feed = ? AND object_id ${areInOrder ? "BETWEEN ? AND ?" : among} ${where}`,
      this.#id,
      ...areInOrder ? [ids[0] ?? null, ids.at(-1) ?? null] : [JSON.stringify(ids)],
    );
    return JSON.parse(String(row?.["ids"] ?? "[]"));
  }

  /** By id. What is written meanwhile of a page that was given does no harm. */
  async *#pages(where: string): AsyncGenerator<readonly Kept[], void> {
    for (let last: Kept | null = null;;) {
      const behind: string = last === null ? "" : "AND object_id > ? ";
      const rows: readonly AskedRow[] = await this.database.all(
        `SELECT ${this.database.words.arrayOf("object_id")} AS ids FROM (SELECT object_id FROM csvrecon_feed_object ` +
          `WHERE feed = ? ${behind}${where}ORDER BY object_id LIMIT ${TOGETHER}) AS p`,
        this.#id,
        ...last === null ? [] : [last],
      );
      const ids = JSON.parse(String(rows[0]?.["ids"] ?? "[]")) as readonly Kept[];
      if (ids.length === 0) return;
      yield ids;
      last = ids.at(-1) ?? null;
    }
  }

  async #told(ids: readonly Kept[]): Promise<readonly MissedObject[]> {
    const rows = await this.database.all(
      `SELECT object_id, missed_since, mark FROM csvrecon_feed_object WHERE feed = ? AND object_id ${this.database.words.among} ` +
        "ORDER BY object_id",
      this.#id,
      JSON.stringify(ids),
    );
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

/** Those whose objects are in a table, but for one of them. */
async function otherFeeds(
  database: AskedDatabase,
  { tableOf }: FeedObjects,
  id: number,
  table: string,
): Promise<readonly number[]> {
  return (await database.all("SELECT id, class FROM csvrecon_feed WHERE id <> ?", id))
    .filter((row) => tableOf(String(row["class"])) === table)
    .map((row) => Number(row["id"]));
}
