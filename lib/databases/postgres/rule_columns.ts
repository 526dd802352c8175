/** Uniqueness rules of the model that the server refuses by: SQLite names the columns of such an index, PostgreSQL the index. */
import type { SpokenMapping } from "../sql/dialect.ts";
import { indexesOf } from "../sql/index_statements.ts";
import { POSTGRES_DIALECT } from "./postgres_dialect.ts";

/** `table.column`, for each column of the index of that name; undefined: it is of no rule. */
export type RuleColumns = (index: string) => readonly string[] | undefined;

/** Looked for when it is first asked: hardly any run is refused so. */
export function createRuleColumns(mapping: SpokenMapping): RuleColumns {
  const { indexName } = (mapping.dialect ?? POSTGRES_DIALECT).schema;
  let known: ReadonlyMap<string, readonly string[]> | null = null;
  return (index) => {
    known ??= new Map(
      indexesOf(mapping).filter(({ unique }) => unique)
        .map(({ name, table, columns }) => [indexName(name), columns.map((column) => `${table}.${column}`)]),
    );
    return known.get(index);
  };
}
