import { assertEquals, assertStringIncludes } from "@std/assert";
import { cellTrouble } from "../../lib/messages/cells.ts";
import type { CellProblem } from "../../lib/reconcile/problems.ts";
import type { NumberSigns } from "../../lib/values/number_signs.ts";
import type { SuspectedSign } from "../../lib/values/value_form.ts";
import type { ValueProblem } from "../../lib/values/value_reader.ts";
import { trouble } from "./every_problem.ts";

/** The reasons as the reference words them; out of range is ours. */
const REASONS: readonly (readonly [code: string, problem: ValueProblem, reason: string])[] = [
  ["name", { kind: "null_not_allowed" }, "Unexpected value for attribute 'name': Null not allowed"],
  [
    "status",
    { kind: "value_not_allowed", found: "activ", allowed: ["active", "inactive"], nearest: "active" },
    "Unexpected value for attribute 'status': Value not allowed [activ], expected active, inactive. " +
    "Did you mean 'active'?",
  ],
  [
    "status",
    { kind: "label_not_allowed", allowed: ["Active", "Inactive"], nearest: null },
    "Allowed 'status' value(s): Active,Inactive",
  ],
  [
    "status",
    { kind: "label_not_allowed", allowed: ["Active", "Inactive"], nearest: "Inactive" },
    "Allowed 'status' value(s): Active,Inactive. Did you mean 'Inactive'?",
  ],
  [
    "phone",
    { kind: "wrong_format", found: "abc", expected: "phone", suspected: null },
    "Unexpected value for attribute 'phone': Wrong format [abc], expected a phone number: digits, blanks and " +
    ". - + ( ) /, at its end an extension such as ext. 6 if need be",
  ],
  [
    "price",
    { kind: "too_many_decimals", found: "1.234", limit: 2 },
    "Unexpected value for attribute 'price': Too many decimals [1.234], expected at most 2",
  ],
  [
    "name",
    { kind: "line_break" },
    "Unexpected value for attribute 'name': Line break in it, expected a text of one line",
  ],
  [
    "code",
    { kind: "too_long", found: 256, limit: 255 },
    "Unexpected value for attribute 'code': String too long (found 256, limited to 255)",
  ],
  [
    "nb_u",
    { kind: "out_of_range", found: "2147483648", least: "-2147483648", most: "2147483647" },
    "Unexpected value for attribute 'nb_u': Out of range [2147483648], expected -2147483648 to 2147483647",
  ],
  [
    "running",
    { kind: "no_such_spelling", allowed: ["yes", "no", "oui", "non"] },
    "Unexpected value for attribute 'running': no match found, check spelling. Expected yes or no, oui or non",
  ],
  ["purchase_date", { kind: "wrong_date", example: "23/10/2022", partOf: null }, "Expected format: 23/10/2022"],
  [
    "purchase_date",
    { kind: "wrong_date", example: "23.10.2022", partOf: "d.m.Y H:i:s" },
    "Expected format: 23.10.2022, the date of the date_format 'd.m.Y H:i:s': the attribute has no time of day",
  ],
];

for (const [attribute, problem, reason] of REASONS) {
  Deno.test(`the problem ${problem.kind} is worded`, () => {
    assertEquals(cellTrouble(trouble(problem, { attribute })), `'x' is an invalid value. ${reason}`);
  });
}

Deno.test("what is nearly a number is answered with the one that may be meant, and never with another", () => {
  const hintOf = (found: string, expected: "integer" | "decimal", suspected: SuspectedSign) => {
    const sentence = cellTrouble(trouble({ kind: "wrong_format", found, expected, suspected }));
    return sentence.slice(sentence.indexOf(" if need be") + " if need be".length);
  };
  assertEquals(
    hintOf("12,50", "decimal", "decimal_comma"),
    ". The decimal sign is the point: write 12.50, or say decimal_sign=,",
  );
  assertEquals(hintOf("12,50", "integer", "decimal_comma"), ". A comma is no sign in it");
  const none = ". A number has no separators of thousands: write";
  const grouped = (found: string) => hintOf(found, "decimal", "grouping");
  assertEquals(grouped("1.234,50"), `${none} 1234.50, or name them: decimal_sign=, grouping_sign=.`);
  assertEquals(grouped("1,234,567.8"), `${none} 1234567.8, or name them: grouping_sign=,`);
  assertEquals(grouped("1 000,5"), `${none} 1000.5, or name them: decimal_sign=, grouping_sign=space`);
  assertEquals(grouped("1\u2019000.5"), `${none} 1000.5, or name them: grouping_sign='`);
  assertEquals(hintOf("1 000", "integer", "grouping"), `${none} 1000, or name them: grouping_sign=space`);
  assertEquals(hintOf("1,000", "integer", "either"), `${none} 1000, or say grouping_sign=,`);
  assertEquals(
    hintOf("1,000", "decimal", "either"),
    ". If the comma separates thousands, write 1000 or say grouping_sign=,; " +
      "if it is the decimal sign, write 1.000 or say decimal_sign=,",
  );
});

Deno.test("a number that is not written with the signs of the file is answered with these", () => {
  const sentence = (expected: "integer" | "decimal", grouping: NumberSigns["grouping"]) =>
    cellTrouble(trouble({
      kind: "wrong_format",
      found: "1.5",
      expected,
      suspected: null,
      signs: { decimal: ",", grouping },
    }));
  assertStringIncludes(
    sentence("decimal", null),
    "Wrong format [1.5], expected a number: digits with the decimal sign ',', a sign before them if need be",
  );
  assertStringIncludes(
    sentence("decimal", "."),
    "digits with the decimal sign ',', in groups of three with '.' between them or in one, a sign before",
  );
  assertStringIncludes(
    sentence("integer", "space"),
    "expected a whole number: digits, in groups of three with a blank between them or in one, a sign before",
  );
});

Deno.test("a refused cell is shown with its reason, a null one without", () => {
  const sentence = (cell: string | null) =>
    cellTrouble(trouble({ kind: "wrong_date", example: "2022-10-23", partOf: null }, { cell }));
  assertEquals(sentence("x"), "'x' is an invalid value. Expected format: 2022-10-23");
  assertEquals(sentence(""), "'' is an invalid value. Expected format: 2022-10-23");
  assertEquals(sentence(null), "Invalid value for attribute. Expected format: 2022-10-23");
});

/** As the reference words them; two end with a blank. */
const OF_EXTERNAL_KEYS: readonly (readonly [CellProblem, string])[] = [
  [
    {
      kind: "no_match",
      searched: "Album 2 Artist 2",
      target: "Album",
      examples: ["Album 1 Artist 1", "Album 2 "],
      more: true,
      columnByName: null,
      apart: {
        attributes: ["title", "artist_id->name"],
        values: ["Album 2", "Artist 2"],
        examples: [["Album 1", "Artist 1"], ["Album 2", ""]],
      },
    },
    "No match for value title 'Album 2', artist_id->name 'Artist 2'. Some possible 'Album' value(s): " +
    "title 'Album 1', artist_id->name 'Artist 1' or title 'Album 2', artist_id->name ''...",
  ],
  [
    {
      kind: "no_match",
      searched: "Nope SOMECODE",
      target: "Organization",
      examples: ["My Company/Department SOMECODE"],
      more: false,
      columnByName: null,
    },
    "No match for value 'Nope SOMECODE'. Some possible 'Organization' value(s): My Company/Department SOMECODE",
  ],
  [
    {
      kind: "no_match",
      searched: "Nope",
      target: "Organization",
      examples: ["A", "B", "C"],
      more: true,
      columnByName: null,
    },
    "No match for value 'Nope'. Some possible 'Organization' value(s): A, B, C...",
  ],
  [{ kind: "no_objects", target: "Location" }, "There are no 'Location' objects."],
  [
    { kind: "hidden_objects", target: "Organization", examples: ["Acme"], more: false },
    "There are some 'Organization' objects not visible with your current profile. " +
    "Some possible 'Organization' value(s): Acme",
  ],
  [
    { kind: "no_visible_objects", target: "Location" },
    "There are no 'Location' objects found with your current profile.",
  ],
  [
    {
      kind: "ambiguous_key",
      count: 2,
      objects: [{ class: "Person", id: 3 }, { class: "Person", id: 7 }],
      more: false,
    },
    "Invalid value for attribute. Ambiguous: found 2 objects (Person::3, Person::7)",
  ],
  [{ kind: "key_is_null" }, "Invalid value for attribute. Null not allowed"],
  [{ kind: "missing_mandatory_key" }, "Invalid value for attribute. Missing mandatory value"],
];

for (const [problem, sentence] of OF_EXTERNAL_KEYS) {
  Deno.test(`cells of an external key: ${sentence}`, () => {
    const ofKey = { attribute: "org_id", columns: ["org_id->name", "org_id->code"], cell: null };
    assertEquals(cellTrouble(trouble(problem, ofKey)), sentence);
  });
}

Deno.test("the id of an external key is worded as the reference does", () => {
  const ofId = { attribute: "org_id", columns: ["org_id"], cell: "7" };
  assertEquals(
    cellTrouble(trouble({ kind: "target_not_found", target: "Organization", id: "7" }, ofId)),
    "'7' is an invalid value. Unexpected value for attribute 'org_id': Target object not found (Organization::7)",
  );
  assertEquals(cellTrouble(trouble({ kind: "object_not_found" }, ofId)), "'7' is an invalid value. Object not found");
});

Deno.test("a bad link set is shown with what is wrong in it", () => {
  const problem = { kind: "link_lacks", codes: ["profileid"] } as const;
  assertEquals(
    cellTrouble(trouble({ kind: "bad_link_set", problem }, { cell: "reason:x" })),
    "'reason:x' is an invalid value. " +
      "Failed to process input: Missing value for mandatory attribute(s): profileid",
  );
});
