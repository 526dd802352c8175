/** Old and new values, links and examples tell no id of what a limited user may not see, in no report. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { describeRun } from "../helpers/scratch.ts";
import { withTwins } from "./twins.ts";

/** The class, the file, its keys, and a part of what must be told. */
const FILES: readonly (readonly [string, string, string, string, string])[] = [
  ["a key to a hidden object is emptied", "Box", "name,place\nb,\n", "name", '"old":null,"new":null'],
  ["… or replaced", "Box", "name,place\nb,1\n", "name", '"old":null,"new":1'],
  ["a key to a visible object is told", "Box", "name,place\na,2\n", "name", '"old":1,"new":2'],
  ["a key to the own class is emptied", "Place", "name,next\nOpen,\n", "name", '"old":null,"new":null'],
  ["an organisation's", "Org", "name,seat->name\nIn,Side\n", "name", '"old":null,"new":2'],
  ["a link has a hidden place", "Box", "name,sheets\na,sheet:2\n", "name", "'sheet:1';'place:0';'mark:m1'"],
  ["a link with a hidden place gets another", "Box", "name,sheets\nb,sheet:1;place:1\n", "name", "'sheet:1';'place:0'"],
  ["a link stays with a hidden place", "Box", "name,sheets\na,sheet:1;mark:n|sheet:2\n", "name", "'place:0';'mark:n'"],
  [
    "two links, one with a hidden place",
    "Box",
    "name,sheets\na,sheet:1;mark:n|sheet:2;mark:n\n",
    "name",
    "n was laid in",
  ],
  ["the other way round", "Box", "name,sheets\na,sheet:2;mark:m1|sheet:1\n", "name", '"rejected"'],
  ["a rule's sentence tells a key", "Box", "name,tag\nnew,1\n", "name", "1 is on 2 in 1, 1"],
  ["… a hidden one does not", "Box", "name,tag\nnew,2\n", "name", "not visible"],
  ["… nor one behind another object", "Box", "name,tag\nnew,4\n", "name", "not visible"],
  ["a rule of links", "Box", "name,sheets\nc,sheet:1;mark:m1\n", "name", "not visible"],
  ["a rule of links, by their class", "Laid", "box,sheet,mark\n3,1,m1\n", "box,sheet", "not visible"],
  ["a friendly name of a hidden key", "Shelf", "friendlyname,place\ndark 3,\n", "friendlyname", "failed to reconcile"],
  ["the same in the other database", "Shelf", "friendlyname,place\ndark 4,\n", "friendlyname", "failed to reconcile"],
  ["… of a visible one", "Shelf", "friendlyname,place\nopen 1,\n", "friendlyname", '"old":1,"new":null'],
  ["a friendly name of a key behind a key", "Box", "friendlyname,tag\nd 3,9\n", "friendlyname", "failed to reconcile"],
  ["examples of keys", "Box", "name,shelf->place\na,99\n", "name", "value(s): , 1"],
  ["… of ids behind keys", "Box", "name,place->next_id\na,99\n", "name", "value(s): "],
  ["a hidden id as what a key's target refers to", "Box", "name,shelf->place\na,3\n", "name", '"rejected"'],
  ["the same in the other database", "Box", "name,shelf->place\na,4\n", "name", '"rejected"'],
  ["a visible one", "Box", "name,shelf->place\nc,1\n", "name", '"old":3,"new":2'],
  ["a hidden id behind a key", "Box", "name,place->next_id\na,3\n", "name", '"rejected"'],
  ["a field that is a hidden id", "Shelf", "place_id,name\n3,x\n", "place_id", "failed to reconcile"],
  ["… in the other database", "Shelf", "place_id,name\n4,x\n", "place_id", "failed to reconcile"],
  ["a field behind that", "Box", "shelf_place_id,tag\n4,x\n", "shelf_place_id", "failed to reconcile"],
  ["a field that is a key", "Box", "shelf_place,tag\n4,x\n", "shelf_place", "failed to reconcile"],
  ["items of link sets", "Box", "name,sheets\na,sheet:1;place->next:3\n", "name", "Found no match"],
  ["… in the other database", "Box", "name,sheets\na,sheet:1;place->next:4\n", "name", "Found no match"],
  ["a hidden object by an attribute", "Place", "name,secret\nDark,s-one\n", "name,secret", ""],
  ["another one", "Place", "name,size\nDim,5\n", "name,size", ""],
];

for (const [what, modelClass, csv, reconciliationkeys, expected] of FILES) {
  Deno.test(`two databases tell the same where only hidden objects differ: ${what}`, () =>
    withTwins(async ({ same, sameExplanation, samePage }) => {
      for (const output of ["json", "summary"]) await sameExplanation(modelClass, csv, { reconciliationkeys, output });
      await samePage(modelClass, csv, { reconciliationkeys, simulate: "1" });
      for (const output of ["json", "details", "summary", "retcode", "errors", "diff", "rejects"]) {
        const run = await same(modelClass, csv, { reconciliationkeys, output, simulate: "1" });
        assert([0, 1].includes(run.exitCode), describeRun(run));
        if (output === "json") assertStringIncludes(run.stdout, expected);
      }
    }));
}

Deno.test("the change log keeps what the reports do not tell", () =>
  withTwins(async ({ same, query }) => {
    await same("Box", "name,place\nb,1\n", { reconciliationkeys: "name" });
    await same("Box", "name,sheets\na,sheet:2\n", { reconciliationkeys: "name" });
    const logged = query(
      "SELECT attribute, old_value, new_value FROM change_op WHERE class = 'Box' " +
        "AND change > (SELECT MAX(id) - 2 FROM change) ORDER BY id",
    );
    assertEquals(logged, [
      "place 3 1",
      // Links that stay keep the attributes that their item does not name (SPEC 14).
      "sheets 'sheet:1';'place:3';'mark:m1'|'sheet:2';'place:1';'mark:m2' 'sheet:2';'place:1';'mark:m2'",
    ]);
  }));
