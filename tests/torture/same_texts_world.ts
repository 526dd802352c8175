/** Loads texts, and says what became of each. */
import type { Loading } from "../helpers/loading.ts";
import { withShelf } from "../reconcile/shelf.ts";

export const withLoading = withShelf;

export interface LoadedTexts {
  /** The id of the object that each row has made or met. */
  readonly ids: readonly string[];
  /** Where the external key of each new device leads. */
  readonly targets: readonly string[];
  /** `free`, or `taken` where a uniqueness rule speaks. */
  readonly free: readonly string[];
}

/** @param columns the last one has the texts; a column `tag` before it is another one in each row */
export async function load(
  loading: Loading,
  modelClass: string,
  columns: string,
  texts: readonly string[],
): Promise<LoadedTexts> {
  const tagged = columns.startsWith("tag,");
  const last = columns.slice(columns.lastIndexOf(",") + 1);
  const lines = texts.map((text, index) => `${tagged ? `${last}${index},` : ""}"${text}"\n`);
  const key = tagged ? "tag" : columns;
  const { rows } = await loading.load(modelClass, `${columns}\n${lines.join("")}`, { reconciliationkeys: key });
  return {
    ids: rows.map((row) => /^[a-z]+ \w+ (\d+)/.exec(row)?.[1] ?? row),
    targets: tagged ? loading.objects(modelClass, "maker_id") : [],
    free: rows.map((row) => /^created/.test(row) ? "free" : "taken"),
  };
}
