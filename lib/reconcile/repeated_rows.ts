/**
 * Rows that repeat, cell by cell, a row of their part that has created its object: what was handed over for that one is what a search would
 * find, so nothing is looked for, and nothing is left to do. So it is only where nothing that others have added can refuse the first one.
 */
import type { Cell } from "../csv/record.ts";
import { isColumn } from "../model/look_up.ts";
import type { RoleOfColumn } from "./column_role.ts";
import { CreatedInWait } from "./created_in_wait.ts";
import { changesNothing, type Creation, type ObjectPlanner } from "./object_plan.ts";
import { hasProblems } from "./obstacle.ts";
import { codeOfKey } from "./own_keys.ts";
import type { ReachedObjects } from "./reached_objects.ts";
import type { AskedRow } from "./row_questions.ts";
import type { RowReader } from "./row_reader.ts";
import type { RunContext } from "./run_context.ts";
import type { ToldRows } from "./told_rows.ts";

interface Parts {
  readonly context: RunContext;
  readonly planner: ObjectPlanner;
  readonly reader: RowReader;
  readonly reached: ReachedObjects;
  readonly told: ToldRows;
}

export class RepeatedRows {
  /** By what all their cells say. */
  readonly #created = new CreatedInWait(({ row }) => textOf(row.record.cells));
  #last: AskedRow | null = null;

  private constructor(private readonly parts: Parts) {}

  /** Null: what a search finds cannot be told from what was handed over. */
  static of(parts: Parts): RepeatedRows | null {
    return isTold(parts) ? new RepeatedRows(parts) : null;
  }

  /** The row as if it had been asked about once more; null: it must be. */
  known(row: AskedRow): AskedRow | null {
    this.#last = null;
    if (row.match?.kind !== "none" || row.key === null || row.key.isEmpty || row.key.asStored !== null) return null;
    const { planner, reader, told } = this.parts;
    const created = this.#created.find(told.waiting, textOf(row.record.cells));
    if (created === null) return null;
    const { plan, newId: id } = created;
    if (plan.kind !== "create" || id === null || !this.#isFoundByKey(row, plan)) return null;
    const values = planner.read.map((code) => plan.initialValue(code));
    const object = { class: plan.class, id, values };
    const read = reader.read(row.record, row.targets, object, row.key.parsed);
    if (hasProblems(read)) return null;
    const change = planner.change(read, object, values);
    if (!changesNothing(change)) return null;
    const known = { ...row, match: { kind: "one", object } as const, read, plan: change };
    this.#last = known;
    created.answersOthers = true;
    return known;
  }

  /** Leaves the object of a row alone that is known so. @returns false: it is none */
  leave(row: AskedRow): boolean {
    if (this.#last !== row || row.match?.kind !== "one") return false;
    this.parts.reached.note(row, row.match.object.id);
    this.parts.told.unchanged(row);
    return true;
  }

  /** Whether the keys of the row are what was stored, and not what stands there for nothing. */
  #isFoundByKey({ key }: AskedRow, plan: Creation): boolean {
    const { keys } = this.parts.context.plan;
    return keys.every((one, place) => plan.initialValue(codeOfKey(one)) === (key?.values?.[place] ?? null));
  }
}

/** Kinds of which an object may have something else than was handed over. */
const OTHERWISE_STORED: ReadonlySet<string> = new Set(["password", "case_log", "link_set"]);

function isTold({ context, planner, reader: { roles } }: Parts): boolean {
  const { plan, model, store, createTargets, rules, onMissing, onFound, someObjectsAreHidden } = context;
  if (model.hasNoUsers === true || rules !== null || someObjectsAreHidden || createTargets.size > 0) return false;
  if (onMissing !== "create" || onFound !== "update") return false;
  if ((plan.mapping?.defaults.size ?? 0) > 0 || store.mayRefuse(plan.class.code)) return false;
  const areSearched = plan.keys.every((key) => {
    const attribute = key.kind === "id" ? undefined : plan.class.attributes.get(codeOfKey(key));
    return attribute !== undefined && isColumn(attribute);
  });
  const isOther = ({ role }: RoleOfColumn) => "attribute" in role && OTHERWISE_STORED.has(role.attribute.kind);
  const { attributes } = planner.template;
  return areSearched && !roles.some(isOther) && planner.read.every((code) => attributes.includes(code));
}

function textOf(cells: readonly Cell[]): string {
  return JSON.stringify(cells);
}
