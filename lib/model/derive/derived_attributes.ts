/** The attributes of a class, of what its columns are. */
import { isText } from "../look_up.ts";
import type { Attribute, ColumnAttribute, Labels, LanguageCode } from "../model.ts";
import { foldName } from "./ascii_names.ts";
import { ID } from "./attribute_codes.ts";
import type { ColumnKind } from "./column_kind.ts";
import { type ClassTable, isInPrimaryKey, isWholeKey } from "./derived_tables.ts";
import { affinityOf } from "./declared_type.ts";
import type { SettledColumn } from "./derived_columns.ts";
import type { Reference } from "./references.ts";

/** The first language of every derived model, in which names stand as they are. */
export const LANGUAGE: LanguageCode = "EN US";

/** What an attribute depends on besides its column. */
export interface AttributeContext {
  readonly table: ClassTable;
  /** Folded names of the columns of each class, with their attributes. */
  readonly codeIn: (table: ClassTable, column: string) => string;
  /** Further names of the external keys, by folded name of the column. */
  readonly keyNames: ReadonlyMap<string, readonly string[]>;
}

/** A kind whose values a file may give. */
type GivenKind = Exclude<ColumnKind, { readonly kind: "bytes" }>;

/** Null: it is the `id` of the class, which is no attribute. */
export function derivedAttribute(column: SettledColumn, context: AttributeContext): Attribute | null {
  const { derived: { attribute: code, name }, kind, reference, overlay } = column;
  if (code === ID) return null;
  const base = {
    code,
    declaredBy: context.table.facts.name,
    labels: labelsOf(name, overlay.labels),
    aliases: overlay.aliases ?? new Map<LanguageCode, readonly string[]>(),
    ...code === name ? {} : { shownCode: name },
    ...otherNames(column, context),
  };
  const writable = { ...base, ...writableOf(column, context.table) };
  if (kind?.kind === "bytes") return { ...writable, kind: "bytes" };
  if (kind !== null) return withFlags(ofKind(writable, kind, column), column);
  return reference === null ? null : externalKey(writable, reference, context);
}

/** The name as it is, and what an overlay says. */
export function labelsOf(name: string, labels: Labels | undefined): Labels {
  return new Map([[LANGUAGE, name], ...labels ?? []]);
}

/** A label of the overlay leaves the column's name what it is. */
function otherNames(
  { derived: { name }, overlay }: SettledColumn,
  { keyNames }: AttributeContext,
): { readonly otherNames?: readonly string[] } {
  const names = [
    ...overlay.labels?.get(LANGUAGE) === undefined ? [] : [name],
    ...keyNames.get(foldName(name)) ?? [],
  ];
  return names.length === 0 ? {} : { otherNames: names };
}

type Writable =
  & Pick<Attribute, "code" | "declaredBy" | "labels" | "aliases" | "otherNames">
  & Pick<ColumnAttribute, "nullAllowed" | "filledByDatabase" | "isGenerated" | "isFixed" | "keepsWhatIsStored">;

function writableOf({ facts, derived, overlay }: SettledColumn, { key }: ClassTable) {
  const isKey = key?.columns.includes(facts) ?? false;
  const isEmptyAllowed = derived.emptyIsText || !facts.isNotNull && !isInPrimaryKey(facts);
  return {
    nullAllowed: isInPrimaryKey(facts) ? false : overlay.null ?? isEmptyAllowed,
    keepsWhatIsStored: true as const,
    ...isFilled(derived, isKey && key?.isRowid === true) ? { filledByDatabase: true as const } : {},
    ...facts.isGenerated ? { isGenerated: true as const } : {},
    ...isKey ? { isFixed: true as const } : {},
  };
}

/** The default of a column may be that there is nothing. */
function isFilled({ default: sql, fill, generate, isGenerated }: SettledColumn["derived"], isRowid: boolean): boolean {
  const hasDefault = sql !== null && !/^\(*\s*NULL\s*\)*$/i.test(sql);
  return hasDefault || fill !== null || generate !== null || isGenerated || isRowid;
}

function ofKind(base: Writable, kind: GivenKind, column: SettledColumn): ColumnAttribute {
  const { derived: { collation } } = column;
  const countsCase = collation.toUpperCase() !== "NOCASE";
  switch (kind.kind) {
    case "enum":
      return { ...base, kind: "enum", values: kind.values, default: null, ...countsCase ? { countsCase } : {} };
    case "boolean":
    case "date":
    case "datetime":
      return { ...base, kind: kind.kind, default: null };
    case "integer":
      return { ...base, kind: "integer", bits: 64, default: null };
    case "number":
      return { ...base, kind: "number", default: null };
    case "decimal":
      return { ...base, kind: "decimal", digits: kind.digits, decimals: kind.decimals, default: null };
    case "loose":
      return { ...base, kind: "loose", isNumeric: kind.isNumeric, default: null };
    default:
      return { ...base, kind: kind.kind, maxLength: kind.maxLength, countsCase, default: "" };
  }
}

function externalKey(
  base: Writable,
  { target, column, onDelete }: Reference,
  context: AttributeContext,
): ColumnAttribute {
  return {
    ...base,
    kind: "external_key",
    target: target.facts.name,
    takesAnyId: true,
    hierarchical: false,
    onDelete,
    ...holdsIntegers(target, column) ? {} : { hasWordsAsIds: true as const },
    ...isWholeKey(target, column) ? {} : { referenced: context.codeIn(target, column) },
  };
}

function holdsIntegers({ facts: { isStrict }, columns }: ClassTable, column: string): boolean {
  return affinityOf(columns.get(foldName(column))?.type ?? "", isStrict) === "INTEGER";
}

function withFlags(attribute: ColumnAttribute, { facts, derived }: SettledColumn): ColumnAttribute {
  const isTextual = isText(attribute) || attribute.kind === "loose";
  if (!isTextual) return attribute;
  const lacksEmptyText = !attribute.nullAllowed && !derived.emptyIsText && !isInPrimaryKey(facts) && !facts.isGenerated;
  return { ...attribute, warnsOfLikes: true, ...lacksEmptyText ? { mayHoldEmptyText: true } : {} };
}
