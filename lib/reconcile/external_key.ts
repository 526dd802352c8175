/** Which object an external key's columns mean. */
import type { ExternalKeyColumns, ExternalKeyPart } from "../columns/plan.ts";
import type { Cell, CsvRecord } from "../csv/record.ts";
import * as sentences from "../messages/cells.ts";
import { classOf, finalAttribute, isColumn } from "../model/look_up.ts";
import type { ClassCode, StoredValue } from "../model/model.ts";
import type { Examples, Match, ObjectSearch } from "../store/objects.ts";
import { readerFor } from "../values/reader_for.ts";
import { classNamed } from "./final_class.ts";
import { idOf } from "./object_id.ts";
import { RememberedTargets } from "./remembered_targets.ts";
import { rootsBehind, rootsOfOrganizations } from "./roots_behind.ts";
import { type RunContext, shownId } from "./run_context.ts";
import type { KeyTarget } from "./key_target.ts";

export interface ExternalKeyResolver {
  readonly columns: ExternalKeyColumns;
  /** @param asReconciliationKey an empty mandatory key is worded differently when it is to identify the row's object */
  resolve(cells: readonly Cell[], asReconciliationKey: boolean): KeyTarget;
  /**
   * Looks the targets of many records up with one statement, and remembers those that are found: `resolve` then asks only for the others.
   * What the records between write must not change an answer (see `dependsOn`).
   */
  prepare(records: readonly CsvRecord[]): void;
  /** Whether its answers may change when an object of `root` is written. */
  dependsOn(root: ClassCode): boolean;
  /** Forgets what such an object may have changed: it was written. */
  forget(root: ClassCode): void;
}

/** How many existing values a message lists. */
const LISTED = 3;

/** The value that a cell looks for in the target's attribute; undefined: nothing can match. */
type CellToValue = (cell: Cell) => StoredValue | undefined;

export function createExternalKeyResolver(context: RunContext, columns: ExternalKeyColumns): ExternalKeyResolver {
  const roots = rootsOf(context, columns);
  const toValues = columns.parts.map((part) => cellToValue(context, part, columns.key.target));
  let search: ObjectSearch | null = null;
  const remembered = new RememberedTargets();
  let examples: Examples | null = null;

  const prepared = (): ObjectSearch =>
    search ??= context.store.search({
      class: columns.key.target,
      conditions: columns.parts.map(({ attribute }) => attribute === "id" ? "id" : attribute.code),
      read: [],
      includeHidden: false,
    });
  const valuesOf = (cells: readonly Cell[]): (StoredValue | undefined)[] =>
    columns.parts.map((part, index) => toValues[index]?.(cells[part.cell] ?? null));
  const lookUp = (cells: readonly Cell[]): Match => findTyped(prepared(), valuesOf(cells));
  const tellStop = (cells: readonly Cell[]): string => {
    examples ??= context.store.examples(
      columns.key.target,
      columns.parts.map(({ attribute }) => attribute === "id" ? "id" : attribute.code),
      LISTED,
    );
    const searched = columns.parts.map((part) => cells[part.cell] ?? "").join(" ");
    return wordNoMatch(context, columns, searched, examples);
  };
  const answer = (cells: readonly Cell[]): KeyTarget => {
    const match = lookUp(cells);
    if (match.kind === "one") return { ok: true, id: match.object.id };
    if (match.kind === "several") return { ok: false, text: sentences.ambiguousKey(match.count()) };
    return { ok: false, text: tellStop(cells) };
  };
  return {
    columns,
    prepare: (records) => rememberTargets(remembered, questions(columns, remembered, records, valuesOf), prepared),
    resolve(cells, asReconciliationKey) {
      if (areEmpty(columns, cells)) {
        if (columns.key.nullAllowed) return { ok: true, id: null };
        return { ok: false, text: asReconciliationKey ? sentences.missingMandatoryKey() : sentences.keyIsNull() };
      }
      const name = nameOf(columns, cells);
      const known = remembered.get(name);
      if (known !== undefined) return known;
      const found = answer(cells);
      remembered.set(name, found);
      return found;
    },
    dependsOn: (root) => roots.has(root),
    forget(root) {
      if (!roots.has(root)) return;
      remembered.clear();
      examples = null;
    },
  };
}

/** What is to be asked for records by what their cells say, each once. */
function questions(
  columns: ExternalKeyColumns,
  remembered: RememberedTargets,
  records: readonly CsvRecord[],
  valuesOf: (cells: readonly Cell[]) => (StoredValue | undefined)[],
): ReadonlyMap<string, readonly StoredValue[]> {
  const asked = new Map<string, readonly StoredValue[]>();
  for (const { cells } of records) {
    if (areEmpty(columns, cells)) continue;
    const name = nameOf(columns, cells);
    if (remembered.get(name) !== undefined || asked.has(name)) continue;
    const values = valuesOf(cells);
    if (areAllKnown(values)) asked.set(name, values);
  }
  return asked;
}

/** A single one is asked when it is needed, if it is; and what is not found, when it is to be explained. */
function rememberTargets(
  remembered: RememberedTargets,
  asked: ReadonlyMap<string, readonly StoredValue[]>,
  search: () => ObjectSearch,
): void {
  if (asked.size < 2) return;
  const matches = search().find([...asked.values()]).values();
  for (const name of asked.keys()) {
    const match = matches.next().value;
    if (match?.kind === "one") remembered.set(name, { ok: true, id: match.object.id });
  }
}

/** The roots of the objects behind the searched attributes, and behind the names by which examples are sorted. */
function rootsOf(
  { model, someObjectsAreHidden }: RunContext,
  { key, parts }: ExternalKeyColumns,
): ReadonlySet<ClassCode> {
  const codes = parts.map(({ attribute }) => attribute === "id" ? "id" : attribute.code);
  const roots = new Set([...codes, "friendlyname"].flatMap((code) => [...rootsBehind(model, key.target, code)]));
  return someObjectsAreHidden ? roots.union(rootsOfOrganizations(model, roots)) : roots;
}

/** What the cells say, as one text. */
function nameOf({ parts }: ExternalKeyColumns, cells: readonly Cell[]): string {
  let name = textOf(parts[0], cells);
  for (let index = 1; index < parts.length; index++) name += `\u0000${textOf(parts[index], cells)}`;
  return name;
}

function textOf(part: ExternalKeyPart | undefined, cells: readonly Cell[]): string {
  return part === undefined ? "" : cells[part.cell] ?? "";
}

function areEmpty({ parts }: ExternalKeyColumns, cells: readonly Cell[]): boolean {
  for (const part of parts) if (!isEmpty(cells[part.cell])) return false;
  return true;
}

function areAllKnown(values: readonly (StoredValue | undefined)[]): values is StoredValue[] {
  return !values.includes(undefined);
}

function isEmpty(cell: Cell | undefined): boolean {
  return cell === null || cell === undefined || cell === "";
}

function cellToValue(context: RunContext, part: ExternalKeyPart, targetClass: ClassCode): CellToValue {
  const modelClass = classOf(context.model, targetClass);
  const code = part.attribute === "id" ? "id" : part.attribute.code;
  const { class: owner, attribute } = finalAttribute(context.model, modelClass, code);
  if (attribute === "id") return (cell) => idOf(cell) ?? undefined;
  if (attribute.kind === "external_key") return (cell) => isEmpty(cell) ? null : idOf(cell) ?? undefined;
  if (attribute.kind === "final_class") return (cell) => classNamed(context, owner, cell ?? "");
  if (!isColumn(attribute)) return (cell) => cell ?? "";
  // date_format is for the class's own columns only (rules-a, part 4).
  const reader = readerFor(attribute, { ...context, dateFormat: null });
  return (cell) => isEmpty(cell) ? reader.parseKey("") ?? null : reader.parseKey(cell);
}

/**
 * Finds an object by values as they were typed; when there is none, once more without the blanks at the ends of texts, which do
 * not count in matching (golden decisions, b-rec-spaces).
 */
export function findTyped(search: ObjectSearch, values: readonly (StoredValue | undefined)[]): Match {
  const typed: StoredValue[] = [];
  for (const value of values) {
    if (value === undefined) return { kind: "none" };
    typed.push(value);
  }
  const match = search.find([typed])[0] ?? { kind: "none" };
  if (match.kind !== "none" || !typed.some(endsInBlank)) return match;
  return search.find([typed.map(withoutBlanksAtEnd)])[0] ?? match;
}

export function endsInBlank(value: StoredValue): boolean {
  return typeof value === "string" && value.endsWith(" ");
}

/** By hand: `/ +$/` begins anew at each blank within the text, which takes the square of their number. */
export function withoutBlanksAtEnd(value: StoredValue): StoredValue {
  if (typeof value !== "string" || !endsInBlank(value)) return value;
  let end = value.length;
  while (end > 0 && value.charAt(end - 1) === " ") end--;
  return value.slice(0, end);
}

function wordNoMatch(context: RunContext, columns: ExternalKeyColumns, searched: string, examples: Examples): string {
  const target = columns.key.target;
  const shown = examples.rows.map((row) =>
    row.map((value, index) => shownExample(context, columns, value, index)).join(" ")
  );
  if (shown.length === 0) return examples.hidden ? sentences.noVisibleObjects(target) : sentences.noObjects(target);
  if (examples.hidden) return sentences.hiddenObjects(target, shown, examples.more);
  return sentences.noMatch(searched, target, shown, examples.more);
}

function shownExample(context: RunContext, columns: ExternalKeyColumns, value: StoredValue, index: number): string {
  if (columns.parts[index]?.attribute === "id" && typeof value === "number") {
    return String(shownId(context, columns.key.target, value));
  }
  return String(value ?? "");
}
