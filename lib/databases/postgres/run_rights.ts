/**
 * What only the owner of our tables may do, though runs need it: indexes for the keys that they search by, and triggers that note changed
 * texts. Functions that `init` makes do it for other roles, if the owner lets them.
 */
import { UNFOLDED } from "../sql/spelling_tables.ts";
import { quoteName, quoteText } from "../sql/sql_text.ts";
import { INDEXED_CHARACTERS } from "./postgres_dialect.ts";

export const SEARCH_INDEX = "csvrecon_search_index";
export const NOTE_CHANGES = "csvrecon_note_changes";
/** The function of a trigger. Its argument is a column. */
export const NOTE_TEXT = "csvrecon_note_text";

/** How an index has a column. */
export type IndexForm = "plain" | "folded" | "long" | "folded_long";

export function formOf(
  { ignoresCase, isLong }: { readonly ignoresCase: boolean; readonly isLong: boolean },
): IndexForm {
  if (isLong) return ignoresCase ? "folded_long" : "long";
  return ignoresCase ? "folded" : "plain";
}

/** SQL of whether a text has anything but printed ASCII, or a blank at an end: as `isPlainText`. */
export function isNotPlain(text: string): string {
  return `${text} ~ '[^ -~]|^ | $'`;
}

/** SQL of a trigger for a column, whose names are SQL too. */
function triggerOf(trigger: string, table: string, column: string, argument: string): string {
  return `CREATE OR REPLACE TRIGGER ${trigger} AFTER UPDATE OF ${column} ON ${table} FOR EACH ROW ` +
    `WHEN (${isNotPlain(`NEW.${column}`)} AND NEW.${column} IS DISTINCT FROM OLD.${column}) ` +
    `EXECUTE FUNCTION ${NOTE_TEXT}(${argument})`;
}

/** Is told that a text was changed, whoever changes it. */
export function noteChanges(trigger: string, table: string, column: string): string {
  return triggerOf(quoteName(trigger), quoteName(table), quoteName(column), quoteText(column));
}

/** What makes a function work as its owner. Whoever calls it must not have it find tables of their own. */
export function asOwner(schema: string): string {
  return `SECURITY DEFINER SET search_path = ${quoteName(schema)}, pg_temp`;
}

/** The statements that make the functions, which nobody else may call yet. */
export function rightsStatements(schema: string): readonly string[] {
  const path = asOwner(schema);
  const left = `"left"(%s, ${INDEXED_CHARACTERS})`;
  const trigger = triggerOf("%1$I", "%2$I", "%3$I", "%3$L");
  return [
    `CREATE FUNCTION ${NOTE_TEXT}() RETURNS trigger LANGUAGE plpgsql ${path} AS $body$
DECLARE
  changed text;
BEGIN
  EXECUTE format('SELECT ($1).%I', TG_ARGV[0]) INTO changed USING NEW;
  INSERT INTO ${UNFOLDED} (text) VALUES (changed) ON CONFLICT DO NOTHING;
  RETURN NULL;
END $body$`,
    `CREATE FUNCTION ${SEARCH_INDEX}(index_name text, on_table text, names text[], forms text[]) RETURNS void
LANGUAGE plpgsql ${path} AS $body$
DECLARE
  part text;
  parts text[] := '{}';
BEGIN
  IF NOT starts_with(index_name, 'search_') THEN
    RAISE EXCEPTION 'no name of an index for searches: %', index_name;
  END IF;
  FOR i IN 1 .. cardinality(names) LOOP
    part := format('%I', names[i]);
    IF forms[i] IN ('folded', 'folded_long') THEN part := format('lower(%s)', part); END IF;
    IF forms[i] IN ('long', 'folded_long') THEN part := format(${quoteText(left)}, part); END IF;
    parts := parts || part;
  END LOOP;
  EXECUTE format('CREATE INDEX IF NOT EXISTS %I ON %I (%s)', index_name, on_table, array_to_string(parts, ', '));
END $body$`,
    `CREATE FUNCTION ${NOTE_CHANGES}(trigger_name text, on_table text, of_column text) RETURNS void
LANGUAGE plpgsql ${path} AS $body$
BEGIN
  IF NOT starts_with(trigger_name, 'folded_') THEN
    RAISE EXCEPTION 'no name of a trigger that notes texts: %', trigger_name;
  END IF;
  EXECUTE format(${quoteText(trigger)}, trigger_name, on_table, of_column);
END $body$`,
    `REVOKE ALL ON FUNCTION ${NOTE_TEXT}() FROM PUBLIC`,
    `REVOKE ALL ON FUNCTION ${SEARCH_INDEX}(text, text, text[], text[]) FROM PUBLIC`,
    `REVOKE ALL ON FUNCTION ${NOTE_CHANGES}(text, text, text) FROM PUBLIC`,
  ];
}
