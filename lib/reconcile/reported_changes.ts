/** What rows change, as programs are told it: passwords without values, and no id that the user may not know. */
import type { ExternalKeyAttribute, StoredValue } from "../model/model.ts";
import { idIn, type ObjectId } from "../store/object_id.ts";
import type { ValueChange } from "../store/objects.ts";
import type { ExternalKeyResolver } from "./external_key.ts";
import { NamesInChanges } from "./names_in_changes.ts";
import type { Creation, ObjectPlan, ObjectPlanner } from "./object_plan.ts";
import { ReferredTargets, type ReferredValues } from "./referred_values.ts";
import type { ReportedChange } from "./row_result.ts";
import { shownStoredValue } from "../store/untold_value.ts";
import type { RunContext } from "./run_context.ts";

/** By external key. */
type HiddenIds = ReadonlyMap<ExternalKeyAttribute, ReadonlySet<ObjectId>>;

type Referred = ReadonlyMap<ExternalKeyAttribute, ReferredValues>;

const NOTHING_REFERRED: Referred = new Map();

export class ReportedChanges {
  readonly #keys: ReadonlyMap<string, ExternalKeyAttribute>;
  readonly #names: NamesInChanges;
  /** Those that do not hold ids. */
  readonly #referring: ReadonlyMap<ExternalKeyAttribute, ReferredTargets>;

  constructor(
    private readonly context: RunContext,
    resolvers: readonly ExternalKeyResolver[],
    private readonly planner: ObjectPlanner,
  ) {
    this.#keys = new Map(resolvers.map(({ columns }) => [columns.key.code, columns.key]));
    this.#names = new NamesInChanges(context, this.#keys);
    const referring = [...this.#keys.values()].filter(({ referenced }) => referenced !== undefined);
    this.#referring = new Map(referring.map((key) => [key, new ReferredTargets(context.store, key)]));
  }

  /** One answer for each plan that was written, all values of new objects; what is hidden is asked for together. */
  async of(plans: readonly ObjectPlan[]): Promise<readonly (readonly ReportedChange[])[]> {
    const changes = plans.map((plan) => plan.kind === "update" ? plan.changes : this.#changesOf(plan));
    const [hidden, referred] = [await this.#hiddenIn(changes), await this.#referredIn(changes)];
    const told = plans.map(({ linkSets }, index) => [
      ...(changes[index] ?? []).map((change) => this.#told(change, hidden, referred)),
      ...linkSets.map(({ attribute, shownBefore, shownAfter }) => (
        { attribute: attribute.code, oldValue: shownBefore, newValue: shownAfter }
      )),
    ]);
    return await this.#named(told, changes, plans);
  }

  /** Names cost a look-up for each: only those that a report shows are asked for. */
  async #named(
    told: readonly (readonly ReportedChange[])[],
    changes: readonly (readonly ValueChange[])[],
    plans: readonly ObjectPlan[],
  ): Promise<readonly (readonly ReportedChange[])[]> {
    const { shown } = this.context;
    const isNamed = { create: shown.names("create"), update: shown.names("update") };
    if (!isNamed.create && !isNamed.update) return told;
    const places = plans.flatMap(({ kind }, place) => isNamed[kind] ? [place] : []);
    const of = <T>(all: readonly (readonly T[])[]) => places.map((place) => all[place] ?? []);
    const some = await this.#names.added(
      of(told),
      of(changes),
      places.flatMap((place) => plans[place] ?? []),
    );
    const named = [...told];
    for (const [index, place] of places.entries()) named[place] = some[index] ?? [];
    return named;
  }

  #changesOf({ values, leftOut }: Creation): readonly ValueChange[] {
    const { attributes } = this.planner.template;
    const all = attributes.map((attribute, place) => ({ attribute, oldValue: null, newValue: values[place] ?? null }));
    return leftOut.length === 0 ? all : all.filter((_, place) => !leftOut.includes(place));
  }

  async #hiddenIn(all: readonly (readonly ValueChange[])[]): Promise<HiddenIds> {
    const hidden = new Map<ExternalKeyAttribute, ReadonlySet<ObjectId>>();
    if (!this.context.someObjectsAreHidden) return hidden;
    for (const key of this.#keys.values()) {
      const changes = all.flatMap((changes) => changes.filter(({ attribute }) => attribute === key.code));
      const ids = changes.flatMap(({ oldValue, newValue }) => [idIn(oldValue), idIn(newValue)]);
      hidden.set(key, await this.context.hiddenTargets.among(key.target, ids));
    }
    return hidden;
  }

  /** What keys refer to their targets by, where that is not the id. */
  async #referredIn(all: readonly (readonly ValueChange[])[]): Promise<Referred> {
    if (this.#referring.size === 0) return NOTHING_REFERRED;
    const referred = new Map<ExternalKeyAttribute, ReferredValues>();
    for (const [key, targets] of this.#referring) {
      const changes = all.flatMap((changes) => changes.filter(({ attribute }) => attribute === key.code));
      referred.set(key, await targets.of(changes.flatMap(({ oldValue, newValue }) => [oldValue, newValue])));
    }
    return referred;
  }

  #told(change: ValueChange, hidden: HiddenIds, referred: Referred): ReportedChange {
    if (this.planner.isPassword(change.attribute)) return { ...change, oldValue: null, newValue: null };
    const key = this.#keys.get(change.attribute);
    if (key === undefined) {
      const { oldValue, newValue } = change;
      return { ...change, oldValue: shownStoredValue(oldValue), newValue: shownStoredValue(newValue) };
    }
    const shown = (value: StoredValue) => {
      const id = idIn(value);
      if (id === null || hidden.get(key)?.has(id) === true) return null;
      return referred.get(key)?.get(id) ?? this.context.store.shownId(key.target, id);
    };
    return { ...change, oldValue: shown(change.oldValue), newValue: shown(change.newValue) };
  }
}
