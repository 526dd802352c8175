/** Imports with a map: columns, constants, defaults, words, templates; what reports say of them; who sees what. */
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { assertExit } from "../helpers/scratch.ts";
import { assertFits } from "../helpers/published_schemas.ts";
import { withShop } from "./shop_world.ts";

Deno.test("columns get other names, words other words, and what a file lacks comes from the map", () =>
  withShop(async ({ load, objects }) => {
    const map = {
      columns: { "Art.-Nr.": "sku", "Preis": "price", "Lieferant": "brand_id->name" },
      constants: { "currency": "EUR" },
      defaults: { "status": "active" },
      values: { "status": { "ja": "active", "NEIN": "inactive", "weg": null } },
      make: { "name": "{Marke} {Art.-Nr.|lower} {{x}}" },
    };
    const csv = "Art.-Nr.,Marke,Preis,Lieferant,status\nA1,Dell,12.50,Acme,Ja\nA2,,1,Acme,\nA3,HP,2,Acme,nein \n";
    assertEquals((await load("Product", csv, { map })).rows, [
      "created Product 1",
      "created Product 2",
      "created Product 3",
    ]);
    assertEquals(objects("Product", "sku,name,price,currency,status"), [
      "A1,Dell a1 {x},12.50,EUR,active",
      "A2, a2 {x},1.00,EUR,active",
      "A3,HP a3 {x},2.00,EUR,inactive",
    ]);
    assertEquals((await load("Product", csv, { map })).rows, [
      "unchanged Product 1",
      "unchanged Product 2",
      "unchanged Product 3",
    ]);
  }));

Deno.test("a column by the name of an external key holds no ids where a template looks for its target", () =>
  withShop(async ({ load, objects }) => {
    const map = { make: { "brand_id->name": "{Brand_ID|after:CN=|before:,}" } };
    const csv = 'sku,name,brand_id\nA1,one,"CN=Acme,OU=Brands"\nA2,two,\n';
    assertEquals((await load("Product", csv, { map })).rows, ["created Product 1", "created Product 2"]);
    assertEquals(objects("Product", "sku,brand_id"), ["A1,1", "A2,0"]);
  }));

Deno.test("keys may be called as the map calls them, as the class does, and as the file does", () =>
  withShop(async ({ load, objects }) => {
    const map = { columns: { "Nr": "sku", "Text": "name" }, make: { "ean": "{Nr|replace:A,9}" } };
    await load("Product", "Nr,Text\nA1,one\n", { map, reconciliationkeys: "sku" });
    assertEquals((await load("Product", "Nr,Text\nA1,two\n", { map, reconciliationkeys: "nr" })).rows, [
      'updated Product 1 name="one"->"two"',
    ]);
    assertEquals((await load("Product", "Nr,Text\nA1,three\n", { map, reconciliationkeys: "EAN" })).rows, [
      'updated Product 1 name="two"->"three"',
    ]);
    assertEquals(objects("Product", "sku,ean,name"), ["A1,91,three"]);
  }));

Deno.test("a wrong cell is told as it came, with what the map made of it", () =>
  withShop(async ({ load, print }) => {
    const map = {
      columns: { "Nr": "sku" },
      values: { "price": { "gratis": "nothing" } },
      constants: { "brand_id->name": "Nobody" },
      make: { "email": "{Who|lower}@{Where}" },
    };
    const csv = "Nr,price,Who,Where\nA1,Gratis,ANN LEE,example.org\n";
    const { rows } = await load("Product", csv, { map });
    assertEquals(rows.length, 1);
    assertMatch(rows[0] ?? "", /brand_id: .*The map gives brand_id->name 'Nobody'/);
    assertMatch(rows[0] ?? "", /price: 'Gratis' is an invalid value.*The map makes price 'nothing' of price 'Gratis'/);
    assertMatch(
      rows[0] ?? "",
      /email: 'ann lee@example.org' is an invalid value.*The map makes email 'ann lee@example.org' of Who 'ANN LEE', Where 'example.org'/,
    );
    const errors = await print("Product", csv, { map, output: "errors" });
    assertStringIncludes(errors.stdout, "Who, Where: 'ann lee@example.org'");
    const json = await print("Product", csv, { map, output: "json" });
    const row = JSON.parse(json.stdout.split("\n")[0] ?? "");
    assertFits(row, "report");
    assertEquals(row.cells, { Nr: "A1", price: "Gratis", Who: "ANN LEE", Where: "example.org" });
    const made = row.messages.find((one: { attribute?: string }) => one.attribute === "email");
    assertEquals(made.columns, ["Who", "Where"]);
    assertEquals(made.made, [{
      name: "email",
      value: "ann lee@example.org",
      of: [{ column: "Who", cell: "ANN LEE" }, { column: "Where", cell: "example.org" }],
    }]);
  }));

Deno.test("rows in error come back as they came, and load with the same map when they are mended", () =>
  withShop(async ({ print, scratch, objects }) => {
    const map = { columns: { "Nr": "sku" }, make: { "email": "{Who}@example.org" }, constants: { "currency": "EUR" } };
    const run = await print("Product", "Nr;Who\nA1; two words \nA2;ann\nA3\n", {
      map,
      separator: ";",
      rejects: "bad.csv",
    });
    assertExit(run, 1);
    const rejects = Deno.readTextFileSync(`${scratch.folder}/bad.csv`);
    const [header, first, second] = rejects.split("\n");
    assertEquals(header, "Nr;Who;_line;_status;_why");
    assertStringIncludes(first ?? "", "A1; two words ;2;rejected;");
    assertEquals(second, "A3;;4;short_1;1 cells where the header has 2");
    const mended = rejects.replace(" two words ", "bob").replace("short_1", "");
    assertExit(await print("Product", mended, { map, separator: ";", rejects: "again.csv" }), 0);
    assertEquals(objects("Product", "sku,email,currency"), [
      "A2,ann@example.org,EUR",
      "A1,bob@example.org,EUR",
      "A3,,EUR",
    ]);
  }));

Deno.test("a template of empty cells makes an empty one, of <NULL> nothing, and of too much text an error", () =>
  withShop(async ({ load, objects }) => {
    const map = { make: { "email": "{Who}@example.org", "name": "{name|replace:x,12345678901234567890}" } };
    const csv = "sku,Who,name\nA1,,a\nA2,<NULL>,b\nA3,c,d\n";
    await load("Product", csv, { map });
    assertEquals(objects("Product", "sku,email,name"), ["A1,,a", "A2,,b", "A3,c@example.org,d"]);
    const long = `sku,Who,name\nA4,,${"x".repeat(1024 * 1024)}\n`;
    const { rows } = await load("Product", long, { map });
    assertEquals(rows, [
      "rejected: the map makes 'name' of 'name': it would have more than 16777216 characters, " +
      "alone or with what the map makes besides: no row may be made so long",
    ]);
  }));

Deno.test("a short row is made into no more than a cell may hold, all that is made of it together", () =>
  withShop(async ({ load, objects }) => {
    const doubled = "{Who}".repeat(1000);
    const map = { make: { "name": `{Who}${doubled}`, "email": `{Who|before:-}@example.org`, "ean": `${doubled}1` } };
    const { rows } = await load("Product", `sku,Who\nA1,${"x".repeat(9000)}\nA2,d-\n`, { map });
    assertEquals(rows.map((row) => row.slice(0, 52)), [
      "rejected: the map makes 'ean' of 'Who': it would hav",
      "rejected: Unexpected attribute value(s) | ean: 'd-d-",
    ]);
    assertEquals(objects("Product", "sku"), []);
  }));

Deno.test("a default without a column is for new objects alone", () =>
  withShop(async ({ load, objects }) => {
    const map = { defaults: { "currency": "EUR", "brand_id->name": "Acme" } };
    await load("Product", "sku\nA1\n", {});
    assertEquals((await load("Product", "sku,price\nA1,1\nA2,2\n", { map })).rows.length, 2);
    assertEquals(objects("Product", "sku,price,currency,brand_id"), ["A1,1.00,,0", "A2,2.00,EUR,1"]);
    assertEquals((await load("Product", "sku,price\nA1,1\nA2,2\n", { map })).rows, [
      "unchanged Product 1",
      "unchanged Product 2",
    ]);
  }));

Deno.test("all that does not fit is told at once, by its place in the map", () =>
  withShop(async ({ print }) => {
    const map = {
      columns: { "Nr": "sku", "Preiss": "price", "Wo": "plaze" },
      constants: { "name": "x", "status": "active", "currency": "EUR" },
      defaults: { "status": "active", "sku": "A", "ean": "1" },
      values: { "phone": { "a": "b" }, "secret": { "a": "b" } },
      make: { "currency": "{Nr}", "email": "{Whoo}", "note": "{ean2}", "ean2": "{note}" },
    };
    const run = await print("Product", "Nr,Preis,name,Wo,Who\n", { map, output: "summary" });
    assertExit(run, 64);
    assertEquals(run.stdout.split("\n").filter((line) => line.startsWith("#Map")).map((line) => line.slice(17)), [
      "$.columns.Preiss: the file has no column 'Preiss'. Did you mean 'Preis'? Its columns: 'Nr', 'Preis', 'name', 'Wo', 'Who'",
      "$.make.email: the file has no column 'Whoo', and the map makes none. Did you mean 'Who'?",
      "$.make.note: it is made of itself: 'note' > 'ean2' > 'note'",
      "$.columns.Wo: class Product has no attribute 'plaze'. Expected its code or label, or a path such as key->name",
      "$.make.ean2: class Product has no attribute 'ean2'. Did you mean 'ean'? Expected its code or label, or a path such as key->name",
      "$.constants.name: the file has the column 'name' for name. Expected one of the two",
      "$.make.currency: $.constants.currency gives currency already. Expected one of the two",
      "$.values.phone: class Product has no attribute 'phone'. Expected its code or label, or a path such as key->name",
      "$.values.secret: neither the file nor the map has a column for secret. Expected one in 'columns' or 'make'; what every row has is in 'constants'",
      "$.defaults.status: status is a constant of the map, which is never empty. Expected one of the two",
      "$.defaults.sku: sku is a reconciliation key: an object is looked for by what the row says. Expected another attribute",
    ]);
  }));
