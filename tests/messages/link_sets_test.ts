import { assertEquals } from "@std/assert";
import { linkProblem } from "../../lib/messages/link_sets.ts";
import type { LinkProblem } from "../../lib/reconcile/problems.ts";

/** The first four as the reference words them. */
const SENTENCES: readonly (readonly [LinkProblem, string])[] = [
  [
    { kind: "link_target_not_found", key: "profileid", searched: [{ code: "name", value: "Nope" }] },
    "Found no match: ext_key = profileid, reconciliation = name=Nope",
  ],
  [
    { kind: "no_link_attribute", class: "URP_UserProfile", code: "nope" },
    "Wrong attribute code for link attribute specification: class = URP_UserProfile, attcode = nope",
  ],
  [
    { kind: "link_format", found: "Configuration Manager" },
    "Wrong format for link attribute specification: value = Configuration Manager",
  ],
  [{ kind: "link_lacks", codes: ["profileid"] }, "Missing value for mandatory attribute(s): profileid"],
  [
    {
      kind: "link_target_ambiguous",
      key: "profileid",
      searched: [{ code: "name", value: "Nope" }],
      count: 2,
      objects: [{ class: "URP_Profiles", id: 3 }, { class: "URP_Profiles", id: 4 }],
      more: false,
    },
    "Found several matches: ext_key = profileid, reconciliation = name=Nope: " +
    "2 objects (URP_Profiles::3, URP_Profiles::4)",
  ],
  [
    {
      kind: "link_target_not_found",
      key: "profileid",
      searched: [{ code: "id", value: "3" }, { code: "name", value: "Nope" }],
    },
    "Found no match: ext_key = profileid, reconciliation = id=3, name=Nope",
  ],
  [
    { kind: "link_attribute_twice", class: "URP_Profiles", code: "name" },
    "Attribute given twice: class = URP_Profiles, attcode = name",
  ],
  [
    { kind: "too_many_link_attributes", key: "profileid", most: 100 },
    "More than 100 attributes for one external key: ext_key = profileid",
  ],
  [
    { kind: "link_value", attribute: "reason", problem: { kind: "too_long", found: 256, limit: 255 } },
    "Unexpected value for attribute 'reason': String too long (found 256, limited to 255)",
  ],
  [
    {
      kind: "duplicate",
      class: "L",
      rule: "role",
      template: "{role} is taken",
      values: { role: "Chief" },
      objects: [],
      more: false,
    },
    "Chief is taken",
  ],
  [
    { kind: "duplicates_hidden_object", class: "L" },
    "it would duplicate a 'L' object not visible with your current profile",
  ],
];

for (const [problem, sentence] of SENTENCES) {
  Deno.test(`a link set with the problem ${problem.kind} says: ${sentence}`, () => {
    assertEquals(linkProblem(problem), sentence);
  });
}
