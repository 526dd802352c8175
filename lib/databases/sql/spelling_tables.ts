/**
 * Where the database finds texts that are the same though they are spelt otherwise (`compared_text.ts`). Its own comparison ignores the
 * case of ASCII letters, which is all that can differ between plain texts. Of every other text that a run may look for, the spelling is
 * kept here with the form in which texts are compared; a search then looks for all spellings that have the form of what was typed. What is
 * kept says something of texts, not of objects: nothing need be taken back when these change or go.
 */
import type { SchemaDialect } from "./dialect.ts";
import { quoteName, quoteText } from "./sql_text.ts";
import { SQLITE_DIALECT } from "./sqlite_dialect.ts";

/** Each spelling with its form. */
export const SPELLINGS = "csvrecon_spelling";
/** Spellings whose form is yet to be worked out: SQL cannot do it. */
export const UNFOLDED = "csvrecon_unfolded";
/** The attributes by which runs have looked: only their spellings are kept. */
export const SEARCHED = "csvrecon_searched";

/** Text by which objects are looked for: a column, or a friendly name. */
export interface TextSource {
  /** `person.name`, `person.friendlyname(Person)`. */
  readonly name: string;
  readonly table: string;
  /** The column of the ids that new objects get, in order. */
  readonly id: string;
  /** The column that has the text; null: it is an expression. */
  readonly column: string | null;
  /** The text of the row whose columns have names that begin with `prefix`. */
  expression(prefix: string): string;
  /** The condition on the rows that have such a text; null: all. */
  readonly ofClass: string | null;
  /** The text depends on other rows, too. */
  readonly isOfOthers: boolean;
}

export function spellingTableStatements(
  { text, integer, byKeyAlone, keyOfLongText }: SchemaDialect = SQLITE_DIALECT.schema,
): readonly string[] {
  const isKey = keyOfLongText === null;
  return [
    `CREATE TABLE ${SPELLINGS} (
  folded ${text} NOT NULL, -- the beginning of the form in which texts are compared
  text ${text} NOT NULL, -- as objects have it, or had it once
  is_plain ${integer} NOT NULL${isKey ? "," : ""} -- 1: the form is plain ASCII${
      isKey ? "\n  PRIMARY KEY (folded, text)" : ""
    }
)${byKeyAlone}`,
    `CREATE INDEX ${SPELLINGS}_plain ON ${SPELLINGS} (is_plain) WHERE is_plain = 1`,
    `CREATE TABLE ${UNFOLDED} (
  text ${text}${isKey ? " PRIMARY KEY" : ""} NOT NULL
)${byKeyAlone}`,
    `CREATE TABLE ${SEARCHED} (
  source ${text} PRIMARY KEY NOT NULL, -- an attribute by which runs look for objects
  upto ${integer} NOT NULL -- the texts of objects with a larger id are yet to be looked at
)${byKeyAlone}`,
    ...isKey ? [] : [
      `CREATE UNIQUE INDEX ${SPELLINGS}_key ON ${SPELLINGS} (folded, ${keyOfLongText("text")})`,
      `CREATE UNIQUE INDEX ${UNFOLDED}_key ON ${UNFOLDED} (${keyOfLongText("text")})`,
    ],
  ];
}

/** Names in lower case, as for `reservedTableNames`. */
export const SPELLING_TABLES: readonly string[] = [SPELLINGS, UNFOLDED, SEARCHED];

/** Matches the names of our triggers, with a point that no code has. */
export const OWN_TRIGGERS = "folded_*.*";

/** Is told that a text was changed, whoever changes it. New objects are told by their ids: a trigger for each would cost too much. */
export function updateTrigger(source: TextSource): string {
  const { name, table, column } = source;
  const text = source.expression("new.");
  const of = column === null ? "" : ` OF ${quoteName(column)}`;
  return `CREATE TRIGGER IF NOT EXISTS ${quoteName(`folded_${name}`)} AFTER UPDATE${of} ON ${quoteName(table)} ` +
    `WHEN ${isNotPlain(text)} BEGIN INSERT INTO ${UNFOLDED} SELECT ${text} ` +
    `WHERE NOT EXISTS (SELECT 1 FROM ${UNFOLDED} WHERE text = ${text}); END`;
}

/** Statements with the parameters that they take. */
export const SPELLING_SQL = {
  /** `upto` of each source, and the largest id that each table has ever had. */
  state:
    `SELECT source AS name, upto, NULL AS last FROM ${SEARCHED} UNION ALL SELECT name, NULL, seq FROM sqlite_sequence`,
  /** `source` */
  upto: `SELECT upto FROM ${SEARCHED} WHERE source = ?`,
  /** `table` */
  last: "SELECT seq FROM sqlite_sequence WHERE name = ?",
  /** A JSON array of pairs of a source and its table. */
  keep: `INSERT OR REPLACE INTO ${SEARCHED} (source, upto) SELECT json_extract(k.value, '$[0]'), coalesce(seq, 0) ` +
    "FROM json_each(?) AS k LEFT JOIN sqlite_sequence ON name = json_extract(k.value, '$[1]')",
  /** `upto`, `table`, `table` */
  lookAgain: `UPDATE ${SEARCHED} SET upto = min(upto, ?) WHERE substr(source, 1, length(?) + 1) = ? || '.'`,
  /** `count` */
  unfolded: `SELECT text FROM ${UNFOLDED} LIMIT ?`,
  /** A JSON array of texts. */
  forget: `DELETE FROM ${UNFOLDED} WHERE text IN (SELECT value FROM json_each(?))`,
  hasPlain: `SELECT 1 FROM ${SPELLINGS} WHERE is_plain = 1 LIMIT 1`,
  hasTables: `SELECT 1 FROM sqlite_schema WHERE name = ${quoteText(SPELLINGS)}`,
  hasOtherTriggers: `SELECT 1 FROM sqlite_schema WHERE type = 'trigger' AND name NOT GLOB ${quoteText(OWN_TRIGGERS)}`,
  insert: `INSERT OR IGNORE INTO ${SPELLINGS} (folded, text, is_plain) VALUES`,
  /** A JSON array of forms; gives pairs of an index and a spelling, as one JSON text. */
  find: `SELECT json_group_array(json_array(k.key, s.text)) AS found FROM json_each(?) AS k ` +
    `CROSS JOIN ${SPELLINGS} AS s WHERE s.folded = k.value`,
} as const;

/** The texts that are not plain, of rows with a larger id than the one parameter. */
export function textsOf(source: TextSource): string {
  const text = source.expression("t.");
  const ofClass = source.ofClass === null ? "" : ` AND ${source.ofClass}`;
  return `SELECT DISTINCT ${text} AS text FROM ${quoteName(source.table)} AS t ` +
    `WHERE t.${quoteName(source.id)} > ? AND ${isNotPlain(text)}${ofClass}`;
}

/** The same, to be folded. */
export function noteTextsOf(source: TextSource): string {
  return `INSERT OR IGNORE INTO ${UNFOLDED} ${textsOf(source)}`;
}

/** As `isPlainText`. It has to be understood by every SQLite that may write to the database. */
function isNotPlain(text: string): string {
  return `(${text} GLOB '*[^ -~]*' OR ${text} GLOB ' *' OR ${text} GLOB '* ')`;
}
