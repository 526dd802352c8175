/** What the model forbids and the database need not know: duplicates, and loops of hierarchical keys. Looked at when steps are written. */
import { classOf, isConcerned, isOrIsBelow } from "../model/look_up.ts";
import type { AttributeCode, ClassCode, ExternalKeyAttribute, StoredValue, UniquenessRule } from "../model/model.ts";
import { idIn, type ObjectId } from "../store/object_id.ts";
import type { FoundObject, Match, ObjectSearch } from "../store/objects.ts";
import { type PreparedStep, shown, type UndoContext } from "./undo_context.ts";
import type { ImpossibleReason } from "./undo_outcome.ts";

/** A written object that breaks a rule. */
export interface Conflict {
  readonly prepared: PreparedStep;
  readonly reason: ImpossibleReason;
}

export class WriteChecks {
  readonly #searches = new Map<UniquenessRule, ObjectSearch>();

  constructor(private readonly context: UndoContext) {}

  /** The first that is found. @param written steps of one class and one kind; null: nothing is wrong */
  async conflictAmong(written: readonly PreparedStep[]): Promise<Conflict | null> {
    const [first] = written;
    if (first === undefined || first.step.kind === "delete") return null;
    for (const rule of classOf(this.context.model, first.step.class).uniquenessRules) {
      if (!rule.blocking) continue;
      const conflict = await this.#duplicate(rule, written.filter(({ write }) => concerns(this.context, rule, write)));
      if (conflict !== null) return conflict;
    }
    return await this.#loop(first.step.class, written);
  }

  async #duplicate(rule: UniquenessRule, written: readonly PreparedStep[]): Promise<Conflict | null> {
    if (written.length === 0) return null;
    const needed = [...rule.attributes, ...rule.unlessEmpty];
    const values = await this.context.stored.read(rule.declaredBy, written.map(({ step }) => step.id), needed);
    const asked = written.flatMap((prepared) => {
      const own = values.get(prepared.step.id);
      if (own === undefined || !isConcerned(rule, own)) return [];
      return [{ prepared, key: own.slice(0, rule.attributes.length) }];
    });
    if (asked.length === 0) return null;
    const matches = await this.#search(rule).find(asked.map(({ key }) => key));
    for (const [index, { prepared }] of asked.entries()) {
      const other = await otherThan(prepared.step.id, matches[index]);
      if (other === null) continue;
      const { class: code, id } = other;
      const isSeen = (await this.context.stored.visible(code, [id])).has(id);
      const reason = {
        kind: "duplicate",
        attributes: rule.attributes,
        other: isSeen ? shown(this.context, other) : null,
      };
      return { prepared, reason: reason as ImpossibleReason };
    }
    return null;
  }

  #search(rule: UniquenessRule): ObjectSearch {
    const known = this.#searches.get(rule);
    if (known !== undefined) return known;
    const plan = { class: rule.declaredBy, conditions: rule.attributes, read: [], includeHidden: true };
    const search = this.context.objects.search(plan);
    this.#searches.set(rule, search);
    return search;
  }

  async #loop(code: ClassCode, written: readonly PreparedStep[]): Promise<Conflict | null> {
    for (const key of classOf(this.context.model, code).attributes.values()) {
      if (key.kind !== "external_key" || !key.hierarchical) continue;
      for (const prepared of written) {
        const above = writtenValue(prepared.write, key.code);
        if (above === undefined || !await this.#leadsTo(key, idIn(above), prepared.step.id)) continue;
        return { prepared, reason: { kind: "loop", attribute: key.code } };
      }
    }
    return null;
  }

  async #leadsTo(key: ExternalKeyAttribute, from: ObjectId | null, id: ObjectId): Promise<boolean> {
    const seen = new Set<ObjectId>();
    for (let above = from; above !== null && !seen.has(above);) {
      if (above === id) return true;
      seen.add(above);
      const values = await this.context.stored.read(key.target, [above], [key.code]);
      above = idIn(values.get(above)?.[0]);
    }
    return false;
  }
}

async function otherThan(id: ObjectId, match: Match | undefined): Promise<FoundObject | null> {
  if (match?.kind === "one") return match.object.id === id ? null : match.object;
  if (match?.kind !== "several") return null;
  return (await match.first(2)).find((object) => object.id !== id) ?? null;
}

/** New objects may collide by anything, others only by what changes: their own attributes, or a key through which the rule looks. */
function concerns({ model }: UndoContext, rule: UniquenessRule, write: PreparedStep["write"]): boolean {
  if (write === null || !isOrIsBelow(model, write.class, rule.declaredBy)) return false;
  if ("values" in write) return true;
  const { attributes } = classOf(model, rule.declaredBy);
  const needed = [...rule.attributes, ...rule.unlessEmpty].flatMap((code) => {
    const attribute = attributes.get(code);
    return attribute?.kind === "external_field" ? [code, attribute.key] : [code];
  });
  return write.changes.some(({ attribute }) => needed.includes(attribute));
}

/** Undefined: it is not written. */
function writtenValue(write: PreparedStep["write"], code: AttributeCode): StoredValue | undefined {
  if (write === null) return undefined;
  if ("changes" in write) return write.changes.find(({ attribute }) => attribute === code)?.newValue;
  const place = write.attributes.indexOf(code);
  return place < 0 ? undefined : write.values[place];
}
