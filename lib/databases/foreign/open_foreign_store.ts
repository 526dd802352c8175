/** Opening a database that we did not make (SPEC 18). */
import type { Store } from "../../store/store.ts";
import type { ForeignOptions, OpenOptions } from "../open_store.ts";

/** @throws RunStop 78 when it cannot be read, or the overlay does not fit it; RunStop 73 when it cannot be used */
export function openForeignStore(_path: string, _options: OpenOptions, _foreign: ForeignOptions): Promise<Store> {
  throw new Error("not built yet");
}
