/**
 * Which friendly names rows may have made, or made to be others', since the database was last asked. A new object's name is told by the
 * texts of its own in it, whatever else it shows; which names an update changes is not found out.
 */
import { classOf, isColumn, isOneLineText } from "../model/look_up.ts";
import type { ClassCode, ModelClass, StoredValue } from "../model/model.ts";
import { NameTemplate } from "../model/name_template.ts";
import { columnsBehind } from "./columns_behind.ts";
import type { ObjectPlan } from "./object_plan.ts";
import type { RunContext } from "./run_context.ts";
import { WrittenKeys } from "./written_keys.ts";

/** The binary logarithm of the size in bits: a part has few rows. */
const LOG_SIZE = 16;

const FRIENDLY_NAME = "friendlyname";

/** What tells the names of new objects. */
interface ToldNames {
  readonly template: NameTemplate;
  /** The places of the attributes that are texts of the object's own. */
  readonly own: readonly number[];
}

export class WrittenNames {
  readonly #written = new WrittenKeys(LOG_SIZE);
  readonly #columns: ReadonlySet<string>;
  #mayBeAny = false;

  /** @param told null: new objects have none of the names */
  private constructor(
    private readonly context: RunContext,
    searched: ModelClass,
    private readonly told: ToldNames | null,
  ) {
    this.#columns = columnsBehind(context.model, searched, [FRIENDLY_NAME]);
  }

  /** @param searched the class whose names rows look for @returns null: it cannot be told what names there may be */
  static of(context: RunContext, searched: ClassCode): WrittenNames | null {
    const { plan, model, store, createTargets, someObjectsAreHidden } = context;
    const target = classOf(model, searched);
    // To a limited user a name shows what may come out of sight.
    if (createTargets.size > 0 || someObjectsAreHidden || target.root !== plan.class.root) return null;
    const told = toldNames(plan.class);
    const isNamed = target.concreteClasses.includes(plan.class.code);
    if (isNamed && told === null) return null;
    const codes = told?.own.map((place) => told.template.attributes[place] ?? "") ?? [];
    if (store.mayAlter(plan.class.code, codes)) return null;
    return new WrittenNames(context, target, isNamed ? told : null);
  }

  clear(): void {
    this.#written.clear();
    this.#mayBeAny = false;
  }

  /** To be called for what is written. */
  note(plan: ObjectPlan): void {
    const { told } = this;
    if (plan.kind === "update") {
      const { root } = classOf(this.context.model, plan.class);
      this.#mayBeAny ||= plan.changes.some(({ attribute }) => this.#columns.has(`${root}.${attribute}`));
    } else if (told !== null && plan.leftOut.length > 0) this.#mayBeAny = true;
    else if (told !== null) {
      this.#written.add(told.own.map((place) => plan.initialValue(told.template.attributes[place] ?? "") ?? ""));
    }
  }

  /** Whether an object may have the name by now, or may have had it. */
  mayHave([name = null]: readonly StoredValue[]): boolean {
    const { told } = this;
    if (this.#mayBeAny) return true;
    if (told === null) return false;
    const splits = told.template.splits(String(name ?? ""));
    return splits === null ||
      splits.some((split) => this.#written.mayHave(told.own.map((place) => split[place] ?? "")));
  }
}

function toldNames({ attributes, friendlyName }: ModelClass): ToldNames | null {
  const template = NameTemplate.of(friendlyName);
  if (template === null) return null;
  const own = [...template.attributes.entries()].flatMap(([place, code]) => {
    const attribute = attributes.get(code);
    return attribute !== undefined && isColumn(attribute) && isOneLineText(attribute) ? [place] : [];
  });
  return own.length === 0 ? null : { template, own };
}
