/** Which objects external keys' columns mean: those of a group of records are asked for with one statement. */
import { conditionsOf, type ExternalKeyColumns, type ExternalKeyPart, feedingParts } from "../columns/plan.ts";
import type { Cell, CsvRecord } from "../csv/record.ts";
import type { ClassCode } from "../model/model.ts";
import type { KeyTarget } from "./key_target.ts";
import { createKeyExplainer, type KeyExplainer, type Unresolved } from "./key_explainer.ts";
import { isToCreate } from "./new_targets.ts";
import type { ObjectPlan } from "./object_plan.ts";
import type { TargetMaker } from "./target_maker.ts";
import { RememberedTargets } from "./remembered_targets.ts";
import { rootsBehind, rootsOfOrganizations } from "./roots_behind.ts";
import type { RunContext } from "./run_context.ts";
import { createSearchedValues } from "./searched_through.ts";
import { isEmpty, isNoId, withoutHidden } from "./searched_value.ts";
import { createTargetSearch, type TargetMatch, type TargetSearch } from "./target_search.ts";

export interface ExternalKeyResolver {
  readonly columns: ExternalKeyColumns;
  /** It is to identify the row's object. */
  readonly isReconciliationKey: boolean;
  /** What it means that no column says anything. */
  readonly none: KeyTarget;
  /**
   * What the cells of records mean, one answer for each. What the records between write must not change an answer (see `dependsOn`).
   * @param records of the header's length
   */
  targetsOf(records: readonly Pick<CsvRecord, "cells">[]): Promise<readonly KeyTarget[]>;
  /** Whether its answers may change when an object of `root` is written. */
  dependsOn(root: ClassCode): boolean;
  /** To be told what is written for a row. */
  note(plan: ObjectPlan): void;
  /**
   * Forgets what such an object may have changed: it was written.
   * @param isNoted everything that was written of it
   */
  forget(root: ClassCode, isNoted?: boolean): void;
  /** How often it was seen that examples in its answers may have changed. */
  readonly changedExamples: number;
}

/** A meaning that is not known yet, and the records that wait for it. */
interface Question extends Unresolved {
  readonly name: string;
  readonly records: number[];
}

/** @param isInner it is to find the target of another external key: that it is empty is for that one to judge */
export function createExternalKeyResolver(
  context: RunContext,
  columns: ExternalKeyColumns,
  isInner = false,
): ExternalKeyResolver {
  const feeding = feedingParts(columns);
  const inner = columns.inner.map((one) => createExternalKeyResolver(context, one, true));
  const roots = rootsOf(context, columns);
  const isReconciliationKey = context.plan.keys.some((one) => one.kind === "external_key" && one.columns === columns);
  const remembered = new RememberedTargets();
  const explainer = createKeyExplainer(context, columns);
  const empty = isInner ? NO_TARGET : emptyTarget(columns, isReconciliationKey);
  const keeps = !isReconciliationKey && !isInner && isKeeping(context, feeding);
  const search = createTargetSearch(context, columns);
  const answer = createAnswers(context, columns, inner, explainer, search, !isInner);
  return {
    columns,
    isReconciliationKey,
    none: empty,
    async targetsOf(records) {
      const targets = keeps ? keptTargets(feeding, records, empty) : new Array<KeyTarget>(records.length).fill(empty);
      const questions = questionsIn(feeding, records, (name, index) => {
        const known = remembered.get(name);
        if (known !== undefined) targets[index] = known;
        return known !== undefined;
      });
      const answers = questions.length === 0 ? [] : await answer(questions);
      questions.forEach(({ name, records }, position) => {
        const target = answers[position] ?? empty;
        for (const index of records) targets[index] = target;
        // What is not there yet may be found the next time.
        if (!isToCreate(target) && !(target.ok && search.hasLearned)) remembered.set(name, target);
      });
      return targets;
    },
    dependsOn: (root) => roots.has(root) || inner.some((one) => one.dependsOn(root)),
    note(plan) {
      for (const one of inner) one.note(plan);
      explainer.shown.note(plan);
    },
    forget(root, isNoted = false) {
      for (const one of inner) one.forget(root, isNoted);
      if (!roots.has(root) && !inner.some((one) => one.dependsOn(root))) return;
      remembered.clear();
      search.forget();
      if (!isNoted) explainer.shown.forget();
    },
    get changedExamples() {
      return inner.reduce((sum, one) => sum + one.changedExamples, explainer.shown.forgotten);
    },
  };
}

/** One answer for each question: the object that is found, or why there is none. */
type Answers = (questions: readonly Question[]) => Promise<readonly KeyTarget[]>;

function createAnswers(
  context: RunContext,
  columns: ExternalKeyColumns,
  inner: readonly ExternalKeyResolver[],
  explainer: KeyExplainer,
  search: TargetSearch,
  isOuter: boolean,
): Answers {
  const { target, code } = columns.key;
  const creates = isOuter && context.createTargets.has(code);
  const codes = conditionsOf(columns);
  const valuesOf = createSearchedValues(context, columns, inner);
  let maker: TargetMaker | null = null;
  const create: TargetMaker = async (records) => {
    maker ??= (await import("./target_maker.ts")).createTargetMaker(context, columns, inner);
    return await maker(records);
  };
  return async (questions) => {
    const { values: typed, unresolved: inTheWay } = await valuesOf(questions);
    const found = await search.find(await withoutHidden(context, target, codes, typed));
    const made = creates ? await madeOf(questions, found, inTheWay, create) : NOTHING_MADE;
    const isResolved = (index: number) => found[index]?.kind === "one" || made.has(index);
    const unresolved = questions.filter((_, index) => !isResolved(index));
    const problems = unresolved.length === 0
      ? NO_PROBLEMS
      : (await explainer.explain(unresolved, found.filter((_, index) => !isResolved(index)))).values();
    return found.map((match, index) => {
      if (match.kind === "one") return { ok: true, id: match.object.id };
      const target = made.get(index);
      if (target !== undefined) return target;
      const problem = problems.next().value ?? NO_TARGET;
      return inTheWay.get(index) ?? problem;
    });
  };
}

/** Whether columns without any text change nothing. What a new object got there of a map, the next run of the file leaves alone. */
function isKeeping({ emptyCells, plan: { mapping } }: RunContext, parts: FeedingParts): boolean {
  return emptyCells === "keep" || parts.some(({ cell }) => mapping?.defaults.has(cell) === true);
}

/** What is to be created for questions to which nothing is the answer, by their index. */
async function madeOf(
  questions: readonly Question[],
  found: readonly TargetMatch[],
  inTheWay: ReadonlyMap<number, KeyTarget>,
  create: TargetMaker,
): Promise<ReadonlyMap<number, KeyTarget>> {
  const asked = [...questions.entries()].filter(([index]) => found[index]?.kind === "none" && !inTheWay.has(index));
  if (asked.length === 0) return NOTHING_MADE;
  const made = await create(asked.map(([, question]) => question));
  return new Map(asked.map(([index], position) => [index, made[position] ?? NO_TARGET]));
}

const NOTHING_MADE: ReadonlyMap<number, KeyTarget> = new Map();

const KEPT: KeyTarget = { ok: true, id: null, isKept: true };

/** What empty columns mean where they change nothing: of a target that is none they say something. */
function keptTargets(parts: FeedingParts, records: readonly RecordCells[], empty: KeyTarget): KeyTarget[] {
  return records.map(({ cells }) => parts.every(({ cell }) => cells[cell] === "") ? KEPT : empty);
}

type FeedingParts = readonly ExternalKeyPart[];
type RecordCells = Pick<CsvRecord, "cells">;

const NO_TARGET: KeyTarget = { ok: true, id: null };
const NO_PROBLEMS: Iterator<KeyTarget> = [].values();

/** What columns without any text mean. */
function emptyTarget({ key }: ExternalKeyColumns, isReconciliationKey: boolean): KeyTarget {
  if (key.nullAllowed) return { ok: true, id: null };
  const kind = isReconciliationKey ? "missing_mandatory_key" : "key_is_null";
  return { ok: false, problem: { kind }, missingId: null };
}

/**
 * What is to be asked for records by what their cells say, each once; nothing for cells without text.
 * @param answered whether the answer for a record is known already
 */
function questionsIn(
  parts: FeedingParts,
  records: readonly RecordCells[],
  answered: (name: string, index: number) => boolean,
): readonly Question[] {
  const questions = new Map<string, Question>();
  records.forEach(({ cells }, index) => {
    if (areEmpty(parts, cells)) return;
    const name = nameOf(parts, cells);
    const known = questions.get(name);
    if (known !== undefined) known.records.push(index);
    else if (!answered(name, index)) questions.set(name, { name, cells, records: [index] });
  });
  return [...questions.values()];
}

/** The roots of the objects behind the searched attributes, and behind the names by which examples are sorted. */
function rootsOf(
  { model, someObjectsAreHidden }: RunContext,
  columns: ExternalKeyColumns,
): ReadonlySet<ClassCode> {
  const { key } = columns;
  const roots = new Set(
    [...conditionsOf(columns), "friendlyname"].flatMap((code) => [...rootsBehind(model, key.target, code)]),
  );
  return someObjectsAreHidden ? roots.union(rootsOfOrganizations(model, roots)) : roots;
}

/** What the cells say, as one text. */
function nameOf(parts: FeedingParts, cells: readonly Cell[]): string {
  let name = textOf(parts[0], cells);
  for (let index = 1; index < parts.length; index++) name += `\u0000${textOf(parts[index], cells)}`;
  return name;
}

function textOf(part: ExternalKeyPart | undefined, cells: readonly Cell[]): string {
  return part === undefined ? "" : cells[part.cell] ?? "";
}

/** Whether the columns of an external key say nothing, or that there is no target. @param parts all that feed it */
export function areEmpty(parts: FeedingParts, cells: readonly Cell[]): boolean {
  for (const { cell, holdsIds } of parts) {
    const text = cells[cell];
    if (!(holdsIds ? isNoId(text) : isEmpty(text))) return false;
  }
  return true;
}
