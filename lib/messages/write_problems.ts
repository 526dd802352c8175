/** Sentences about what speaks against writing an object whose cells are all good. */
import type { ConsequenceProblem, WriteProblem } from "../reconcile/problems.ts";
import type { WriteRefusal } from "../store/write_refusal.ts";
import { duplicate } from "./duplicates.ts";
import { quoted, visible } from "./quoted.ts";
import * as users from "./users.ts";

export function writeProblem(problem: WriteProblem): string {
  switch (problem.kind) {
    case "missing_value":
      return `Unexpected value for attribute '${problem.label}' (${problem.attribute}) : Null not allowed`;
    case "twin":
      return `Row ${problem.record} (line ${problem.line}) is this object already, with other values`;
    case "empty_keys":
      return `the reconciliation keys are empty (${
        problem.keys.map(quoted).join(", ")
      }), and an object without any is ` +
        "there already: without a key no object is changed. Fill a key, or name other columns with reconciliationkeys";
    case "target_twin":
      return targetTwin(problem);
    case "loop": {
      const { attribute, label, id } = problem;
      return `Unexpected value for attribute '${label}' (${attribute}) : Value not allowed [${id}]`;
    }
    case "loop_of_rows":
      return `Unexpected value for attribute '${problem.label}' (${problem.attribute}) : ` +
        "it would lead back to the row's own object, through other rows of the file or by itself";
    case "held_back":
      return "what the second reading of the file would write was refused";
    case "log_entry_changed":
      return `Unexpected value for attribute '${problem.attribute}': it has an entry of the log otherwise than the log has it. ` +
        "Entries cannot be changed: give only the text of a new one, or the log as it is";
    case "referred_to": {
      const who = problem.id === null ? `a '${problem.class}' object` : `${problem.class}::${problem.id}`;
      return `${who} refers to it by ${quoted(problem.attribute)}, which forbids to delete it`;
    }
    case "duplicate":
    case "duplicates_hidden_object":
      return duplicate(problem);
    case "login_too_long":
      return users.loginTooLong(problem.found, problem.most);
    case "login_not_one_line":
      return users.loginNotOneLine();
    case "no_profile":
      return users.noProfile();
    case "own_status_change":
      return users.ownStatusChange();
    case "own_account_deleted":
      return users.ownAccountDeleted();
    case "own_rights_lost":
      return users.ownRightsLost();
    case "own_profile_denied":
      return users.ownProfileDenied(problem.profile);
    case "last_administrator_lost":
      return users.lastAdministratorLost();
    case "last_unlimited_administrator_lost":
      return users.lastUnlimitedAdministratorLost();
    case "administrators_only":
      return users.administratorsOnly();
    case "beyond_own_organizations":
      return users.beyondOwnOrganizations();
    case "consequence":
      return consequence(problem);
    case "refused_write":
      return refusedWrite(problem);
  }
}

function targetTwin(problem: WriteProblem & { readonly kind: "target_twin" }): string {
  const other = problem.other === null ? "the row's own object" : `the new one of ${quoted(problem.other)}`;
  return `the new '${problem.class}' of ${quoted(problem.attribute)} would be a twin of ${other}: ` +
    `both have the same ${problem.keys.map(quoted).join(", ")}. Load it first, by a file or a row of its own`;
}

/** By the model's `on_delete`. */
function consequence({ reason, class: code, id, emptied, by }: ConsequenceProblem): string {
  const which = id === null ? `a '${code}' object` : `${code}::${id}`;
  const found = `${by === "deletion" ? "deleting it" : "removing links"} would ${
    emptied === null ? `delete ${which}` : `empty ${quoted(emptied)} of ${which}`
  }`;
  switch (reason) {
    case "not_allowed":
      return `${found}, and you are not allowed to perform a bulk update of objects of class ${code}`;
    case "not_visible":
      return `${found}, which is not visible with your current profile`;
    case "earlier_row":
      return `${found}, which an earlier row has loaded`;
    case "other_feed":
      return `${found}, which another feed still has`;
    case "own_object":
      return `${found}, the very object that the row updates`;
  }
}

/** What in the database said no, and what would please it. */
const DATABASE_RULES: Readonly<
  Record<Exclude<WriteRefusal["rule"], "stored">, { readonly name: string; readonly remedy: string }>
> = {
  unique: { name: "a UNIQUE constraint", remedy: "Give values that no other object has" },
  check: { name: "a CHECK constraint", remedy: "Give values that the constraint allows" },
  foreign_key: { name: "a foreign key", remedy: "Refer to an object that the foreign key allows" },
  not_null: { name: "a NOT NULL constraint", remedy: "Give a value where the database demands one" },
  type: { name: "the type of a column", remedy: "Give a value that the column can hold" },
  trigger: { name: "a trigger", remedy: "Give values that the trigger allows" },
  expression: { name: "what it computes of the row", remedy: "Give values of which that can be computed" },
};

/** The database's own words may have line breaks, and end with a full stop or not. */
function refusedWrite({ rule, constraint, text }: WriteRefusal): string {
  if (rule === "stored") return text;
  const { name, remedy } = DATABASE_RULES[rule];
  const which = constraint === null ? name : `${name} (${quoted(constraint)})`;
  const words = visible(text.trim()).replace(/\.$/, "");
  return `the database refused the row because of ${which}${words === "" ? "" : `: ${words}`}. ` +
    `${remedy}, or ask whoever keeps the database about this rule of its own`;
}
