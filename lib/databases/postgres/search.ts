/** Finding objects by the values of any attributes. */
import type { StoredValue } from "../../model/model.ts";
import type { AskedMatches, FoundObject, Match, ObjectSearch, SearchPlan } from "../../store/objects.ts";
import { withNames } from "../named/later_named_search.ts";
import { doneLater } from "../shared/steps.ts";
import { KeySpeller, type SpeltKey } from "../spellings/key_speller.ts";
import type { Spellings } from "../spellings/spellings.ts";
import type { VisibleCondition } from "../sql/attribute_expression.ts";
import type { SpokenMapping } from "../sql/dialect.ts";
import { foundObject, type FoundRow } from "../sql/json_rows.ts";
import type { PostgresValue } from "./postgres_connection.ts";
import type { PostgresDatabase } from "./postgres_database.ts";
import type { SearchIndexes } from "./search_indexes.ts";
import { type KeyGroup, keyGroups } from "./search_keys.ts";
import { SearchStatements } from "./search_statements.ts";
import type { VisibleObjects } from "./visible_objects.ts";

/** What searches are made with. */
export interface SearchContext extends Required<SpokenMapping> {
  readonly database: PostgresDatabase;
  readonly indexes: SearchIndexes;
  readonly visible: VisibleObjects;
  readonly spellings: Spellings;
  /** Writes what is held back, so that it is found. */
  readonly flush: () => Promise<void>;
}

/** A search as it is asked now. */
interface Prepared {
  readonly speller: KeySpeller;
  readonly statements: SearchStatements;
}

const NO_MATCH: Match = { kind: "none" };

/** Two for each key tell one from several; of few objects more is soon asked. */
const FEW = 3;

/** A search by a plan. */
export function createSearch(context: SearchContext, plan: SearchPlan): ObjectSearch {
  const searching = {
    mapping: context,
    makesIndexes: context.indexes.mayCreate,
    isLimited: async () => await context.visible.condition() !== null,
  };
  return withNames(searching, plan, new PostgresSearch(context, plan), (other) => createSearch(context, other));
}

/** Its statements are made when it is first asked, and again when the user's limits have changed or indexes are gone. */
class PostgresSearch implements ObjectSearch {
  #prepared: Promise<Prepared> | null = null;
  /** With which it was prepared. */
  #visible: VisibleCondition | null = null;
  #lost = 0;

  constructor(private readonly context: SearchContext, private readonly plan: SearchPlan) {}

  async find(keys: readonly (readonly StoredValue[])[]): Promise<Match[]> {
    return await (await this.ask(keys)).found;
  }

  /** All of it is sent before anybody can write: one that is refused takes no question along, and is taken back behind the answers. */
  async ask(keys: readonly (readonly StoredValue[])[]): Promise<AskedMatches> {
    if (keys.length === 0) return { found: Promise.resolve([]) };
    const { prepared, spelt } = await this.#asked(keys);
    const groups = keyGroups(prepared.statements.columns, spelt);
    const answers = groups.map((group) => found(prepared, group, { ofKey: FEW + 1 }));
    const matches = Promise.all(answers).then((lists) => this.#matchesOf(prepared, spelt, lists));
    // Who waits for it hears of a failure, if anybody does.
    matches.catch(() => {});
    return { found: matches };
  }

  #matchesOf(
    prepared: Prepared,
    spelt: readonly (SpeltKey | null)[],
    lists: readonly (readonly FoundRow[])[],
  ): Match[] {
    const ofKeys: FoundRow[][] = spelt.map(() => []);
    for (const rows of lists) for (const row of rows) ofKeys[row[0]]?.push(row);
    return ofKeys.map((rows, index) => this.#matchOf(prepared, spelt[index] ?? null, rows));
  }

  async anyFor(keys: readonly (readonly StoredValue[])[]): Promise<boolean[]> {
    if (keys.length === 0) return [];
    const { prepared: { statements }, spelt } = await this.#asked(keys);
    const any = keys.map(() => false);
    for (const group of keyGroups(statements.columns, spelt)) {
      const rows = await this.context.database.rows(statements.for(group).any, ...parametersOf(group));
      for (const [index] of rows) any[Number(index)] = true;
    }
    return any;
  }

  async all(key: readonly StoredValue[]): Promise<FoundObject[]> {
    const { prepared, spelt: [asked = null] } = await this.#asked([key]);
    return await objectsOf(prepared, asked, null);
  }

  async allOf(keys: readonly (readonly StoredValue[])[]): Promise<FoundObject[][]> {
    return await this.#lists(keys, null) ?? [];
  }

  fewOf(keys: readonly (readonly StoredValue[])[], most: number): Promise<FoundObject[][] | null> {
    return this.#lists(keys, most);
  }

  async valuesOf(object: FoundObject): Promise<readonly StoredValue[]> {
    if (object.values !== null) return object.values;
    await this.context.flush();
    return await (await this.#prepare()).statements.rows.valuesOf(object);
  }

  /** @param most null: all of them @returns null: there are more */
  async #lists(keys: readonly (readonly StoredValue[])[], most: number | null): Promise<FoundObject[][] | null> {
    if (keys.length === 0) return [];
    const { prepared, spelt } = await this.#asked(keys);
    const ofKeys: FoundRow[][] = keys.map(() => []);
    let count = 0;
    for (const group of keyGroups(prepared.statements.columns, spelt)) {
      const ofAll = most === null ? null : most - count + 1;
      for (const row of await found(prepared, group, { ofAll })) {
        ofKeys[row[0]]?.push(row);
        count++;
      }
      if (most !== null && count > most) return null;
    }
    return ofKeys.map(inOrder);
  }

  async #asked(keys: readonly (readonly StoredValue[])[]) {
    await this.context.flush();
    const prepared = await this.#prepare();
    return { prepared, spelt: await doneLater(prepared.speller.spell(keys)) };
  }

  async #prepare(): Promise<Prepared> {
    const { indexes, visible } = this.context;
    const now = this.plan.includeHidden ? null : await visible.condition();
    if (this.#prepared === null || now !== this.#visible || indexes.lost !== this.#lost) {
      this.#visible = now;
      this.#lost = indexes.lost;
      this.#prepared = this.#prepareFor(now);
    }
    return await this.#prepared;
  }

  async #prepareFor(visible: VisibleCondition | null): Promise<Prepared> {
    const { context, plan } = this;
    const speller = new KeySpeller(context, plan, visible);
    await doneLater(speller.begin());
    await context.indexes.serve(plan.class, plan.conditions);
    return { speller, statements: new SearchStatements(context.database, context, plan, visible) };
  }

  #matchOf(prepared: Prepared, key: SpeltKey | null, rows: FoundRow[]): Match {
    const [only, other] = rows;
    if (only === undefined) return NO_MATCH;
    if (other === undefined) return { kind: "one", object: foundObject(only) };
    return {
      kind: "several",
      ...rows.length > FEW ? {} : { few: inOrder(rows) },
      count: async () => {
        await this.context.flush();
        return await this.#count(prepared, key);
      },
      first: async (most) => {
        await this.context.flush();
        return await objectsOf(prepared, key, most);
      },
    };
  }

  async #count({ statements }: Prepared, key: SpeltKey | null): Promise<number> {
    let count = 0;
    for (const group of keyGroups(statements.columns, [key])) {
      count += Number((await this.context.database.row(statements.for(group).count, ...parametersOf(group)))?.[0]);
    }
    return count;
  }
}

/** So many are read; left out, or null: all. */
interface Limits {
  readonly ofKey?: number | null;
  readonly ofAll?: number | null;
}

function found(
  { statements }: Prepared,
  group: KeyGroup,
  { ofKey = null, ofAll = null }: Limits,
  way: "find" | "first" = "find",
): Promise<readonly FoundRow[]> {
  return statements.rows.find(statements.for(group)[way], [...parametersOf(group), ofKey, ofAll]);
}

/** By id: an index may give them in another order. */
function inOrder(rows: FoundRow[]): FoundObject[] {
  return rows.sort(([, a], [, b]) => a - b).map(foundObject);
}

/** @param most null: all */
async function objectsOf(prepared: Prepared, key: SpeltKey | null, most: number | null): Promise<FoundObject[]> {
  const rows: FoundRow[] = [];
  const { statements } = prepared;
  for (const group of keyGroups(statements.columns, [key])) {
    for (const row of await found(prepared, group, { ofKey: most }, most === null ? "find" : "first")) rows.push(row);
  }
  const objects = inOrder(rows);
  return most === null ? objects : objects.slice(0, most);
}

function parametersOf({ indexes, values }: KeyGroup): PostgresValue[] {
  return [indexes, ...values];
}
