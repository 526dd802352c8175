/** Indexes for the reconciliation keys that are really used: made when a search that is to be asked often has none. */
import { attributeOf, classOf, isColumn, isText } from "../../model/look_up.ts";
import type { AttributeCode, ClassCode, ColumnAttribute, Model, ModelClass } from "../../model/model.ts";
import { attributeExpression } from "./attribute_expression.ts";
import { classCondition } from "./class_condition.ts";
import type { SpokenMapping } from "./dialect.ts";
import { answered, type Later, type Steps } from "../shared/steps.ts";

/** The columns of the index that serves a search: all are among its conditions. None: it goes by id or by an expression. */
export type ServingIndex = ReadonlySet<string>;

/** An index of a table. */
export interface UsableIndex {
  /** An expression is no column: it is an empty text. */
  readonly columns: readonly string[];
  /** Whether no two rows agree in all of them. */
  readonly unique: boolean;
}

/** The indexes of a database. */
export interface IndexCatalog {
  /**
   * Those that it can use for objects of a class.
   * @param ofClass the condition on the real class that the searches have; null: none
   */
  usable(table: string, ofClass: string | null): Later<readonly UsableIndex[]>;
  /** Makes one on columns, for all rows. */
  make(name: string, table: string, columns: readonly string[]): Later<void>;
  /** Makes one on a text, for all rows, unless it is there. */
  makeOfText(name: string, table: string, text: string): Later<void>;
}

export interface IndexSteps {
  /** The index that serves the conditions, made now if need be; null when there is none. */
  serve(modelClass: ClassCode, conditions: readonly (AttributeCode | "id")[]): Steps<ServingIndex | null>;
  /** The index that serves a friendly name, made now if need be; null when there is none. */
  serveFriendlyName(modelClass: ClassCode): Steps<ServingIndex | null>;
}

const NO_COLUMNS: ServingIndex = new Set();

/** @param mayCreate false: only indexes that are there already serve */
export function indexSteps(catalog: IndexCatalog, mapping: SpokenMapping, mayCreate: boolean): IndexSteps {
  const { model, layout } = mapping;
  /** The index that finds the fewest rows by the columns, or a new one on all of them. */
  function* columnIndex(code: ClassCode, wanted: readonly string[]): Steps<ServingIndex | null> {
    const table = layout.tableOf(code).name;
    const usable = yield* answered(catalog.usable(table, classCondition(layout, classOf(model, code), "")));
    const existing = usable.find((index) => findsAlone(index, wanted)) ??
      (mayCreate ? undefined : longest(usable, wanted));
    if (existing !== undefined) return new Set(existing.columns);
    if (!mayCreate) return null;
    yield* answered(catalog.make(`search_${table}.${wanted.join(",")}`, table, wanted));
    return new Set(wanted);
  }

  function* friendlyNameIndex(code: ClassCode, friendlyName: AttributeCode): Steps<ServingIndex | null> {
    const expression = attributeExpression(mapping, code, friendlyName, { prefix: "" });
    // No database allows a look-up of other objects in an index.
    if (!mayCreate || expression.includes("(SELECT ")) return null;
    const table = layout.tableOf(code).name;
    yield* answered(catalog.makeOfText(`search_${table}.${friendlyName}(${code})`, table, expression));
    return NO_COLUMNS;
  }

  function* serve(code: ClassCode, conditions: readonly (AttributeCode | "id")[]): Steps<ServingIndex | null> {
    if (conditions.includes("id")) return NO_COLUMNS;
    const modelClass = classOf(model, code);
    const columns = conditions.flatMap((condition) => columnsBehind(model, modelClass, condition));
    const nameOf = (attribute: ColumnAttribute) => layout.columnOf(code, attribute.code).name;
    const telling = columns.filter(tellsApart).map(nameOf);
    const friendlyName = friendlyNameOf(modelClass);
    const byName = telling.length === 0 && friendlyName !== null && conditions.includes(friendlyName)
      ? yield* friendlyNameIndex(code, friendlyName)
      : null;
    if (byName !== null) return byName;
    // A text may repeat, as the names of a server's interfaces do: what it belongs to tells them apart.
    const wanted = [...new Set([...telling, ...columns.filter(({ kind }) => kind === "external_key").map(nameOf)])];
    return wanted.length > 0 ? yield* columnIndex(code, wanted) : null;
  }

  return {
    serve,
    *serveFriendlyName(code) {
      const friendlyName = friendlyNameOf(classOf(model, code));
      return friendlyName === null ? null : yield* serve(code, [friendlyName]);
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
