/** The objects that items of link sets refer to, asked for together by those that look for them in the same way. */
import { classOf } from "../model/look_up.ts";
import type { AttributeCode, ClassCode, StoredValue } from "../model/model.ts";
import type { ObjectId } from "../store/object_id.ts";
import type { Match, ObjectSearch } from "../store/objects.ts";
import { classesBehind } from "./classes_behind.ts";
import type { KeySlot } from "./link_item_shape.ts";
import { mayComeToSee, writtenClasses } from "./links_apart.ts";
import { severalFound } from "./objects_in_the_way.ts";
import type { LinkProblem } from "./problems.ts";
import type { RunContext } from "./run_context.ts";
import { type CellsToValues, cellsToValues } from "./referring_values.ts";
import { areAllKnown, withoutHidden } from "./searched_value.ts";
import { findTyped } from "./typed_search.ts";

/** What was looked for, or why there is none. */
export type FoundTarget = ObjectId | LinkProblem;

/** A way to look for objects, prepared once. */
interface Way {
  readonly search: ObjectSearch;
  /** The attributes of the search. */
  readonly conditions: readonly {
    readonly code: AttributeCode | "id";
    readonly toValues: CellsToValues;
  }[];
  /** What is found may be something else when other rows are written. */
  readonly mayChange: boolean;
  /** What was found by what was typed: nothing that a run writes changes it. */
  readonly known: Map<string, ObjectId>;
}

/** Of prepared searches: a file may look for objects by ever other attributes. */
const MOST_WAYS = 100;

/** Of objects that were found in a way: a million characters at most are kept of what was typed. */
const MOST_KNOWN = 8192;
const LONGEST_KNOWN = 128;

export class LinkTargets {
  readonly #ways = new Map<string, Way>();
  /** Whether what rows write is known beforehand, so that what was found may be remembered. */
  isApart = false;

  constructor(private readonly context: RunContext) {}

  /** Looks them up with one statement. @param typed values of `KeySlot.codes` @returns one for each */
  async find(slot: KeySlot, typed: readonly (readonly string[])[]): Promise<readonly FoundTarget[]> {
    const way = this.#way(slot);
    const inOrder = typed.map((values) => ordered(slot, values));
    const names = inOrder.map(nameOf);
    const asked = new Map<string, readonly string[]>();
    names.forEach((name, index) => {
      if (!way.known.has(name)) asked.set(name, inOrder[index] ?? []);
    });
    const matches = await this.#ask(slot, way, [...asked.values()]);
    const matchOf = new Map([...asked.keys()].map((name, index) => [name, matches[index] ?? NO_MATCH]));
    const found: FoundTarget[] = [];
    for (const [index, name] of names.entries()) {
      const id = way.known.get(name);
      found.push(id ?? await this.#foundBy(slot, typed[index] ?? [], matchOf.get(name) ?? NO_MATCH));
    }
    if (this.isApart && !way.mayChange) { for (const [name, match] of matchOf) remember(way, name, match); }
    return found;
  }

  /** Whether what is found may be something else when other rows are written. */
  mayChange(slot: KeySlot): boolean {
    return this.#way(slot).mayChange;
  }

  async #ask(slot: KeySlot, way: Way, asked: readonly (readonly string[])[]): Promise<readonly Match[]> {
    if (asked.length === 0) return [];
    const columns: (readonly (StoredValue | undefined)[])[] = [];
    for (const [place, { toValues }] of way.conditions.entries()) {
      columns.push(await toValues(asked.map((one) => one[place] ?? null)));
    }
    const values = await withoutHidden(
      this.context,
      slot.key.target,
      way.conditions.map(({ code }) => code),
      asked.map((_, index) => columns.map((column) => column[index] ?? undefined)),
    );
    const matches = (await findTyped(way.search, values.filter(areAllKnown))).values();
    return values.map((one) => (areAllKnown(one) ? matches.next().value : undefined) ?? NO_MATCH);
  }

  async #foundBy(slot: KeySlot, typed: readonly string[], match: Match): Promise<FoundTarget> {
    if (match.kind === "one") return match.object.id;
    const searched = slot.codes.map((code, index) => ({ code, value: typed[index] ?? "" }));
    const wanted = { key: slot.key.code, searched };
    if (match.kind === "none") return { kind: "link_target_not_found", ...wanted };
    return { kind: "link_target_ambiguous", ...wanted, ...await severalFound(this.context, match) };
  }

  #way(slot: KeySlot): Way {
    const { key } = slot;
    const codes = ordered(slot, slot.codes);
    const name = codes.length === 1 ? `${key.code}>${codes[0]}` : [key.code, ...codes].join(">");
    const known = this.#ways.get(name);
    if (known !== undefined) return known;
    // Codes stay codes in a link set, whatever the file's header is.
    const context = { ...this.context, codesNotLabels: true };
    const conditions = codes.map((code) => ({ code, toValues: cellsToValues(context, key.target, code) }));
    const searched = { class: key.target, conditions: codes };
    const way = {
      search: context.store.search({ ...searched, read: [], includeHidden: false }),
      conditions,
      mayChange: mayChange(context, searched.class, searched.conditions),
      known: new Map<string, ObjectId>(),
    };
    if (this.#ways.size >= MOST_WAYS) this.#ways.clear();
    this.#ways.set(name, way);
    return way;
  }
}

/** The codes of a slot or their values in the order in which they are searched by. */
function ordered(slot: KeySlot, values: readonly string[]): readonly string[] {
  return values.length === 1 ? values : slot.order.map((place) => values[place] ?? "");
}

/** What is looked for, among what is looked for in the same way. */
function nameOf(typed: readonly string[]): string {
  return typed.length === 1 ? typed[0] ?? "" : JSON.stringify(typed);
}

function remember({ known }: Way, name: string, match: Match): void {
  if (match.kind !== "one" || name.length > LONGEST_KNOWN) return;
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(name, match.object.id);
}

function mayChange(context: RunContext, searched: ClassCode, codes: readonly (AttributeCode | "id")[]): boolean {
  const { model } = context;
  const written = writtenClasses(context);
  if (codes.some((code) => !classesBehind(model, searched, code).isDisjointFrom(written))) return true;
  const keys = codes.map((code) => classOf(model, searched).attributes.get(code));
  const seen = [searched, ...keys.flatMap((key) => key?.kind === "external_key" ? [key.target] : [])];
  return seen.some((code) => mayComeToSee(context, code));
}

const NO_MATCH: Match = { kind: "none" };
