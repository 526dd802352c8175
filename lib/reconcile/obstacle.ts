/** What stands in a row's way before its values are looked at as a whole. */
import { wrongCellCount } from "../columns/added_columns.ts";
import { cellsOfKey, type ColumnPlan, headersOfFile, passwordCells, type ReconciliationKey } from "../columns/plan.ts";
import { withoutBlankEnds } from "../compared_text.ts";
import { NULL_CELL } from "../csv/dialect.ts";
import type { Cell, CsvRecord } from "../csv/record.ts";
import { RECORD_LIMITS } from "../csv/record_limits.ts";
import { isGenerated, isNeverGiven } from "../model/look_up.ts";
import type { Match } from "../store/objects.ts";
import { columnsBehind, typedCell } from "../columns/came_from.ts";
import type { FriendlyNames } from "./friendly_name.ts";
import type { KeyTarget } from "./key_target.ts";
import type { ReadRow } from "./row_reader.ts";
import type { Rejection, SearchedKey, UnfoundKeys } from "./row_result.ts";
import type { RunContext } from "./run_context.ts";

/** What is wrong with the form of a row; null: nothing. */
export function formProblem(
  record: CsvRecord,
  plan: Pick<ColumnPlan, "headers" | "addedCells" | "direct" | "ignored" | "mapping">,
): Rejection | null {
  const { problem, typed, madeTooLong } = record;
  const { cells } = typed ?? record;
  const headers = headersOfFile(plan);
  if (typeof madeTooLong === "number") return tooLong(plan, madeTooLong);
  // Nearly every row is good.
  if (problem === null && cells.length === headers.length && plan.addedCells === 0 && plan.ignored.length === 0) {
    return null;
  }
  const columnOf = (cell: number) => headers[cell] ?? String(cell + 1);
  if (problem?.kind === "too_many_cells") {
    return { kind: "cell_count", found: problem.found, expected: headers.length + plan.addedCells };
  }
  if (problem?.kind === "text_after_qualifier") {
    return { kind: "text_after_qualifier", line: problem.line, column: columnOf(problem.cell) };
  }
  if (problem?.kind === "shifted") {
    return { kind: "shifted", column: columnOf(problem.cell), end: columnOf(problem.end) };
  }
  if (problem?.kind === "backslash") return { kind: "backslash", column: columnOf(problem.cell) };
  const wrongCount = wrongCellCount(cells, { headers, addedCells: plan.addedCells });
  if (wrongCount !== null) return { kind: "cell_count", ...wrongCount };
  if (problem !== null) return { kind: "nul", column: columnOf(problem.cell) };
  const filled = plan.ignored.find(({ cell, why }) => why === "nameless" && isFilled(cells[cell]));
  if (filled === undefined) return null;
  const value = passwordCells(plan).length > 0 ? null : cells[filled.cell] ?? NULL_CELL;
  return { kind: "nameless_cell", column: filled.cell + 1, value };
}

function isFilled(cell: Cell | undefined): boolean {
  return cell === null || (cell !== undefined && withoutBlankEnds(cell) !== "");
}

function tooLong(plan: Pick<ColumnPlan, "headers" | "mapping">, cell: number): Rejection {
  const [column, madeOf] = [plan.headers[cell] ?? "", columnsBehind(plan, cell)];
  return { kind: "made_too_long", column, madeOf, limit: RECORD_LIMITS.cellLength };
}

/** Whether a date cannot be read: that is told of the row before everything else. */
export function hasWrongDate({ problems }: ReadRow): boolean {
  for (const { kind } of problems.values()) if (kind === "wrong_date") return true;
  return false;
}

/** Whether a cell, or the cells of an external key, hold what cannot be loaded. */
export function hasProblems({ problems, targets }: ReadRow): boolean {
  return problems.size > 0 || targets.some(isUnresolved);
}

function isUnresolved({ ok }: KeyTarget): boolean {
  return !ok;
}

/** Why no object can be made of a row that matches none. @param isHidden an object that the user may not see has the row's key */
export function obstacleToCreation(
  { plan }: RunContext,
  names: FriendlyNames,
  record: CsvRecord,
  isHidden: boolean,
): Rejection | null {
  const never = plan.keys.find(cannotBeGiven);
  if (never !== undefined) return unfound(plan, record, never, never.kind === "id" ? "id" : "computed");
  if (isHidden) return { kind: "hidden_match", class: plan.class.code };
  if (plan.class.abstract) return { kind: "abstract_class", class: plan.class.code };
  if (!names.wouldDiffer(record)) return null;
  const name = plan.keys.find((key) => key.kind === "attribute" && key.attribute.kind === "friendly_name");
  return name === undefined ? { kind: "failed_to_reconcile" } : unfound(plan, record, name, "friendly_name");
}

/** Why a row's keys cannot be looked for: what is no id means no object; what else there may be is told of the cells. */
export function unsearchable({ plan, store }: RunContext, record: CsvRecord): Rejection {
  const id = plan.keys.find(({ kind }) => kind === "id");
  const isNoId = id?.kind === "id" && store.idFromText(plan.class.code, record.cells[id.cell] ?? "") === null;
  return id !== undefined && isNoId ? unfound(plan, record, id, "id") : { kind: "failed_to_reconcile" };
}

/** What becomes of rows that find an object, or none, where the caller wants no such rows (SPEC 17); null: the row may go on. */
export function unwanted(
  { plan, store, onMissing, onFound }: RunContext,
  match: Match,
  record: CsvRecord,
): Rejection | null {
  if (match.kind === "none" && onMissing === "error") {
    return { kind: "no_object", class: plan.class.code, searched: searchedKeys(plan, record) };
  }
  if (match.kind !== "one" || onFound !== "error") return null;
  const { class: code, id } = match.object;
  return { kind: "object_exists", class: code, id: store.shownId(code, id) };
}

function unfound(
  plan: ColumnPlan,
  record: CsvRecord,
  key: ReconciliationKey,
  reason: UnfoundKeys["reason"],
): Rejection {
  const [cell] = cellsOfKey(key);
  const column = plan.headers[cell ?? -1] ?? "";
  const searched = searchedKeys(plan, record);
  return { kind: "failed_to_reconcile", unfound: { class: plan.class.code, searched, reason, column } };
}

function searchedKeys(plan: ColumnPlan, record: CsvRecord): readonly SearchedKey[] {
  return plan.keys.flatMap(cellsOfKey).map((cell) => ({
    column: plan.headers[cell] ?? "",
    value: typedCell(plan, record, cell) ?? "",
  }));
}

/** A new object would not have what the key looks for: the next run would create it again. */
function cannotBeGiven(key: ReconciliationKey): boolean {
  if (key.kind === "external_key") return key.columns.key.isGenerated === true;
  return key.kind === "id" || isNeverGiven(key.attribute) || isGenerated(key.attribute);
}
