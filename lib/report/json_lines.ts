/**
 * The report for programs: JSON Lines (https://jsonlines.org), one object a line, UTF-8. Every object has `type` and `version`;
 * fields may be added without a new version, and readers should ignore what they do not know. `report.schema.json` says the same for
 * programs, and of every kind of message.
 *
 * One for each row of the input, in its order:
 *
 * | field | value |
 * | --- | --- |
 * | type | `"row"` |
 * | version | 1 |
 * | line | the line of the file on which the row begins, from 1 |
 * | record | index of the row among the data rows, from 0 |
 * | status | `"created"`, `"updated"`, `"unchanged"`, `"skipped"` or `"rejected"` |
 * | class, id | the object; both null without one; id 0 for an object that a simulation would create. An id is a number, a text where the database's own ids are texts, or the list of the values of a key of several columns |
 * | cells | the cells by the names of the header, as they were typed; null for `<NULL>` and for passwords; those of columns that are not loaded are left out. A row that is too short lacks some; what it has beyond the header is left out |
 * | messages | why the row was rejected: first about the row, then about its cells; see `json_messages.ts` |
 * | created_targets | only with `create_targets`: what the row has created beside its object: `{ attribute, class, id }`, the external key first |
 * | changes | what an update changed: `{ attribute, old, new }`; old and new are null for a password, and where a key refers to what the user may not see |
 *
 * Then one for each object that is gone from the feed to which the file belongs:
 *
 * | field | value |
 * | --- | --- |
 * | type, version | `"gone"`, 1 |
 * | status | what became of it: `"kept"` (it is only told), `"updated"`, `"unchanged"` (it has the values of `gone_set` already), `"deleted"` or `"rejected"` |
 * | class, id, name | the object, and its friendly name as it was before |
 * | since | the day of the first file that lacked it, in UTC: `"2024-02-29"` |
 * | messages, changes | as of a row |
 *
 * Then one for the run:
 *
 * | field | value |
 * | --- | --- |
 * | type, version | `"run"`, 1 |
 * | settings | `class`, `separator`, `qualifier`, `charset` (the one that was read: as typed, or what a byte order mark says), `date_format` (or null), `localize`, `twins`, `simulate`, `max_errors` and `max_changes` (as given, or null), further parameters under their names (as given, where they say something), `comment`, `columns`, `keys` |
 * | warnings | sentences about the header, the input and groups of rows |
 * | counts | `rows`, `created`, `updated`, `unchanged`, `rejected`, `warnings`: how many of these there are; `skipped`: only where rows may be passed over; `created_targets`: only with this parameter; `in_error`: only of a database that csvrecon did not make, the rejected by the name that the change log has for them; `gone` and `gone_rejected`: only where somebody asked what is gone from a feed, the latter are those to which nothing could be done |
 * | data_size | bytes of the input |
 * | rejects | path of the file with the rows in error, as it was given; null: none was asked for, or no row is in error |
 * | seconds | how long the run took |
 * | exceeded | the limits because of which the run was taken back, mostly none: `limit` (`"max_errors"`, `"max_changes"` or `"gone_limit"`), `given`, `found`, `most` (what it allows, as a number), `of` (the rows or objects of which that is a percentage, or null), `text`, `hint` |
 * | not_loaded_since | only with `once=1`, of a file that was not loaded again: when it was, in UTC |
 * | exit_code | that of the program: 0, 1 with rows in error, 2 if a limit was exceeded: then nothing was written, and ids of new objects are 0 |
 *
 * A run that was refused changed nothing and has one line only: `type` `"refused"`, `version` 1, `messages` (`{ text, hint? }`) and `exit_code`.
 */
import { EXIT, type StopMessage } from "../errors.ts";
import { limitExceeded } from "../messages/limits.ts";
import { isPlainInJson, visibleInJson, visibleJson } from "../messages/visible_text.ts";
import type { GoneObject, GoneOutcome } from "../reconcile/gone_object.ts";
import type { ReportedObject, ReportedTarget, RowOutcome, RowResult } from "../reconcile/row_result.ts";
import type { StoredValue } from "../model/model.ts";
import type { ShownId, ShownKey } from "../store/object_id.ts";
import { loadedColumns } from "./comment_lines.ts";
import { cellMessage, rowMessages } from "./json_messages.ts";
import type { ExceededLimit, RefusedRun, RunColumns, RunEnd, RunHeading } from "./run_facts.ts";
import { exitCodeFor, rowCount, type RowCounts } from "./totals.ts";

const VERSION = 1;

/** The lines for rows of a file with these columns. */
export function jsonRows({ headers, ignoredCells, secretCells }: RunColumns): (result: RowResult) => string {
  const ignored = new Set(ignoredCells);
  const first = headers.findIndex((_, cell) => !ignored.has(cell));
  // Null: the column is not loaded.
  const names = headers.map((header, cell) =>
    ignored.has(cell) ? null : `${cell === first ? "" : ","}${JSON.stringify(header)}:`
  );
  const areSecret = headers.map((_, cell) => secretCells.includes(cell));
  const arePlain = headers.every(isPlainInJson);
  // Put together by hand: an object with names from outside costs V8 a class of its own, and one of them may be `__proto__`. To ask of each
  // text whether anything in it is escaped takes half the time of escaping.
  return ({ line, record, outcome, typed: { cells } }) => {
    const place = `{"type":"row","version":${VERSION},"line":${line},"record":${record},"status":"${outcome.kind}",`;
    const isShort = outcome.kind === "unchanged" || (outcome.kind === "created" && outcome.targets === undefined);
    let isPlain = isShort && arePlain && typeof outcome.object.id === "number";
    let text = place + (isShort ? objectOnly(outcome.object) : outcomeFields(outcome)) + ',"cells":{';
    for (let cell = 0; cell < names.length && cell < cells.length; cell++) {
      const name = names[cell] ?? null;
      if (name === null) continue;
      const value = areSecret[cell] === true ? null : cells[cell] ?? null;
      if (value === null) text += name + "null";
      else if (isPlainInJson(value)) text += name + '"' + value + '"';
      else {
        text += name + JSON.stringify(value);
        isPlain = false;
      }
    }
    text += "}}\n";
    return isPlain ? text : visibleInJson(text);
  };
}

/** Members of the line of a row of which nothing more is to be told. */
function objectOnly(object: ReportedObject): string {
  return `"class":${JSON.stringify(object.class)},"id":${JSON.stringify(idOf(object))},"messages":[],"changes":[]`;
}

/** Of a key of several columns their values. */
function idOf({ id, key }: ReportedObject): ShownId | ShownKey {
  return key ?? id;
}

/** The same of any row. */
function outcomeFields(outcome: RowOutcome): string {
  return JSON.stringify({
    class: outcome.object?.class ?? null,
    id: outcome.object === null ? null : idOf(outcome.object),
    messages: messagesOf(outcome),
    changes: changesOf(outcome),
    ...createdTargetsOf(outcome),
  }).slice(1, -1);
}

/** The line for an object that is gone. */
export function jsonGone({ object, since, outcome }: GoneObject): string {
  const { class: code, name } = object;
  return jsonLine({
    type: "gone",
    version: VERSION,
    status: outcome.kind,
    class: code,
    id: idOf(object),
    name,
    since,
    messages: messagesOf(outcome),
    changes: changesOf(outcome),
  });
}

type CountedKind =
  | "rows"
  | "created"
  | "updated"
  | "unchanged"
  | "skipped"
  | "rejected"
  | "created_targets"
  | "warnings";

/** What a report counts, by the names that programs know. */
type CountFields = Readonly<Record<CountedKind, number>> & Partial<Record<"gone" | "gone_rejected", number>>;

/** What a report counts, for programs. */
export function countFields(counts: RowCounts): CountFields {
  const { created, updated, unchanged, skipped, rejected, createdTargets, warnings, gone } = counts;
  const ofFeed = gone === undefined ? {} : { gone: gone.gone, gone_rejected: gone.refused };
  const beside = { created_targets: createdTargets };
  return { rows: rowCount(counts), created, updated, unchanged, skipped, rejected, ...beside, warnings, ...ofFeed };
}

/** The line for a run that came to its end. */
export function jsonRun(heading: RunHeading, columns: RunColumns, counts: RowCounts, end: RunEnd): string {
  const { skipped, created_targets, ...fields } = countFields(counts);
  return jsonLine({
    type: "run",
    version: VERSION,
    settings: settingsOf(heading, columns),
    warnings: end.warnings,
    counts: {
      ...fields,
      ...heading.maySkip ? { skipped } : {},
      ...heading.mayCreateTargets ? { created_targets } : {},
      ...heading.isForeign ? { in_error: fields.rejected } : {},
    },
    data_size: end.dataSize,
    rejects: end.rejects?.written ?? null,
    seconds: Math.round(end.seconds * 1000) / 1000,
    exceeded: end.exceeded.map((one) => exceededFields(one, heading.class)),
    ...end.notLoadedSince === undefined ? {} : { not_loaded_since: end.notLoadedSince.toISOString() },
    exit_code: end.exceeded.length > 0 ? EXIT.limitExceeded : exitCodeFor(counts),
  });
}

function exceededFields(exceeded: ExceededLimit, modelClass: string): Record<string, unknown> {
  const { limit, typed, found, most, of } = exceeded;
  return { limit, given: typed, found, most, of, ...stopFields(limitExceeded(exceeded, modelClass)) };
}

/** The line for a run that was refused. */
export function jsonRefused({ messages, exitCode }: RefusedRun): string {
  return jsonLine({
    type: "refused",
    version: VERSION,
    messages: messages.map(stopFields),
    exit_code: exitCode,
  });
}

/** What is told of a message that ends a run: the # marks comment lines of the other reports. */
export function stopFields({ text, hint }: StopMessage): StopMessage {
  return { text: text.replace(/^#/, ""), ...hint === undefined ? {} : { hint } };
}

function jsonLine(value: unknown): string {
  return visibleJson(value) + "\n";
}

const NOTHING: readonly unknown[] = [];

function messagesOf(outcome: RowOutcome | GoneOutcome): readonly unknown[] {
  if (outcome.kind !== "rejected") return NOTHING;
  const reasons = [outcome.reason, ...outcome.others ?? []];
  return [...reasons.flatMap(rowMessages), ...outcome.cells.map(cellMessage)];
}

function createdTargetsOf(outcome: RowOutcome): Record<string, unknown> {
  if (!("targets" in outcome) || outcome.targets === undefined) return {};
  return { created_targets: outcome.targets.map(createdTarget) };
}

function createdTarget(target: ReportedTarget): Record<string, unknown> {
  return { attribute: target.attribute, class: target.class, id: idOf(target) };
}

/** JSON knows no infinity. */
function jsonValue(value: StoredValue): StoredValue {
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
}

function changesOf(outcome: RowOutcome | GoneOutcome): readonly unknown[] {
  if (outcome.kind !== "updated") return NOTHING;
  return outcome.changes.map((change) => ({
    attribute: change.attribute,
    old: jsonValue(change.oldValue),
    new: jsonValue(change.newValue),
  }));
}

function settingsOf(heading: RunHeading, columns: RunColumns): Record<string, unknown> {
  return {
    class: heading.class,
    separator: heading.dialect.separator,
    qualifier: heading.dialect.qualifier,
    charset: heading.charset,
    date_format: heading.dateFormat?.dateTime ?? null,
    localize: heading.localize,
    twins: heading.twins,
    simulate: heading.simulate,
    max_errors: heading.limits.maxErrors,
    max_changes: heading.limits.maxChanges,
    ...Object.fromEntries(heading.further.map(({ name, value }) => [name, value])),
    comment: heading.comment,
    columns: loadedColumns(columns),
    keys: columns.keys,
  };
}
