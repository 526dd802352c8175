/**
 * The examples of what there is in place of what a row looked for. They are read again only when something was written that may be among
 * them: to read them takes as long as many rows.
 */
import { classOf } from "../model/look_up.ts";
import type { AttributeCode, ClassCode, ModelClass } from "../model/model.ts";
import type { Examples } from "../store/objects.ts";
import { columnsBehind } from "./columns_behind.ts";
import type { ObjectPlan } from "./object_plan.ts";
import { type PlannedName, plannedName } from "./planned_name.ts";
import type { RunContext } from "./run_context.ts";

/** How many existing objects are looked at for examples. */
const LOOKED_AT = 30;

const FRIENDLY_NAME = "friendlyname";

/** As examples were read. */
interface KnownExamples {
  readonly examples: Examples;
  /** The friendly name of the first object behind them; null: they are all that there is. */
  readonly next: string | null;
}

export class ShownExamples {
  #known: KnownExamples | null = null;
  #forgotten = 0;
  readonly #target: ModelClass;
  #behind: ReadonlySet<string> | null = null;

  /** @param codes what is told of the objects of the target class */
  constructor(
    private readonly context: RunContext,
    target: ClassCode,
    private readonly codes: readonly (AttributeCode | "id")[],
  ) {
    this.#target = classOf(context.model, target);
  }

  async read(): Promise<Examples> {
    this.#known ??= await this.#read();
    return this.#known.examples;
  }

  /** How often they have been forgotten: what was read before may not be so any more. */
  get forgotten(): number {
    return this.#forgotten;
  }

  forget(): void {
    this.#known = null;
    this.#forgotten++;
  }

  /** To be told what is written for a row. */
  note(plan: ObjectPlan): void {
    if (this.#known !== null && this.#mayChange(plan, this.#known.next)) this.forget();
  }

  async #read(): Promise<KnownExamples> {
    const { codes } = this;
    const { rows, ...found } = await this.context.store.examples(
      this.#target.code,
      [...codes, FRIENDLY_NAME],
      LOOKED_AT + 1,
    );
    const shown = rows.slice(0, LOOKED_AT).map((row) => row.slice(0, codes.length));
    const next = rows[LOOKED_AT]?.[codes.length];
    return {
      examples: { ...found, rows: shown, more: rows.length > LOOKED_AT },
      next: next === undefined || next === null ? null : String(next),
    };
  }

  #mayChange(plan: ObjectPlan, next: string | null): boolean {
    const { context: { model, someObjectsAreHidden } } = this;
    // What a limited user may see may depend on any object.
    if (someObjectsAreHidden) return true;
    this.#behind ??= columnsBehind(model, this.#target, [...this.codes, FRIENDLY_NAME]);
    const behind = this.#behind;
    const { root } = classOf(model, plan.class);
    if (plan.kind === "update") return plan.changes.some(({ attribute }) => behind.has(`${root}.${attribute}`));
    if (!this.#target.concreteClasses.includes(plan.class)) return false;
    if (next === null || plan.leftOut.length > 0) return true;
    const name = plannedName(classOf(model, plan.class), (code) => plan.initialValue(code));
    return !isBehind(name, next);
  }
}

/** A half of a character, or one behind these: in bytes, which databases compare, they stand otherwise. */
const FIRST_HALF = 0xd800;

/** Whether a name certainly stands behind another one, as databases sort friendly names. */
function isBehind({ known, isWhole }: PlannedName, other: string): boolean {
  // Blanks at the end do not stand in a name.
  const [one, two] = [sorted(known.trimEnd()), sorted(other)];
  if (one.includes("\0") || two.includes("\0")) return false;
  const length = Math.min(one.length, two.length);
  for (let at = 0; at < length; at++) {
    const [first, second] = [one.charCodeAt(at), two.charCodeAt(at)];
    if (first !== second) return first > second && first < FIRST_HALF;
  }
  return isWhole && one.length > two.length;
}

/** The case of ASCII letters does not count. */
function sorted(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
