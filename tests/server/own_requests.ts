/** Small requests that are right, and what is looked for in the answers. */
import { DatabaseSync } from "node:sqlite";
import type { Fields } from "./post.ts";

export const LOGIN: Fields = { auth_user: "admin", auth_pwd: "admin" };

/** Loads organizations by their names. */
export const ORGANIZATIONS: Fields = { ...LOGIN, class: "Organization", reconciliationkeys: "name", no_localize: "1" };

export const ONE_ROW = "name,code\nDemo,DEMO\n";

/** @param path of a database */
export function countOf(path: string, modelClass: string): number {
  const database = new DatabaseSync(path, { readOnly: true });
  const count = database.prepare(`SELECT count(*) AS n FROM "view_${modelClass}"`).get()?.["n"];
  database.close();
  return Number(count);
}
