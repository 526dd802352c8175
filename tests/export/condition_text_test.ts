import { assertEquals } from "@std/assert";
import { parseConditions } from "../../lib/export/condition_text.ts";

const is = (name: string, value: string) => ({ name, isEqual: true, value });
const isNot = (name: string, value: string) => ({ name, isEqual: false, value });

const TEXTS: readonly (readonly [text: string, parsed: readonly (ReturnType<typeof is> | string)[]])[] = [
  ["Status=Active", [is("Status", "Active")]],
  [" Status = Active  AND  Name<>x y ", [is("Status", "Active"), isNot("Name", "x y")]],
  ["Organization->Name=Demo and Email=", [is("Organization->Name", "Demo"), is("Email", "")]],
  ['Name="a AND b=c"', [is("Name", "a AND b=c")]],
  ['"a=b"<>"say ""x"""', [isNot("a=b", 'say "x"')]],
  ["Name=a=b", [is("Name", "a=b")]],
  ["Name=ANDy", [is("Name", "ANDy")]],
  ["Name==", [is("Name", "=")]],
  ["Name", ["Name"]],
  ["a=1 AND AND b", [is("a", "1"), "AND b"]],
  ["=x", ["=x"]],
  ['Name="x', ['Name="x']],
  ['Name="x"y', ['Name="x"y']],
  ["Name>5", ["Name>5"]],
  ["a='; DROP TABLE x", [is("a", "'; DROP TABLE x")]],
];

for (const [text, parsed] of TEXTS) {
  Deno.test(`conditions: ${text}`, () => assertEquals(parseConditions(text), parsed));
}

Deno.test("a long text of conditions is read at once", () => {
  const text = `Name=${" ".repeat(200_000)}x AND ${'"'.repeat(100_001)}`;
  const begin = performance.now();
  parseConditions(text);
  assertEquals(performance.now() - begin < 2000, true);
});
