/** Models of schemas that stand in a test. */
import { assert, assertEquals } from "@std/assert";
import { readSchema } from "../../../lib/databases/foreign/read_schema.ts";
import { Database } from "../../../lib/databases/sqlite/connection.ts";
import type { Attribute, ModelClass } from "../../../lib/model/model.ts";
import { type Derivation, deriveModel } from "../../../lib/model/derive/derive_model.ts";
import type { DerivedColumn, DerivedTable } from "../../../lib/model/derive/derived_model.ts";
import type { ClassOverlay, OverlayProblem } from "../../../lib/model/derive/overlay_type.ts";
import type { SchemaFacts } from "../../../lib/model/derive/schema_facts.ts";

/** A database in memory, closed afterwards. */
export function withSchema<T>(sql: string, use: (database: Database, traced: string[]) => T): T {
  const traced: string[] = [];
  const database = new Database({
    file: ":memory:",
    path: ":memory:",
    busyTimeoutSeconds: 0,
    takesDoubleQuotedTexts: true,
    onStatement: (statement) => traced.push(statement),
  });
  try {
    database.exec(sql);
    traced.length = 0;
    return use(database, traced);
  } finally {
    database.close();
  }
}

export function factsOf(sql: string): SchemaFacts {
  return withSchema(sql, (database) => readSchema(database));
}

export function derive(sql: string, classes?: Readonly<Record<string, ClassOverlay>>): Derivation {
  return deriveModel(factsOf(sql), classes === undefined ? null : { classes });
}

/** The only class, or the one that is called so. */
export function classIn({ derived }: Derivation, code?: string): ModelClass {
  const found = code === undefined ? [...derived.model.classes.values()][0] : derived.model.classes.get(code);
  assert(found !== undefined, `there is no class ${code}`);
  return found;
}

export function tableIn({ derived }: Derivation, code?: string): DerivedTable {
  const found = derived.tables.get(code ?? [...derived.tables.keys()][0] ?? "");
  assert(found !== undefined, `there is no table ${code}`);
  return found;
}

export function attributeIn(derivation: Derivation, code: string, attribute: string): Attribute {
  const found = classIn(derivation, code).attributes.get(attribute);
  assert(found !== undefined, `there is no attribute ${code}.${attribute}`);
  return found;
}

export function columnIn(derivation: Derivation, code: string, attribute: string): DerivedColumn {
  const found = tableIn(derivation, code).columns.get(attribute);
  assert(found !== undefined, `there is no column ${code}.${attribute}`);
  return found;
}

/** The attribute of the only column of a table that is declared so. */
export function ofColumn(declaration: string): { readonly attribute: Attribute; readonly column: DerivedColumn } {
  const derivation = derive(`CREATE TABLE t (${declaration})`);
  const [code] = tableIn(derivation).columns.keys();
  return { attribute: attributeIn(derivation, "t", code ?? ""), column: columnIn(derivation, "t", code ?? "") };
}

/** Codes of a class's attributes that are columns, with their kinds. */
export function kindsOf(derivation: Derivation, code?: string): Record<string, string> {
  const kinds = [...classIn(derivation, code).attributes.values()].filter(({ kind }) => kind !== "friendly_name");
  return Object.fromEntries(kinds.map((attribute) => [attribute.code, attribute.kind]));
}

export function assertNoProblems({ problems }: { readonly problems: readonly OverlayProblem[] }): void {
  assertEquals(problems, []);
}
