/** Values that are made up for new rows, as an overlay says. */
import type { DerivedColumn } from "../../model/derive/derived_model.ts";

/** No two are the same. */
export function generated(how: Exclude<DerivedColumn["generate"], null>): string {
  const uuid = crypto.randomUUID();
  return how === "uuid" ? uuid : uuid.replaceAll("-", "");
}
