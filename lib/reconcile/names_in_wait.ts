/**
 * Friendly names that rows in wait are told with: those of their objects, and of what their external keys and links refer to. Names are asked
 * for when rows are told, and told as they were when a row was worked: who would change one waits until that is done.
 */
import { linkSetColumns } from "../columns/column_plan.ts";
import { attributeOf, classOf } from "../model/look_up.ts";
import type { AttributeCode, ClassCode, Model, ModelClass } from "../model/model.ts";
import { idIn, type ObjectId } from "../store/object_id.ts";
import { columnsBehind } from "./columns_behind.ts";
import type { ObjectPlan } from "./object_plan.ts";
import { rootsBehind } from "./roots_behind.ts";
import type { RunContext } from "./run_context.ts";

export class NamesInWait {
  /** Objects of the root class that is loaded, whose names are to be told. */
  #ids = new Set<ObjectId>();
  #isEmpty = true;
  /** Keys that refer to such objects. */
  readonly #keys: readonly AttributeCode[];
  /** Link sets at whose other ends such objects are. */
  readonly #linkSets: ReadonlySet<AttributeCode>;
  /** Columns of these objects that stand in names of others. */
  readonly #throughOthers: ReadonlySet<string>;
  /** By class: its attributes that the names of its own objects are made of. */
  readonly #ofName = new Map<ClassCode, ReadonlySet<AttributeCode>>();
  /** Whatever is written, the database may change a name by itself. */
  readonly #mayBeAltered: boolean;

  private constructor(private readonly context: RunContext, altered: ReadonlySet<ClassCode>) {
    const { plan, model } = context;
    const isOwn = (code: ClassCode) => classOf(model, code).root === plan.class.root;
    const ends = linkSetColumns(plan).map(({ attribute }) => {
      const key = attributeOf(classOf(model, attribute.linkClass), attribute.keyToRemote);
      return { code: attribute.code, target: key.kind === "external_key" ? key.target : plan.class.code };
    });
    const keys = plan.externalKeys.map(({ key }) => key);
    this.#keys = keys.filter(({ target }) => isOwn(target)).map(({ code }) => code);
    this.#linkSets = new Set(ends.filter(({ target }) => isOwn(target)).map(({ code }) => code));
    const told = new Set([plan.class.code, ...[...keys, ...ends].map(({ target }) => target)]);
    this.#throughOthers = new Set([...told].flatMap((code) => [...columnsInOthers(model, classOf(model, code))]));
    this.#mayBeAltered = [...told].some((code) => !rootsBehind(model, code, "friendlyname").isDisjointFrom(altered));
  }

  /** Null: no report shows names. @param altered see `alteredRoots` */
  static of(context: RunContext, altered: ReadonlySet<ClassCode>): NamesInWait | null {
    const { shown } = context;
    return shown.names("create") || shown.names("update") ? new NamesInWait(context, altered) : null;
  }

  /** To be called for a row that waits. @param id of its object */
  note(plan: ObjectPlan, id: ObjectId): void {
    if (!this.context.shown.names(plan.kind)) return;
    this.#isEmpty = false;
    this.#ids.add(id);
    for (const code of this.#keys) {
      if (plan.kind === "create") this.#add(idIn(plan.initialValue(code)));
    }
    if (plan.kind === "update" && this.#keys.length > 0) {
      for (const { attribute, oldValue, newValue } of plan.changes) {
        if (!this.#keys.includes(attribute)) continue;
        this.#add(idIn(oldValue));
        this.#add(idIn(newValue));
      }
    }
    for (const { attribute, endsBefore, endsAfter } of plan.linkSets) {
      if (!this.#linkSets.has(attribute.code)) continue;
      for (const end of [...endsBefore, ...endsAfter]) this.#add(end);
    }
  }

  /** To be called when all that waited is told. */
  clear(): void {
    if (this.#isEmpty) return;
    this.#isEmpty = true;
    this.#ids = new Set();
  }

  /** Whether a row would change one of the names. */
  mayChange(plan: ObjectPlan): boolean {
    if (this.#isEmpty) return false;
    if (this.#mayBeAltered) return true;
    if (plan.kind === "create") return false;
    const { root } = classOf(this.context.model, plan.class);
    const { changes, object } = plan;
    if (changes.some(({ attribute }) => this.#throughOthers.has(`${root}.${attribute}`))) return true;
    if (changes.length === 0 || !this.#ids.has(object.id)) return false;
    // What a limited user does not see has no name.
    if (this.context.someObjectsAreHidden) return true;
    const ofName = this.#attributesOfName(plan.class);
    return changes.some(({ attribute }) => ofName.has(attribute));
  }

  #add(id: ObjectId | null): void {
    if (id !== null) this.#ids.add(id);
  }

  #attributesOfName(code: ClassCode): ReadonlySet<AttributeCode> {
    const known = this.#ofName.get(code);
    if (known !== undefined) return known;
    const { friendlyName, attributes } = classOf(this.context.model, code);
    const codes = friendlyName.flatMap((part) => {
      const attribute = "attribute" in part ? attributes.get(part.attribute) : undefined;
      return attribute?.kind === "external_field" ? attribute.key : attribute?.code ?? [];
    });
    const ofName = new Set(codes);
    this.#ofName.set(code, ofName);
    return ofName;
  }
}

/** As `Root.column`: those of other objects that names of a class are made of. */
function columnsInOthers(model: Model, { concreteClasses }: ModelClass): ReadonlySet<string> {
  const columns = new Set<string>();
  for (const real of concreteClasses) {
    const { friendlyName, attributes } = classOf(model, real);
    for (const part of friendlyName) {
      const field = "attribute" in part ? attributes.get(part.attribute) : undefined;
      const key = field?.kind === "external_field" ? attributes.get(field.key) : undefined;
      if (field?.kind !== "external_field" || key?.kind !== "external_key" || field.attribute === "id") continue;
      for (const one of columnsBehind(model, classOf(model, key.target), [field.attribute])) columns.add(one);
    }
  }
  return columns;
}
