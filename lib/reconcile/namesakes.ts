/**
 * Objects that are created beside one that may be the same (SPEC 14). The class's own keys are all that the file has of them, and all must
 * agree: a person who is found by name and e-mail has a namesake as soon as the e-mail changes. Who names the keys has thought of that, and
 * is not warned.
 * It is asked of those that agree in a likely identity (`likely_identities.ts`): one statement a part of rows tells who was there before;
 * what the run has made itself is kept in bits, and where nobody was there before it only a "maybe" is asked.
 */
import { alteredRoots } from "./altered_roots.ts";
import { comparedForm, exactForm } from "../compared_text.ts";
import { cellsOfKey, type ReconciliationKey } from "../columns/plan.ts";
import { isColumn, isText } from "../model/look_up.ts";
import type { ClassCode, StoredValue } from "../model/model.ts";
import type { ObjectId, ShownId } from "../store/object_id.ts";
import type { FoundObject, ObjectSearch } from "../store/objects.ts";
import { likelyIdentities, type LikelyIdentity } from "./likely_identities.ts";
import type { IsReached } from "./consequence_check.ts";
import { hasProblems } from "./obstacle.ts";
import { codeOfKey } from "./own_keys.ts";
import type { AskedRow } from "./row_questions.ts";
import type { RunContext } from "./run_context.ts";
import { WrittenKeys } from "./written_keys.ts";
import { anyTyped, findTyped, withoutBlanksAtEnd } from "./typed_search.ts";

export interface Namesakes {
  /** Asks who agrees with the objects that rows would create. @param rows of a part, none of which is written yet */
  ask(rows: readonly AskedRow[]): Promise<void>;
  /** A row has created an object: to be told of each in order. */
  created(row: AskedRow, id: ObjectId): void;
  /**
   * Warns of the rows of the part that have made namesakes.
   * @param isReached by a row of the run: such an object is not named, for a simulation could not do so either
   */
  warn(isReached: IsReached): Promise<void>;
}

/** Null: no key of the run could differ. */
export function createNamesakes(context: RunContext): Namesakes | null {
  const all = likelyIdentities(context).map((identity) => new NamesakesBy(context, identity));
  return all.length === 0 ? null : namesakesTogether(all);
}

/** Those of several kinds. */
export function namesakesTogether(all: readonly Namesakes[]): Namesakes {
  return {
    async ask(rows) {
      for (const one of all) await one.ask(rows);
    },
    created(row, id) {
      for (const one of all) one.created(row, id);
    },
    async warn(isReached) {
      for (const one of all) await one.warn(isReached);
    },
  };
}

/** The binary logarithm of the bits that tell of names: 512 KiB, in which 100,000 make two "maybes" of a thousand wrong. */
const LOG_BITS = 22;

/** A row that has made a namesake, and the id of the object. */
interface Found {
  readonly row: AskedRow;
  readonly id: ObjectId;
  readonly values: readonly StoredValue[];
}

class NamesakesBy {
  readonly #search: ObjectSearch;
  readonly #columns: readonly string[];
  readonly #keys: readonly string[];
  readonly #countsCase: readonly boolean[];
  /** There was nobody before the run; null: that is not asked yet. */
  #wasEmpty: boolean | null = null;
  /** Of the rows of the part, from the index of the first one on; null: it has none, or creates nothing. */
  #values: readonly (readonly StoredValue[] | null)[] = [];
  #start = 0;
  /** Indexes of rows of the part whose name somebody had before. */
  readonly #known = new Set<number>();
  /** The names that the run has made. */
  readonly #made = new WrittenKeys(LOG_BITS);
  /** Those of the part: as they are, and as texts when somebody asks for them. */
  #madeInPart: (readonly StoredValue[])[] = [];
  #namesInPart: Set<string> | null = null;
  #found: Found[] = [];
  #isFirst = true;

  constructor(private readonly context: RunContext, private readonly identity: LikelyIdentity) {
    const { plan, store } = context;
    const keys = identity.places.flatMap((place) => plan.keys[place] ?? []);
    const conditions = keys.map(codeOfKey);
    this.#search = store.search({ class: identity.class, conditions, read: [], includeHidden: false });
    this.#columns = keys.flatMap((key) => columnsOf(context, key));
    this.#keys = plan.keys.flatMap((key) => columnsOf(context, key));
    this.#countsCase = keys.map(countsCase);
  }

  async ask(rows: readonly AskedRow[]): Promise<void> {
    this.#wasEmpty ??= !alteredRoots(this.context).has(this.context.plan.class.root) && !await this.#hasObjects();
    this.#known.clear();
    this.#madeInPart = [];
    this.#namesInPart = null;
    this.#start = rows[0]?.index ?? 0;
    this.#values = rows.map((row) =>
      row.plan?.kind === "create" && !hasProblems(row.read) ? this.#valuesOf(row) : null
    );
    const indexes: number[] = [];
    const asked: (readonly StoredValue[])[] = [];
    this.#values.forEach((values, place) => {
      if (values === null || (this.#wasEmpty === true && !this.#made.mayHave(values))) return;
      indexes.push(this.#start + place);
      asked.push(values);
    });
    if (asked.length === 0) return;
    const areThere = await anyTyped(this.#search, asked);
    indexes.forEach((index, position) => areThere[position] === true && this.#known.add(index));
  }

  created(row: AskedRow, id: ObjectId): void {
    const values = this.#values[row.index - this.#start] ?? null;
    if (values === null) return;
    const mayBeMade = this.#made.addOnce(values);
    if (this.#known.has(row.index) || (mayBeMade && this.#isInPart(values))) this.#found.push({ row, id, values });
    this.#madeInPart.push(values);
    this.#namesInPart?.add(this.#nameOf(values));
  }

  async warn(isReached: IsReached): Promise<void> {
    const found = this.#found;
    this.#found = [];
    for (const one of found) {
      const other = this.#isFirst ? await this.#otherThan(one, isReached) : null;
      this.#isFirst = false;
      const facts = { columns: this.#columns, keys: this.#keys, other: this.#shown(other) };
      this.context.warnings.noteRow({ kind: "namesake", ...facts }, one.row.record.line);
    }
  }

  #isInPart(values: readonly StoredValue[]): boolean {
    this.#namesInPart ??= new Set(this.#madeInPart.map((made) => this.#nameOf(made)));
    return this.#namesInPart.has(this.#nameOf(values));
  }

  /** Names that the database finds equal are one text. */
  #nameOf(values: readonly StoredValue[]): string {
    return values.map((value, index) =>
      typeof value !== "string" ? String(value) : this.#countsCase[index] ? exactForm(value) : comparedForm(value)
    ).join("\u0000");
  }

  /** One that a row agrees with, beside the object that it has created; null: there is none to be seen. */
  async #otherThan({ id: own, values }: Found, isReached: IsReached): Promise<FoundObject | null> {
    const [match] = await findTyped(this.#search, [values]);
    const found = match?.kind === "several" ? await match.first(2) : match?.kind === "one" ? [match.object] : [];
    return found.find(({ class: code, id }) => id !== own && !isReached(code, id)) ?? null;
  }

  #shown(other: FoundObject | null): { readonly class: ClassCode; readonly id: ShownId } | null {
    return other === null ? null : { class: other.class, id: this.context.store.shownId(other.class, other.id) };
  }

  async #hasObjects(): Promise<boolean> {
    const all = this.context.store.search({
      class: this.identity.class,
      conditions: [],
      read: [],
      includeHidden: false,
    });
    return (await all.anyFor([[]]))[0] === true;
  }

  /** Null: a part of the name is empty, and identifies nobody. */
  #valuesOf({ key }: AskedRow): readonly StoredValue[] | null {
    const all = key?.values ?? null;
    if (all === null) return null;
    const values: StoredValue[] = [];
    for (const place of this.identity.places) {
      const value = all[place] ?? null;
      if ((withoutBlanksAtEnd(value) ?? "") === "") return null;
      values.push(value);
    }
    return values;
  }
}

function columnsOf({ plan }: RunContext, key: ReconciliationKey): readonly string[] {
  return cellsOfKey(key).map((cell) => plan.headers[cell] ?? "");
}

function countsCase(key: ReconciliationKey): boolean {
  return key.kind === "attribute" && isColumn(key.attribute) && isText(key.attribute) && key.attribute.countsCase;
}
