import { assertEquals } from "@std/assert";
import { rejectionReasons, rowStatus } from "../../lib/messages/rows.ts";
import type { Rejection } from "../../lib/reconcile/row_result.ts";
import { created, unchanged, updated } from "../report/facts.ts";

Deno.test("rows without a problem have the reference's words", () => {
  assertEquals(rowStatus(created(2)), "created");
  assertEquals(rowStatus(unchanged(2)), "unchanged");
  assertEquals(rowStatus(updated(2, ["code"])), "updated 1 cols");
  assertEquals(rowStatus(updated(2, ["code", "status"])), "updated 2 cols");
});

const TWO_REASONS: Rejection = {
  kind: "refused",
  problems: [{ kind: "no_profile" }, { kind: "loop", attribute: "parent_id", label: "Parent", id: 3 }],
};
const ONE = "At least one profile must be assigned to this user.";
const TWO = "Unexpected value for attribute 'Parent' (parent_id) : Value not allowed [3]";

const REJECTIONS: readonly (readonly [Rejection, string])[] = [
  [{ kind: "cell_count", found: 3, expected: 5 }, "Issue: 3 cells where the header has 5"],
  [
    { kind: "text_after_qualifier", line: 7, column: "Last Name" },
    "Issue: text after the closing qualifier in line 7, column 'Last Name': the separator or the end of the line was expected",
  ],
  [
    { kind: "shifted", column: "Price", end: "Name" },
    "Issue: a separator is missing: a text qualifier stands in column 'Price' and another one ends column 'Name'",
  ],
  [
    { kind: "backslash", column: "Name" },
    "Issue: a backslash before the closing qualifier in column 'Name': a qualifier in a cell is doubled, and a cell " +
    "that ends with a backslash stands without qualifiers",
  ],
  [{ kind: "nul", column: "Last Name" }, "Issue: the character NUL in column 'Last Name' cannot be loaded"],
  [{ kind: "wrong_date" }, "Issue: wrong date format"],
  [{ kind: "failed_to_reconcile" }, "Issue: failed to reconcile"],
  [
    {
      kind: "failed_to_reconcile",
      unfound: {
        class: "Person",
        searched: [{ column: "Id", value: "7\n" }, { column: "Name", value: "Ann" }],
        reason: "id",
        column: "Id",
      },
    },
    "Issue: failed to reconcile: no 'Person' object was found by Id '7\\n', Name 'Ann', " +
    "and a new one could not be given an id. Correct it, or name other reconciliation keys",
  ],
  [
    {
      kind: "ambiguous",
      count: 12,
      objects: [1, 2, 3, 4, 5].map((id) => ({ class: "Team", id })),
      more: true,
    },
    "Issue: ambiguous reconciliation: 12 objects (Team::1, Team::2, Team::3, Team::4, Team::5...)",
  ],
  [
    { kind: "hidden_match", class: "Location" },
    "Issue: the reconciliation keys match a 'Location' object not visible with your current profile",
  ],
  [{ kind: "abstract_class", class: "Contact" }, "Issue: Contact is abstract: no object of it can be created"],
  [{ kind: "bad_cells" }, "Issue: Unexpected attribute value(s)"],
  [
    {
      kind: "missing_external_keys",
      codes: ["org_id", "software_id"],
      labels: ["Organization", "Software"],
    },
    "Issue: Could not be created, due to missing external key(s): Organization, Software",
  ],
  [TWO_REASONS, `Issue: ${ONE}, ${TWO}`],
];

for (const [reason, expected] of REJECTIONS) {
  Deno.test(`a row rejected as ${reason.kind} says: ${expected}`, () => {
    assertEquals(rowStatus({ kind: "rejected", reason, object: null, cells: [] }), expected);
  });
}

Deno.test("several reasons stay apart for programs", () => {
  assertEquals(rejectionReasons(TWO_REASONS), [ONE, TWO]);
});
