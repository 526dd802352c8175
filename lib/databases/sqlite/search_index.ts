/** Indexes for the reconciliation keys that are really used: made when a search that is to be asked often has none. */
import { attributeOf, classOf, isColumn, isText } from "../../model/look_up.ts";
import type { AttributeCode, ClassCode, ColumnAttribute, Model, ModelClass } from "../../model/model.ts";
import type { Mapping } from "../../store/layout.ts";
import { attributeExpression } from "../sql/attribute_expression.ts";
import { classCondition } from "../sql/class_condition.ts";
import type { Database } from "./connection.ts";
import { createIndex } from "../sql/index_statements.ts";
import { quoteName } from "../sql/sql_text.ts";
import { type UsableIndex, usableIndexes } from "./table_indexes.ts";

/** The columns of the index that serves a search: all are among its conditions. None: it goes by id or by an expression. */
export type ServingIndex = ReadonlySet<string>;

export interface SearchIndexes {
  /** False: only indexes that are there already serve. */
  readonly mayCreate: boolean;
  /** The index that serves the conditions, made now if need be; null when there is none. */
  serve(modelClass: ClassCode, conditions: readonly (AttributeCode | "id")[]): ServingIndex | null;
  /** The index that serves a friendly name, made now if need be; null when there is none. */
  serveFriendlyName(modelClass: ClassCode): ServingIndex | null;
  /**
   * Does work that may be taken back, and with it the indexes that were made meanwhile.
   * @param isKept tells it from what the work gives; what throws is taken back
   */
  keptIf<T>(isKept: (result: T) => boolean, work: () => Promise<T>): Promise<T>;
  /** How often indexes that were made are gone again. */
  readonly lost: number;
}

const NO_COLUMNS: ServingIndex = new Set();

/** @param mayCreate false: only indexes that are there already serve */
export function createSearchIndexes(database: Database, mapping: Mapping, mayCreate: boolean): SearchIndexes {
  const { model, layout } = mapping;
  const made = new MadeIndexes(database);
  /** The index that finds the fewest rows by the columns, or a new one on all of them. */
  const columnIndex = (code: ClassCode, wanted: readonly string[]): ServingIndex | null => {
    const table = layout.tableOf(code).name;
    const usable = usableIndexes(database, table, classCondition(layout, classOf(model, code), ""));
    const existing = usable.find((index) => findsAlone(index, wanted)) ??
      (mayCreate ? undefined : longest(usable, wanted));
    if (existing !== undefined) return new Set(existing.columns);
    if (!mayCreate) return null;
    const name = `search_${table}.${wanted.join(",")}`;
    made.make(createIndex({ name, table, columns: wanted, unique: false, condition: null }));
    return new Set(wanted);
  };

  const friendlyNameIndex = (code: ClassCode, friendlyName: AttributeCode): ServingIndex | null => {
    const expression = attributeExpression(mapping, code, friendlyName, { prefix: "" });
    // SQLite allows no look-up of other objects in an index.
    if (!mayCreate || expression.includes("(SELECT ")) return null;
    const table = layout.tableOf(code).name;
    const name = quoteName(`search_${table}.${friendlyName}(${code})`);
    made.make(`CREATE INDEX IF NOT EXISTS ${name} ON ${quoteName(table)} (${expression} COLLATE NOCASE)`);
    return NO_COLUMNS;
  };

  const serve = (code: ClassCode, conditions: readonly (AttributeCode | "id")[]): ServingIndex | null => {
    if (conditions.includes("id")) return NO_COLUMNS;
    const modelClass = classOf(model, code);
    const columns = conditions.flatMap((condition) => columnsBehind(model, modelClass, condition));
    const nameOf = (attribute: ColumnAttribute) => layout.columnOf(code, attribute.code).name;
    const telling = columns.filter(tellsApart).map(nameOf);
    const friendlyName = friendlyNameOf(modelClass);
    const byName = telling.length === 0 && friendlyName !== null && conditions.includes(friendlyName)
      ? friendlyNameIndex(code, friendlyName)
      : null;
    if (byName !== null) return byName;
    // A text may repeat, as the names of a server's interfaces do: what it belongs to tells them apart.
    const wanted = [...new Set([...telling, ...columns.filter(({ kind }) => kind === "external_key").map(nameOf)])];
    return wanted.length > 0 ? columnIndex(code, wanted) : null;
  };

  return {
    mayCreate,
    serve,
    serveFriendlyName(code) {
      const friendlyName = friendlyNameOf(classOf(model, code));
      return friendlyName === null ? null : serve(code, [friendlyName]);
    },
    keptIf: (isKept, work) => made.keptIf(isKept, work),
    get lost() {
      return made.lost;
    },
  };
}

/** Whether the index finds at most one row, or all that agree in the columns and no other. */
function findsAlone({ columns, unique }: UsableIndex, wanted: readonly string[]): boolean {
  if (unique && columns.every((column) => wanted.includes(column))) return true;
  const first = columns.slice(0, wanted.length);
  return wanted.every((column) => first.includes(column));
}

/** The index of which the most columns are given, and no other one. */
function longest(indexes: readonly UsableIndex[], given: readonly string[]): UsableIndex | undefined {
  return indexes.filter(({ columns }) => columns.every((column) => given.includes(column)))
    .toSorted((one, other) => other.columns.length - one.columns.length)[0];
}

/** Indexes that were made in a transaction, and may be gone again with a part of it. */
class MadeIndexes {
  #made = 0;
  #lost = 0;

  constructor(private readonly database: Database) {}

  make(sql: string): void {
    this.database.exec(sql);
    this.#made++;
  }

  async keptIf<T>(isKept: (result: T) => boolean, work: () => Promise<T>): Promise<T> {
    const before = this.#made;
    let areKept = false;
    try {
      const result = await work();
      areKept = isKept(result);
      return result;
    } finally {
      if (!areKept && this.#made > before) this.#lost++;
    }
  }

  get lost(): number {
    return this.#lost;
  }
}

/** The code of the class's attribute that holds its friendly name. */
function friendlyNameOf(modelClass: ModelClass): AttributeCode | null {
  return [...modelClass.attributes.values()].find(({ kind }) => kind === "friendly_name")?.code ?? null;
}

/** The column that an attribute is: one, or none. A friendly name may be a single attribute, `{name}`. */
function columnsBehind(model: Model, modelClass: ModelClass, code: AttributeCode): readonly ColumnAttribute[] {
  const attribute = attributeOf(modelClass, code);
  if (isColumn(attribute)) return [attribute];
  if (attribute.kind !== "friendly_name") return [];
  const templates = modelClass.concreteClasses.map((real) => classOf(model, real).friendlyName);
  const names = new Set(
    templates.map((parts) => parts.length === 1 && parts[0] !== undefined ? parts[0] : null)
      .map((part) => part !== null && "attribute" in part ? part.attribute : null),
  );
  const [only] = names;
  if (names.size !== 1 || only === null || only === undefined) return [];
  const named = modelClass.attributes.get(only);
  return named !== undefined && isColumn(named) ? [named] : [];
}

/** Whether the attribute has many different values: enumerations and external keys have few. */
function tellsApart(attribute: ColumnAttribute): boolean {
  return isText(attribute) || ["integer", "decimal", "date", "datetime"].includes(attribute.kind);
}
