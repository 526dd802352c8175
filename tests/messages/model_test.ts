import { assertEquals } from "@std/assert";
import { modelProblem } from "../../lib/messages/model.ts";
import { changedText, type Changes, problemsIn } from "../model/changed_model.ts";

const CASES: readonly (readonly [Changes, string])[] = [
  [
    { "Book.parent": "Itm" },
    "$.classes.Book.parent: there is no class 'Itm'. Did you mean 'Item'?",
  ],
  [
    { "Book.abstract": "no" },
    "$.classes.Book.abstract: found a text. Expected true or false",
  ],
  [
    { "Book.attributes.pages.length": 3 },
    "$.classes.Book.attributes.pages.length: unknown property 'length'. Expected one of kind, labels, aliases, null, default",
  ],
  [
    { "Item.obsolete_when.value": "Lost" },
    "$.classes.Item.obsolete_when.value: found 'Lost'. Did you mean 'lost'? Expected one of on_shelf, lent, lost",
  ],
  [
    { "Item.attributes.price.digits": 16 },
    "$.classes.Item.attributes.price.digits: found 16. Expected a number from 1 to 15",
  ],
  [
    { "My class": {} },
    "$.classes[\"My class\"]: found 'My class'. Expected a letter, then letters, digits and underscores",
  ],
  [
    { "Item.parent": "Book" },
    "$.classes.Item.parent: the parents go round in a circle: Item < Book < Item",
  ],
  [
    { "Item.attributes.loans.listed_class": "Authorship", "Item.attributes.loans.key_to_this": "author_id" },
    "$.classes.Item.attributes.loans.key_to_this: Authorship.author_id is of kind external_key to Author. " +
    "Expected an external key to Item or a parent of it",
  ],
];

for (const [changes, expected] of CASES) {
  Deno.test(`a mistake in a model reads: ${expected}`, () => {
    assertEquals(problemsIn(changedText(changes)).map(modelProblem), [expected]);
  });
}

Deno.test("a mistake in the text of a model reads with line and column", () => {
  assertEquals(problemsIn('{ "name": }').map(modelProblem), [
    "line 1, column 11: unexpected '}'. Expected JSON, in which comments are allowed",
  ]);
});
