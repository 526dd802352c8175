import { assertEquals } from "@std/assert";
import * as sentences from "../../lib/messages/cells.ts";
import type { ValueProblem } from "../../lib/values/value_reader.ts";

/** The reasons as the reference words them; out of range is ours. */
const REASONS: readonly (readonly [code: string, problem: ValueProblem, reason: string])[] = [
  ["name", { kind: "null_not_allowed" }, "Unexpected value for attribute 'name': Null not allowed"],
  [
    "status",
    { kind: "value_not_allowed", found: "bad" },
    "Unexpected value for attribute 'status': Value not allowed [bad]",
  ],
  [
    "status",
    { kind: "label_not_allowed", allowed: ["Active", "Inactive"] },
    "Allowed 'status' value(s): Active,Inactive",
  ],
  ["phone", { kind: "wrong_format", found: "abc" }, "Unexpected value for attribute 'phone': Wrong format [abc]"],
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
    { kind: "no_such_spelling" },
    "Unexpected value for attribute 'running': no match found, check spelling",
  ],
  ["purchase_date", { kind: "wrong_date", example: "23/10/2022" }, "Expected format: 23/10/2022"],
];

for (const [code, problem, reason] of REASONS) {
  Deno.test(`the problem ${problem.kind} is worded`, () => assertEquals(sentences.valueProblem(code, problem), reason));
}

Deno.test("a refused cell is shown with its reason, a null one without", () => {
  assertEquals(sentences.invalidCell("x", "Why"), "'x' is an invalid value. Why");
  assertEquals(sentences.invalidCell("", "Why"), "'' is an invalid value. Why");
  assertEquals(sentences.invalidCell(null, "Why"), "Invalid value for attribute. Why");
});

Deno.test("cells of external keys are worded as the reference does", () => {
  assertEquals(
    sentences.noMatch("Nope SOMECODE", "Organization", ["My Company/Department SOMECODE"], false),
    "No match for value 'Nope SOMECODE'. Some possible 'Organization' value(s): My Company/Department SOMECODE",
  );
  assertEquals(
    sentences.noMatch("Nope", "Organization", ["A", "B", "C"], true),
    "No match for value 'Nope'. Some possible 'Organization' value(s): A, B, C...",
  );
  assertEquals(sentences.noObjects("Location"), "There are no 'Location' objects. ");
  assertEquals(
    sentences.hiddenObjects("Organization", ["Acme"], false),
    "There are some 'Organization' objects not visible with your current profile. " +
      "Some possible 'Organization' value(s): Acme",
  );
  assertEquals(
    sentences.noVisibleObjects("Location"),
    "There are no 'Location' objects found with your current profile. ",
  );
  assertEquals(sentences.ambiguousKey(2), "Invalid value for attribute. Ambiguous: found 2 objects");
  assertEquals(sentences.keyIsNull(), "Invalid value for attribute. Null not allowed");
  assertEquals(sentences.missingMandatoryKey(), "Invalid value for attribute. Missing mandatory value");
  assertEquals(
    sentences.targetNotFound("org_id", "Organization", "7"),
    "Unexpected value for attribute 'org_id': Target object not found (Organization::7)",
  );
  assertEquals(sentences.objectNotFound(), "Object not found");
});

Deno.test("link sets are worded as the reference does", () => {
  assertEquals(
    sentences.badLinkSet(sentences.linkTargetNotFound("profileid", "name=Nope")),
    "Failed to process input: Found no match: ext_key = profileid, reconciliation = name=Nope",
  );
  assertEquals(
    sentences.linkTargetAmbiguous("profileid", "name=Nope"),
    "Found several matches: ext_key = profileid, reconciliation = name=Nope",
  );
  assertEquals(
    sentences.noLinkAttribute("URP_UserProfile", "nope"),
    "Wrong attribute code for link attribute specification: class = URP_UserProfile, attcode = nope",
  );
  assertEquals(
    sentences.linkFormat("Configuration Manager"),
    "Wrong format for link attribute specification: value = Configuration Manager",
  );
  assertEquals(sentences.linkLacks(["profileid"]), "Missing value for mandatory attribute(s): profileid");
});
