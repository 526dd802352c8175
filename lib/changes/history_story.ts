/** What is told of the change log, in the order in which it is told: the newest runs, one run, or the life of an object. */
import { Breath } from "../breath.ts";
import { EXIT, RunStop } from "../errors.ts";
import { idNotPossible, nothingOfObject, unknownRun } from "../messages/history.ts";
import { unknownClass } from "../messages/run.ts";
import { isOrIsBelow } from "../model/look_up.ts";
import type { ClassCode } from "../model/model.ts";
import { nearestName } from "../nearest_name.ts";
import type { HistoryWish } from "../parameters/settings/history_settings.ts";
import type { LoggedEntry, LoggedRun } from "../store/logged_runs.ts";
import type { ObjectId, ShownId } from "../store/object_id.ts";
import { bulkWriteRefusal } from "../users/rights.ts";
import type { LogReader } from "./log_reader.ts";
import { SeenObjects } from "./seen_objects.ts";
import { ToldEntries } from "./told_entries.ts";
import type { ToldEntry, ToldRun } from "./told_history.ts";

/** What comes next. */
export type HistoryPart =
  /** One of a list. */
  | { readonly kind: "listed"; readonly run: ToldRun }
  /** What follows is about this object. `name`: null, if it is gone. */
  | { readonly kind: "object"; readonly class: ClassCode; readonly id: ShownId; readonly name: string | null }
  /** The entries that follow are of this run. */
  | { readonly kind: "run"; readonly run: ToldRun }
  | { readonly kind: "entries"; readonly entries: readonly ToldEntry[] }
  | { readonly kind: "end"; readonly end: HistoryEnd };

export interface HistoryEnd {
  readonly about: "runs" | "run" | "object";
  /** The database was not made by csvrecon: what was there before has no entries. */
  readonly isForeign: boolean;
  /** Of runs, or of entries. */
  readonly told: number;
  /** So many older runs were not asked for. */
  readonly more: number;
  /** There may be still more than those. */
  readonly isMoreCounted: boolean;
  /** What is not told, whether there is any of it or not: `others`: what others did to what the user does not see. */
  readonly withheld: "nothing" | "other_classes" | "others";
  /** Up to this run, or of this run, entries were removed from the log; null: of none. */
  readonly prunedUpTo: number | null;
}

const RUNS_AT_ONCE = 100;
const ENTRIES_AT_ONCE = 512;

/** Runs that are only counted: who has more need not know how many. */
const MOST_COUNTED = 10_000;

type TellingWish = Exclude<HistoryWish, { readonly kind: "prune" }>;

/** @throws RunStop 64 when there is nothing of the kind; 77 when the user may not load the class */
export async function* historyParts(
  reader: LogReader,
  wish: TellingWish,
  interruption: AbortSignal | undefined,
): AsyncGenerator<HistoryPart> {
  const story = new HistoryStory(reader, new Breath(interruption));
  if (wish.kind === "runs") yield* story.runs(wish.last);
  else if (wish.kind === "run") yield* story.run(wish.change);
  else yield* story.object(wish.class, wish.object, wish.last);
}

class HistoryStory {
  readonly #entries: ToldEntries;

  constructor(private readonly reader: LogReader, private readonly breath: Breath) {
    this.#entries = new ToldEntries(reader);
  }

  /** Only those that are told whole: of others there is nothing to say in a list. */
  async *runs(last: number): AsyncGenerator<HistoryPart> {
    let [told, more] = [0, 0];
    for await (const run of this.#runs()) {
      const one = await this.reader.told(run);
      if (!one.isWhole) continue;
      if (told >= last && ++more >= MOST_COUNTED) break;
      if (told >= last) continue;
      told++;
      yield { kind: "listed", run: one };
    }
    yield this.#end({ about: "runs", told, more, isMoreCounted: more < MOST_COUNTED });
  }

  async *run(id: number): AsyncGenerator<HistoryPart> {
    const { log } = this.reader.world;
    const run = await log.run(id);
    if (run === null) throw this.#unknownRun(id);
    const toldRun = await this.reader.told(run);
    const own = new Set(this.reader.isOwn(run) ? [id] : []);
    let isHeaded = toldRun.isWhole;
    let told = 0;
    if (isHeaded) yield { kind: "run", run: toldRun };
    for await (const page of this.#pages((page) => log.entries(id, { ...page, order: "forwards" }))) {
      const entries = await this.#entries.of(page, own);
      if (entries.length === 0) continue;
      if (!isHeaded) yield { kind: "run", run: toldRun };
      isHeaded = true;
      told += entries.length;
      yield { kind: "entries", entries };
    }
    if (!isHeaded) throw this.#unknownRun(id);
    yield this.#end({ about: "run", told, prunedUpTo: run.isPruned ? id : null });
  }

  /** The newest run first; what one of them did in the order in which it did it, as far as a page reaches. */
  async *object(code: ClassCode, typed: string, last: number): AsyncGenerator<HistoryPart> {
    const id = this.#find(code, typed);
    const { objects } = this.reader.world;
    const name = (await new SeenObjects(objects).names(code, [id])).get(id) ?? null;
    const object = { kind: "object", class: code, id: objects.shownId(code, id), name } as const;
    let isHeaded = name !== null;
    let [told, run, runs, more] = [0, 0, 0, 0];
    if (isHeaded) yield object;
    for await (const entries of this.#entriesOf(code, id)) {
      const [first] = entries;
      if (first === undefined) continue;
      if (first.run !== run && runs >= last) {
        more = 1;
        break;
      }
      if (!isHeaded) yield object;
      isHeaded = true;
      if (first.run !== run) {
        const logged = await this.reader.world.log.run(first.run);
        if (logged !== null) yield { kind: "run", run: await this.reader.told(logged) };
        runs++;
      }
      run = first.run;
      told += entries.length;
      yield { kind: "entries", entries };
    }
    if (!isHeaded) throw new RunStop(EXIT.usage, [nothingOfObject(code, typed, this.reader.seesEverything)]);
    yield this.#end({ about: "object", told, more, isMoreCounted: more === 0 });
  }

  /** @throws RunStop 64 or 77 */
  #find(code: ClassCode, typed: string): ObjectId {
    const { model, objects } = this.reader.world;
    if (!model.classes.has(code)) {
      throw new RunStop(EXIT.usage, [unknownClass(code, nearestName(code, [...model.classes.keys()]))]);
    }
    if (!this.reader.mayLoad(code)) throw bulkWriteRefusal(code);
    const id = objects.idFromText(code, typed.trim());
    if (id === null) throw new RunStop(EXIT.usage, [idNotPossible(typed)]);
    return id;
  }

  /** Those of one run at a time, the newest run first. */
  async *#entriesOf(code: ClassCode, id: ObjectId): AsyncGenerator<readonly ToldEntry[]> {
    const { log, model } = this.reader.world;
    const pages = this.#pages((page) => log.entriesOf(model, code, id, { ...page, order: "backwards" }));
    const runs = new Map<number, boolean>();
    for await (const page of pages) {
      const ofClass = page.filter((entry) => model.classes.has(entry.class) && isOrIsBelow(model, entry.class, code));
      for (const [run, entries] of Map.groupBy(ofClass, (entry) => entry.run)) {
        if (!runs.has(run)) runs.clear();
        const isOwn = runs.get(run) ?? await this.#isOwn(run);
        runs.set(run, isOwn);
        yield await this.#entries.of(entries.toReversed(), new Set(isOwn ? [run] : []));
      }
    }
  }

  async #isOwn(id: number): Promise<boolean> {
    const run = await this.reader.world.log.run(id);
    return run !== null && this.reader.isOwn(run);
  }

  async *#runs(): AsyncGenerator<LoggedRun> {
    for (let before: number | null = null;;) {
      const runs: readonly LoggedRun[] = await this.reader.world.log.runs(before, RUNS_AT_ONCE);
      if (runs.length === 0) return;
      if (this.breath.isDue) await this.breath.take();
      yield* runs;
      before = runs.at(-1)?.id ?? null;
    }
  }

  async *#pages(
    ask: (page: { readonly beyond: number | null; readonly most: number }) => Promise<readonly LoggedEntry[]>,
  ): AsyncGenerator<readonly LoggedEntry[]> {
    for (let beyond: number | null = null;;) {
      const page: readonly LoggedEntry[] = await ask({ beyond, most: ENTRIES_AT_ONCE });
      if (page.length === 0) return;
      if (this.breath.isDue) await this.breath.take();
      yield page;
      beyond = page.at(-1)?.position ?? null;
    }
  }

  #unknownRun(id: number): RunStop {
    return new RunStop(EXIT.usage, [unknownRun(id, this.reader.seesEverything)]);
  }

  #end(end: Partial<HistoryEnd> & Pick<HistoryEnd, "about" | "told">): HistoryPart {
    const { seesEverything, isLimited, lastPruned, world: { model } } = this.reader;
    return {
      kind: "end",
      end: {
        isForeign: model.hasNoUsers === true,
        more: 0,
        isMoreCounted: true,
        withheld: seesEverything ? "nothing" : isLimited ? "others" : "other_classes",
        prunedUpTo: lastPruned === 0 ? null : lastPruned,
        ...end,
      },
    };
  }
}
