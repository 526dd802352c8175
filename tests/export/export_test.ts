/** `csvrecon export`: columns, keys, conditions, charsets, files, and what does not load back. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { parseParamFile } from "../../lib/parameters/reading/param_file.ts";
import { assertLoadsBack, exportClass, loadBack, runExport } from "../helpers/exporting.ts";
import { type Loading, preparedModel, withWorld } from "../helpers/loading.ts";
import { assertExit } from "../helpers/scratch.ts";

const MODEL = {
  name: "shop",
  languages: ["EN US", "FR FR"],
  classes: {
    Maker: {
      reconciliation_keys: ["name", "town"],
      attributes: { name: { kind: "string", labels: { "EN US": "Name" } }, town: { kind: "string" } },
    },
    Device: {
      reconciliation_keys: ["tag"],
      attributes: {
        tag: { kind: "string", length: 30, labels: { "EN US": "Tag", "FR FR": "Étiquette" } },
        maker_id: { kind: "external_key", target: "Maker", labels: { "EN US": "Maker", "FR FR": "Fabricant" } },
        on: { kind: "boolean", labels: { "EN US": "On", "FR FR": "Allumé" } },
        price: { kind: "decimal", digits: 8, decimals: 2 },
        bought: { kind: "date" },
        seen: { kind: "datetime" },
        note: { kind: "text" },
        kind: {
          kind: "enum",
          values: [{ code: "a", labels: { "EN US": "Big", "FR FR": "Grand" } }, { code: "b", labels: "Small" }],
        },
        secret: { kind: "password" },
        parts: { kind: "link_set", link_class: "Part", key_to_this: "device_id", key_to_remote: "maker_id" },
      },
    },
    Part: {
      friendly_name: "{device_id} {maker_id}",
      attributes: {
        device_id: { kind: "external_key", target: "Device", null: false },
        maker_id: { kind: "external_key", target: "Maker", null: false },
        role: { kind: "string" },
        since: { kind: "date" },
      },
    },
  },
};

async function fill({ load }: Loading): Promise<void> {
  await load("Maker", "name,town\nAcme,Rome\nAcme,Paris\nBolt,Rome\n");
  const csv = "tag,maker_id,on,price,bought,seen,note,kind,secret,parts\n" +
    "A1,1,yes,1.5,2024-02-29,2024-02-29 13:05:09,hello,a,s3cret-Word,'maker_id:2';'role:x|y''s'|'maker_id:3';'since:2024-01-02'\n" +
    'a2,,no,,,,"two\nlines",,,\n';
  await load("Device", csv);
}

const withShop = preparedModel(MODEL, async (loading) => {
  await fill(loading);
});

Deno.test("an export has what an import takes, the keys first, and external keys by as many of their own keys as they need", () =>
  withShop(async (loading) => {
    const { text, run, params } = await assertLoadsBack(loading, "Device", { date_format: "d/m/Y H:i:s" });
    assertEquals(
      text,
      "tag,maker_id->name,maker_id->town,on,price,bought,seen,note,kind,parts\n" +
        "A1,Acme,Rome,yes,1.50,29/02/2024,29/02/2024 13:05:09,hello,a," +
        "'maker_id->name:Acme';'maker_id->town:Paris';'role:x|y''s'|'maker_id->name:Bolt';'maker_id->town:Rome';'since:02/01/2024'\n" +
        'a2,,,no,,,,"two\nlines",,\n',
    );
    assertEquals(run.stderr, "csvrecon: Left out: secret: passwords are never written\n");
    assert(!params.includes("reconciliationkeys") && !text.includes("s3cret"));
  }));

Deno.test("labels, words and formats are those of the user's language", () =>
  withShop(async (loading) => {
    await loading.load("UserLocal", "login,password,language,profile_list\nfr,Fr-Passw0rd,FR FR,profileid:1\n");
    const login = { auth_user: "fr", auth_pwd: "Fr-Passw0rd", no_localize: "0" };
    const { text } = await assertLoadsBack(loading, "Device", login);
    const [header = "", first = ""] = text.split("\n");
    assertStringIncludes(header, "Étiquette,Fabricant->Name,");
    assertStringIncludes(first, ",oui,1.50,");
    assertStringIncludes(first, ",Grand,");
    const { stdout } = await runExport(loading, "Device", {
      ...login,
      columns: "étiquette,Allumé",
      where: "Allumé=NON AND kind=",
    });
    assertEquals(stdout, "étiquette,Allumé\na2,non\n");
  }));

Deno.test("keys that do not tell objects apart give way to the id, and are told", () =>
  withShop(async (loading) => {
    const { text, run, params } = await assertLoadsBack(loading, "Maker", { reconciliationkeys: "name" });
    assertEquals(text, "id,name,town\n1,Acme,Rome\n2,Acme,Paris\n3,Bolt,Rome\n");
    assertStringIncludes(run.stderr, "Load the file back with reconciliationkeys=id");
    assertStringIncludes(params, "reconciliationkeys = id\n");
    loading.query("SELECT 1");
    const database = new DatabaseSync(loading.database);
    database.exec("UPDATE maker SET town = 'Rome' WHERE id = 2; UPDATE maker SET name = '', town = '' WHERE id = 3");
    database.close();
    assertStringIncludes((await assertLoadsBack(loading, "Maker")).text, "id,name,town\n");
    assertStringIncludes((await assertLoadsBack(loading, "Device")).text, "tag,maker_id,on,");
  }));

Deno.test("chosen columns stand alone, and what does not load back is said", () =>
  withShop(async (loading) => {
    const one = await runExport(loading, "Device", { columns: "price, maker_id->name ,friendlyname" });
    assertExit(one, 0);
    assertEquals(one.stdout, "price,maker_id->name,friendlyname\n1.50,Acme,A1\n,,a2\n");
    assertStringIncludes(one.stderr, "The file does not load back by itself: it has no reconciliation keys that tell");
    assertStringIncludes(one.stderr, "Column 'maker_id->name' does not tell the objects apart");
    assertStringIncludes(one.stderr, "Column 'friendlyname' is computed");
    const { text } = await assertLoadsBack(loading, "Device", { columns: "id,price" });
    assertEquals(text, "id,price\n1,1.50\n2,\n");
    assertEquals((await assertLoadsBack(loading, "Device", { columns: "on,tag" })).text, "on,tag\nyes,A1\nno,a2\n");
  }));

Deno.test("all mistakes of columns, keys and conditions are told together, before anything is written", () =>
  withShop(async (loading) => {
    const { run, text } = await exportClass(loading, "Device", {
      columns: "tga,secret,tag,TAG,on",
      reconciliationkeys: "tagg",
      where: "prise=1 AND price=x AND secret=1 AND on",
    });
    assertExit(run, 64);
    assertEquals([text, run.stdout], ["", ""]);
    const lines = run.stderr.split("\n").filter((line) => !line.startsWith("  "));
    assertEquals(lines.slice(0, -1).map((line) => line.replace(/[.:] .*/, "")), [
      "csvrecon",
      "csvrecon",
      "csvrecon",
      "csvrecon",
      "csvrecon",
      "csvrecon",
      "csvrecon",
      "csvrecon",
    ]);
    for (
      const told of [
        "'tga'. Did you mean 'tag'?",
        "'secret' is a password",
        "'tag' and 'TAG'",
        "'tagg'",
        "'prise'",
        "'price' in where",
        "'secret' cannot stand in where",
        "No condition: 'on'",
      ]
    ) {
      assertStringIncludes(run.stderr, told);
    }
  }));

const CONDITIONS: readonly (readonly [where: string, tags: string])[] = [
  ["tag=a1", "A1"],
  ["tag<>a1", "a2"],
  ["on=yes", "A1"],
  ["price=1.5", "A1"],
  ["price<>1.5", "a2"],
  ["price=", "a2"],
  ["bought=2024-2-29", "A1"],
  ["maker_id=1", "A1"],
  ["maker_id=0", "a2"],
  ["maker_id->town=rome AND kind=a", "A1"],
  ["maker_id->name=", "a2"],
  ["id=2", "a2"],
  ["id<>2", "A1"],
  ["id=x", ""],
  ['note="two\nlines"', "a2"],
  ["friendlyname=A2", "a2"],
  ["tag=A1 AND tag=a2", ""],
  ["tag='; DROP TABLE device; --", ""],
];

Deno.test("conditions choose objects by values typed as in cells", () =>
  withShop(async (loading) => {
    for (const [where, tags] of CONDITIONS) {
      const { stdout } = await runExport(loading, "Device", { columns: "tag", where });
      assertEquals(stdout, `tag\n${tags}${tags === "" ? "" : "\n"}`, where);
    }
  }));

Deno.test("a condition takes for the same what an import does: of a decimal, the places that it has", () =>
  withShop(async (loading) => {
    const database = new DatabaseSync(loading.database);
    database.exec("UPDATE device SET price = 1.5000001 WHERE tag = 'A1'");
    database.close();
    const tagsOf = async (where: string) => (await runExport(loading, "Device", { columns: "tag", where })).stdout;
    assertEquals(await tagsOf("price=1.5"), "tag\nA1\n");
    assertEquals(await tagsOf("price<>1.5"), "tag\na2\n");
  }));

Deno.test("what a charset lacks ends the export with its place, and leaves the file that was there", () =>
  withShop(async (loading) => {
    await loading.load("Device", "tag,note\nA1,10 → 20\n");
    loading.scratch.write("exported.csv", "before\n");
    const { run, text } = await exportClass(loading, "Device", { charset: "windows-1252" });
    assertExit(run, 65);
    assertStringIncludes(run.stderr, "Charset windows-1252 has no '→' (U+2192): column 'note' of Device 1");
    assertEquals(text, "before\n");
    for (const charset of ["UTF-16BE", "Shift_JIS", "GB18030"]) await assertLoadsBack(loading, "Device", { charset });
    await loading.load("Device", "tag,note\nA1,é€\n");
    const { bytes } = await assertLoadsBack(loading, "Device", { charset: "ISO-8859-15" });
    assert(bytes.includes(0xe9) && bytes.includes(0xa4));
  }));

Deno.test("without a qualifier an export ends at what needs one", () =>
  withShop(async (loading) => {
    const { run } = await exportClass(loading, "Device", { qualifier: "" });
    assertExit(run, 65);
    assertStringIncludes(run.stderr, "Without a text qualifier no cell holds what column 'note' of Device 2 has");
    await assertLoadsBack(loading, "Maker", { qualifier: "", separator: ";" });
  }));

Deno.test("what is stored against the rules, or a format loses, is told and makes the exit code 1", () =>
  withShop(async (loading) => {
    const lost = await exportClass(loading, "Device", { date_format: "d/m/Y" });
    assertExit(lost.run, 1);
    assertStringIncludes(lost.run.stderr, "Column 'seen' of Device 1: an import would refuse the value or change it");
    const database = new DatabaseSync(loading.database);
    database.exec(
      "UPDATE device SET note = '<NULL>' WHERE id = 1; UPDATE device SET tag = 'one' || char(10) || 'two' WHERE id = 2",
    );
    database.close();
    const { run } = await exportClass(loading, "Device");
    assertExit(run, 1);
    assertStringIncludes(run.stderr, "Column 'note' of Device 1: nothing that this separator and qualifier can write");
    assertStringIncludes(run.stderr, "Column 'tag' of Device 2: an import would refuse");
  }));

Deno.test("an object that reads like the header, and one that is <NULL>, load back", () =>
  withShop(async (loading) => {
    const database = new DatabaseSync(loading.database);
    database.exec(
      "UPDATE maker SET name = 'name', town = 'town' WHERE id = 1; UPDATE maker SET name = '<NULL>' WHERE id = 3",
    );
    database.close();
    assertStringIncludes((await assertLoadsBack(loading, "Maker")).text, '"<NULL> ",Rome\nAcme,Paris\n"name ",town\n');
    await assertLoadsBack(loading, "Maker", { qualifier: "", separator: "|" });
    await assertLoadsBack(loading, "Device");
  }));

Deno.test("safe_csv guards spreadsheets, and is said not to load back", () =>
  withShop(async (loading) => {
    await loading.load("Maker", "name,town\n=1+1,Oslo\n");
    const { stdout, stderr } = await runExport(loading, "Maker", { safe_csv: "1" });
    assertStringIncludes(stdout, "'=1+1,Oslo\n");
    assertStringIncludes(stderr, "The file does not load back: safe_csv");
  }));

Deno.test("files are private, replaced when they are whole, and never those in use", () =>
  withShop(async (loading) => {
    const { scratch } = loading;
    await exportClass(loading, "Maker");
    if (Deno.build.os !== "windows") {
      assertEquals((Deno.statSync(scratch.path("exported.csv")).mode ?? 0) & 0o777, 0o600);
    }
    Deno.symlinkSync(loading.database, scratch.path("link.db"));
    scratch.write("my.params", "safe_csv = 0\n");
    Deno.mkdirSync(scratch.path("folder"));
    for (
      const [params, told] of [
        [{ file: "own.db" }, "is the database itself"],
        [{ file: "link.db" }, "is the database itself"],
        [{ write: "own.db-wal" }, "is the database itself"],
        [{ file: "my.params", param_file: "my.params" }, "is read by this export"],
        [{ file: "folder" }, "it is no file"],
        [{ file: "a.csv", write: "./a.csv" }, "name the same file"],
      ] as const
    ) {
      const refused = await runExport(loading, "Maker", params);
      assertExit(refused, 64);
      assertStringIncludes(refused.stderr, told);
    }
    const unwritten = await runExport(loading, "Maker", { file: "none/a.csv" });
    assertExit(unwritten, 74);
    assertEquals([...Deno.readDirSync(scratch.folder)].filter(({ name }) => name.includes("csvrecon-new")), []);
  }));

Deno.test("the password file is never replaced, whatever its name", () =>
  withShop(async ({ scratch, database }) => {
    for (const name of ["admin.pwd", "my,pwd", " my.pwd"]) {
      scratch.write(name, "admin\n");
      const login = [`--db=${database}`, "--auth_user=admin", `--auth_pwd_file=${name}`];
      const refused = await scratch.run(["export", ...login, "--class=Maker", `--file=${scratch.path(name)}`]);
      assertExit(refused, 64);
      assertStringIncludes(refused.stderr, "is read by this export");
      assertEquals(Deno.readTextFileSync(scratch.path(name)), "admin\n");
    }
  }));

Deno.test("an export is in no log, simulated imports of it change nothing either, and no file is left of a refused one", () =>
  withShop(async (loading) => {
    const before = loading.query("SELECT count(*) FROM change");
    await exportClass(loading, "Device");
    const { statuses, warnings } = await loadBack(loading, { simulate: "1" });
    assertEquals([statuses, warnings], [{ unchanged: 2 }, []]);
    assertEquals(loading.query("SELECT count(*) FROM change"), before);
    const refused = await runExport(loading, "Devise", { file: "refused.csv" });
    assertExit(refused, 64);
    assertStringIncludes(refused.stderr, "Unknown class: 'Devise'\n  Did you mean Device?");
  }));

Deno.test("a class with classes below it, abstract or not, has all their objects, with their class", () =>
  withWorld(async (loading) => {
    const { text } = await assertLoadsBack(loading, "Contact", { no_localize: "0" });
    assertStringIncludes(text.split("\n")[0] ?? "", "Contact sub-class");
    const { stdout } = await runExport(loading, "FunctionalCI", {
      columns: "name,finalclass",
      where: "finalclass=Server",
    });
    assert(stdout.split("\n").slice(1, -1).every((line) => line.endsWith(",Server")), stdout);
  }));

Deno.test("the parameter file means what it says, whatever the file is called: no name makes a parameter of its own", () =>
  withWorld(async (loading) => {
    for (const file of ["a\nsimulate = 1\n.csv", 'a" # b.csv', '"a.csv', "a #b.csv", '"', "a\rclass = User"]) {
      const { run, params } = await exportClass(loading, "Organization", { file, columns: "name" });
      assertExit(run, 0);
      const { values, problems } = parseParamFile(new TextEncoder().encode(params), "exported.params", "import");
      assertEquals(
        [problems, [...values.keys()]],
        [[], [...values.keys()].filter((name) => GIVEN.includes(name))],
        params,
      );
      const read = values.get("csvfile")?.text;
      assert(read === file || (read === undefined && params.includes("# TO DO: csvfile: ")), params);
    }
  }));

const GIVEN: readonly string[] = ["auth_user", "class", "csvfile", "no_localize", "db"];
