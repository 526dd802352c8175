import { assertEquals } from "@std/assert";
import { type LinkValue, parseLinkSetCell, writeLinkSetCell } from "../../lib/values/link_set_cell.ts";

function own(attribute: string, value: string): LinkValue {
  return { attribute, remoteAttribute: null, value };
}

function remote(attribute: string, remoteAttribute: string, value: string): LinkValue {
  return { attribute, remoteAttribute, value };
}

const CELLS: readonly (readonly [cell: string, items: readonly (readonly LinkValue[])[]])[] = [
  ["", []],
  ["profileid:3", [[own("profileid", "3")]]],
  ["profileid:3|profileid:8", [[own("profileid", "3")], [own("profileid", "8")]]],
  ["profileid:3;reason:one", [[own("profileid", "3"), own("reason", "one")]]],
  ["profileid->name:Configuration Manager", [[remote("profileid", "name", "Configuration Manager")]]],
  [
    "person_id->name:Doe;person_id->first_name:Jane",
    [[remote("person_id", "name", "Doe"), remote("person_id", "first_name", "Jane")]],
  ],
  [
    "team_id->name:Team A;role_id->name:Manager|team_id->name:Team B",
    [
      [remote("team_id", "name", "Team A"), remote("role_id", "name", "Manager")],
      [remote("team_id", "name", "Team B")],
    ],
  ],
  // Codes are trimmed, values keep their blanks (golden b-lnk-case-spaces).
  [
    "profileid->name : Configuration Manager | profileid:8",
    [[remote("profileid", "name", " Configuration Manager")], [own("profileid", "8")]],
  ],
  ["'profileid->name:X ' ; ' reason: y '", [[remote("profileid", "name", "X "), own("reason", " y ")]]],
  ["profileid:3;reason:a:b", [[own("profileid", "3"), own("reason", "a:b")]]],
  ["profileid:3;reason:a->b", [[own("profileid", "3"), own("reason", "a->b")]]],
  ["profileid:3;reason:", [[own("profileid", "3"), own("reason", "")]]],
  ["profileid:3;reason:it's fine", [[own("profileid", "3"), own("reason", "it's fine")]]],
  // Golden b-lnk-qualifier-pipe and decisions.md: both separators are text inside the qualifier.
  [
    "'profileid->name:Configuration Manager';'reason:a|b'",
    [[remote("profileid", "name", "Configuration Manager"), own("reason", "a|b")]],
  ],
  ["'profileid:3';'reason:a;b'|profileid:8", [[own("profileid", "3"), own("reason", "a;b")], [own("profileid", "8")]]],
  ["'reason:it''s';profileid:3", [[own("reason", "it's"), own("profileid", "3")]]],
  ["'reason:''x'''", [[own("reason", "'x'")]]],
  ["profileid:3|", [[own("profileid", "3")]]],
  ["|profileid:3||profileid:8", [[own("profileid", "3")], [own("profileid", "8")]]],
  [" | ", []],
  ["''", []],
];

for (const [cell, items] of CELLS) {
  Deno.test(`the link-set cell <${cell}> is read`, () => {
    assertEquals(parseLinkSetCell(cell), { ok: true, items });
  });
}

const REFUSED: readonly (readonly [cell: string, found: string])[] = [
  ["Configuration Manager", "Configuration Manager"],
  ["profileid->name", "profileid->name"],
  ["profileid:3|nope", "nope"],
  ["profileid:3;", ""],
  ["profileid:3;;reason:x", ""],
  [":3", ":3"],
  ["->name:3", "->name:3"],
  ["'profileid:3", "'profileid:3"],
  ["'profileid:3'x", "'profileid:3'x"],
  ["'profileid:3' x|profileid:8", "'profileid:3' x"],
];

for (const [cell, found] of REFUSED) {
  Deno.test(`the link-set cell <${cell}> is refused`, () => {
    assertEquals(parseLinkSetCell(cell), { ok: false, found });
  });
}

Deno.test("links are shown by ids, each value with its code between apostrophes", () => {
  const links = [
    [{ attribute: "profileid", value: "3" }, { attribute: "reason", value: "x" }],
    [{ attribute: "profileid", value: "8" }],
  ];
  assertEquals(writeLinkSetCell(links), "'profileid:3';'reason:x'|'profileid:8'");
  assertEquals(writeLinkSetCell([]), "");
});

Deno.test("the shown form can be read again, whatever is in the values", () => {
  for (const value of ["it's", "'", "a|b;c", " a:b ", "", "line 1\nline 2"]) {
    const cell = writeLinkSetCell([[{ attribute: "profileid", value: "3" }, { attribute: "reason", value }]]);
    assertEquals(parseLinkSetCell(cell), { ok: true, items: [[own("profileid", "3"), own("reason", value)]] });
  }
});

Deno.test("cells of millions of apostrophes, separators or blanks are read in a moment, and never run out of stack", () => {
  const before = performance.now();
  const length = 2_000_000;
  assertEquals(parseLinkSetCell("'".repeat(length)), { ok: false, found: "'".repeat(length / 2 - 1) });
  assertEquals(parseLinkSetCell("'" + "'".repeat(length)), { ok: false, found: "'".repeat(length + 1) });
  assertEquals(parseLinkSetCell("|".repeat(length)), { ok: true, items: [] });
  assertEquals(parseLinkSetCell("a:b|" + " ".repeat(length)), { ok: true, items: [[own("a", "b")]] });
  assertEquals(parseLinkSetCell("'a|''''".repeat(length / 10)).ok, false);
  assertEquals(performance.now() - before < 5000, true);
});
