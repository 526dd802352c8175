/** What is in a database that we did not make, as a model, and that it stays so while a run writes. */
import { EXIT, RunStop } from "../../errors.ts";
import { schemaChanged } from "../../messages/foreign_store.ts";
import { deriveModel } from "../../model/derive/derive_model.ts";
import { OWN_TABLES } from "../../model/derive/derived_tables.ts";
import type { DerivedModel } from "../../model/derive/derived_model.ts";
import type { Overlay } from "../../model/derive/overlay_type.ts";
import type { SchemaFacts } from "../../model/derive/schema_facts.ts";
import type { Database } from "../sqlite/connection.ts";
import { readSchema } from "./read_schema.ts";

/** What the operator says beside the schema. */
export interface NamedOverlay {
  readonly path: string;
  readonly overlay: Overlay;
}

export interface ForeignSchema {
  readonly facts: SchemaFacts;
  readonly derived: DerivedModel;
  /** SQLite raises it with every change. */
  readonly version: number;
}

/** @throws RunStop 78 when it cannot be read, or the overlay does not fit it */
export async function foreignSchema(database: Database, overlay: NamedOverlay | null): Promise<ForeignSchema> {
  const { facts, version } = atOnce(database);
  const { derived, problems } = deriveModel(facts, overlay?.overlay ?? null);
  if (problems.length > 0) {
    const { overlayStop } = await import("../../model/overlay/overlay_stop.ts");
    throw overlayStop(overlay?.path ?? "", problems);
  }
  return { facts, derived, version };
}

/** Another program may change it meanwhile. */
function atOnce(database: Database): Pick<ForeignSchema, "facts" | "version"> {
  database.exec("BEGIN");
  try {
    return { version: versionOf(database), facts: readSchema(database) };
  } finally {
    database.exec("ROLLBACK");
  }
}

/**
 * To be called under the write lock: from then on nobody can change it.
 * @returns it, with its version
 * @throws RunStop 75 when it is another one than was read before
 */
export function requireSame(database: Database, before: ForeignSchema): ForeignSchema {
  const version = versionOf(database);
  if (version === before.version) return before;
  // Whatever was made or dropped may be no table, or be gone again.
  if (textOf(readSchema(database)) !== textOf(before.facts)) {
    throw new RunStop(EXIT.databaseLocked, [schemaChanged(database.path)]);
  }
  return { ...before, version };
}

/** Without the tables that the log of a run before may have made. */
function textOf({ tables, triggers }: SchemaFacts): string {
  return JSON.stringify([tables.filter(({ name }) => !OWN_TABLES.test(name)), triggers]);
}

function versionOf(database: Database): number {
  return Number(database.prepare("PRAGMA schema_version").get()?.["schema_version"]);
}
