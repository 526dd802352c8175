/**
 * Where the import thread's program is: beside this file, or, where `scripts/compile.ts` has bundled all, in the bundle's folder. The
 * bundler leaves the name in a `URL` as it is, puts what is loaded later into files at the top of that folder, and entries where their
 * sources are.
 */
const FILE = import.meta.url.endsWith(".ts") ? "import_worker.ts" : "lib/server/imports/import_worker.js";

export const WORKER_URL = new URL(FILE, import.meta.url);
