/** Attributes and contexts for the tests of values. */
import type { EnumAttribute, Model, TextAttribute } from "../../lib/model/model.ts";
import type { ParsedValue, ValueProblem } from "../../lib/values/value_reader.ts";
import type { ValueContext } from "../../lib/values/reader_for.ts";
import { valueProblem } from "../../lib/messages/values.ts";

export const BASE = {
  code: "attribute",
  declaredBy: "Thing",
  labels: new Map<string, string>(),
  aliases: new Map<string, readonly string[]>(),
  nullAllowed: true,
};

export const MODEL: Model = {
  name: "test",
  languages: ["EN US", "FR FR"],
  classes: new Map(),
  profiles: [],
  organizations: null,
};

export const CODES: ValueContext = {
  codesNotLabels: true,
  language: "EN US",
  model: MODEL,
  dateFormat: null,
  numberSigns: null,
};

export function text(kind: TextAttribute["kind"], changes: Partial<TextAttribute> = {}): TextAttribute {
  return { ...BASE, kind, default: "", maxLength: 255, countsCase: false, ...changes };
}

/** The status of the built-in model's organisations. */
export const STATUS: EnumAttribute = {
  ...BASE,
  code: "status",
  kind: "enum",
  default: "active",
  values: [
    { code: "active", labels: new Map([["EN US", "Active"], ["FR FR", "Actif"]]) },
    { code: "inactive", labels: new Map([["EN US", "Inactive"], ["FR FR", "Inactif"]]) },
  ],
};

/** A value, or the sentence about the problem. */
export function shown(parsed: ParsedValue, code = "attribute"): ParsedValue | string {
  return parsed.ok ? parsed : valueProblem(code, parsed.problem);
}

export function value(stored: string | number | null): ParsedValue {
  return { ok: true, value: stored };
}

export function problem(found: ValueProblem): ParsedValue {
  return { ok: false, problem: found };
}
