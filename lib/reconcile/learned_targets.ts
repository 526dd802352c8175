/**
 * All objects of a small class, by the texts that find them: where a file refers to most of them, reading them once takes fewer statements
 * than asking for each group of records.
 */
import type { ExternalKeyColumns } from "../columns/plan.ts";
import { comparedForm } from "../compared_text.ts";
import { attributeOf, classOf, isColumn, isOneLineText } from "../model/look_up.ts";
import type { StoredValue } from "../model/model.ts";
import type { ObjectId } from "../store/object_id.ts";
import type { RunContext } from "./run_context.ts";

/** So many objects at most are read, and texts of so many UTF-16 code units: some MiB. */
const MOST_OBJECTS = 32 * 1024;
const MOST_TEXT = 1024 * 1024;

/** A key that is asked for costs as much as some objects that are read. So at most as much is read in vain as was asked for. */
const OBJECTS_PER_KEY = 8;

/** Objects that are read at once: with their longest texts they take 32 MiB. */
const PAGE = 4 * 1024;

/** Undefined: nothing can match. */
type Key = readonly (StoredValue | undefined)[];

/** Gives the very answers of a search, or none: then the search is to be asked. */
export class LearnedTargets {
  /** By the text that an object has; null: nothing was read. */
  #ids: ReadonlyMap<string, ObjectId> | null = null;
  /** How many objects there are; null: not counted yet. */
  #count: number | null = null;
  /** Nothing is to be read any more: it was read, or would be too much. */
  #isOver: boolean;

  constructor(private readonly context: RunContext, private readonly columns: ExternalKeyColumns) {
    this.#isOver = context.someObjectsAreHidden || !areTexts(context, columns);
  }

  /** Reads them if it pays. @param asked how many keys were asked for so far */
  async expect(asked: number): Promise<void> {
    if (this.#isOver) return;
    const { context: { store }, columns: { key } } = this;
    this.#count ??= await store.count(key.target);
    if (this.#count > MOST_OBJECTS) this.#isOver = true;
    else if (this.#count <= OBJECTS_PER_KEY * asked) await this.#learn();
  }

  get hasLearned(): boolean {
    return this.#ids !== null;
  }

  /** The one object that a key finds; undefined: it has to be asked for. */
  idOf(key: Key): ObjectId | undefined {
    return this.#ids !== null && key.every(isSomeText) ? this.#ids.get(nameOf(key)) : undefined;
  }

  async #learn(): Promise<void> {
    const { context: { store }, columns } = this;
    this.#isOver = true;
    const codes = columns.parts.map(({ attribute }) => attribute === "id" ? attribute : attribute.code);
    const list = store.list({ class: columns.key.target, orderedBy: [], read: codes, textsOnly: true });
    const found = new FoundTexts();
    for await (const page of list.pages(PAGE)) {
      for (const { id, values } of page) if (values === null || !found.add(values, id)) return;
    }
    this.#ids = found.unique();
  }
}

/** Objects by their texts. */
class FoundTexts {
  readonly #ids = new Map<string, ObjectId>();
  /** The names of `#ids` by the form in which a search may compare them; null: of several objects. */
  readonly #names = new Map<string, string | null>();
  #text = 0;

  /** @returns false: it is too much */
  add(values: readonly StoredValue[], id: ObjectId): boolean {
    const name = nameOf(values);
    this.#text += name.length;
    if (this.#text > MOST_TEXT) return false;
    // No text finds an object without one.
    if (!values.every(isSomeText)) return true;
    const form = nameOf(values.map(comparedForm));
    const other = this.#names.get(form);
    if (other !== undefined && other !== null) this.#ids.delete(other);
    const isAlone = other === undefined && !name.includes(REPLACEMENT);
    this.#names.set(form, isAlone ? name : null);
    if (isAlone) this.#ids.set(name, id);
    return true;
  }

  /** Those that are alone, however a database compares: no database takes more for the same than `comparedForm`. */
  unique(): ReadonlyMap<string, ObjectId> {
    return this.#ids;
  }
}

/** It stands for bytes of a stored text that are no character, too, and then the text is not what it seems. */
const REPLACEMENT = "\ufffd";

/** Different texts have different names. */
function nameOf(key: readonly StoredValue[]): string {
  const [only] = key;
  return key.length === 1 && typeof only === "string" ? only : JSON.stringify(key);
}

function isSomeText(value: StoredValue | undefined): value is string {
  return typeof value === "string" && value !== "";
}

/** Whether the targets are looked for by texts of one line of their own, and by nothing else. */
function areTexts({ model }: RunContext, { key, parts, inner }: ExternalKeyColumns): boolean {
  return inner.length === 0 && parts.every(({ attribute }) => {
    if (attribute === "id") return false;
    const own = attributeOf(classOf(model, key.target), attribute.code);
    return isColumn(own) && isOneLineText(own);
  });
}
