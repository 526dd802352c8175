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
import { hasProblems } from "./obstacle.ts";
import { codeOfKey } from "./own_keys.ts";
import type { ReachedObjects } from "./reached_objects.ts";
import type { AskedRow } from "./row_questions.ts";
import type { RunContext } from "./run_context.ts";
import { WrittenKeys } from "./written_keys.ts";
import { anyTyped, findTyped, withoutBlanksAtEnd } from "./typed_search.ts";

export interface Namesakes {
  /** Asks who agrees with the objects that rows would create. @param rows of a part, none of which is written yet */
  ask(rows: readonly AskedRow[]): Promise<void>;
  /** The same of a row that was asked about once more, when those before it are written. */
  askAgain(row: AskedRow): Promise<void>;
  /** A row has created an object: to be told of each in order. */
  created(row: AskedRow, id: ObjectId): void;
  /**
   * Warns of the rows of the part that have made namesakes.
   * @param rowOf the first row of the run that has reached an object; null: none has
   */
  warn(rowOf: RowOf): Promise<void>;
}

export type RowOf = ReachedObjects["rowOf"];

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
    async askAgain(row) {
      for (const one of all) await one.askAgain(row);
    },
    created(row, id) {
      for (const one of all) one.created(row, id);
    },
    async warn(rowOf) {
      for (const one of all) await one.warn(rowOf);
    },
  };
}

/** The binary logarithm of the bits that tell of names: 512 KiB, in which 100,000 make two "maybes" of a thousand wrong. */
const LOG_BITS = 22;

/** A row that has made a namesake. */
interface Found {
  readonly row: AskedRow;
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
  #values: (readonly StoredValue[] | null)[] = [];
  #start = 0;
  /** Indexes of rows of the part whose name somebody had before. */
  #known = new Set<number>();
  /** Those that were asked about again: then it is known of all rows before them, too. */
  #askedAgain = new Set<number>();
  /** The names that the run has made. */
  readonly #made = new WrittenKeys(LOG_BITS);
  /** Those of the part: as they are, and as texts when somebody asks for them. */
  #madeInPart: (readonly StoredValue[])[] = [];
  #namesInPart: Set<string> | null = null;
  /** Of their objects. */
  #idsInPart: ObjectId[] = [];
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
    this.#known = new Set();
    this.#askedAgain = new Set();
    this.#madeInPart = [];
    this.#namesInPart = null;
    this.#idsInPart = [];
    this.#start = rows[0]?.index ?? 0;
    this.#values = rows.map((row) => this.#valuesOf(row));
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

  async askAgain(row: AskedRow): Promise<void> {
    const values = this.#values[row.index - this.#start] = this.#valuesOf(row);
    this.#askedAgain.add(row.index);
    const [isThere] = values === null ? [] : await anyTyped(this.#search, [values]);
    if (isThere === true) this.#known.add(row.index);
    else this.#known.delete(row.index);
  }

  created(row: AskedRow, id: ObjectId): void {
    const values = this.#values[row.index - this.#start] ?? null;
    if (values === null) return;
    const mayBeMade = this.#made.addOnce(values);
    const isInPart = mayBeMade && !this.#askedAgain.has(row.index) && this.#isInPart(values);
    if (isInPart || this.#known.has(row.index)) this.#found.push({ row, values });
    this.#madeInPart.push(values);
    this.#idsInPart.push(id);
    this.#namesInPart?.add(this.#nameOf(values));
  }

  async warn(rowOf: RowOf): Promise<void> {
    const found = this.#found;
    this.#found = [];
    for (const one of found) {
      const other = this.#isFirst ? await this.#otherThan(one, rowOf) : null;
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

  /**
   * One that a row agrees with, and that no row before it has reached: a simulation could not name what the run has made; null: there is none
   * to be seen.
   */
  async #otherThan({ row, values }: Found, rowOf: RowOf): Promise<FoundObject | null> {
    const [match] = await findTyped(this.#search, [values]);
    const found = match?.kind === "several" ? await match.first(2) : match?.kind === "one" ? [match.object] : [];
    const isReached = ({ class: code, id }: FoundObject) => (rowOf(code, id) ?? Infinity) <= row.index;
    return found.find((one) => !isReached(one) && !this.#idsInPart.includes(one.id)) ?? null;
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

  /** Null: the row creates nothing, or a part of the name is empty, and identifies nobody. */
  #valuesOf({ key, plan, read }: AskedRow): readonly StoredValue[] | null {
    if (plan?.kind !== "create" || hasProblems(read)) return null;
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
