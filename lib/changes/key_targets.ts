/** What external keys are to refer to again: it may be there, come later in the same undo, or be gone for good. */
import { classOf } from "../model/look_up.ts";
import type { AttributeCode, ClassCode, ExternalKeyAttribute, StoredValue } from "../model/model.ts";
import { idIn, type ObjectId } from "../store/object_id.ts";
import { UNTOLD } from "../store/untold_value.ts";
import { valueFromLog } from "../store/value_from_log.ts";
import { shown, touchedByRun, type UndoContext } from "./undo_context.ts";
import type { ImpossibleReason } from "./undo_outcome.ts";
import type { UndoStep } from "./undo_step.ts";

export type TargetState = "there" | "hidden" | "coming" | "gone";

/** Why a step could not be done yet. */
interface Waiting {
  readonly step: UndoStep;
  readonly key: ExternalKeyAttribute;
  readonly target: ObjectId;
}

/** What a row refers to that no other row has when the log is read: the value itself. */
function isUnnamed(id: ObjectId): boolean {
  return typeof id === "string" && id.startsWith(UNTOLD);
}

export class KeyTargets {
  /** Steps that wait for an object, by `#place`. They are few: the run has deleted what they wait for along with them. */
  readonly #waiting = new Map<string, Waiting[]>();
  /** What was looked at for the steps that are prepared now, by the key's class. */
  #there = new Map<ClassCode, ReadonlySet<ObjectId>>();

  /** Steps whose targets cannot be named: rows are known by their ids, and what is written refers to something else that they had. */
  #unnamed: UndoStep[] = [];
  #isLast = false;

  constructor(private readonly context: UndoContext) {}

  /** Looks at once for all targets of some objects of a class. @param texts by attribute, as the log has them */
  async look(
    code: ClassCode,
    texts: readonly ReadonlyMap<AttributeCode, string | null>[],
  ): Promise<void> {
    const wanted = new Map<ClassCode, Set<ObjectId>>();
    for (const attribute of classOf(this.context.model, code).attributes.values()) {
      if (attribute.kind !== "external_key") continue;
      for (const one of texts) {
        const id = idIn(valueFromLog(attribute, one.get(attribute.code) ?? null, this.context.objects));
        if (id === null) continue;
        const ids = wanted.get(attribute.target);
        if (ids === undefined) wanted.set(attribute.target, new Set([id]));
        else ids.add(id);
      }
    }
    this.#there = new Map();
    for (const [target, ids] of wanted) {
      const found = await this.context.stored.read(target, [...ids], []);
      this.#there.set(target, new Set(found.keys()));
    }
  }

  /** @param value of the key, not null, and among those that were looked for */
  async stateOf(key: ExternalKeyAttribute, value: StoredValue): Promise<TargetState> {
    const id = idIn(value);
    if (id === null) return "there";
    // When all the rest is done, the database knows.
    if (isUnnamed(id)) return this.#isLast ? "there" : "coming";
    if (this.#there.get(key.target)?.has(id) === true) {
      return (await this.context.hidden.among(key.target, [id])).has(id) ? "hidden" : "there";
    }
    return await this.#isComing(key.target, id) ? "coming" : this.context.someAreHidden ? "hidden" : "gone";
  }

  wait(key: ExternalKeyAttribute, value: StoredValue, step: UndoStep): void {
    const target = idIn(value);
    if (target === null) throw new Error("nobody waits for nothing");
    if (isUnnamed(target)) {
      this.#unnamed.push(step);
      return;
    }
    const place = this.#place(key.target, target);
    const waiting = this.#waiting.get(place);
    if (waiting === undefined) this.#waiting.set(place, [{ step, key, target }]);
    else waiting.push({ step, key, target });
  }

  /** The steps that waited for objects which are there now. */
  take(code: ClassCode, ids: readonly ObjectId[]): readonly UndoStep[] {
    if (this.#waiting.size === 0) return [];
    return ids.flatMap((id) => {
      const place = this.#place(code, id);
      const steps = (this.#waiting.get(place) ?? []).map(({ step }) => step);
      this.#waiting.delete(place);
      return steps;
    });
  }

  /** The steps whose targets cannot be named, those first whose entries are first: others may wait for what they bring. */
  takeUnnamed(): readonly UndoStep[] {
    this.#isLast = true;
    const steps = this.#unnamed.reverse();
    this.#unnamed = [];
    return steps;
  }

  /** The steps whose targets never came, each with the reason. */
  left(): readonly { readonly step: UndoStep; readonly reason: ImpossibleReason }[] {
    return [...this.#waiting.values()].flat().map(({ step, key, target }) => ({
      step,
      reason: this.goneReason(key, target),
    }));
  }

  goneReason(key: ExternalKeyAttribute, value: StoredValue): ImpossibleReason {
    const id = idIn(value);
    if (id === null) throw new Error("an empty key misses nothing");
    return {
      kind: "target_gone",
      attribute: key.code,
      target: shown(this.context, { class: key.target, id }),
    };
  }

  /** The run has deleted it, so that a later step creates it again. */
  async #isComing(target: ClassCode, id: ObjectId): Promise<boolean> {
    for (const code of classOf(this.context.model, target).concreteClasses) {
      if ((await touchedByRun(this.context, code, [id], "delete")).has(id)) return true;
    }
    return false;
  }

  #place(code: ClassCode, id: ObjectId): string {
    return `${classOf(this.context.model, code).root}.${id}`;
  }
}
