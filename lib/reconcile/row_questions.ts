/** What must be known of rows before they are decided: asked of the database for many rows at once. */
import type { StoredValue } from "../model/model.ts";
import type { Match } from "../store/objects.ts";
import type { ObjectCheck } from "./check_before_writing.ts";
import type { ExternalKeyResolver } from "./external_key.ts";
import type { KeyTarget } from "./key_target.ts";
import type { Matcher, RowKey } from "./match.ts";
import { changesNothing, type ObjectPlan, type ObjectPlanner } from "./object_plan.ts";
import { formProblem, hasProblems } from "./obstacle.ts";
import type { ReadRow, RowObject, RowReader } from "./row_reader.ts";
import type { Rejection } from "./row_result.ts";
import type { IndexedRecord } from "./row_teller.ts";
import type { RunContext } from "./run_context.ts";

/** A row and all that was found out about it. */
export interface AskedRow extends IndexedRecord {
  /** What is wrong with its form; null: nothing. A malformed row is not looked at any further. */
  readonly form: Rejection | null;
  readonly key: RowKey | null;
  /** Null: its keys cannot be looked for. */
  readonly match: Match | null;
  /** It matches nothing but an object that the user may not see. */
  readonly isHidden: boolean;
  readonly read: ReadRow;
  /** What it would do; null: it has no object, or one that is `long`. */
  readonly plan: ObjectPlan | null;
  /** The matched object's values are long: they are read when it is the row's turn, which is to ask again. */
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
}

/** A row whose keys are known. */
interface KeyedRow extends IndexedRecord {
  readonly targets: readonly KeyTarget[];
  readonly key: RowKey;
}

/** What the matches of a row say. */
interface Found {
  readonly match: Match | null;
  readonly isHidden: boolean;
}

const NOTHING_READ: ReadRow = { targets: [], values: [], linkSets: [], problems: new Map() };
const NO_MATCH: Match = { kind: "none" };

export class RowQuestions {
  constructor(private readonly askers: RowAskers) {}

  /** One answer for each row. @param rows that depend on each other by their reconciliation keys only */
  async ask(rows: readonly IndexedRecord[]): Promise<readonly AskedRow[]> {
    const { headers } = this.askers.context.plan;
    const forms = rows.map(({ record }) => formProblem(record, headers));
    const keyed = await this.#keyed(rows.filter((_, index) => forms[index] === null));
    const found = await this.#find(keyed);
    const asked: AskedRow[] = [];
    // A row that is alone may take its time; of many, none waits for the database again.
    const isAlone = rows.length === 1 || this.askers.reader.hasLinkSets;
    for (const [index, row] of keyed.entries()) {
      const answer = found[index] ?? UNMATCHED;
      asked.push(isAlone ? await this.#readAlone(row, answer) : this.#read(row, answer));
    }
    await this.#prepareChecks(asked);
    if (asked.length === rows.length) return asked;
    const good = asked.values();
    return rows.map((row, index) => malformed(row, forms[index] ?? null) ?? good.next().value ?? never());
  }

  /** The answer once more: others have written since, or it was put off. */
  async askAgain(asked: AskedRow): Promise<AskedRow> {
    const { record, index, key } = asked;
    if (key === null) return asked;
    const row = { record, index, key, targets: asked.read.targets };
    const [found] = await this.#find([row]);
    return await this.#readAlone(row, found ?? UNMATCHED);
  }

  async #keyed(rows: readonly IndexedRecord[]): Promise<readonly KeyedRow[]> {
    const { resolvers, matcher } = this.askers;
    const records = rows.map(({ record }) => record);
    const lists: (readonly KeyTarget[])[] = [];
    for (const resolver of resolvers) lists.push(await resolver.targetsOf(records));
    return rows.map(({ record, index }, place) => {
      const targets = lists.map((list) => list[place] ?? never());
      return { record, index, targets, key: matcher.keyOf(record, targets) };
    });
  }

  async #find(rows: readonly KeyedRow[]): Promise<readonly Found[]> {
    const { matcher, context } = this.askers;
    const keys: (readonly StoredValue[])[] = [];
    for (const { key } of rows) if (key.values !== null) keys.push(key.values);
    const matches = keys.length === 0 ? [] : await matcher.find(keys);
    const hidden = new Set<readonly StoredValue[]>();
    if (context.someObjectsAreHidden) {
      const unmatched = keys.filter((_, index) => matches[index]?.kind === "none");
      const areHidden = await matcher.areHidden(unmatched);
      unmatched.forEach((key, index) => areHidden[index] === true && hidden.add(key));
    }
    const next = matches.values();
    return rows.map(({ key: { values } }) =>
      values === null ? UNMATCHED : { match: next.next().value ?? NO_MATCH, isHidden: hidden.has(values) }
    );
  }

  /** Long values are put off. */
  #read({ record, index, targets, key }: KeyedRow, found: Found): AskedRow {
    const { match } = found;
    const read = this.askers.reader.read(record, targets, objectOf(match));
    const row = { record, index, key, form: null, match, isHidden: found.isHidden, read };
    const values = match?.kind === "one" ? match.object.values : null;
    return { ...row, plan: this.#plan(read, match, values), isLong: match?.kind === "one" && values === null };
  }

  /** With link sets and long values. */
  async #readAlone({ record, index, targets, key }: KeyedRow, found: Found): Promise<AskedRow> {
    const { reader, matcher } = this.askers;
    const { match } = found;
    const object = objectOf(match);
    let read = reader.read(record, targets, object);
    if (reader.hasLinkSets) read = await reader.readLinkSets(record, read, object);
    const values = match?.kind === "one" ? await matcher.valuesOf(match.object) : null;
    return { record, index, key, form: null, ...found, read, plan: this.#plan(read, match, values), isLong: false };
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
    const plans = rows.filter(({ read }) => !hasProblems(read)).map(({ plan }) => plan)
      .filter((plan) => plan !== null).filter((plan) => !changesNothing(plan));
    await check.prepare(plans.map(({ checked }) => checked));
  }
}

const UNMATCHED: Found = { match: null, isHidden: false };

function objectOf(match: Match | null): RowObject {
  if (match?.kind === "one") return match.object;
  return match?.kind === "none" ? "new" : "unknown";
}

function malformed(row: IndexedRecord, form: Rejection | null): AskedRow | null {
  if (form === null) return null;
  const { record, index } = row;
  return {
    record,
    index,
    form,
    key: null,
    match: null,
    isHidden: false,
    read: NOTHING_READ,
    plan: null,
    isLong: false,
  };
}

function never(): never {
  throw new Error("there is one answer for each question");
}
