/** What a row does to its object, as lines for people. */
import { attributeLine, BETWEEN_VALUES, CHANGED, NO_VALUE, NOT_SHOWN } from "../../messages/diff.ts";
import type { StoredValue } from "../../model/model.ts";
import type { ReportedChange, RowResult } from "../../reconcile/row_result.ts";
import { givenPasswords } from "../key_cells.ts";
import type { RunColumns } from "../run_facts.ts";
import { changedLines, changedLinks, targetText } from "./changed_lines.ts";
import type { Piece } from "./paint.ts";
import { shortFrom, shortPair } from "./short_texts.ts";

export type Line = readonly Piece[];

const INDENT = "    ";

/** The attributes that an update changed. */
export function updateLines(changes: readonly ReportedChange[], columns: RunColumns): readonly Line[] {
  return changes.flatMap((change) => changeLines(change, columns));
}

/** The attributes of a new object that have a value. */
export function creationLines(
  values: readonly ReportedChange[],
  columns: RunColumns,
  typed: RowResult["typed"],
): readonly Line[] {
  const passwords = givenPasswords(columns, typed);
  return values.flatMap((change): readonly Line[] => {
    const kind = columns.attribute(change.attribute)?.kind;
    if (kind === "password") {
      return passwords.includes(change.attribute) ? [oneLine(change, columns, [{ text: NOT_SHOWN }])] : [];
    }
    if (change.newValue === null || change.newValue === "") return [];
    if (kind === "link_set" || isLong(change.newValue)) return changeLines(change, columns);
    const [, text] = texts(change, columns);
    return [oneLine(change, columns, [{ text: shortFrom(text), colour: "added" }])];
  });
}

function changeLines(change: ReportedChange, columns: RunColumns): readonly Line[] {
  const { attribute: code, oldValue, newValue } = change;
  const attribute = columns.attribute(code);
  if (attribute?.kind === "link_set") return below(change, columns, changedLinks(change, attribute, columns));
  if (isLong(oldValue) || isLong(newValue)) {
    return below(change, columns, changedLines(String(oldValue ?? ""), String(newValue ?? "")));
  }
  // A password, or keys to what the user may not see.
  if (oldValue === null && newValue === null) return [oneLine(change, columns, [{ text: CHANGED }])];
  const [before, after] = shortPair(...texts(change, columns));
  const pieces: Piece[] = [
    { text: before, ...before === NO_VALUE ? {} : { colour: "removed" } },
    { text: BETWEEN_VALUES },
    { text: after, ...after === NO_VALUE ? {} : { colour: "added" } },
  ];
  return [oneLine(change, columns, pieces)];
}

/** Texts of several lines are told line by line. */
function isLong(value: StoredValue): boolean {
  return typeof value === "string" && /[\r\n]/.test(value);
}

function oneLine({ attribute }: ReportedChange, columns: RunColumns, pieces: readonly Piece[]): Line {
  return [{ text: `${INDENT}${attributeLine(columns.label(attribute), "")} ` }, ...pieces];
}

function below({ attribute }: ReportedChange, columns: RunColumns, lines: readonly Piece[]): readonly Line[] {
  const heading = [{ text: INDENT + attributeLine(columns.label(attribute), "") }];
  return [heading, ...lines.map((piece) => [{ text: INDENT + "  " }, piece])];
}

/** Both values as people read them. */
function texts(change: ReportedChange, columns: RunColumns): readonly [string, string] {
  const isKey = columns.attribute(change.attribute)?.kind === "external_key";
  const text = (value: StoredValue, names: ReportedChange["oldNames"]) => {
    if (!isKey) return columns.valueText(change.attribute, value);
    return value === null ? "" : targetText(String(value), names?.[0] ?? null);
  };
  return [text(change.oldValue, change.oldNames), text(change.newValue, change.newNames)];
}
