/** Facts of runs, to be changed by each test. */
import type { RunColumns, RunEnd, RunHeading } from "../../lib/report/run_facts.ts";
import type { RowCounts } from "../../lib/report/totals.ts";
import type { ShownId } from "../../lib/store/object_id.ts";
import type { RowOutcome, RowResult, ShownCell } from "../../lib/reconcile/row_result.ts";

export const HEADING: RunHeading = {
  class: "Organization",
  dialect: { separator: ",", qualifier: '"' },
  charset: "UTF-8",
  dateFormat: null,
  localize: false,
  twins: "error",
  maySkip: false,
  mayCreateTargets: false,
  simulate: false,
  limits: { maxErrors: null, maxChanges: null },
  isForeign: false,
  further: [],
  comment: "",
};

export const COLUMNS: RunColumns = {
  columns: ["name", "code"],
  keys: ["name"],
  tableHeading: ["name (Name)", "code (Code)"],
  headers: ["Name", "Code"],
  addedCells: 0,
  keyCells: [0],
  ignoredCells: [],
  secretCells: [],
  passwords: [],
  label: (code) => code,
  attribute: () => undefined,
  linkText: (_, code, text) => `${code}: ${text}`,
  valueText: (_, value) => value === null ? "" : String(value),
};

export const END: RunEnd = { warnings: [], dataSize: 28, seconds: 0.5, exceeded: [] };

export const NO_ROWS: RowCounts = {
  created: 0,
  updated: 0,
  unchanged: 0,
  skipped: 0,
  rejected: 0,
  createdTargets: 0,
  warnings: 0,
};

/** The first data row of a file, in its second line, and so on. */
export function row(record: number, outcome: RowOutcome, cells: readonly ShownCell[] = []): RowResult {
  const typed = { cells: ["Demo", "D"], line: record + 2, problem: null, hasLineBreak: false };
  return { record, line: record + 2, typed, outcome, reached: null, cells };
}

export function created(id: number, objectClass = "Organization"): RowOutcome {
  return { kind: "created", object: { class: objectClass, id }, values: [] };
}

export function unchanged(id: ShownId, objectClass = "Organization"): RowOutcome {
  return { kind: "unchanged", object: { class: objectClass, id } };
}

export function updated(id: number, attributes: readonly string[], objectClass = "Organization"): RowOutcome {
  const changes = attributes.map((attribute) => ({ attribute, oldValue: "old", newValue: "new" }));
  return { kind: "updated", object: { class: objectClass, id }, changes };
}
