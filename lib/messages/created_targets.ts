/** Sentences about targets that an import creates. */
import type { StopMessage } from "../errors.ts";
import type { KeyProblem, NotMadeReason } from "../reconcile/problems.ts";
import { quoted, shortened } from "./quoted.ts";
import { valueProblem } from "./values.ts";
import { writeProblem } from "./write_problems.ts";

/** @param possible codes of external keys that columns feed */
export function noExternalKey(name: string, possible: readonly string[]): StopMessage {
  const list = possible.length === 0 ? "The file has none" : `Those of the file are: ${possible.join(", ")}`;
  return { text: `#Wrong create_targets ${quoted(shortened(name))}: it is no external key of the class`, hint: list };
}

export function noColumns(name: string): StopMessage {
  return {
    text: `#Wrong create_targets ${quoted(shortened(name))}: no column of the file feeds it`,
    hint: `A target is created from columns such as '${shortened(name)}->Name'`,
  };
}

export function abstractTarget(name: string, target: string, concrete: readonly string[]): StopMessage {
  return {
    text: `#Wrong create_targets ${quoted(shortened(name))}: ${target} is abstract, and no object of it can be created`,
    hint: `Load the targets first, each into its class: ${concrete.join(", ")}`,
  };
}

/** @param code of the column that no new object can be given */
export function cannotBeGiven(name: string, code: string, target: string): StopMessage {
  return {
    text: `#Wrong create_targets ${quoted(shortened(name))}: no new ${target} can be given '${code}'`,
    hint: "Let columns with attributes of the target find it; what it refers to is found through further arrows",
  };
}

export function accountTarget(target: string): StopMessage {
  return {
    text:
      `#Wrong create_targets: objects of ${target} are what people may do, and are created by their own import only`,
  };
}

export function targetNotMade(
  { searched, target, reasons }: KeyProblem & { readonly kind: "target_not_made" },
): string {
  return `No match for value '${searched}', and no '${target}' can be created of it: ` +
    reasons.map(reasonText).join(", ");
}

function reasonText(reason: NotMadeReason): string {
  switch (reason.kind) {
    case "value":
      return valueProblem(reason.attribute, reason.problem);
    case "lacks_keys":
      return `missing external key(s): ${reason.labels.join(", ")}`;
    case "keys_taken":
      return `one with the same ${reason.codes.map(quoted).join(", ")} is there, and differs in the other columns. ` +
        "Correct these, or leave them out";
    case "refused":
      return writeProblem(reason.problem);
  }
}
