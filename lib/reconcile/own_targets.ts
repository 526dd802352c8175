/**
 * External keys by which rows refer to objects of their own class. Rows are asked about together all the same: only a row whose columns
 * look for what another one of its part has written, or has written over, is asked about once more.
 */
import type { ExternalKeyPart } from "../columns/plan.ts";
import { classOf, isColumn, isOneLineText } from "../model/look_up.ts";
import type { AttributeCode, ClassCode, StoredValue } from "../model/model.ts";
import { areEmpty, type ExternalKeyResolver } from "./external_key.ts";
import type { ObjectPlan } from "./object_plan.ts";
import type { AskedRow } from "./row_questions.ts";
import type { RunContext } from "./run_context.ts";
import { type CellToValue, cellToValue } from "./searched_value.ts";
import { WrittenKeys } from "./written_keys.ts";
import { WrittenNames } from "./written_names.ts";

/** The binary logarithm of the size in bits of what is kept of an attribute: a part has few rows. */
const LOG_SIZE = 16;

/** One column of such a key. */
interface TracedPart extends Pick<ExternalKeyPart, "cell"> {
  readonly toValue: CellToValue;
  /** What rows have written into the attribute, and over in it; null: it is the id, which stays. */
  readonly written: Pick<WrittenKeys, "mayHave"> | null;
}

/** An external key of which the columns tell whether it may mean something else by now. */
interface TracedKey {
  /** The place of its resolver. */
  readonly index: number;
  readonly resolver: ExternalKeyResolver;
  readonly parts: readonly TracedPart[];
  /** As it was when the part was asked about. */
  changedExamples: number;
}

export class OwnTargets {
  readonly #written = new Map<AttributeCode, WrittenKeys>();
  /** Of the classes of which targets are looked for by their names. */
  readonly #names = new Map<ClassCode, WrittenNames>();
  readonly #keys: readonly TracedKey[];
  #hasWritten = false;

  private constructor(context: RunContext, resolvers: readonly ExternalKeyResolver[]) {
    this.#keys = resolvers.flatMap((resolver, index) =>
      isTraced(context, resolver) ? [this.#traced(context, resolver, index)] : []
    );
  }

  /** Null: no external key is traced. */
  static of(context: RunContext, resolvers: readonly ExternalKeyResolver[]): OwnTargets | null {
    return resolvers.some((resolver) => isTraced(context, resolver)) ? new OwnTargets(context, resolvers) : null;
  }

  /** To be called when a part was asked about. */
  asked(): void {
    for (const written of this.#written.values()) written.clear();
    for (const names of this.#names.values()) names.clear();
    for (const key of this.#keys) key.changedExamples = key.resolver.changedExamples;
    this.#hasWritten = false;
  }

  /** Whether what a row's external keys mean may have changed since it was asked about. */
  isBehind({ record: { cells }, form, targets }: AskedRow): boolean {
    if (!this.#hasWritten || form !== null) return false;
    return this.#keys.some(({ index, resolver, parts, changedExamples }) => {
      if (areEmpty(resolver.columns.parts, cells)) return false;
      const isFound = targets[index]?.ok === true;
      // What is not found might have been one of the examples.
      if (!isFound && resolver.changedExamples !== changedExamples) return true;
      return parts.some(({ cell, toValue, written }) =>
        written === null ? !isFound : written.mayHave([asKept(toValue(cells[cell] ?? null))])
      );
    });
  }

  /** To be called for what is written. */
  note(plan: ObjectPlan): void {
    this.#hasWritten = true;
    for (const names of this.#names.values()) names.note(plan);
    if (plan.kind === "create") {
      for (const [code, written] of this.#written) written.add([asKept(plan.initialValue(code))]);
      return;
    }
    for (const { attribute, oldValue, newValue } of plan.changes) {
      const written = this.#written.get(attribute);
      written?.add([asKept(oldValue)]);
      written?.add([asKept(newValue)]);
    }
  }

  #traced(context: RunContext, resolver: ExternalKeyResolver, index: number): TracedKey {
    const parts = resolver.columns.parts.map(({ cell, attribute }) => {
      const code = attribute === "id" ? attribute : attribute.code;
      return {
        cell,
        toValue: cellToValue(context, resolver.columns.key.target, code),
        written: this.#writtenIn(context, resolver.columns.key.target, code),
      };
    });
    return { index, resolver, parts, changedExamples: resolver.changedExamples };
  }

  #writtenIn(context: RunContext, target: ClassCode, code: AttributeCode | "id"): TracedPart["written"] {
    if (code === "id") return null;
    if (isName(context, target, code)) {
      const names = this.#names.get(target) ?? WrittenNames.of(context, target);
      if (names !== null) this.#names.set(target, names);
      return names;
    }
    const known = this.#written.get(code) ?? new WrittenKeys(LOG_SIZE);
    this.#written.set(code, known);
    return known;
  }
}

/**
 * Whether the columns of an external key tell which rows before may have changed what it means: those that write the same texts into
 * the attributes by which its targets are found.
 */
export function isTraced(context: RunContext, { columns, dependsOn }: ExternalKeyResolver): boolean {
  const { model, plan, store, createTargets } = context;
  if (!dependsOn(plan.class.root) || columns.inner.length > 0) return false;
  if (createTargets.size > 0) return false;
  const target = classOf(model, columns.key.target);
  const codes = columns.parts.flatMap(({ attribute }) => attribute === "id" ? [] : [attribute.code]);
  const areTexts = target.root === plan.class.root && codes.every((code) => {
    const own = target.attributes.get(code);
    if (own?.kind === "friendly_name") return WrittenNames.of(context, target.code) !== null;
    return own !== undefined && isColumn(own) && isOneLineText(own);
  });
  return areTexts && !store.mayAlter(target.code, codes.filter((code) => !isName(context, target.code, code)));
}

function isName({ model }: RunContext, target: ClassCode, code: AttributeCode): boolean {
  return classOf(model, target).attributes.get(code)?.kind === "friendly_name";
}

/** Nothing, and what finds nothing, are as no text. */
function asKept(value: StoredValue | undefined): StoredValue {
  return value ?? "";
}
