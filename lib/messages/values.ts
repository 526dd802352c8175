/** Sentences about values: why a text is no value of its attribute. */
import type { AttributeCode } from "../model/model.ts";
import type { ValueProblem } from "../values/value_reader.ts";

export function valueProblem(code: AttributeCode, problem: ValueProblem): string {
  switch (problem.kind) {
    case "null_not_allowed":
      return unexpectedValue(code, "Null not allowed");
    case "value_not_allowed":
      return unexpectedValue(code, `Value not allowed [${problem.found}]`);
    case "label_not_allowed":
      return `Allowed '${code}' value(s): ${problem.allowed.join(",")}`;
    case "wrong_format":
      return unexpectedValue(code, `Wrong format [${problem.found}]`);
    case "too_long":
      return unexpectedValue(code, `String too long (found ${problem.found}, limited to ${problem.limit})`);
    case "out_of_range":
      return unexpectedValue(code, `Out of range [${problem.found}], expected ${problem.least} to ${problem.most}`);
    case "no_such_spelling":
      return unexpectedValue(code, "no match found, check spelling");
    case "wrong_date":
      return `Expected format: ${problem.example}`;
  }
}

export function unexpectedValue(code: AttributeCode, reason: string): string {
  return `Unexpected value for attribute '${code}': ${reason}`;
}
