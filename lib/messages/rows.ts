/** Sentences about whole rows, as the report's column `Status` shows them. */
import type { Rejection, RowOutcome, SearchedKey, UnfoundKeys } from "../reconcile/row_result.ts";
import { namedObjects } from "./named_objects.ts";
import { quoted, shortened, visible } from "./quoted.ts";
import { writeProblem } from "./write_problems.ts";

/** What became of a row: `created`, `unchanged`, `updated 2 cols`, `Issue: …`. */
export function rowStatus(outcome: RowOutcome): string {
  switch (outcome.kind) {
    case "created":
    case "unchanged":
    case "skipped":
      return outcome.kind;
    case "updated":
      // One column is `1 cols` too: scripts that read the reference's reports look for the word.
      return `updated ${outcome.changes.length} cols`;
    case "rejected":
      return `Issue: ${[outcome.reason, ...outcome.others ?? []].flatMap(rejectionReasons).join(", ")}`;
  }
}

/** Why a row was left out, one sentence a reason. */
export function rejectionReasons(rejection: Rejection): readonly string[] {
  return rejection.kind === "refused" ? rejection.problems.map(writeProblem) : [rejectionReason(rejection)];
}

/** The same for a reason that is a single one. */
export function rejectionReason(rejection: Exclude<Rejection, { readonly kind: "refused" }>): string {
  switch (rejection.kind) {
    case "cell_count":
      return `${rejection.found} cells where the header has ${rejection.expected}`;
    case "text_after_qualifier":
      return `text after the closing qualifier in line ${rejection.line}, column '${rejection.column}': ` +
        "the separator or the end of the line was expected";
    case "shifted":
      return `a separator is missing: a text qualifier stands in column '${rejection.column}' and another one ends ` +
        `column '${rejection.end}'`;
    case "backslash":
      return `a backslash before the closing qualifier in column '${rejection.column}': ` +
        "a qualifier in a cell is doubled, and a cell that ends with a backslash stands without qualifiers";
    case "nul":
      return `the character NUL in column '${rejection.column}' cannot be loaded`;
    case "made_too_long":
      return `the map makes '${visible(rejection.column)}' of ${rejection.madeOf.map(quoted).join(", ")}: ` +
        `it would have more than ${rejection.limit} characters, alone or with what the map makes besides: no row may be made so long`;
    case "nameless_cell":
      return `column ${rejection.column} has no name in the header, but holds ` +
        `${
          rejection.value === null ? "a value" : quoted(shortened(rejection.value))
        }: is a separator too many in the row?`;
    case "wrong_date":
      return "wrong date format";
    case "failed_to_reconcile":
      return `failed to reconcile${rejection.unfound === undefined ? "" : unfoundKeys(rejection.unfound)}`;
    case "ambiguous":
      return `ambiguous reconciliation: ${rejection.count} objects${namedObjects(rejection)}`;
    case "hidden_match":
      return `the reconciliation keys match a '${rejection.class}' object not visible with your current profile`;
    case "no_object":
      return `no ${quoted(rejection.class)} object was found by ${
        searchedBy(rejection.searched)
      }, and on_missing=error ` +
        "lets none be created";
    case "object_exists":
      return `${rejection.class}::${rejection.id} has these reconciliation keys already, and on_found=error lets no object be updated`;
    case "abstract_class":
      return `${rejection.class} is abstract: no object of it can be created`;
    case "bad_cells":
      return "Unexpected attribute value(s)";
    case "missing_external_keys":
      return `Could not be created, due to missing external key(s): ${rejection.labels.join(", ")}`;
  }
}

function searchedBy(searched: readonly SearchedKey[]): string {
  return searched.map((key) => `${visible(key.column)} ${quoted(shortened(key.value))}`).join(", ");
}

/** What was looked for, and what to do. */
function unfoundKeys({ class: code, searched, reason, column }: UnfoundKeys): string {
  const found = `: no ${quoted(code)} object was found by ${searchedBy(searched)}, and `;
  switch (reason) {
    case "id":
      return `${found}a new one could not be given an id. Correct it, or name other reconciliation keys`;
    case "computed":
      return `${found}a new one could not be given ${visible(column)}. Correct it, or name other reconciliation keys`;
    case "friendly_name":
      return `${found}a new one would have another name. Correct it, or give the columns that make the name the same values`;
  }
}
