/** What updates change, as programs are told it: passwords without values, and no id that the user may not know. */
import type { ExternalKeyAttribute, StoredValue } from "../model/model.ts";
import { idIn, type ObjectId } from "../store/object_id.ts";
import type { ValueChange } from "../store/objects.ts";
import type { ExternalKeyResolver } from "./external_key.ts";
import type { Change, ObjectPlanner } from "./object_plan.ts";
import type { ReportedChange } from "./row_result.ts";
import type { RunContext } from "./run_context.ts";

/** By external key. */
type HiddenIds = ReadonlyMap<ExternalKeyAttribute, ReadonlySet<ObjectId>>;

export class ReportedChanges {
  readonly #keys: ReadonlyMap<string, ExternalKeyAttribute>;

  constructor(
    private readonly context: RunContext,
    resolvers: readonly ExternalKeyResolver[],
    private readonly planner: ObjectPlanner,
  ) {
    this.#keys = new Map(resolvers.map(({ columns }) => [columns.key.code, columns.key]));
  }

  /** One answer for each update that was written; what is hidden is asked for together. */
  async of(updates: readonly Change[]): Promise<readonly (readonly ReportedChange[])[]> {
    const hidden = await this.#hiddenIn(updates);
    return updates.map(({ changes, linkSets }) => [
      ...changes.map((change) => this.#told(change, hidden)),
      ...linkSets.map(({ attribute, shownBefore, shownAfter }) => (
        { attribute: attribute.code, oldValue: shownBefore, newValue: shownAfter }
      )),
    ]);
  }

  async #hiddenIn(updates: readonly Change[]): Promise<HiddenIds> {
    const hidden = new Map<ExternalKeyAttribute, ReadonlySet<ObjectId>>();
    if (!this.context.someObjectsAreHidden) return hidden;
    for (const key of this.#keys.values()) {
      const changes = updates.flatMap(({ changes }) => changes.filter(({ attribute }) => attribute === key.code));
      const ids = changes.flatMap(({ oldValue, newValue }) => [idIn(oldValue), idIn(newValue)]);
      hidden.set(key, await this.context.hiddenTargets.among(key.target, ids));
    }
    return hidden;
  }

  #told(change: ValueChange, hidden: HiddenIds): ReportedChange {
    if (this.planner.isPassword(change.attribute)) return { ...change, oldValue: null, newValue: null };
    const key = this.#keys.get(change.attribute);
    if (key === undefined) return change;
    const shown = (value: StoredValue) => {
      const id = idIn(value);
      return id === null || hidden.get(key)?.has(id) === true ? null : this.context.store.shownId(key.target, id);
    };
    return { ...change, oldValue: shown(change.oldValue), newValue: shown(change.newValue) };
  }
}
