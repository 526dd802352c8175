/** Names of a model that PostgreSQL would cut, so that two of them could become the same. */
import { EXIT, RunStop, type StopMessage } from "../../errors.ts";
import { nameTooLong } from "../../messages/postgres.ts";
import type { OwnMapping } from "../sql/own_layout.ts";
import { viewName } from "../sql/view_statements.ts";
import { isShortName } from "./short_names.ts";

/** @throws RunStop 78 that names all of them */
export function requireShortNames({ model, layout }: OwnMapping): void {
  const problems: StopMessage[] = [];
  const require = (name: string) => {
    if (!isShortName(name)) problems.push(nameTooLong(name));
  };
  for (const table of layout.tables) {
    require(table.name);
    for (const column of table.columns) require(column.name);
  }
  for (const code of model.classes.keys()) require(viewName(code));
  if (problems.length > 0) throw new RunStop(EXIT.databaseNotUsable, problems);
}
