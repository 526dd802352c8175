/** The friendly names of what changed values refer to, asked for together. */
import { attributeOf, classOf } from "../model/look_up.ts";
import type { AttributeCode, ClassCode, ExternalKeyAttribute, LinkSetAttribute } from "../model/model.ts";
import { idIn, type ObjectId } from "../store/object_id.ts";
import type { ValueChange } from "../store/objects.ts";
import type { LinkSetPlan } from "./link_set.ts";
import { type NamesById, ObjectNames } from "./object_names.ts";
import type { ReportedChange } from "./row_result.ts";
import type { RunContext } from "./run_context.ts";

/** Ids of which the names are wanted, by class. */
type Wanted = Map<ClassCode, (ObjectId | null)[]>;

type Known = ReadonlyMap<ClassCode, NamesById>;

export class NamesInChanges {
  readonly #names: ObjectNames;

  constructor(
    private readonly context: RunContext,
    private readonly keys: ReadonlyMap<AttributeCode, ExternalKeyAttribute>,
  ) {
    this.#names = new ObjectNames(context.store);
  }

  /**
   * The changes with names.
   * @param told for each plan, its changes and then those of its link sets
   * @param changes the same with true ids, without those of link sets
   */
  async added(
    told: readonly (readonly ReportedChange[])[],
    changes: readonly (readonly ValueChange[])[],
    plans: readonly { readonly linkSets: readonly LinkSetPlan[] }[],
  ): Promise<readonly (readonly ReportedChange[])[]> {
    const known = await this.#ask(this.#wanted(changes, plans));
    return told.map((row, index) => {
      const own = changes[index] ?? [];
      const linkSets = plans[index]?.linkSets ?? [];
      return row.map((change, place) => {
        const linkSet = linkSets[place - own.length];
        return linkSet === undefined
          ? this.#ofKey(change, own[place], known)
          : { ...change, ...this.#ofLinks(linkSet, known) };
      });
    });
  }

  #wanted(
    changes: readonly (readonly ValueChange[])[],
    plans: readonly { readonly linkSets: readonly LinkSetPlan[] }[],
  ): Wanted {
    const wanted: Wanted = new Map();
    const want = (target: ClassCode, ids: readonly (ObjectId | null)[]) => {
      const known = wanted.get(target);
      if (known === undefined) wanted.set(target, [...ids]);
      else for (const id of ids) known.push(id);
    };
    for (const { attribute, oldValue, newValue } of changes.flat()) {
      const key = this.keys.get(attribute);
      if (key !== undefined) want(key.target, [idIn(oldValue), idIn(newValue)]);
    }
    for (const { attribute, endsBefore, endsAfter } of plans.flatMap(({ linkSets }) => linkSets)) {
      const target = this.#remoteClass(attribute);
      want(target, endsBefore);
      want(target, endsAfter);
    }
    return wanted;
  }

  async #ask(wanted: Wanted): Promise<Known> {
    const known = new Map<ClassCode, NamesById>();
    for (const [target, ids] of wanted) known.set(target, await this.#names.of(target, ids));
    return known;
  }

  #ofKey(change: ReportedChange, own: ValueChange | undefined, known: Known): ReportedChange {
    const key = this.keys.get(change.attribute);
    if (key === undefined || own === undefined) return change;
    const names = known.get(key.target);
    const nameOf = (id: ObjectId | null) => id === null ? [] : [names?.get(id) ?? null];
    return { ...change, oldNames: nameOf(idIn(own.oldValue)), newNames: nameOf(idIn(own.newValue)) };
  }

  #ofLinks(
    { attribute, endsBefore, endsAfter }: LinkSetPlan,
    known: Known,
  ): Required<Pick<ReportedChange, "oldNames" | "newNames">> {
    const names = known.get(this.#remoteClass(attribute));
    const nameOf = (id: ObjectId | null) => id === null ? null : names?.get(id) ?? null;
    return { oldNames: endsBefore.map(nameOf), newNames: endsAfter.map(nameOf) };
  }

  #remoteClass({ linkClass, keyToRemote }: LinkSetAttribute): ClassCode {
    const key = attributeOf(classOf(this.context.model, linkClass), keyToRemote);
    if (key.kind !== "external_key") throw new Error(`${linkClass}.${keyToRemote} is no external key`);
    return key.target;
  }
}
