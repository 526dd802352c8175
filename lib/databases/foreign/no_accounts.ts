/** The users of a database that has none. */
import type { WrittenFailures } from "../../store/failed_logins.ts";
import type { ObjectId } from "../../store/object_id.ts";
import type { ObjectList } from "../../store/object_list.ts";
import type { ObjectSearch, ObjectSearches } from "../../store/objects.ts";

const NOTHING_FOUND: ObjectSearch = {
  find: (keys) => Promise.resolve(keys.map(() => ({ kind: "none" }))),
  anyFor: (keys) => Promise.resolve(keys.map(() => false)),
  all: () => Promise.resolve([]),
  allOf: (keys) => Promise.resolve(keys.map(() => [])),
  fewOf: (keys) => Promise.resolve(keys.map(() => [])),
  valuesOf: () => Promise.reject(new Error("nothing was found")),
};

const NOTHING_LISTED: ObjectList = {
  async *pages() {},
  valuesOf: () => Promise.reject(new Error("nothing was listed")),
};

export const NO_ACCOUNTS: ObjectSearches = {
  search: () => NOTHING_FOUND,
  list: () => NOTHING_LISTED,
  idFromText: () => null,
  shownId: (_, id: ObjectId) => id,
  shownKey: () => null,
  examples: () => Promise.resolve({ rows: [], more: false, hidden: false }),
};

/** Nobody logs in, so nobody fails to. */
export const NO_FAILURES: WrittenFailures = {
  read: () => Promise.resolve(null),
  write: () => Promise.resolve(false),
  writeAll: () => Promise.resolve(false),
  clear: () => Promise.resolve(true),
};
