/** The tables of spellings in PostgreSQL. */
import { SEARCHED, SPELLINGS, type TextSource, UNFOLDED } from "../sql/spelling_tables.ts";
import { quoteName } from "../sql/sql_text.ts";
import type { Spelling, SpellingState, SpellingTables } from "../spellings/spelling_store.ts";
import { ID_TABLE } from "./id_table.ts";
import type { PostgresDatabase } from "./postgres_database.ts";
import { hashOf } from "./postgres_dialect.ts";
import { asOwner, isNotPlain, NOTE_CHANGES, noteChanges } from "./run_rights.ts";
import { shortName } from "./short_names.ts";

/** Matches, for LIKE, the names of our triggers, with a point that no code has. */
export const OWN_TRIGGERS = "folded\\_%.%";

export class PostgresSpellings implements SpellingTables {
  /** By which runs have looked when the transaction began: triggers are there for them. */
  #searched: ReadonlyMap<string, number> = new Map();

  constructor(private readonly database: PostgresDatabase) {}

  areThere(): boolean {
    return true;
  }

  async state(): Promise<SpellingState> {
    const upto = await this.database.rows(`SELECT source, upto FROM ${SEARCHED}`);
    const last = await this.database.rows(`SELECT name, last FROM ${ID_TABLE}`);
    this.#searched = numbersIn(upto);
    return { upto: this.#searched, last: numbersIn(last) };
  }

  async upto({ name }: TextSource): Promise<number | null> {
    const row = await this.database.row(`SELECT upto FROM ${SEARCHED} WHERE source = $1`, name);
    return row === undefined ? null : Number(row[0]);
  }

  async last(table: string): Promise<number> {
    const row = await this.database.row(lastOf(table), table);
    return Number(row?.[0] ?? 0);
  }

  async keep(sources: readonly TextSource[]): Promise<void> {
    for (const { name, table } of sources) {
      await this.database.run(
        `INSERT INTO ${SEARCHED} (source, upto) VALUES ($2, (${lastOf(table)})) ` +
          "ON CONFLICT (source) DO UPDATE SET upto = excluded.upto",
        table,
        name,
      );
    }
  }

  async lookAgain(upto: number, table: string): Promise<void> {
    await this.database.run(
      `UPDATE ${SEARCHED} SET upto = least(upto, $1) WHERE starts_with(source, $2::text || '.')`,
      upto,
      table,
    );
  }

  async unfolded(most: number): Promise<readonly string[]> {
    const rows = await this.database.rows(`SELECT text FROM ${UNFOLDED} LIMIT $1`, most < 0 ? null : most);
    return rows.map(([text]) => String(text));
  }

  async forget(texts: readonly string[]): Promise<void> {
    await this.database.run(
      `DELETE FROM ${UNFOLDED} AS u USING unnest($1::text[]) AS k (text) ` +
        `WHERE ${hashOf("u.text")} = ${hashOf("k.text")} AND u.text = k.text`,
      texts,
    );
  }

  async hasPlain(): Promise<boolean> {
    return await this.database.row(`SELECT 1 FROM ${SPELLINGS} WHERE is_plain = 1 LIMIT 1`) !== undefined;
  }

  hasOtherTriggers(): boolean {
    return this.database.hasTriggers;
  }

  async insert(spellings: readonly Spelling[]): Promise<void> {
    await this.database.run(
      `INSERT INTO ${SPELLINGS} (folded, text, is_plain) SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[]) ` +
        "ON CONFLICT DO NOTHING",
      spellings.map(([folded]) => folded),
      spellings.map(([, text]) => text),
      spellings.map(([, , isPlain]) => isPlain),
    );
  }

  async find(forms: readonly string[]): Promise<readonly (readonly [number, string])[]> {
    const rows = await this.database.rows(
      `SELECT k.n - 1, s.text FROM unnest($1::text[]) WITH ORDINALITY AS k (form, n) ` +
        `JOIN ${SPELLINGS} AS s ON s.folded = k.form`,
      // A server refuses to be asked for what no text of its own can have.
      forms.map((form) => form.includes("\u0000") ? null : form),
    );
    return rows.map(([index, text]) => [Number(index), String(text)]);
  }

  async texts(source: TextSource, upto: number): Promise<readonly string[]> {
    return (await this.database.rows(textsOf(source), upto)).map(([text]) => String(text));
  }

  note(source: TextSource, upto: number): Promise<number> {
    return this.database.run(`INSERT INTO ${UNFOLDED} ${textsOf(source)} ON CONFLICT DO NOTHING`, upto);
  }

  /** Who does not own the tables can have no trigger of an expression. */
  isTold({ name, column, isOfOthers }: TextSource): boolean {
    const { isPortable, schemaChanges } = this.database;
    if (isOfOthers || isPortable) return false;
    if (schemaChanges === null) return column !== null && this.#searched.has(name);
    return column !== null || schemaChanges === "as_owner";
  }

  /** Is told that a text was changed, whoever changes it. New objects are told by their ids: a trigger for each would cost too much. */
  async makeTrigger(source: TextSource): Promise<void> {
    const { name, table, column } = source;
    const { database } = this;
    const trigger = shortName(`folded_${name}`);
    if (column === null) await database.execute(this.#expressionTrigger(source, quoteName(trigger)));
    else if (database.schemaChanges === "as_owner") await database.execute(noteChanges(trigger, table, column));
    else await database.rows(`SELECT ${NOTE_CHANGES}($1, $2, $3)`, trigger, table, column);
  }

  #expressionTrigger(source: TextSource, trigger: string): string {
    const [text, before] = [source.expression("NEW."), source.expression("OLD.")];
    return `CREATE OR REPLACE FUNCTION ${trigger}() RETURNS trigger LANGUAGE plpgsql ${
      asOwner(this.database.schema)
    } ` +
      `AS $folded$ BEGIN INSERT INTO ${UNFOLDED} (text) SELECT ${text} ON CONFLICT DO NOTHING; RETURN NULL; END $folded$; ` +
      `CREATE OR REPLACE TRIGGER ${trigger} AFTER UPDATE ON ${quoteName(source.table)} FOR EACH ROW ` +
      `WHEN (${isNotPlain(text)} AND ${text} IS DISTINCT FROM ${before}) EXECUTE FUNCTION ${trigger}()`;
  }
}

function numbersIn(rows: readonly (readonly unknown[])[]): ReadonlyMap<string, number> {
  return new Map(rows.map(([name, number]) => [String(name), Number(number)]));
}

/** What was noted counts, and what is there. @returns SQL with one parameter, the table's name */
function lastOf(table: string): string {
  return `SELECT greatest(last, (SELECT max(id) FROM ${quoteName(table)})) FROM ${ID_TABLE} WHERE name = $1`;
}

/** The texts that are not plain, of rows with a larger id than the one parameter. */
function textsOf(source: TextSource): string {
  const text = source.expression("t.");
  const ofClass = source.ofClass === null ? "" : ` AND ${source.ofClass}`;
  return `SELECT DISTINCT ${text} AS text FROM ${quoteName(source.table)} AS t ` +
    `WHERE t.${quoteName(source.id)} > $1 AND ${isNotPlain(text)}${ofClass}`;
}
