/** `gone_set`: the values that objects get which are gone. They are read as the cells of a file are, and written as its rows. */
import { linkSetColumns, planColumns } from "../columns/column_plan.ts";
import { type ColumnPlan, passwordCells } from "../columns/plan.ts";
import type { CsvRecord } from "../csv/record.ts";
import { EXIT, RunStop, type StopMessage } from "../errors.ts";
import { badGoneValue, idInGoneSet, ofGoneSet, passwordInGoneSet } from "../messages/feeds.ts";
import type { Assignment } from "../parameters/settings/feed_settings.ts";
import type { GoneOutcome } from "../reconcile/gone_object.ts";
import { createExternalKeyResolver } from "../reconcile/external_key.ts";
import { createRowCells } from "../reconcile/row_cells.ts";
import { RowEngine } from "../reconcile/row_engine.ts";
import { createRowReader } from "../reconcile/row_reader.ts";
import type { RunContext } from "../reconcile/run_context.ts";
import { RunWarnings } from "../run_warnings.ts";
import type { ObjectId } from "../store/object_id.ts";
import type { ObjectStore } from "../store/objects.ts";
import { createAccountRules } from "../users/account_rules.ts";
import { linkSetRefusal } from "../users/link_set_rights.ts";
import type { User } from "../users/user.ts";

/** What a row calls its object by: no id begins so. */
const TOKEN = "gone\t";
const ID = "id";

export class GoneValues {
  #engine: RowEngine | null = null;
  #ids: readonly ObjectId[] = [];

  private constructor(
    private readonly context: RunContext,
    private readonly cells: readonly (string | null)[],
  ) {}

  /**
   * Reads the values, before the first row of the file.
   * @param context of the file's rows
   * @throws RunStop 64 with all that is wrong with them; 77 when the user may not write them
   */
  static async of(context: RunContext, user: User, assignments: readonly Assignment[]): Promise<GoneValues> {
    const header = [ID, ...assignments.map(({ column }) => column)];
    const plan = planOf(context, header);
    const refusal = linkSetRefusal(
      { user, model: context.model, modelClass: context.plan.class },
      linkSetColumns(plan),
    );
    if (refusal !== null) throw refusal;
    const values = new GoneValues(
      { ...context, plan, rules: createAccountRules(plan, user, context.model, context.store), ...ASIDE },
      assignments.map(({ cell }) => cell),
    );
    await values.#check();
    return values;
  }

  /** Whether links go with them. */
  get hasLinkSets(): boolean {
    return this.context.plan.direct.some(({ attribute }) => attribute !== "id" && attribute.kind === "link_set");
  }

  /** Gives objects the values. @returns what became of each */
  async write(ids: readonly ObjectId[]): Promise<readonly GoneOutcome[]> {
    this.#engine ??= new RowEngine({ ...this.context, store: this.#store(), warnings: new RunWarnings() });
    this.#ids = ids;
    const outcomes: GoneOutcome[] = [];
    const records = ids.map((_, index) => recordOf([`${TOKEN}${index}`, ...this.cells]));
    await this.#engine.work(records, ({ outcome }) => {
      if (outcome.kind === "created" || outcome.kind === "skipped") {
        throw new Error("a row that names an object by its id changes that one");
      }
      outcomes.push(outcome);
    });
    return outcomes;
  }

  /** The store, which knows objects by their tokens. */
  #store(): ObjectStore {
    const { store } = this.context;
    const idFromText: ObjectStore["idFromText"] = (modelClass, text) =>
      text.startsWith(TOKEN) ? this.#ids[Number(text.slice(TOKEN.length))] ?? null : store.idFromText(modelClass, text);
    return Object.create(store, { idFromText: { value: idFromText } });
  }

  /** @throws RunStop 64 */
  async #check(): Promise<void> {
    const { context } = this;
    const resolvers = context.plan.externalKeys.map((columns) => createExternalKeyResolver(context, columns));
    const reader = createRowReader(context, resolvers);
    const record = recordOf(["", ...this.cells]);
    const targets = [];
    for (const resolver of resolvers) targets.push(...await resolver.targetsOf([record]));
    let read = reader.read(record, targets, "unknown", []);
    if (reader.hasLinkSets) {
      const [whole] = await reader.readLinkSets([{ record, read, object: "unknown" }], false);
      read = whole ?? read;
    }
    const troubles = createRowCells(context, resolvers, reader.roles).troubles(record, read.targets, read.problems);
    if (troubles.length > 0) throw new RunStop(EXIT.usage, troubles.map(badGoneValue));
  }
}

/** Nothing of these rows is told as those of the file are. */
const ASIDE = {
  // What the file's rows may create is theirs: of this nothing would be told.
  createTargets: new Set<string>(),
  cellsAreShown: false,
  newObjectsAreMarked: false,
  twins: "error",
  onMissing: "error",
  onFound: "update",
} as const;

function recordOf(cells: CsvRecord["cells"]): CsvRecord {
  return { cells, line: 0, problem: null, hasLineBreak: cells.some((cell) => /[\r\n]/.test(cell ?? "")) };
}

function planOf(context: RunContext, header: readonly string[]): ColumnPlan {
  const naming = { codes: context.codesNotLabels, language: context.language };
  const result = planColumns(context.model, context.plan.class, naming, header, [ID]);
  const own = header.slice(1).filter((name) => name.trim().toLowerCase() === ID);
  if (own.length > 0) throw new RunStop(EXIT.usage, own.map(idInGoneSet));
  if (!result.ok) throw new RunStop(EXIT.usage, result.problems.map(ofGoneSet));
  const secrets: StopMessage[] = passwordCells(result.plan).map((cell) => passwordInGoneSet(header[cell] ?? ""));
  if (secrets.length > 0) throw new RunStop(EXIT.usage, secrets);
  return result.plan;
}
