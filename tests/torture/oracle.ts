/**
 * A second reconciliation, slow and plain, in memory: what must become of each row of a random file. It shares nothing with the
 * program's own, and knows what cells mean from who made them.
 */
import { type Column, type RandomFile, TAGS, TARGETS } from "./random_file.ts";
import type { LoadedClass, Meaning, RandomModel } from "./random_model.ts";

type Value = string | number | null;

export interface OracleObject {
  readonly id: number;
  readonly class: LoadedClass;
  readonly values: Map<string, Value>;
  tags: ReadonlySet<number>;
}

export type OracleStatus = "created" | "updated" | "unchanged" | "rejected";

/** What a row's cells say; null: one of them is wrong. */
interface Read {
  readonly values: ReadonlyMap<string, Value>;
  readonly tags: ReadonlySet<number> | null;
}

export class Oracle {
  readonly objects: OracleObject[] = [];
  /** Those that rows of the file have reached: a later row may say the same of them only (SPEC 14). */
  readonly #reached = new Set<OracleObject>();
  #lastId = 0;

  constructor(private readonly model: RandomModel) {}

  /** `created One 3`, `rejected` … for each row. */
  load(file: RandomFile): string[] {
    this.#reached.clear();
    return file.rows.map((row) => {
      const [status, object] = this.#row(file, row);
      if (object !== null) this.#reached.add(object);
      return status === "rejected" || object === null ? "rejected" : `${status} ${object.class} ${object.id}`;
    });
  }

  #row(file: RandomFile, row: readonly Meaning[]): [OracleStatus, OracleObject | null] {
    if (row.length !== file.columns.length) return ["rejected", null];
    const read = this.#read(file.columns, row);
    const key = read === null ? null : this.model.keys.map((code) => [code, read.values.get(code) ?? null] as const);
    if (read === null || key === null) return ["rejected", null];
    const found = this.#find(file.class, key);
    const [object] = found;
    if (found.length > 1) return ["rejected", null];
    return object === undefined ? this.#create(file, read) : this.#update(object, read);
  }

  #find(modelClass: LoadedClass, key: readonly (readonly [string, Value])[]): OracleObject[] {
    return this.#ofClass(modelClass).filter(({ values }) =>
      key.every(([code, value]) => isSame(values.get(code) ?? null, value))
    );
  }

  #ofClass(modelClass: LoadedClass): OracleObject[] {
    return this.objects.filter((object) => modelClass === "Base" || object.class === modelClass);
  }

  #create(file: RandomFile, { values, tags }: Read): [OracleStatus, OracleObject | null] {
    const { model } = this;
    if (file.class === "Base" && model.baseIsAbstract) return ["rejected", null];
    const all = new Map<string, Value>([["serial", ""], ["target_id", null], ["above_id", null]]);
    for (const attribute of model.plain[file.class]) {
      all.set(attribute.code, attribute.default);
      const hasNone = attribute.default === null || attribute.default === "";
      if (!attribute.nullAllowed && hasNone && !values.has(attribute.code)) return ["rejected", null];
    }
    if (model.targetIsMandatory && !values.has("target_id")) return ["rejected", null];
    for (const [code, value] of values) all.set(code, value);
    if (this.#isTaken(all.get("serial") ?? "", null)) return ["rejected", null];
    const object = { id: ++this.#lastId, class: file.class, values: all, tags: tags ?? new Set<number>() };
    this.objects.push(object);
    return ["created", object];
  }

  #update(object: OracleObject, { values, tags }: Read): [OracleStatus, OracleObject | null] {
    const changes = [...values].filter(([code, value]) => (object.values.get(code) ?? null) !== value);
    const hasOtherTags = tags !== null && [...tags].sort().join() !== [...object.tags].sort().join();
    if (changes.length === 0 && !hasOtherTags) return ["unchanged", object];
    if (this.#reached.has(object)) return ["rejected", null];
    const serial = new Map(changes).get("serial");
    if (serial !== undefined && this.#isTaken(serial, object)) return ["rejected", null];
    const above = new Map(changes).get("above_id");
    if (typeof above === "number" && this.#leadsBack(above, object)) return ["rejected", null];
    for (const [code, value] of changes) object.values.set(code, value);
    if (tags !== null) object.tags = tags;
    return ["updated", object];
  }

  #isTaken(serial: Value, by: OracleObject | null): boolean {
    if (!this.model.hasUniqueness || serial === "" || serial === null) return false;
    return this.objects.some((other) => other !== by && isSame(other.values.get("serial") ?? null, serial));
  }

  #leadsBack(above: number, object: OracleObject): boolean {
    for (let id: Value = above; typeof id === "number";) {
      if (id === object.id) return true;
      id = this.objects.find((other) => other.id === id)?.values.get("above_id") ?? null;
    }
    return false;
  }

  #read(columns: readonly Column[], row: readonly Meaning[]): Read | null {
    const values = new Map<string, Value>();
    let tags: ReadonlySet<number> | null = null;
    for (const [index, column] of columns.entries()) {
      const { text, value } = row[index] ?? { text: "", value: undefined };
      if (column.kind === "tags") {
        tags = tagsOf(text);
        if (tags === null) return null;
        continue;
      }
      const meant = column.kind === "target"
        ? this.#target(column.header, text)
        : column.kind === "above"
        ? this.#above(text)
        : value;
      if (meant === undefined) return null;
      const code = column.kind === "plain" ? column.attribute.code : CODES[column.kind];
      // Blanks at the ends of a cell of one line do not count (SPEC 14).
      values.set(code, typeof meant === "string" && !hasLines(column) ? meant.trim() : meant);
    }
    return { values, tags };
  }

  #target(header: string, text: string): Value | undefined {
    if (text === "") return this.model.targetIsMandatory ? undefined : null;
    const ids = TARGETS.flatMap((name, index) => {
      const isMeant = header === "target_id" ? text === String(index + 1) : isSame(name, text);
      return isMeant ? [index + 1] : [];
    });
    return ids.length === 1 ? ids[0] : undefined;
  }

  #above(text: string): Value | undefined {
    if (text === "") return null;
    const found = this.objects.filter(({ values }) => isSame(values.get("name") ?? null, text));
    return found.length === 1 ? found[0]?.id : undefined;
  }
}

const CODES = { name: "name", serial: "serial", target: "target_id", above: "above_id" } as const;

function hasLines(column: Column): boolean {
  return column.kind === "plain" && ["text", "html"].includes(column.attribute.kind);
}

function isSame(a: Value, b: Value): boolean {
  return typeof a === "string" && typeof b === "string" ? a.toLowerCase() === b.toLowerCase() : a === b;
}

function tagsOf(text: string): ReadonlySet<number> | null {
  const ids = text.split("|").filter((item) => item !== "").map((item) => {
    const [, by, value = ""] = /^tag_id(->name)?:(\w+)$/.exec(item) ?? [];
    const index = by === undefined ? Number(value) - 1 : TAGS.findIndex((tag) => tag === value);
    return TAGS[index] === undefined ? null : index + 1;
  });
  return ids.includes(null) ? null : new Set(ids.filter((id) => id !== null));
}
