/**
 * Which objects the rows in error of a file reach (SPEC 17): what is gone from a feed is asked about when all rows are worked, and an object
 * that a row in error is about is in the file all the same.
 */
import type { ObjectId } from "../store/object_id.ts";
import type { Match, ObjectNumbers, ObjectStore } from "../store/objects.ts";
import type { RowPlace } from "./problems.ts";
import type { AskedRow } from "./row_questions.ts";

/** So many objects that one row finds are noted; a row that finds more is about any of them. */
const MOST_FOUND = 1000;

type Several = Match & { readonly kind: "several" };

/** A row in error, and where it stands. */
type HeardRow = Pick<AskedRow, "match" | "isHidden" | "index" | "record">;

export class HeardRows {
  /** The objects that rows in error have reached. Those of other rows are known by `ReachedObjects`. */
  readonly seen: ObjectNumbers;
  /** Those that rows have found which were passed over (`on_found=skip`): the feed has met them. */
  readonly met: ObjectNumbers;
  #untied = 0;
  #first: RowPlace | null = null;
  #several: { readonly row: HeardRow; readonly match: Several }[] = [];

  constructor(store: Pick<ObjectStore, "numbers">) {
    this.seen = store.numbers();
    this.met = store.numbers();
  }

  /** Rows in error that are about no object that is there, or nobody knows about which one: how many, and the first of them. */
  get untied(): { readonly count: number; readonly first: RowPlace } | null {
    return this.#first === null ? null : { count: this.#untied, first: this.#first };
  }

  /** A row is in error. */
  rejected(row: HeardRow): void {
    const { match, isHidden } = row;
    // What the user may not see is never gone for them.
    if (isHidden) return;
    if (match?.kind === "one") this.#note(match.object.id);
    else if (match?.kind === "several") this.#several.push({ row, match });
    else this.#noteUntied(row);
  }

  /** A row is passed over. One that finds nothing is about nothing. */
  skipped({ match }: HeardRow): void {
    if (match?.kind === "one") this.met.noteOnce(match.object.id, 0);
  }

  /** To be awaited when a part of the rows is told: finds out what several objects are. */
  async settle(): Promise<void> {
    const several = this.#several;
    this.#several = [];
    for (const { row, match } of several) {
      const found = await match.first(MOST_FOUND + 1);
      if (found.length > MOST_FOUND) this.#noteUntied(row);
      else for (const { id } of found) this.#note(id);
    }
  }

  #note(id: ObjectId): void {
    this.seen.noteOnce(id, 0);
  }

  #noteUntied({ index, record }: HeardRow): void {
    this.#untied++;
    // What the database refuses is heard of after rows below it.
    if (this.#first === null || index < this.#first.record) this.#first = { record: index, line: record.line };
  }
}
