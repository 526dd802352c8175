/** A row about which more and more is known. One object a row: there are many. */
import type { CsvRecord } from "../csv/record.ts";
import type { Match } from "../store/objects.ts";
import type { KeyTarget } from "./key_target.ts";
import type { AskedRow } from "./row_questions.ts";
import type { ReadRow, RowObject } from "./row_reader.ts";
import type { Rejection } from "./row_result.ts";

export type RowBeingAsked = { -readonly [Name in keyof AskedRow]: AskedRow[Name] };

const NOTHING_READ: ReadRow = { targets: [], values: [], linkSets: [], problems: new Map() };
const NO_TARGETS: readonly KeyTarget[] = [];

/** A row of which nothing is known. @param form what is wrong with its form; null: nothing */
export function newRow(record: CsvRecord, index: number, form: Rejection | null): RowBeingAsked {
  return {
    record,
    index,
    withoutDefaults: null,
    form,
    targets: NO_TARGETS,
    key: null,
    match: null,
    several: null,
    isHidden: false,
    read: NOTHING_READ,
    plan: null,
    isLong: false,
  };
}

/** What a row has matched. */
export function objectOf(match: Match | null): RowObject {
  if (match?.kind === "one") return match.object;
  return match?.kind === "none" ? "new" : "unknown";
}
