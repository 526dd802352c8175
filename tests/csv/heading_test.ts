import { assertEquals } from "@std/assert";
import { columnName } from "../../lib/csv/heading.ts";

const HEADINGS: readonly (readonly [string, string, string])[] = [
  ["name", "name", "a name stays as it is"],
  ["  name\t", "name", "blanks around it are dropped"],
  ["\u200bname\u3000\u00a0", "name", "so are blanks of other alphabets, and what has no width"],
  ["name*", "name", "a star at the end is dropped"],
  [" name* ", "name", "a star before blanks at the end, too"],
  ["name**", "name*", "but one star only"],
  ["name *", "name ", "a blank before the star belongs to the name: it is unknown"],
  ["*name", "*name", "a star elsewhere stays"],
  ["org_id*->name*", "org_id->name", "stars before an arrow and at the end are dropped"],
  ["org_id ->name", "org_id ->name", "blanks around the arrow stay"],
  ["", "", "an empty cell is an empty name"],
  ["*", "", "a lone star is no name"],
];

for (const [cell, expected, rule] of HEADINGS) {
  Deno.test(`the heading ${JSON.stringify(cell)}: ${rule}`, () => {
    assertEquals(columnName(cell), expected);
  });
}
