/** Values and rows that went wrong elsewhere (SPEC 14 and 16), from the file to the report and the database. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { withModel, withWorld } from "../helpers/loading.ts";
import { lines } from "../helpers/our_report.ts";
import { MODEL } from "./value_model.ts";

Deno.test("a number that the attribute cannot hold exactly is an error, in a row, a key and a link", () =>
  withModel(MODEL, async ({ load, objects }) => {
    const csv = 'tag,price\nA1,1.234\nA2,12.345\nA3,999.999\nA4,-0.004\nA5,12.500\nA6,"1.234,50"\nA7,1.23\n';
    const { rows } = await load("Device", csv);
    const many = (found: string) =>
      `rejected: Unexpected attribute value(s) | price: '${found}' is an invalid value. ` +
      `Unexpected value for attribute 'price': Too many decimals [${found}], expected at most 2`;
    assertEquals(rows.slice(0, 5), [
      many("1.234"),
      many("12.345"),
      many("999.999"),
      many("-0.004"),
      "created Device 1",
    ]);
    assertStringIncludes(rows[5] ?? "", "A number has no separators of thousands: write 1234.50");
    assertEquals(objects("Device", "tag,price"), ["A5,12.50", "A7,1.23"]);

    const byKey = await load("Device", "price,name\n1.234,which one?\n1.230,this one\n", {
      reconciliationkeys: "price",
    });
    assertStringIncludes(byKey.rows[0] ?? "", "rejected: failed to reconcile | price: '1.234' is an invalid value.");
    assertEquals(byKey.rows[1], 'updated Device 2 name=""->"this one"');

    await load("Person", "email,name\nann@example.org,Ann\n");
    const link = (share: string) => `tag,keepers\nA5,person_id->email:ann@example.org;share:${share}\n`;
    const [refused] = (await load("Device", link("1.25"))).rows;
    assertStringIncludes(
      refused ?? "",
      "Unexpected value for attribute 'share': Too many decimals [1.25], expected at most 1",
    );
    assertStringIncludes((await load("Device", link("1.50"))).rows[0] ?? "", "updated Device 1");
  }));

Deno.test("booleans take twelve words, in links and keys too, and the refusal lists them", () =>
  withModel(MODEL, async ({ load, objects }) => {
    const { rows } = await load("Device", "tag,leased\nA1,TRUE\nA2,false\nA3,Y\nA4,yes\nA5,0\nA6,on\nA7,oui\n");
    assertEquals(rows.slice(0, 6).every((row) => row.startsWith("created")), true);
    assertStringIncludes(rows[6] ?? "", "Expected yes or no, true or false, t or f, y or n, 1 or 0, on or off");
    assertEquals(objects("Device", "tag,leased"), ["A1,yes", "A2,no", "A3,yes", "A4,yes", "A5,no", "A6,yes"]);
    await load("Person", "email,name\nann@example.org,Ann\n");
    await load("Device", "tag,keepers\nA1,person_id->email:ann@example.org;active:T\n");
    assertEquals(objects("Keeping", "active"), ["yes"]);
    const byKey = await load("Keeping", "active,remark\nTrue,x\n", { reconciliationkeys: "active" });
    assertEquals(byKey.rows, ['updated Keeping 1 remark=""->"x"']);
  }));

Deno.test("addresses and phone numbers that elsewhere were refused are taken", () =>
  withModel(MODEL, async ({ load }) => {
    const people = await load(
      "Person",
      "email,name\njo+cmdb@example.org,Jo\nal/eu@example.org,Al\njoe@müller.example,Jö\nann.o'neil@example.technology,Ann\n",
    );
    assertEquals(people.rows.every((row) => row.startsWith("created")), true);
    const devices = await load(
      "Device",
      "tag,ip,old_ip,phone\nA1,10.0.0.1,10.0.0.1,030/123456\nA2,2001:db8::1,,+49 (0)30 12-45\nA3,::1,,555-1234 ext. 6\nA4,,::1,\n",
    );
    assertEquals(devices.rows.slice(0, 3).every((row) => row.startsWith("created")), true);
    assertStringIncludes(
      devices.rows[3] ?? "",
      "Wrong format [::1], expected an address of IP version 4 such as 10.0.0.1",
    );
  }));

Deno.test("a line break in a text of one line is refused, in a key and in a link too; texts of several lines take it", () =>
  withModel(MODEL, async ({ load, objects }) => {
    const csv = 'tag,name,note\n"A\n1",x,\nA2,"x\r\ny",\nA3,"x\u2028y",\nA4,x,"several\nlines"\n';
    const { rows } = await load("Device", csv);
    for (const row of rows.slice(0, 3)) assertStringIncludes(row, "Line break in it, expected a text of one line");
    assertEquals(objects("Device", "tag,note"), ["A4,several\nlines"]);
    await load("Person", "email,name\nann@example.org,Ann\n");
    const link = await load("Device", 'tag,keepers\nA4,"person_id->email:ann@example.org;remark:two\nlines"\n');
    assertStringIncludes(link.rows[0] ?? "", "Line break in it");
  }));

Deno.test("NULL, \\N and ='…' are texts where a text is allowed", () =>
  withModel(MODEL, async ({ load, objects }) => {
    await load("Device", 'tag,name\nN1,NULL\nN2,\\N\nN3,<NULL>\n="00501",="1E10"\n');
    assertEquals(objects("Device", "tag,name"), ["N1,NULL", "N2,\\N", "N3,", '="00501",="1E10"']);
  }));

Deno.test("rows of separators only are passed over and counted in one warning, wherever they stand", () =>
  withWorld(async ({ print, objects }) => {
    const run = await print("Organization", ',\nname,code\nA,1\n,\n , \nB,2\n"",""\n,\n');
    assertStringIncludes(run.stdout, "\n#Data Lines: 3\n");
    assertStringIncludes(run.stdout, "\n#Warning: 4 rows of separators only were passed over, the first in line 1\n");
    assertStringIncludes(run.stdout, "\n#Warnings: 1\n");
    assertEquals(objects("Organization", "name,code").slice(1), ["A,1", "B,2"]);
  }));

Deno.test("rows of blanks of other alphabets make no objects", () =>
  withWorld(async ({ print, objects }) => {
    const run = await print("Organization", "name,code\n\u00a0,\u3000\nA,1\n\u200b,\n");
    assertStringIncludes(run.stdout, "\n#Warning: 2 rows of separators only were passed over, the first in line 2\n");
    assertEquals(objects("Organization", "name,code").slice(1), ["A,1"]);
  }));

Deno.test("the next line of control characters (U+0085) breaks no line: it is warned of like the others", () =>
  withWorld(async ({ print, objects }) => {
    const run = await print("Organization", "name,code\nWait\u0085 more,1\n");
    assertStringIncludes(run.stdout, "\n#Issues: 0\n#Warnings: 1\n#Created: 1\n");
    assertEquals(objects("Organization", "code").slice(1), ["1"]);
  }));

Deno.test("a row that repeats the header is passed over, with a byte order mark too, and counted", () =>
  withWorld(async ({ print, objects }) => {
    const run = await print(
      "Organization",
      '\ufeffname,code\nA,1\n\ufeffname,code\nB,2\n"name", code\nC,3\nname,Code\n',
    );
    assertEquals(lines(run.stdout).filter((line) => line.startsWith("#Warning")), [
      "#Warning: 2 rows that repeat the header were passed over, the first in line 3: were files put together?",
      "#Warnings: 1",
    ]);
    assertEquals(objects("Organization", "name,code").slice(1), ["A,1", "B,2", "C,3", "name,Code"]);
  }));

Deno.test("control characters of a wrong charset are loaded and warned of, a NUL at the end of a cell is an error", () =>
  withWorld(async ({ print }) => {
    const run = await print("Organization", "name,code\nM\u0081ller,1\nB\0,2\nC,\u009f\nMüller,3\n");
    assertStringIncludes(run.stdout, "\n#Issues: 1\n#Warnings: 1\n#Created: 3\n");
    assertStringIncludes(
      run.stdout,
      "#Warning: 2 rows with control characters (U+0080 to U+009F), the first in line 2",
    );
    assertStringIncludes(run.stdout, "the character NUL in column 'name' cannot be loaded");
  }));

Deno.test("rows whose qualifiers tell of a missing separator are in error, inches are not", () =>
  withWorld(async ({ load, objects }) => {
    const csv = 'name,code,overview\n1,$78"Table, Round 48"\n"a\\","b",c\nMonitor 24",M24,x\n';
    const { rows } = await load("Organization", csv.replace(",overview", ",status").replace(",x\n", ",active\n"));
    assertEquals(rows, [
      "rejected: a separator is missing: a text qualifier stands in column 'code' and another one ends column 'status'",
      "rejected: a backslash before the closing qualifier in column 'name': a qualifier in a cell is doubled, " +
      "and a cell that ends with a backslash stands without qualifiers",
      "created Organization 2",
    ]);
    assertEquals(objects("Organization", "name").slice(1), ['Monitor 24"']);
  }));

Deno.test("the character NUL is spelt out in the table of a report", () =>
  withWorld(async ({ print }) => {
    for (const csv of ["name,code\na\u0000b,c\n", 'name,code\n"x","\u0000"\n']) {
      for (const output of ["details", "errors"]) {
        const { stdout } = await print("Organization", csv, { output });
        assert(!stdout.includes("\u0000"), JSON.stringify(stdout));
        assertStringIncludes(stdout, "\\u0000");
      }
    }
  }));
