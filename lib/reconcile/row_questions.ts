/** What must be known of rows before they are decided: asked of the database for many rows at once. */
import type { CsvRecord } from "../csv/record.ts";
import type { ClassCode, StoredValue } from "../model/model.ts";
import type { AskedMatches, Match } from "../store/objects.ts";
import type { ObjectCheck } from "./check_before_writing.ts";
import type { ExternalKeyResolver } from "./external_key.ts";
import { createWithoutKept, type WithoutKept } from "./kept_values.ts";
import type { KeyTarget } from "./key_target.ts";
import type { Matcher, RowKey } from "./match.ts";
import { giveIds } from "./new_targets.ts";
import { changesNothing, type ObjectPlan, type ObjectPlanner } from "./object_plan.ts";
import { ExpectedRows, keysOf } from "./expected_rows.ts";
import { formProblem, hasProblems } from "./obstacle.ts";
import { type SeveralFound, severalOfEach } from "./objects_in_the_way.ts";
import { newRow, objectOf, type RowBeingAsked } from "./row_being_asked.ts";
import type { ReadRow, RowReader } from "./row_reader.ts";
import type { Rejection } from "./row_result.ts";
import { RowsOfMaps } from "./rows_of_maps.ts";
import type { IndexedRecord } from "./row_teller.ts";
import type { RunContext } from "./run_context.ts";
import type { TargetsOfRows } from "./targets_of_rows.ts";

/** A row and all that was found out about it. */
export interface AskedRow extends IndexedRecord {
  /** What it was before defaults of a map were put into it, because it has no object yet; null: it is the same. */
  readonly withoutDefaults: Pick<AskedRow, "record" | "targets"> | null;
  /** What is wrong with its form; null: nothing. A malformed row is not looked at any further. */
  readonly form: Rejection | null;
  /** What its external keys mean, by the index of the resolver, whatever the object's class makes of that. */
  readonly targets: readonly KeyTarget[];
  readonly key: RowKey | null;
  /** Null: its keys cannot be looked for. */
  readonly match: Match | null;
  /** What it matches, where that is several objects. */
  readonly several: SeveralFound | null;
  /** It matches nothing but an object that the user may not see. */
  readonly isHidden: boolean;
  readonly read: ReadRow;
  /** What it would do; null: it has no object, or it `isLong` and has one. */
  readonly plan: ObjectPlan | null;
  /** The matched object's values are long, or its link sets are: they are read when it is the row's turn, which is to ask again. */
  readonly isLong: boolean;
}

/** What the questions are asked with. */
export interface RowAskers {
  readonly context: RunContext;
  readonly resolvers: readonly ExternalKeyResolver[];
  readonly reader: RowReader;
  readonly matcher: Matcher;
  readonly planner: ObjectPlanner;
  readonly check: ObjectCheck;
  /** Null: rows create no targets. */
  readonly newTargets: TargetsOfRows | null;
  /** @see writtenRoots */
  readonly written: readonly ClassCode[];
  /** Whether rows that were worked since they were last asked about may have changed what a key finds. */
  readonly mayBeWritten: (key: readonly StoredValue[]) => boolean;
}

export class RowQuestions {
  /** By the index of the resolver: what its columns mean in records that are still to come; null: not asked. */
  #ahead: readonly (readonly KeyTarget[] | null)[] = [];
  /** The first of these records. */
  #at = 0;
  /** Null: there are no defaults. */
  readonly #ofMaps: RowsOfMaps | null;
  /** Null: only good values are stored. */
  readonly #withoutKept: WithoutKept | null;
  /** Those that `ask` is asked about later. */
  readonly expected: ExpectedRows;

  constructor(private readonly askers: RowAskers) {
    this.#ofMaps = RowsOfMaps.of(askers.context, askers.resolvers);
    this.#withoutKept = createWithoutKept(askers);
    this.expected = new ExpectedRows(askers);
  }

  /**
   * Asks what external keys of many records mean, where nothing that the run writes can change an answer.
   * @param records that `ask` will be asked about, in this order
   */
  async begin(records: readonly CsvRecord[]): Promise<void> {
    const lists: (readonly KeyTarget[] | null)[] = [];
    for (const resolver of this.askers.resolvers) {
      const mayChange = this.askers.written.some((root) => resolver.dependsOn(root));
      lists.push(mayChange ? null : await resolver.targetsOf(records));
    }
    this.#ahead = lists;
    this.#at = 0;
  }

  /**
   * One answer for each row, but for those behind one that may need what rows before it create: they are to be asked about later.
   * @param records that depend on each other by their reconciliation keys only, `start` the first one's index
   */
  async ask(records: readonly CsvRecord[], start: number): Promise<readonly AskedRow[]> {
    const { plan } = this.askers.context;
    const expected = this.expected.take(records, start);
    const rows = expected?.rows ??
      await this.#askTargets(records.map((record, place) => newRow(record, start + place, formProblem(record, plan))));
    const good = rows.every(({ form }) => form === null) ? rows : rows.filter(({ form }) => form === null);
    await this.#askMatches(good, expected?.matches);
    await this.#ofMaps?.fillNew(good);
    // A row that is alone may take its time; of many, none waits for the database again.
    const [only] = rows.length === 1 ? good : [];
    if (only !== undefined) await this.#readAlone(only);
    else await this.#readMany(good);
    await this.#prepareChecks(good);
    return rows;
  }

  /** The answer once more: others have written since, or it was put off. */
  async askAgain(asked: AskedRow): Promise<AskedRow> {
    const row = { ...asked, ...asked.withoutDefaults, withoutDefaults: null };
    await this.#askMatches([row]);
    await this.#ofMaps?.fillNew([row]);
    await this.#readAlone(row);
    return row;
  }

  /** The same, and what its external keys mean: others have created targets since. */
  async askWhole(asked: AskedRow): Promise<AskedRow> {
    const row = { ...asked, ...asked.withoutDefaults, withoutDefaults: null, isHidden: false };
    const targets: KeyTarget[] = [];
    for (const resolver of this.askers.resolvers) {
      const [target] = await resolver.targetsOf([row.record]);
      targets.push(target ?? never());
    }
    row.targets = targets;
    row.key = this.askers.matcher.keyOf(row.record, targets);
    await this.#askMatches([row]);
    await this.#ofMaps?.fillNew([row]);
    await this.#readAlone(row);
    await this.#prepareChecks([row]);
    return row;
  }

  /** Of malformed rows too: their answers are not used. @returns those that may be asked about together */
  async #askTargets(all: readonly RowBeingAsked[]): Promise<readonly RowBeingAsked[]> {
    const { resolvers, matcher, newTargets } = this.askers;
    const records = all.map(({ record }) => record);
    const lists: (readonly KeyTarget[])[] = [];
    for (const [index, resolver] of resolvers.entries()) {
      const ahead = this.#ahead[index]?.slice(this.#at, this.#at + all.length);
      lists.push(ahead ?? await resolver.targetsOf(records));
    }
    all.forEach((row, place) => {
      if (row.form === null) row.targets = lists.map((list) => list[place] ?? never());
    });
    const ifNew = newTargets === null || all.length < 2 ? null : await this.#ofMaps?.targetsIfNew(all) ?? null;
    const rows = newTargets === null ? all : all.slice(0, newTargets.together(all, ifNew));
    for (const row of rows) {
      if (row.form !== null) continue;
      giveIds(row.targets);
      row.key = matcher.keyOf(row.record, row.targets);
    }
    this.#at += rows.length;
    return rows;
  }

  /** @param asked of the very same rows; left out: nothing was */
  async #askMatches(rows: readonly RowBeingAsked[], asked?: AskedMatches): Promise<void> {
    const { matcher, context } = this.askers;
    const keys = keysOf(rows);
    const matches = keys.length === 0 ? [] : await matcher.find(keys, asked);
    const several = await severalOfEach(context, matches);
    let next = 0;
    for (const row of rows) {
      row.match = row.key === null || row.key.values === null ? null : matches[next++] ?? never();
      row.several = row.match === null ? null : several.get(row.match) ?? null;
    }
    if (context.someObjectsAreHidden) await this.#askHidden(rows.filter(({ match }) => match?.kind === "none"));
  }

  async #askHidden(unmatched: readonly RowBeingAsked[]): Promise<void> {
    const areHidden = await this.askers.matcher.areHidden(unmatched.map(({ key }) => key?.values ?? never()));
    unmatched.forEach((row, place) => row.isHidden = areHidden[place] === true);
  }

  /** Rows that stand apart. Long values are put off, and so are link sets that cannot be read with others. */
  async #readMany(rows: readonly RowBeingAsked[]): Promise<void> {
    const { reader } = this.askers;
    for (const row of rows) {
      row.read = reader.read(row.record, row.targets, objectOf(row.match), row.key?.parsed ?? []);
      row.isLong = row.match?.kind === "one" && row.match.object.values === null;
    }
    if (reader.hasLinkSets) await this.#readLinkSets(rows.filter(({ isLong }) => !isLong));
    for (const row of rows) this.#planRead(row);
  }

  async #readLinkSets(rows: readonly RowBeingAsked[]): Promise<void> {
    const read = await this.askers.reader.readLinkSets(
      rows.map(({ record, read, match }) => ({ record, read, object: objectOf(match) })),
      true,
    );
    rows.forEach((row, place) => {
      row.isLong = read[place] === null;
      row.read = read[place] ?? row.read;
    });
  }

  #planRead(row: RowBeingAsked): void {
    const { match, isLong } = row;
    // Whoever asks what a row would create need not wait for its links.
    if (isLong && match?.kind !== "none") return;
    const values = match?.kind === "one" ? match.object.values : null;
    if (values !== null && this.#withoutKept !== null) row.read = this.#withoutKept(row.record, row.read, values);
    row.plan = this.#plan(row.read, match, values);
  }

  /** With link sets and long values. */
  async #readAlone(row: RowBeingAsked): Promise<void> {
    const { reader, matcher } = this.askers;
    const { match, record } = row;
    const object = objectOf(match);
    row.read = reader.read(record, row.targets, object, row.key?.parsed ?? []);
    if (reader.hasLinkSets) {
      const [read] = await reader.readLinkSets([{ record, read: row.read, object }], false);
      row.read = read ?? never();
    }
    const values = match?.kind === "one" ? await matcher.valuesOf(match.object) : null;
    if (values !== null && this.#withoutKept !== null) row.read = this.#withoutKept(record, row.read, values);
    row.plan = this.#plan(row.read, match, values);
    row.isLong = false;
  }

  /** @param values of the matched object; null: they are not known */
  #plan(read: ReadRow, match: Match | null, values: readonly StoredValue[] | null): ObjectPlan | null {
    const { planner } = this.askers;
    if (match?.kind === "none") return planner.creation(read);
    return match?.kind === "one" && values !== null ? planner.change(read, match.object, values) : null;
  }

  async #prepareChecks(rows: readonly AskedRow[]): Promise<void> {
    const { check } = this.askers;
    if (!check.isNeeded) return;
    const plans: ObjectPlan[] = [];
    for (const { plan, read } of rows) {
      if (plan !== null && !changesNothing(plan) && !hasProblems(read)) plans.push(plan);
    }
    await check.prepare(plans);
  }
}

function never(): never {
  throw new Error("there is one answer for each question");
}
