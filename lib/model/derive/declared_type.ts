/** What the declared type of a column makes of it, in SQLite and for us. */
import type { DerivedColumn } from "./derived_model.ts";

type Affinity = DerivedColumn["affinity"];

/** As SQLite finds it (https://sqlite.org/datatype3.html). */
export function affinityOf(type: string, isStrict: boolean): Affinity {
  const upper = type.toUpperCase();
  if (isStrict && upper === "ANY") return "BLOB";
  if (upper.includes("INT")) return "INTEGER";
  if (/CHAR|CLOB|TEXT/.test(upper)) return "TEXT";
  if (upper === "" || upper.includes("BLOB")) return "BLOB";
  return /REAL|FLOA|DOUB/.test(upper) ? "REAL" : "NUMERIC";
}

/** What a column holds that nobody says more of. */
export type DeclaredKind =
  | { readonly kind: "boolean" | "datetime" | "date" | "loose" }
  | { readonly kind: "integer" | "number" | "bytes" }
  | { readonly kind: "decimal"; readonly digits: number; readonly decimals: number }
  | { readonly kind: "text" };

/** So that a double holds every value exactly. */
const MOST_DIGITS = 15;

/** By the first that fits. */
export function declaredKind(type: string, affinity: Affinity): DeclaredKind {
  const upper = type.toUpperCase().trim();
  if (/^(?:BOOL|BIT$|BIT *\( *1 *\)$|TINYINT *\( *1 *\))/.test(upper)) return { kind: "boolean" };
  if (/^(?:DATETIME|TIMESTAMP)/.test(upper)) return { kind: "datetime" };
  if (upper === "DATE") return { kind: "date" };
  if (affinity === "INTEGER") return { kind: "integer" };
  if (affinity === "REAL") return { kind: "number" };
  const decimal = declaredDecimal(type);
  if (decimal !== null) return { kind: "decimal", ...decimal };
  if (/^(?:NUMERIC|DECIMAL|NUMBER)\b/.test(upper)) return { kind: "number" };
  if (affinity === "TEXT") return { kind: "text" };
  return { kind: upper.includes("BLOB") ? "bytes" : "loose" };
}

/** The digits of `NUMERIC(10,2)`; null: it has none, or more than can be told exactly. */
export function declaredDecimal(type: string): { readonly digits: number; readonly decimals: number } | null {
  const found = /^\s*(?:NUMERIC|DECIMAL)\s*\(\s*(\d+)\s*,\s*(\d+)\s*\)/i.exec(type);
  const digits = Number(found?.[1] ?? 0);
  const decimals = Number(found?.[2] ?? 0);
  return digits >= 1 && digits <= MOST_DIGITS && decimals <= digits ? { digits, decimals } : null;
}

/** The characters of `VARCHAR(40)`; null: it says none. */
export function declaredLength(type: string): number | null {
  const length = Number(/\(\s*(\d+)\s*\)/.exec(type)?.[1] ?? 0);
  return length > 0 ? length : null;
}
