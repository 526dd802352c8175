/** Which objects a user may see: those of some organisations, and those of none. */
import { classOf } from "../../model/look_up.ts";
import type { AttributeCode, ClassCode } from "../../model/model.ts";
import type { ObjectId } from "../../store/object_id.ts";
import type { VisibleCondition } from "../sql/attribute_expression.ts";
import type { SpokenMapping } from "../sql/dialect.ts";
import { hasId, idExpression } from "../sql/object_key.ts";
import { parentColumn, treeOf, withThoseBelow } from "../sql/organizations.ts";
import { quoteName } from "../sql/sql_text.ts";
import { visibleConditions } from "../sql/visible_condition.ts";
import type { PostgresDatabase } from "./postgres_database.ts";

const MAY_MAKE_TABLES = "SELECT current_setting('transaction_read_only') = 'off' AND " +
  "has_database_privilege(current_database(), 'TEMPORARY')";

export class VisibleObjects {
  #condition: VisibleCondition;
  /** The connection whose temporary table has them; -1: none. */
  #filled = -1;
  /** They stand in the condition, and not in such a table. */
  #isListed: boolean;
  /** Their ids, where they stand in the condition, and what had been taken back then. */
  #shown: string | null = null;
  #partsTakenBack = 0;

  /** @param allowed the organisations; null: all */
  constructor(
    private readonly database: PostgresDatabase,
    private readonly mapping: Required<SpokenMapping>,
    private allowed: readonly ObjectId[] | null,
  ) {
    this.#condition = visibleConditions(mapping);
    this.#isListed = database.isPortable;
  }

  /** From now on only the objects of these organisations, and of those below them, are to be seen; null: all. */
  async limitTo(organizations: readonly ObjectId[] | null): Promise<void> {
    this.allowed = organizations;
    this.#filled = -1;
    if (organizations !== null) await this.#refill();
  }

  /** The condition that an object of a class is to be seen; null: every object of every class is. It changes with `limitTo` only. */
  async condition(): Promise<VisibleCondition | null> {
    if (this.allowed === null) return null;
    // A temporary table is taken back by itself.
    const isTakenBack = this.#isListed && this.#partsTakenBack !== this.database.partsTakenBack;
    if (this.#filled !== this.database.generation || isTakenBack) await this.#refill();
    return this.#condition;
  }

  /** Takes note of new objects: an organisation below a visible one is visible. */
  async created(code: ClassCode, ids: readonly ObjectId[]): Promise<void> {
    if (!this.#isOrganization(code)) return;
    const { parent } = treeOf(this.mapping.model);
    if (parent === null) return;
    const { table, key } = parentColumn(this.mapping, parent);
    const { visibleOrganizations: visible } = this.mapping.dialect;
    // One that comes after another may be below it.
    if (this.#isListed) return await this.#refill();
    for (const id of ids) {
      await this.database.run(
        `INSERT INTO ${visible} SELECT ${idExpression(table, "")} FROM ${quoteName(table.name)} ` +
          `WHERE ${hasId(table, "", "$1")} AND ${key} IN (SELECT id FROM ${visible}) ON CONFLICT DO NOTHING`,
        id,
      );
    }
  }

  /** Takes note of changed attributes: an organisation may have come below a visible one, or have left it. */
  async updated(code: ClassCode, attributes: readonly AttributeCode[]): Promise<void> {
    if (this.#isOrganization(code) && attributes.includes(treeOf(this.mapping.model).parent ?? "")) {
      await this.#refill();
    }
  }

  #isOrganization(code: ClassCode): boolean {
    const { model } = this.mapping;
    return this.allowed !== null && classOf(model, code).root === classOf(model, treeOf(model).class).root;
  }

  async #refill(): Promise<void> {
    const { database } = this;
    const ids = withThoseBelow(this.allowed ?? [], await this.#pairs());
    if (this.#filled !== database.generation) await this.#chooseWay();
    if (this.#isListed) this.#showThose(ids.join());
    else await this.#fill(ids);
    this.#filled = database.generation;
    this.#partsTakenBack = database.partsTakenBack;
  }

  /** A server that only reads has no temporary tables, and not every role may make one. */
  async #chooseWay(): Promise<void> {
    const { database } = this;
    const row = database.isPortable ? undefined : await database.row(MAY_MAKE_TABLES);
    this.#isListed = row?.[0] !== true;
    if (!this.#isListed) this.#condition = visibleConditions(this.mapping);
    this.#shown = null;
  }

  /** Where there are no temporary tables the organisations stand in each statement: those are made anew when others are visible. */
  #showThose(ids: string): void {
    if (this.#shown === ids) return;
    this.#shown = ids;
    const { dialect } = this.mapping;
    const visibleOrganizations = `unnest('{${ids}}'::bigint[]) AS visible (id)`;
    this.#condition = visibleConditions({ ...this.mapping, dialect: { ...dialect, visibleOrganizations } });
  }

  async #fill(ids: readonly number[]): Promise<void> {
    const { database } = this;
    const { visibleOrganizations: visible } = this.mapping.dialect;
    await database.execute(
      `CREATE TEMP TABLE IF NOT EXISTS "visible_organization" (id bigint PRIMARY KEY); DELETE FROM ${visible}`,
    );
    await database.run(`INSERT INTO ${visible} SELECT * FROM unnest($1::bigint[])`, ids);
  }

  /** Organisations that have a parent, with it. */
  async #pairs(): Promise<readonly (readonly [number, number])[]> {
    const { parent } = treeOf(this.mapping.model);
    if (parent === null) return [];
    const { table, key } = parentColumn(this.mapping, parent);
    const rows = await this.database.rows(
      `SELECT ${idExpression(table, "")}, ${key} FROM ${quoteName(table.name)} WHERE ${key} IS NOT NULL`,
    );
    return rows.map(([id, above]) => [Number(id), Number(above)] as const);
  }
}
