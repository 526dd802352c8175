/** Headers of files for tables of databases that we did not make. */
import { assertEquals } from "@std/assert";
import { planColumns } from "../../lib/columns/column_plan.ts";
import { classOf } from "../../lib/model/look_up.ts";
import type { Model } from "../../lib/model/model.ts";
import { bytes, called, integer, key, modelOf, number, text } from "../helpers/tables.ts";

const KEY = { nullAllowed: false, isFixed: true } as const;

const MUSIC = modelOf({
  Album: {
    columns: [integer("AlbumId", KEY), text("Title"), text("Größe"), text("GRÖßE"), bytes("Cover")],
    keySets: [["AlbumId"]],
    friendlyName: ["Title"],
  },
  Employee: {
    columns: [integer("EmployeeId", KEY), text("Email")],
    keySets: [["EmployeeId"], ["Email"]],
  },
  Track: {
    columns: [
      integer("TrackId", KEY),
      text("Name"),
      key("AlbumId", "Album", { otherNames: ["Album"] }),
      key("Buyer", "Employee"),
      key("Seller", "Employee"),
      key("CustomerNo", "Customer", { otherNames: ["Customer"], referenced: "No" }),
      number("Price"),
      text("Name, full"),
      text("Album->Title"),
      text("star*"),
      integer("length", { isGenerated: true }),
      key("First", "Album", { isGenerated: true }),
      bytes("Cover"),
    ],
    keySets: [["TrackId"], ["Name", "AlbumId"], ["CustomerNo"]],
    ambiguousNames: { employee: ["Buyer", "Seller"] },
  },
  Customer: {
    columns: [integer("CustomerId", KEY), text("No"), text("Name")],
    keySets: [["CustomerId"], ["No"]],
  },
  Doc: { columns: [called("id", text("id_")), integer("DocId", KEY)], keySets: [["DocId"]] },
  Memo: { columns: [text("content"), key("doc", "Memo")], keySets: [["id"]] },
  Plain: { columns: [text("a")], keySets: [] },
});

type Told =
  | { readonly codes: readonly string[]; readonly keys: readonly string[]; readonly warnings: number }
  | readonly string[];

function told(
  modelClass: string,
  header: readonly string[],
  keys: readonly string[] = [],
  codes = false,
  model: Model = MUSIC,
): Told {
  const naming = { codes, language: "EN US" };
  const result = planColumns(model, classOf(model, modelClass), naming, header, keys);
  if (!result.ok) return result.problems.map(({ text }) => text.replace(/ Possible columns: .*/, ""));
  const { plan } = result;
  return { codes: plan.codes, keys: plan.keys.map(({ printed }) => printed), warnings: plan.warnings.length };
}

for (const codes of [false, true]) {
  Deno.test(`an external key is called by its column, and by its other names, ${codes ? "as codes" : "as labels"}`, () => {
    assertEquals(told("Track", ["trackid", "AlbumId->Title"], [], codes), {
      codes: ["TrackId", "AlbumId->Title"],
      keys: ["TrackId"],
      warnings: 0,
    });
    assertEquals(told("Track", ["Name", "Album->AlbumId"], ["Name", "Album->AlbumId"], codes), {
      codes: ["Name", "AlbumId->AlbumId"],
      keys: ["Name", "AlbumId (AlbumId)"],
      warnings: 0,
    });
  });

  Deno.test(`a column whose whole name has an arrow is that column, ${codes ? "as codes" : "as labels"}`, () => {
    assertEquals(told("Track", ["TrackId", "Album->Title"], [], codes), {
      codes: ["TrackId", "Album->Title"],
      keys: ["TrackId"],
      warnings: 0,
    });
    const { attributes } = classOf(MUSIC, "Track");
    const plan = planColumns(
      MUSIC,
      classOf(MUSIC, "Track"),
      { codes, language: "EN US" },
      ["TrackId", "album->title"],
      [],
    );
    assertEquals(plan.ok ? plan.plan.direct.map(({ attribute }) => attribute) : [], [
      attributes.get("TrackId") ?? "id",
      attributes.get("Album->Title") ?? "id",
    ]);
  });

  Deno.test(`names are compared without the case of ASCII letters only where it matters, ${codes}`, () => {
    const codesOf = (...header: readonly string[]) => told("Album", ["AlbumId", ...header], [], codes);
    assertEquals(codesOf("größe", "grÖßE"), { codes: ["AlbumId", "Größe", "GRÖßE"], keys: ["AlbumId"], warnings: 0 });
    assertEquals(codesOf("TITLE"), { codes: ["AlbumId", "Title"], keys: ["AlbumId"], warnings: 0 });
  });

  Deno.test(`a column called id goes before the id of rows, ${codes ? "as codes" : "as labels"}`, () => {
    assertEquals(told("Doc", ["ID", "DocId"], [], codes), { codes: ["id_", "DocId"], keys: ["DocId"], warnings: 0 });
    assertEquals(told("Memo", ["id", "content"], [], codes), { codes: ["id", "content"], keys: ["id"], warnings: 0 });
    assertEquals(told("Memo", ["id", "doc->id"], [], codes), { codes: ["id", "doc"], keys: ["id"], warnings: 0 });
  });
}

Deno.test("a star at the end of a name may be part of it", () =>
  assertEquals(told("Track", ["TrackId*", "star*"]), { codes: ["TrackId", "star*"], keys: ["TrackId"], warnings: 0 }));

Deno.test("friendly names of tables have no name", () =>
  assertEquals(told("Album", ["AlbumId", "friendlyname"]), [
    "#Unknown column: 'friendlyname'.",
  ]));

Deno.test("a name that means several keys says how each is written", () => {
  const byMail = "#Ambiguous name: 'Employee->Email' may be any of several keys. " +
    "Write 'Buyer->Email' or 'Seller->Email'";
  assertEquals(told("Track", ["TrackId", "Employee->Email"]), [byMail]);
  assertEquals(told("Track", ["TrackId", "EMPLOYEE"]), [
    "#Ambiguous name: 'EMPLOYEE' may be any of several keys. Write 'Buyer' or 'Seller'",
  ]);
  assertEquals(told("Track", ["TrackId"], ["Employee->Email"]), [byMail]);
});

Deno.test("the default key is the first set that the file has whole, directly or through an arrow", () => {
  const keys = (modelClass: string, ...header: readonly string[]) => {
    const found = told(modelClass, header);
    return Array.isArray(found) ? found : (found as { keys: readonly string[] }).keys;
  };
  assertEquals(keys("Track", "Name", "TrackId", "AlbumId"), ["TrackId"]);
  assertEquals(keys("Track", "Name", "AlbumId"), ["Name", "AlbumId"]);
  assertEquals(keys("Track", "AlbumId->Title", "Name"), ["Name", "AlbumId (Title)"]);
  assertEquals(keys("Track", "Price", "Customer"), ["CustomerNo"]);
  assertEquals(keys("Track", "Price", "Customer->Name"), ["CustomerNo (Name)"]);
  assertEquals(keys("Track", "Price", "id"), ["id"]);
  assertEquals(keys("Track", "Name", "Price"), [
    "#No reconciliation scheme could be defined: rows of 'Track' are told apart by TrackId or Name, AlbumId or CustomerNo, " +
    "which the input does not have",
  ]);
  assertEquals(keys("Plain", "a"), [
    "#No reconciliation scheme could be defined: nothing in the database says what tells rows of 'Plain' apart",
  ]);
});

Deno.test("a key that refers to another column than the id is looked up by that", () => {
  const result = planColumns(MUSIC, classOf(MUSIC, "Track"), { codes: false, language: "EN US" }, [
    "Customer",
    "AlbumId",
  ], [
    "Customer",
  ]);
  const parts = result.ok ? result.plan.externalKeys.flatMap((columns) => columns.parts) : [];
  const named = parts.map((
    { attribute, holdsIds, isOwn },
  ) => [attribute === "id" ? "id" : attribute.code, holdsIds, isOwn]);
  assertEquals(named, [["No", false, true], ["id", false, true]]);
});

Deno.test("bytes cannot be loaded, and are no keys", () => {
  assertEquals(told("Track", ["TrackId", "Cover"]), ["#Column 'Cover' holds bytes: it cannot be loaded from a file"]);
  assertEquals(told("Track", ["Name", "Cover"], ["Name", "Cover"]), [
    "#Attribute 'Cover' cannot be a reconciliation key: objects are not found by it",
    "#Column 'Cover' holds bytes: it cannot be loaded from a file",
  ]);
  assertEquals(told("Track", ["TrackId", "AlbumId->Cover"]), ["#Unknown column: 'AlbumId->Cover'."]);
});

Deno.test("what the database computes is compared as a key, and written never", () => {
  const sentence = (name: string) => `#Column '${name}' is computed and cannot be written`;
  assertEquals(told("Track", ["TrackId", "length", "First->Title"]), [sentence("length"), sentence("First->Title")]);
  assertEquals(told("Track", ["length", "First", "Name"], ["length", "First"]), {
    codes: ["length", "First", "Name"],
    keys: ["length", "First"],
    warnings: 0,
  });
});
