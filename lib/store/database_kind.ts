/** Whose a database is, as far as that can be told before it is used. */
import type { RunStop } from "../errors.ts";

/** `foreign`: another program made it; `missing`: nothing is there; else why nobody can tell. */
export type DatabaseKind = "ours" | "foreign" | "missing" | RunStop;
