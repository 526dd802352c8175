/** What a header and the reconciliation keys come to: rows then use the indexes of cells only. */
import type { CellPlan } from "../mapping/record_mapper.ts";
import type { Attribute, AttributeCode, ExternalKeyAttribute, ModelClass } from "../model/model.ts";

/** One column that helps to find the target of an external key. */
export interface ExternalKeyPart {
  /** Index of the cell in a record. */
  readonly cell: number;
  /** An attribute of the target, or its id. */
  readonly attribute: Attribute | "id";
  /** The code of the external field that the column named, if it did. */
  readonly externalField: string | null;
  /** Its cells hold ids: there `0` is none, as views and reports write it (SPEC 14). */
  readonly holdsIds: boolean;
  /** It is the column of the key itself. */
  readonly isOwn?: true;
}

/** An external key that columns feed. All parts together identify the target. */
export interface ExternalKeyColumns {
  readonly key: ExternalKeyAttribute;
  /** Those behind one arrow, in the order of the file. */
  readonly parts: readonly ExternalKeyPart[];
  /** External keys of the target that columns behind further arrows feed (`Place->Parent->Name`); they identify it, too. Mostly none. */
  readonly inner: readonly ExternalKeyColumns[];
}

/** All columns that feed an external key, those behind several arrows last. */
export function feedingParts({ parts, inner }: ExternalKeyColumns): readonly ExternalKeyPart[] {
  return inner.length === 0 ? parts : [...parts, ...inner.flatMap(feedingParts)];
}

/** The cells of these. */
export function feedingCells(columns: ExternalKeyColumns): readonly number[] {
  return feedingParts(columns).map(({ cell }) => cell);
}

/** What the target is looked for by. */
export function conditionsOf({ parts, inner }: ExternalKeyColumns): readonly (AttributeCode | "id")[] {
  return [
    ...parts.map(({ attribute }) => attribute === "id" ? "id" : attribute.code),
    ...inner.map(({ key }) => key.code),
  ];
}

/** External keys, and those that are looked up on the way to their targets. */
export function withInner(externalKeys: readonly ExternalKeyColumns[]): readonly ExternalKeyColumns[] {
  return externalKeys.flatMap((columns) => [columns, ...withInner(columns.inner)]);
}

/** A column of an attribute of the class itself (or `id`): it has a column of its own in the report. */
export interface DirectColumn {
  readonly cell: number;
  readonly attribute: Attribute | "id";
}

/** A column that is not loaded. */
export interface IgnoredColumn {
  /** Index of the cell in a record. */
  readonly cell: number;
  /** Without the blanks around it. */
  readonly name: string;
  /** `nameless`: it has no name, and no cell of it may be filled; `named`, `unknown`: somebody wants it so. */
  readonly why: "nameless" | "named" | "unknown";
  /** It is an attribute of passwords: its cells are shown nowhere. */
  readonly isSecret: boolean;
}

export interface ColumnPlan {
  readonly class: ModelClass;
  /**
   * Codes in the order of the file, as the report prints them: a record must have as many cells, and the added ones. Empty: it is no
   * attribute: it is not loaded, or only the templates of a map use it.
   */
  readonly codes: readonly string[];
  /** The same columns as the file's header names them. */
  readonly headers: readonly string[];
  /** How many cells stand behind those, in columns that are ignored: see `added_columns.ts`. */
  readonly addedCells: number;
  /** Those that are not loaded. */
  readonly ignored: readonly IgnoredColumn[];
  /** In the order of their first use in the file. */
  readonly externalKeys: readonly ExternalKeyColumns[];
  /** In the order of the file. */
  readonly direct: readonly DirectColumn[];
  readonly keys: readonly ReconciliationKey[];
  /** The caller named the keys; false: they are those of the class's own that the file has. */
  readonly keysAreNamed: boolean;
  readonly warnings: readonly string[];
  /** What a map makes of the file's cells; left out: there is none, and the columns are those of the file. */
  readonly mapping?: ColumnMapping;
}

/** How a map turns the columns of a file into those of the plan, which has them all in `codes` and `headers`: the file's before the others. */
export interface ColumnMapping extends CellPlan {
  /** The header of the file. */
  readonly headers: readonly string[];
  /** What new objects get where a cell is empty, by the index of the column. */
  readonly defaults: ReadonlyMap<number, string>;
}

/** The header of the file, which has as many columns as its records have cells, but for the added ones. */
export function headersOfFile(plan: Pick<ColumnPlan, "headers" | "mapping">): readonly string[] {
  return plan.mapping === undefined ? plan.headers : plan.mapping.headers;
}

/** The cells of the file behind a cell of the plan: none behind a constant. */
export function cellsOfFile({ mapping }: Pick<ColumnPlan, "mapping">, cell: number): readonly number[] {
  const source = mapping?.sources[cell];
  if (source === undefined || source.kind === "file") return [cell];
  return source.kind === "made" ? source.columns : [];
}

/** One reconciliation key; all keys of a run are joined by AND. */
export type ReconciliationKey =
  | { readonly kind: "id"; readonly cell: number; readonly printed: string }
  | { readonly kind: "attribute"; readonly cell: number; readonly attribute: Attribute; readonly printed: string }
  /** All columns that feed the external key take part, named as keys or not. */
  | { readonly kind: "external_key"; readonly columns: ExternalKeyColumns; readonly printed: string };

/** The cells that a key is made of. */
export function cellsOfKey(key: ReconciliationKey): readonly number[] {
  return key.kind === "external_key" ? feedingCells(key.columns) : [key.cell];
}

/** Indexes of the file's cells that hold passwords, or of which passwords are made. */
export function passwordCellsOfFile(plan: Pick<ColumnPlan, "direct" | "ignored" | "mapping">): readonly number[] {
  return [...new Set(passwordCells(plan).flatMap((cell) => cellsOfFile(plan, cell)))];
}

/** Indexes of the cells that hold passwords. */
export function passwordCells({ direct, ignored }: Pick<ColumnPlan, "direct" | "ignored">): readonly number[] {
  return [
    ...direct.flatMap(({ cell, attribute }) => attribute !== "id" && attribute.kind === "password" ? [cell] : []),
    ...ignored.filter(({ isSecret }) => isSecret).map(({ cell }) => cell),
  ];
}
