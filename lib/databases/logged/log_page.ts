/** Reading entries of a change log, as many at a time as a page may have. */
import type { StoredValue } from "../../model/model.ts";
import type { EntryPage } from "../../store/logged_runs.ts";
import { answered, type Steps } from "../shared/steps.ts";
import { type AskedDatabase, type AskedRow, firstRow } from "./asked_database.ts";

/** So many characters of values make a page full, whatever number of entries was asked for. */
const MOST_TEXT = 1024 * 1024;

/** Which entries are read. */
export interface AskedEntries {
  readonly table: string;
  /** SQL of what is read of each, `id` first. */
  readonly columns: string;
  readonly where: string;
  readonly parameters: readonly StoredValue[];
}

/** The lengths of the values say how many of them are read. @returns of each entry what was asked for */
export function* readLogPage<T>(
  database: AskedDatabase,
  { table, columns, where, parameters }: AskedEntries,
  { beyond, order, most }: EntryPage,
): Steps<readonly T[]> {
  const isForwards = order === "forwards";
  const behind = beyond === null ? "" : ` AND id ${isForwards ? ">" : "<"} ?`;
  const direction = isForwards ? "ASC" : "DESC";
  const lengths = `SELECT id, coalesce(length(old_value), 0) + coalesce(length(new_value), 0) AS text FROM ${table} ` +
    `WHERE ${where}${behind} ORDER BY id ${direction} LIMIT ?`;
  const asked = [...parameters, ...(beyond === null ? [] : [beyond]), most];
  const sums = `SELECT min(id) AS least, max(id) AS most, sum(text) AS text FROM (${lengths}) AS l`;
  const whole = yield* firstRow(database, sums, ...asked);
  let [from, to] = [whole?.["least"] ?? null, whole?.["most"] ?? null];
  if (from === null || to === null) return [];
  if (Number(whole?.["text"]) > MOST_TEXT) {
    const last = lastOfPage(yield* answered(database.all(lengths, ...asked)));
    if (isForwards) to = last;
    else from = last;
  }
  // One text for all entries: a JavaScript object for each row costs more, and memory that is not freed soon.
  const { makeArray, arrayOfArrays } = database.words;
  const row = yield* firstRow(
    database,
    `SELECT ${arrayOfArrays("entry")} AS entries FROM (SELECT ${makeArray}(${columns}) AS entry ` +
      `FROM ${table} WHERE ${where} AND id BETWEEN ? AND ? ORDER BY id ${direction}) AS e`,
    ...parameters,
    from,
    to,
  );
  return JSON.parse(String(row?.["entries"]));
}

/** The position of the last entry that still fits; one always does. */
function lastOfPage(lengths: readonly AskedRow[]): StoredValue {
  let text = 0;
  let last: StoredValue = null;
  for (const row of lengths) {
    text += Number(row["text"]);
    if (last !== null && text > MOST_TEXT) break;
    last = row["id"] ?? null;
  }
  return last;
}
