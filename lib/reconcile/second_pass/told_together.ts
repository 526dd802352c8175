/** What became of rows in both readings of their file, as one result. */
import { labelIn } from "../../model/look_up.ts";
import type { AttributeCode } from "../../model/model.ts";
import { asItCame } from "../../columns/came_from.ts";
import type { RoleOfColumn } from "../column_role.ts";
import type { ExternalKeyResolver } from "../external_key.ts";
import { changedAttributes, changesNothing, type ObjectPlanner } from "../object_plan.ts";
import { ObjectNames } from "../object_names.ts";
import type { CellTrouble } from "../problems.ts";
import { ReportedChanges } from "../reported_changes.ts";
import { type ChangedAttributes, createRowCells, type RowCells } from "../row_cells.ts";
import type { ReadRow } from "../row_reader.ts";
import type { Rejection, ReportedChange, ReportedObject, RowOutcome, RowResult, ShownCell } from "../row_result.ts";
import type { RunContext } from "../run_context.ts";
import type { Cause } from "./held_rows.ts";
import { EARLY, type SecondRow } from "./second_row.ts";
import type { SplitPlan } from "./split_plan.ts";

type Rejected = Extract<RowOutcome, { readonly kind: "rejected" }>;

const NO_CHANGES: readonly ReportedChange[] = [];
const NO_CELLS: readonly ShownCell[] = [];
const NOTHING_READ = { targets: [], values: [], problems: new Map() };

export class ToldTogether {
  readonly #cells: RowCells;
  readonly #changes: ReportedChanges;
  readonly #names: ObjectNames;
  readonly #keys: readonly AttributeCode[];
  /** Where the attributes stand among those of a new object, and among the changes of one that was there. */
  readonly #placesInNew: ReadonlyMap<AttributeCode, number>;
  readonly #placesInFile: ReadonlyMap<AttributeCode, number>;

  /** @param context with the plan of the second reading */
  constructor(
    private readonly context: RunContext,
    private readonly split: SplitPlan,
    resolvers: readonly ExternalKeyResolver[],
    roles: readonly RoleOfColumn[],
    planner: ObjectPlanner,
  ) {
    this.#cells = createRowCells(context, resolvers, roles);
    this.#changes = new ReportedChanges(context, resolvers, planner);
    this.#names = new ObjectNames(context.store);
    this.#keys = resolvers.map(({ columns }) => columns.key.code);
    const { whole } = split;
    const inFile = [
      ...whole.externalKeys.map(({ key }) => key.code),
      ...whole.direct.map(({ attribute }) => attribute === "id" ? "id" : attribute.code),
    ];
    this.#placesInNew = placesOf([...whole.class.attributes.keys()]);
    this.#placesInFile = placesOf(inFile);
  }

  async tell(rows: readonly SecondRow[], tell: (result: RowResult) => void): Promise<void> {
    const changes = await this.#changesOf(rows);
    const names = await this.#namesOf(rows);
    for (const row of rows) {
      const { record, index, first } = row;
      const outcome = this.#outcome(row, changes.get(row) ?? NO_CHANGES);
      const id = first.reached?.id;
      const name = id === undefined ? undefined : names.get(id);
      tell({
        record: index,
        line: record.line,
        typed: asItCame(record),
        outcome: name === undefined ? outcome : withName(outcome, name),
        reached: first.reached,
        cells: this.#shownCells(row, outcome),
      });
    }
  }

  #outcome(row: SecondRow, changes: readonly ReportedChange[]): RowOutcome {
    const { first: { outcome }, cause } = row;
    if (outcome.kind === "skipped") return outcome;
    if (outcome.kind === "rejected") return this.#rejectedTwice(row, outcome);
    if (cause !== null) return this.#rejected(row, cause, outcome.object);
    if (outcome.kind === "created") {
      // Who is told no values need not be told these.
      return outcome.values.length === 0 ? outcome : { ...outcome, values: this.#valuesOfNew(outcome.values, changes) };
    }
    const before = outcome.kind === "updated" ? outcome.changes : NO_CHANGES;
    if (before.length + changes.length === 0) return outcome;
    const all = sorted([...before, ...changes], this.#placesInFile);
    return outcome.kind === "updated"
      ? { ...outcome, changes: all }
      : { kind: "updated", object: outcome.object, changes: all };
  }

  #valuesOfNew(values: readonly ReportedChange[], changes: readonly ReportedChange[]): readonly ReportedChange[] {
    const keys = this.#keys.map((attribute) =>
      changes.find((change) => change.attribute === attribute) ?? { attribute, oldValue: null, newValue: null }
    );
    const others = values.filter(({ attribute }) => !this.#keys.includes(attribute));
    return sorted([...others, ...keys], this.#placesInNew);
  }

  #rejected(row: SecondRow, cause: Cause, object: ReportedObject): Rejected {
    return { kind: "rejected", reason: this.#reasonOf(cause), others: [], object, cells: this.#troubles(row) };
  }

  /** In error in the first reading, or held back there. */
  #rejectedTwice(row: SecondRow, outcome: Rejected): Rejected {
    const { others = [] } = outcome;
    const isHeldBack = isMarked(outcome.reason);
    if (isHeldBack) return this.#heldBack(row, outcome);
    const troubles = this.#troubles(row);
    if (troubles.length === 0) return outcome;
    const cells = this.#allTroubles(outcome, row);
    const isToldOfCells = EARLY.has(outcome.reason.kind) || outcome.reason.kind === "bad_cells";
    return isToldOfCells
      ? { ...outcome, cells }
      : { ...outcome, reason: { kind: "bad_cells" }, others: [outcome.reason, ...others], cells };
  }

  #heldBack(row: SecondRow, outcome: Rejected): Rejected {
    const cells = this.#allTroubles(outcome, row);
    const isKnown = row.cause !== null && (row.cause.kind !== "key" || cells.length > 0);
    const reason = this.#reasonOf(isKnown && row.cause !== null ? row.cause : { kind: "refused", reason: null });
    return { ...outcome, reason, cells };
  }

  #reasonOf(cause: Cause): Rejection {
    const { plan, model, language } = this.context;
    if (cause.kind === "key") return { kind: "bad_cells" };
    if (cause.kind === "refused") return cause.reason ?? { kind: "refused", problems: [{ kind: "held_back" }] };
    const key = plan.externalKeys[cause.key]?.key;
    const [attribute, label] = [key?.code ?? "", labelIn(key?.labels ?? new Map(), language, model, key?.code ?? "")];
    return { kind: "refused", problems: [{ kind: "loop_of_rows", attribute, label }] };
  }

  #allTroubles(outcome: Rejected, row: SecondRow): readonly CellTrouble[] {
    const keys = new Set(this.split.whole.externalKeys.map(({ key }) => key.code));
    const placeOf = ({ attribute, columns, cell }: CellTrouble) =>
      this.split.whole.headers.indexOf(columns[0] ?? "") +
      (cell === null && keys.has(attribute) ? 0 : this.split.whole.headers.length);
    return [...outcome.cells, ...this.#troubles(row)].sort((a, b) => placeOf(a) - placeOf(b));
  }

  /** What is wrong with the cells of the keys; nothing where these are not what the row is in error for. */
  #troubles(row: SecondRow): readonly CellTrouble[] {
    const { record, isMalformed, cause } = row;
    if (isMalformed || (cause !== null && cause.kind !== "key")) return [];
    const isEarly = row.first.outcome.kind === "rejected" && EARLY.has(row.first.outcome.reason.kind);
    return this.#cells.troubles(record, row.read.targets, isEarly ? new Map() : row.read.problems);
  }

  #shownCells(row: SecondRow, outcome: RowOutcome): readonly ShownCell[] {
    if (!this.context.cellsAreShown) return NO_CELLS;
    const { record, first, plan, cause } = row;
    if (outcome.kind === "skipped") {
      return this.split.together(first.cells, this.#cells.asTyped(record, NOTHING_READ, false));
    }
    const read: ReadRow = cause !== null && cause.kind !== "key"
      ? { ...row.read, targets: [], problems: new Map() }
      : row.read;
    const isEarly = outcome.kind === "rejected" && EARLY.has(outcome.reason.kind);
    const changed: ChangedAttributes = first.outcome.kind === "created" || first.reached === null
      ? "all"
      : plan === null
      ? NOTHING
      : changedAttributes(plan);
    const second = isEarly
      ? this.#cells.asTyped(record, read, outcome.reason.kind !== "wrong_date")
      : this.#cells.asRead(record, read, changed, null);
    return this.split.together(first.cells, second);
  }

  async #changesOf(rows: readonly SecondRow[]): Promise<ReadonlyMap<SecondRow, readonly ReportedChange[]>> {
    const newValues = this.context.shown.newValues();
    const asked = rows.filter(({ plan, cause, first }) =>
      plan !== null && cause === null && !changesNothing(plan) && (first.outcome.kind !== "created" || newValues)
    );
    if (asked.length === 0) return new Map();
    const told = await this.#changes.of(asked.flatMap(({ plan }) => plan ?? []));
    return new Map(asked.map((row, index) => [row, told[index] ?? NO_CHANGES]));
  }

  /** Names may be made of the keys. */
  async #namesOf(rows: readonly SecondRow[]): ReturnType<ObjectNames["of"]> {
    const { shown, plan } = this.context;
    const isNamed = { created: shown.names("create"), updated: shown.names("update") };
    const ids = !isNamed.created && !isNamed.updated ? [] : rows.flatMap(({ first, plan, cause }) => {
      if (cause !== null || first.reached === null) return [];
      const { kind } = first.outcome;
      const isUpdated = kind === "updated" || (kind === "unchanged" && plan !== null && !changesNothing(plan));
      return (kind === "created" && isNamed.created) || (isUpdated && isNamed.updated) ? [first.reached.id] : [];
    });
    return await this.#names.of(plan.class.code, ids);
  }
}

const NOTHING: ReadonlySet<AttributeCode> = new Set();

/** It is `HELD_BACK`, and may have come back from a file. */
function isMarked(reason: Rejection): boolean {
  return reason.kind === "refused" && reason.problems.length === 0;
}

function placesOf(attributes: readonly AttributeCode[]): ReadonlyMap<AttributeCode, number> {
  return new Map(attributes.map((attribute, index) => [attribute, index]));
}

function sorted(
  changes: readonly ReportedChange[],
  places: ReadonlyMap<AttributeCode, number>,
): readonly ReportedChange[] {
  return changes.toSorted((a, b) => (places.get(a.attribute) ?? 0) - (places.get(b.attribute) ?? 0));
}

function withName(outcome: RowOutcome, name: string): RowOutcome {
  return outcome.kind === "created" || outcome.kind === "updated"
    ? { ...outcome, object: { ...outcome.object, name } }
    : outcome;
}
