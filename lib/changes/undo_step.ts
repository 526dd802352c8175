/** What a run did, as the steps that take it back: from its last one to its first. */
import type { AttributeCode, ClassCode, StoredValue } from "../model/model.ts";
import type { LoggedEntry, LoggedRuns } from "../store/logged_runs.ts";
import type { ObjectId } from "../store/object_id.ts";

/** The texts of an attribute before and after the run wrote it. */
export interface LoggedTexts {
  readonly before: string | null;
  readonly after: string | null;
  /** What brings the value before back; left out: its text tells it. */
  readonly exact?: StoredValue | undefined;
}

interface StepBase {
  readonly class: ClassCode;
  readonly id: ObjectId;
  /** That of its last entry in the log. */
  readonly position: number;
}

/** The run created the object. */
export interface DeletionStep extends StepBase {
  readonly kind: "delete";
  /** The texts of what it was made with; left out: the log does not know. */
  readonly made?: ReadonlyMap<AttributeCode, string | null> | undefined;
}

/** The run changed attributes of the object; link sets may be among them. */
export interface UpdateStep extends StepBase {
  readonly kind: "update";
  readonly attributes: ReadonlyMap<AttributeCode, LoggedTexts>;
}

/** The run deleted the object. */
export interface CreationStep extends StepBase {
  readonly kind: "create";
  /** What it had, by attribute; a password is there without its value. */
  readonly values: ReadonlyMap<AttributeCode, string | null>;
  /** What brings each of these back; those are left out whose texts tell it. */
  readonly exact: ReadonlyMap<AttributeCode, StoredValue>;
}

export type UndoStep = DeletionStep | UpdateStep | CreationStep;

/** So many entries are read at a time. */
const ENTRIES_TOGETHER = 4096;

/**
 * Gives the steps in groups. Neighbouring entries about one object are one step: attributes that were written together must be set back
 * together, as what lies between may break a rule.
 */
export async function* stepsBackwards(log: LoggedRuns, run: number): AsyncGenerator<readonly UndoStep[], void> {
  let open: OpenStep | null = null;
  let beyond: number | null = null;
  for (;;) {
    const entries: readonly LoggedEntry[] = await log.entries(run, {
      beyond,
      order: "backwards",
      most: ENTRIES_TOGETHER,
    });
    if (entries.length === 0) break;
    const steps: UndoStep[] = [];
    for (const entry of entries) {
      if (open?.takes(entry)) continue;
      if (open !== null) steps.push(open.step);
      open = new OpenStep(entry);
    }
    beyond = entries.at(-1)?.position ?? null;
    if (steps.length > 0) yield steps;
  }
  if (open !== null) yield [open.step];
}

/** A step to which entries may still belong. */
class OpenStep {
  readonly step: UndoStep;
  readonly #texts = new Map<AttributeCode, LoggedTexts>();
  readonly #values = new Map<AttributeCode, string | null>();
  readonly #exact = new Map<AttributeCode, StoredValue>();

  constructor(private readonly first: LoggedEntry) {
    const { operation, class: code, objectId: id, position } = first;
    const base = { class: code, id, position };
    if (operation === "create") this.step = { ...base, kind: "delete", made: first.made };
    else if (operation === "update") this.step = { ...base, kind: "update", attributes: this.#texts };
    else this.step = { ...base, kind: "create", values: this.#values, exact: this.#exact };
    this.#add(first);
  }

  /** @returns whether the entry belongs to the step, and was added to it */
  takes(entry: LoggedEntry): boolean {
    const { operation, class: code, objectId } = this.first;
    const isSame = entry.operation === operation && entry.class === code && entry.objectId === objectId;
    if (!isSame || operation === "create") return false;
    this.#add(entry);
    return true;
  }

  /** Entries come backwards: an earlier one knows what was before. */
  #add({ operation, attribute, oldValue, newValue, exactOld }: LoggedEntry): void {
    if (attribute === null) return;
    if (operation === "delete") {
      this.#values.set(attribute, oldValue);
      if (exactOld !== undefined) this.#exact.set(attribute, exactOld);
    } else {
      const later = this.#texts.get(attribute);
      const after = later === undefined ? newValue : later.after;
      this.#texts.set(attribute, { before: oldValue, after, exact: exactOld });
    }
  }
}
