/** Link sets in a diff: one line for each link that goes or comes. */
import { assertEquals } from "@std/assert";
import type { LinkSetAttribute } from "../../lib/model/model.ts";
import { changedLinks } from "../../lib/report/diff/changed_lines.ts";

Deno.test("a link without its other end is not told as one to a new object", () => {
  const attribute = { keyToRemote: "device_id" } as LinkSetAttribute;
  const change = {
    attribute: "devices",
    oldValue: "role:main",
    newValue: "device_id:;role:spare|device_id:0;role:main|device_id:7",
    oldNames: null,
    newNames: [null, null, "Router"],
  };
  const columns = { linkText: (_set: unknown, _code: string, value: string) => value };
  const pieces = changedLinks(change as unknown as Parameters<typeof changedLinks>[0], attribute, columns);
  assertEquals(pieces.map(({ text }) => text), [
    "- (none); main",
    "+ (none); spare",
    "+ new; main",
    "+ Router (7)",
  ]);
});
