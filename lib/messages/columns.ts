/** Sentences about the header and the reconciliation keys. */
import type { StopMessage } from "../errors.ts";
import { quoted, shortened, visible } from "./quoted.ts";
import { visibleText } from "./visible_text.ts";

/** What nobody sees in the name is spelt out: it may be the reason. @param possible the known columns, or none to leave the list out */
export function unknownColumn(name: string, near: string | null, possible: readonly string[]): StopMessage {
  const suggestion = near === null ? "" : ` Did you mean ${quoted(near)}?`;
  const list = possible.length === 0 ? "" : ` Possible columns: ${possible.map(visible).join(", ")}`;
  return { text: `#Unknown column: ${quoted(visibleText(shortened(name)))}.${suggestion}${list}` };
}

/** The same of a column of a file, which need not be loaded: said once, with the list. @param areSomeKnown of the file's columns */
export function unknownColumnOfFile(
  name: string,
  near: string | null,
  possible: readonly string[],
  areSomeKnown: boolean,
): StopMessage {
  const message = unknownColumn(name, near, possible);
  if (possible.length === 0) return message;
  const hint = areSomeKnown
    ? "Columns that are not to be loaded: ignore_columns names them, or * for all"
    : "No column of the file is known: csvrecon check FILE says what it is";
  return { ...message, hint };
}

/** A column that the header has no name for. @param number of it, from 1 @param possible the known columns, or none to leave the list out */
export function namelessColumn(number: number, possible: readonly string[]): StopMessage {
  const hint = `Column ${number} has no name: do lines end with a separator?`;
  return { ...unknownColumn("", null, possible), hint };
}

/** @param more how many others there are */
export function moreUnknownColumns(more: number): StopMessage {
  return { text: `#Unknown columns: ${more} more` };
}

/** @param number of the column, from 1 */
export function columnNameTooLong(number: number, name: string, most: number): StopMessage {
  return {
    text: `#Unknown column: ${quoted(shortened(name))}. The name of column ${number} is too long: at most ${most} ` +
      "characters are possible",
    hint: "The first record holds the names of the columns",
  };
}

export function keyNameTooLong(name: string, most: number): StopMessage {
  return {
    text: `#Reconciliation key is too long: ${quoted(shortened(name))}. At most ${most} characters are possible`,
    hint: "A key bears the name of a column",
  };
}

/** @param code what both are: `name`, `org_id->name` */
export function repeatedColumn(first: string, second: string, code: string): StopMessage {
  return {
    text: `#Two columns for one attribute: ${quoted(first)} and ${quoted(second)} are both ${code}`,
    hint: "Remove one of them",
  };
}

export function computedColumn(name: string): StopMessage {
  return {
    text: `#Column ${quoted(name)} is computed and cannot be written`,
    hint: `Give ignore_columns=${
      listed(name)
    }, leave the column out of the file, or name it among the reconciliation keys`,
  };
}

/** Of a database that we did not make. */
export function bytesColumn(name: string): StopMessage {
  return {
    text: `#Column ${quoted(name)} holds bytes: it cannot be loaded from a file`,
    hint: `Give ignore_columns=${listed(name)}, or leave the column out of the file`,
  };
}

/** @param ways how else each of the keys is written that the name may mean */
export function nameOfSeveralKeys(name: string, ways: readonly string[]): StopMessage {
  return {
    text: `#Ambiguous name: ${quoted(name)} may be any of several keys. Write ${ways.map(quoted).join(" or ")}`,
  };
}

/** @param columns those of the key that the name seems to mean */
export function keyOfSeveralColumns(name: string, columns: readonly string[]): StopMessage {
  return {
    text: `#Unknown name: ${quoted(name)} leads through a key of several columns: give them themselves`,
    hint: `The columns of the key: ${columns.map(quoted).join(", ")}`,
  };
}

/** A column as a list of parameters has it. */
function listed(name: string): string {
  return /[,"]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
}

/** A name, and what may be meant by it; null: nobody knows. */
interface DoubtfulName {
  readonly name: string;
  readonly near: string | null;
}

/** With `ignore_columns=*`. @param some of them, the first ones; `number` from 1 */
export function ignoredUnknownColumns(
  count: number,
  some: readonly (DoubtfulName & { readonly number: number })[],
): string {
  const names = some.map(({ number, ...one }) =>
    one.name === "" ? `column ${number}, which has no name` : doubtful(one)
  );
  return `ignore_columns=* passes over ${columns(count)} that ${count === 1 ? "is" : "are"} not known: ` +
    `${withMore(names, count)}`;
}

/** @param some of them, the first ones; `near`: a column of the file */
export function ignoredColumnMissing(count: number, some: readonly DoubtfulName[]): string {
  return `ignore_columns names ${columns(count)} that the file does not have: ${withMore(some.map(doubtful), count)}`;
}

function doubtful({ name, near }: DoubtfulName): string {
  return quoted(shortened(name)) + (near === null ? "" : ` (did you mean ${quoted(shortened(near))}?)`);
}

function columns(count: number): string {
  return count === 1 ? "1 column" : `${count} columns`;
}

function withMore(names: readonly string[], count: number): string {
  const more = count - names.length;
  return names.join(", ") + (more > 0 ? ` and ${more} more` : "");
}

/**
 * @param classes the classes whose objects the list holds
 * @param key their attribute that refers to the owner
 */
export function listColumn(name: string, owner: string, classes: readonly string[], key: string): StopMessage {
  return {
    text: `#Column ${quoted(name)} is a list of objects that refer to this ${owner}, no value of it`,
    hint: `Load them by their own class, with a column for ${key}: class=${classes.join(", class=")}`,
  };
}

export function ambiguousColumn(name: string, candidates: readonly string[]): string {
  return `Input column ${quoted(name)} is ambiguous. Could be related to ${candidates.join(" or ")}. ` +
    `The first one will be used: ${candidates[0] ?? ""}`;
}

/** @param columns codes of columns of the file that could be keys */
export function unknownKey(name: string, near: string | null, columns: readonly string[]): StopMessage {
  const suggestion = near === null ? "" : `Did you mean '${near}'? `;
  return {
    text: `#Unknown reconciliation key: ${quoted(name)}`,
    hint: suggestion +
      (columns.length === 0
        ? "The input has no column that is known"
        : `The input has columns for: ${columns.join(", ")}`),
  };
}

export function keyIsNoColumn(name: string): StopMessage {
  return {
    text: `#Reconciliation key not found in the input columns: ${quoted(name)}`,
    hint: "A key must be a column of the input, or an external key that a column feeds",
  };
}

export function tooManyKeys(found: number, most: number): StopMessage {
  return { text: `#${found} reconciliation keys: at most ${most} are taken`, hint: "A few columns identify an object" };
}

/** @param key the code of an external key */
export function tooManyParts(key: string, found: number, most: number): StopMessage {
  return {
    text: `#${found} columns for the external key ${key}: at most ${most} are taken`,
    hint: "A few of them identify its target",
  };
}

export function cannotBeKey(code: string): StopMessage {
  return { text: `#Attribute '${code}' cannot be a reconciliation key: objects are not found by it` };
}

/** Of a class whose objects have no ids that a file could give. */
export function noIdsToFindBy(modelClass: string): StopMessage {
  return {
    text: `#Rows of ${quoted(modelClass)} have no ids: the table has no key, so none of them is found by 'id'`,
    hint: "Name the columns that identify an object with reconciliationkeys",
  };
}

export function ambiguousKey(name: string, candidates: readonly string[]): string {
  return `Reconciliation key ${quoted(name)} is ambiguous. Could be related to ${candidates.join(" or ")}. ` +
    `The first one will be used: ${candidates[0] ?? ""}`;
}

/** Of a table. @param sets columns that tell its rows apart together; none: nothing does */
export function noKeySet(modelClass: string, sets: readonly (readonly string[])[]): StopMessage {
  const unique = sets.map((set) => set.map(listed).join(", ")).join(" or ");
  return {
    text: sets.length === 0
      ? `#No reconciliation scheme could be defined: nothing in the database says what tells rows of '${modelClass}' apart`
      : `#No reconciliation scheme could be defined: rows of '${modelClass}' are told apart by ${unique}, which the input does not have`,
    hint: "Name the columns that identify an object with reconciliationkeys",
  };
}

export function noScheme(modelClass: string, keys: readonly string[]): StopMessage {
  return {
    text: "#No reconciliation scheme could be defined, please add a column corresponding to one defined " +
      `reconciliation key (class: '${modelClass}', reconciliation:${keys.join(",")})`,
    hint: "Or name the columns that identify an object with reconciliationkeys",
  };
}
