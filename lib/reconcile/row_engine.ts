/** The way of a row: match, read, decide, write, tell. Rows are worked in the file's order, and each sees what the ones before it did. */
import type { ReconciliationKey } from "../columns/plan.ts";
import type { CsvRecord } from "../csv/record.ts";
import { classOf, isColumn } from "../model/look_up.ts";
import type { Attribute, AttributeCode, AttributeKind, Model, ModelClass, StoredValue } from "../model/model.ts";
import type { FoundObject, Match } from "../store/objects.ts";
import { createExternalKeyResolver, type ExternalKeyResolver } from "./external_key.ts";
import { createFriendlyNames, type FriendlyNames } from "./friendly_name.ts";
import { createMatcher, type Matcher, type RowKey } from "./match.ts";
import { ObjectWriter } from "./object_writer.ts";
import { createRowReader, type ReadRow, type RowReader } from "./row_reader.ts";
import { type IndexedRecord, RowTeller } from "./row_teller.ts";
import type { Rejection, ReportedObject, RowResult } from "./row_result.ts";
import { type RunContext, shownId } from "./run_context.ts";
import { WrittenKeys } from "./written_keys.ts";

/** A row whose form is good and whose keys have values: it is to be matched. */
interface KeyedRow extends IndexedRecord {
  readonly key: readonly StoredValue[];
  readonly rowKey: RowKey;
}

const NO_PROBLEMS: ReadonlyMap<number, string> = new Map();
const NO_MATCH: Match = { kind: "none" };
const NO_ATTRIBUTES: ReadonlySet<AttributeCode> = new Set();

export class RowEngine {
  readonly #resolvers: readonly ExternalKeyResolver[];
  readonly #reader: RowReader;
  readonly #writer: ObjectWriter;
  readonly #matcher: Matcher;
  readonly #teller: RowTeller;
  readonly #names: FriendlyNames;
  readonly #oneByOne: boolean;
  /** A new object sets every column. */
  readonly #allAttributes: ReadonlySet<AttributeCode>;
  /** The keys of the rows that were written since the matches were asked for. */
  readonly #written = new WrittenKeys();
  /** Rows of the group that were read before they are worked, by their index. */
  readonly #ahead = new Map<number, ReadRow>();
  #nextIndex = 0;
  #emptyKeyWasUsed = false;

  constructor(private readonly context: RunContext) {
    const resolvers = context.plan.externalKeys.map((columns) => createExternalKeyResolver(context, columns));
    this.#resolvers = resolvers;
    this.#reader = createRowReader(context, resolvers);
    this.#writer = new ObjectWriter(context, resolvers, this.#reader.roles);
    this.#matcher = createMatcher(context, resolvers, this.#writer.read);
    this.#teller = new RowTeller(context, resolvers, this.#reader.roles);
    this.#names = createFriendlyNames(context);
    this.#allAttributes = new Set(
      context.plan.direct.flatMap(({ attribute }) => attribute === "id" ? [] : [attribute.code]),
    );
    this.#oneByOne = rowsDependOnEachOther(context, resolvers, this.#reader);
  }

  /**
   * Works records one after another; gives their results in the same order, each as soon as it is there: a result may hold a long text.
   * Records are looked up together, where rows cannot depend on each other but by their keys. What is decided is written when the last
   * result was taken.
   */
  *work(records: readonly CsvRecord[]): Generator<RowResult, void> {
    if (!this.#oneByOne) yield* this.#workTogether(records);
    else for (const record of records) yield* this.#workTogether([record]);
  }

  *#workTogether(records: readonly CsvRecord[]): Generator<RowResult, void> {
    for (const resolver of this.#resolvers) resolver.prepare(records);
    const rows = records.map((record) => this.#begin({ record, index: this.#nextIndex++ }));
    const keys: (readonly StoredValue[])[] = [];
    for (const row of rows) if (isKeyed(row)) keys.push(row.key);
    const matches = this.#matcher.find(keys);
    this.#written.clear();
    if (records.length > 1 && this.#writer.asksAhead) this.#readAhead(rows.filter(isKeyed), matches);
    let matched = 0;
    for (const row of rows) {
      yield isKeyed(row) ? this.#workRow(row, matches[matched++] ?? NO_MATCH) : row;
    }
    this.#writer.flush();
    this.#ahead.clear();
  }

  /** Reads rows that have no object yet, so that what must be known of all of them is asked at once. */
  #readAhead(rows: readonly KeyedRow[], matches: readonly Match[]): void {
    rows.forEach((row, index) => {
      if (matches[index]?.kind === "none") {
        this.#ahead.set(row.index, this.#reader.read(row.record, row.rowKey.targets, null));
      }
    });
    this.#writer.prepare([...this.#ahead.values()].filter((read) => !hasProblems(read)));
  }

  /** What can be said of a row before the database is asked: how to match it, or its result. */
  #begin(row: IndexedRecord): KeyedRow | RowResult {
    const { record, index } = row;
    const malformed = formProblem(record, this.context.plan.codes);
    if (malformed !== null) return this.#teller.rejectedEarly(row, malformed, [], NO_PROBLEMS);
    const wrongDates = this.#reader.wrongDates(record);
    if (wrongDates.size > 0) return this.#teller.rejectedEarly(row, { kind: "wrong_date" }, [], wrongDates);
    const rowKey = this.#matcher.keyOf(record);
    if (rowKey.values !== null) return { record, index, rowKey, key: rowKey.values };
    return this.#teller.rejectedEarly(row, { kind: "failed_to_reconcile" }, rowKey.targets, NO_PROBLEMS);
  }

  #workRow(row: KeyedRow, found: Match): RowResult {
    let match = found;
    if (this.#written.mayHave(row.key)) {
      this.#writer.flush();
      match = this.#matcher.find([row.key])[0] ?? found;
    }
    const result = this.#workMatched(row, match);
    const { kind } = result.outcome;
    if (kind === "created" || kind === "updated") this.#written.add(row.key);
    if (row.rowKey.isEmpty && kind !== "rejected") this.#emptyKeyWasUsed = true;
    return result;
  }

  #workMatched(row: KeyedRow, match: Match): RowResult {
    if (match.kind === "several") return this.#rejectEarly(row, { kind: "ambiguous" });
    // The next row without any key would overwrite what the first one made (golden decisions, b-rec-empty-string-key).
    if (row.rowKey.isEmpty && this.#emptyKeyWasUsed) return this.#rejectEarly(row, { kind: "failed_to_reconcile" });
    if (match.kind === "one") return this.#update(row, match.object);
    const obstacle = this.#obstacleToCreation(row);
    return obstacle === null ? this.#create(row) : this.#rejectEarly(row, obstacle);
  }

  #obstacleToCreation(row: KeyedRow): Rejection | null {
    const { plan } = this.context;
    if (plan.keys.some(cannotBeGiven)) return { kind: "failed_to_reconcile" };
    if (this.#matcher.isHidden(row.key)) return { kind: "hidden_match", class: plan.class.code };
    if (plan.class.abstract) return { kind: "abstract_class", class: plan.class.code };
    return this.#names.wouldDiffer(row.record) ? { kind: "failed_to_reconcile" } : null;
  }

  #create(row: KeyedRow): RowResult {
    const { plan } = this.context;
    const read = this.#ahead.get(row.index) ?? this.#reader.read(row.record, row.rowKey.targets, null);
    const all = this.#allAttributes;
    if (hasProblems(read)) return this.#teller.rejected(row, { kind: "bad_cells" }, null, read, all);
    const decision = this.#writer.create(read);
    if (decision.kind === "reject") return this.#teller.rejected(row, decision.reason, null, read, all);
    if (decision.kind !== "create") throw new Error(`a new object was decided to ${decision.kind}`);
    const outcome = { kind: "created", object: this.#reported(plan.class.code, decision.id) } as const;
    return this.#teller.done(row, outcome, read, all, this.#nameOf(decision.id));
  }

  #update(row: KeyedRow, found: FoundObject): RowResult {
    const read = this.#reader.read(row.record, row.rowKey.targets, found);
    const object = this.#reported(found.class, found.id);
    if (hasProblems(read)) {
      const changed = this.#writer.changedBy(read, found);
      return this.#teller.rejected(row, { kind: "bad_cells" }, object, read, changed);
    }
    const decision = this.#writer.update(read, found);
    switch (decision.kind) {
      case "reject":
        return this.#teller.rejected(row, decision.reason, object, read, decision.changed);
      case "update": {
        const outcome = { kind: "updated", object, changes: decision.changes } as const;
        return this.#teller.done(row, outcome, read, decision.changed, null);
      }
      default:
        return this.#teller.done(row, { kind: "unchanged", object }, read, NO_ATTRIBUTES, null);
    }
  }

  #rejectEarly(row: KeyedRow, reason: Rejection): RowResult {
    return this.#teller.rejectedEarly(row, reason, row.rowKey.targets, NO_PROBLEMS);
  }

  #nameOf(id: number): string | null {
    if (!this.#names.areShown || !this.context.cellsAreShown) return null;
    this.#writer.flush();
    return this.#names.of(id);
  }

  #reported(modelClass: string, id: number): ReportedObject {
    return { class: modelClass, id: shownId(this.context, modelClass, id) };
  }
}

function isKeyed(row: KeyedRow | RowResult): row is KeyedRow {
  return "rowKey" in row;
}

function hasProblems(read: ReadRow): boolean {
  if (read.problems.size > 0) return true;
  for (const target of read.targets) if (!target.ok) return true;
  return false;
}

/** @param codes the columns of the header */
function formProblem({ cells, problem }: CsvRecord, codes: readonly string[]): Rejection | null {
  // Nearly every row is good.
  if (problem === null && cells.length === codes.length) return null;
  const columnOf = (cell: number) => codes[cell] ?? String(cell + 1);
  if (problem?.kind === "too_many_cells") return { kind: "cell_count", found: problem.found, expected: codes.length };
  if (problem?.kind === "text_after_qualifier") {
    return { kind: "text_after_qualifier", line: problem.line, column: columnOf(problem.cell) };
  }
  if (cells.length !== codes.length) return { kind: "cell_count", found: cells.length, expected: codes.length };
  return problem === null ? null : { kind: "nul", column: columnOf(problem.cell) };
}

/** A new object would not have what the key looks for: the next run would create it again. */
function cannotBeGiven(key: ReconciliationKey): boolean {
  return key.kind === "id" || (key.kind === "attribute" && NEVER_WRITTEN.has(key.attribute.kind));
}

const NEVER_WRITTEN: ReadonlySet<AttributeKind> = new Set(["external_field", "obsolescence_flag", "obsolescence_date"]);

/** Whether a row may depend on what another one writes in other ways than by its key: then rows are worked one by one. */
function rowsDependOnEachOther(
  context: RunContext,
  resolvers: readonly ExternalKeyResolver[],
  reader: RowReader,
): boolean {
  const { plan, model, rules } = context;
  const refersToItself = resolvers.some((resolver) => resolver.dependsOn(plan.class.root));
  const hasLinkSets = reader.roles.some(({ role }) => role.kind === "link_set");
  // What is written cannot be told from the row's key: it may change with another attribute, or a subclass reads the cell otherwise.
  const hasOtherKeys = plan.keys.some((key) =>
    key.kind === "attribute" &&
    (key.attribute.kind === "friendly_name" || NEVER_WRITTEN.has(key.attribute.kind) ||
      isOverridden(model, plan.class, key.attribute))
  );
  return refersToItself || hasLinkSets || hasOtherKeys || rules !== null;
}

/** Whether a class below has this attribute with rules or words of its own. */
function isOverridden(model: Model, { concreteClasses }: ModelClass, attribute: Attribute): boolean {
  return isColumn(attribute) &&
    concreteClasses.some((code) => classOf(model, code).attributes.get(attribute.code) !== attribute);
}
