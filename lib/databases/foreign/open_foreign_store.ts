/** Opening a database that we did not make (SPEC 18). */
import type { Store } from "../../store/store.ts";
import type { ForeignOptions, OpenOptions } from "../open_store.ts";
import { fileAt, requireFileOf, requireIdentity } from "../sqlite/database_identity.ts";
import { withQuotesAsNeeded } from "./double_quoted_texts.ts";
import { connectForeign } from "./foreign_connection.ts";
import { foreignSchema, type NamedOverlay } from "./foreign_schema.ts";
import { foreignIdentity, ForeignStore } from "./foreign_store.ts";
import { openForeignLog } from "./log/open_foreign_log.ts";

/** @throws RunStop 78 when it cannot be read, or the overlay does not fit it; RunStop 73 when it cannot be used */
export async function openForeignStore(path: string, options: OpenOptions, foreign: ForeignOptions): Promise<Store> {
  const { identity } = options;
  if (identity !== undefined) requireFileOf(path, options, identity);
  const overlay = await overlayOf(foreign);
  const file = fileAt(path, options);
  if (identity !== undefined) requireIdentity(path, foreignIdentity(file), identity);
  const { foreignKeys } = foreign;
  const connect = (takesDoubleQuotedTexts: boolean) =>
    connectForeign(path, options, { foreignKeys, takesDoubleQuotedTexts });
  let database = connect(false);
  try {
    const schema = await foreignSchema(database, overlay);
    database = withQuotesAsNeeded(database, schema, () => connect(true));
    const logs = openForeignLog(database, { place: foreign.changeLog, derived: () => schema.derived });
    return new ForeignStore({ database, file, schema, logs, foreignKeys });
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Most runs have none. @throws RunStop 78 with every mistake */
async function overlayOf({ overlay }: ForeignOptions): Promise<NamedOverlay | null> {
  if (overlay === null) return null;
  const { overlayIn } = await import("../../model/overlay/overlay_stop.ts");
  return { path: overlay.path, overlay: overlayIn(overlay) };
}
