/** Where the changes to a database are kept that we did not make: in a file beside it, in tables of its own, nowhere. */
export type ChangeLogPlace = "beside" | "inside" | "none";
