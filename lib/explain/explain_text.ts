/** An explained row for people. */
import * as words from "../messages/explain.ts";
import { madeText } from "../messages/cells.ts";
import { visibleLine } from "../messages/visible_text.ts";
import { rowReasons } from "../messages/row_reasons.ts";
import { cutText } from "../cut_text.ts";
import type { ReportedChange, ReportedObject, ReportedTarget } from "../reconcile/row_result.ts";
import { typedText } from "../report/key_cells.ts";
import type { RunColumns } from "../report/run_facts.ts";
import type { Explanation, ToldLookup } from "./explained_row.ts";
import { SECRET_MARK } from "../secret_mark.ts";

/** In UTF-16 code units. */
const LONGEST_VALUE = 200;

/** Lines without their ends. Each stays one, and shows what nobody would see, wherever it goes: it is for people only. */
export function explainedLines(explanation: Explanation): readonly string[] {
  const { result, lookups, isLimited, warnings } = explanation;
  const lines = [
    words.explainedRow(result.line, explanation.class),
    ...cellLines(explanation),
    ...explanation.made.map((made) => `  ${madeText(made)}`),
    "",
    lookups.length === 0 ? words.EXPLAIN.nothingLookedUp : words.EXPLAIN.lookedUp,
    ...lookups.flatMap(lookupLines),
    ...(isLimited ? ["", words.EXPLAIN.limited] : []),
    "",
    ...outcomeLines(explanation),
    ...warnings.map((warning) => `  ${warning}`),
    "",
    words.EXPLAIN.alone,
  ];
  return lines.map(visibleLine);
}

function cellLines({ columns, cells }: Explanation): string[] {
  return cells.map((cell, index) => {
    const isSecret = columns.secretCells.includes(index);
    const isKey = columns.keyCells.includes(index);
    const text = isSecret ? SECRET_MARK : shown(typedText(cell));
    return `  ${columns.headers[index] ?? ""}: ${text}${isKey ? words.EXPLAIN.isKey : ""}`;
  });
}

function lookupLines(lookup: ToldLookup): string[] {
  const { purpose, class: code, conditions, count, objects, near, hasMore } = lookup;
  const search = words.searchWords(
    code,
    conditions.map(({ label, value }) => words.conditionWords(label, value === null ? null : shown(value))),
  );
  const names = objects.map(({ class: own, id, name }) => words.objectWords(own, id, name));
  const more = count > objects.length ? ["…"] : [];
  const found = [`${words.foundWords(count)}`, ...names, ...more].join("; ");
  const isMeant = purpose.kind === "key" || purpose.kind === "external_key";
  const nearest = near.map(({ class: own, id, value }) => `'${shown(value)}' (${words.objectWords(own, id, null)})`);
  return [
    `  ${words.purposeWords(purpose)}: ${search}: ${found}`,
    ...(count === 0 && isMeant ? [`    ${words.nearWords(nearest, hasMore)}`] : []),
  ];
}

function outcomeLines({ result: { outcome }, columns, lookups }: Explanation): string[] {
  const object = outcome.object === null ? null : objectOf(outcome.object, lookups);
  switch (outcome.kind) {
    case "created":
      return [
        words.OUTCOMES.created(),
        ...outcome.values.filter(({ newValue }) => newValue !== null && newValue !== "")
          .map((change) => `  ${columns.label(change.attribute)}: ${valueOf(columns, change, "new")}`),
        ...targetLines(outcome.targets, columns),
      ];
    case "updated":
      return [
        words.OUTCOMES.updated(object ?? ""),
        ...outcome.changes.map((change) =>
          `  ${columns.label(change.attribute)}: ${valueOf(columns, change, "old")} → ${
            valueOf(columns, change, "new")
          }`
        ),
        ...targetLines(outcome.targets, columns),
      ];
    case "unchanged":
      return [words.OUTCOMES.unchanged(object ?? "")];
    case "skipped":
      return [words.OUTCOMES.skipped(object)];
    case "rejected":
      return [words.OUTCOMES.rejected(object), ...rowReasons(outcome).map((reason) => `  ${reason}`)];
  }
}

function targetLines(targets: readonly ReportedTarget[] = [], columns: RunColumns): string[] {
  return targets.map(({ attribute, class: code }) => `  ${words.createdTarget(columns.label(attribute), code)}`);
}

/** An object that stays as it is has its name from its look-up. */
function objectOf({ class: code, id, name }: ReportedObject, lookups: Explanation["lookups"]): string {
  const found = lookups.filter(({ purpose }) => purpose.kind === "key").flatMap(({ objects }) => objects);
  return words.objectWords(code, id, name ?? found.find((one) => one.id === id)?.name ?? null);
}

function valueOf(columns: RunColumns, change: ReportedChange, side: "old" | "new"): string {
  const value = side === "old" ? change.oldValue : change.newValue;
  const [name] = (side === "old" ? change.oldNames : change.newNames) ?? [];
  if (columns.attribute(change.attribute)?.kind === "password") return SECRET_MARK;
  const text = columns.valueText(change.attribute, value);
  if (columns.attribute(change.attribute)?.kind === "external_key") {
    if (value === null || value === 0) return words.EXPLAIN.noValue;
    return name === undefined || name === null ? text : `${name} (${text})`;
  }
  return text === "" ? words.EXPLAIN.noValue : shown(text);
}

function shown(text: string): string {
  return cutText(text, LONGEST_VALUE);
}
