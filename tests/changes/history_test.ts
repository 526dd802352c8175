/** `csvrecon history` as an administrator asks it: the newest runs, one run, the life of an object. */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { withModel } from "../helpers/loading.ts";
import { assertExit } from "../helpers/scratch.ts";
import { askHistory, toldEntries, toldJson, toldLines } from "./asked_history.ts";
import { SHOP } from "./shop_model.ts";

Deno.test("an empty log: nothing is told, and said so", () =>
  withModel(SHOP, async (loading) => {
    assertEquals(await toldLines(loading), ["The change log is empty: nothing was written yet, but by init."]);
    assertEquals(await toldJson(loading), [
      { type: "end", version: 1, about: "runs", told: 0, more: 0, more_is_least: false, withheld: null },
    ]);
  }));

Deno.test("the newest runs first, each with who, when, what and how many", () =>
  withModel(SHOP, async (loading) => {
    await loading.load("Org", "name\nNorth\n", { comment: "a first\nline" });
    await loading.load("Org", "name,code\nNorth,N\nSouth,S\n,\n", { reconciliationkeys: "name" });
    const [heading, second, secondNote, first, firstNote, ...rest] = await toldLines(loading);
    assertEquals(heading, "   Run  Date (UTC)           Created  Updated  Deleted  In error  User");
    assertMatch(second ?? "", /^ {5}2 {2}\d{4}-\d\d-\d\d \d\d:\d\d:\d\d {8}1 {8}1 {8}0 {9}0 {2}admin$/);
    assertMatch(first ?? "", /^ {5}1 {2}\d{4}.{15} {8}1 {8}0 {8}0 {9}0 {2}admin$/);
    assertMatch(secondNote ?? "", /^ {8}Org, .*own\.csv$/);
    assertMatch(firstNote ?? "", /^ {8}Org, .*own\.csv: a first\\nline$/);
    assertEquals(rest, []);
  }));

Deno.test("older runs than were asked for are counted", () =>
  withModel(SHOP, async (loading) => {
    for (const name of ["a", "b", "c"]) await loading.load("Org", `name\n${name}\n`);
    const lines = await toldLines(loading, { last: "1" });
    assertEquals([lines.length, lines.at(-1)], [5, "2 older: --last=NUMBER tells of more."]);
    const [run, end] = await toldJson(loading, { last: "1" });
    assertEquals([run?.["id"], end?.["told"], end?.["more"]], [3, 1, 2]);
    assertEquals((await toldJson(loading, { last: "3" })).at(-1)?.["more"], 0);
  }));

Deno.test("a run in JSON has everything that the log knows of it", () =>
  withModel(SHOP, async (loading) => {
    await loading.load("Org", "name\nNorth\n", { comment: "c" });
    const [run] = await toldJson(loading);
    const { date, input, parameters, ...rest } = run as Record<string, unknown>;
    assertMatch(String(date), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    assertEquals((input as Record<string, unknown>)["size"], 11);
    assertMatch(String((input as Record<string, unknown>)["sha256"]), /^[0-9a-f]{64}$/);
    assertEquals((parameters as Record<string, unknown>)["class"], "Org");
    assert(!("auth_pwd" in (parameters as Record<string, unknown>)));
    assertEquals(rest, {
      type: "run",
      version: 1,
      id: 1,
      whole: true,
      user: "admin",
      comment: "c",
      origin: "csvrecon import",
      class: "Org",
      counts: { created: 1, updated: 0, unchanged: 0, in_error: 0, deleted: 0, gone: null },
      source: null,
      undoes: null,
      undone_by: null,
      left: null,
      pruned: false,
      can_be_undone: true,
    });
  }));

Deno.test("one run: each object with each attribute, names of what keys refer to, labels of enumerations", () =>
  withModel(SHOP, async (loading) => {
    await loading.load("Org", "name\nNorth\nSouth\n");
    await loading.load("Box", "name,org,state,notes\nb,1,new,first\n", { reconciliationkeys: "name" });
    await loading.load("Box", "name,org,state,size\nb,2,old,3\n", { reconciliationkeys: "name" });
    assertEquals(await toldEntries(loading, { change: "2" }), [
      "create Box 1",
      'create Box 1 name: null -> "b"',
      'create Box 1 org: null -> "1" (North)',
      'create Box 1 state: null -> "new"',
      'create Box 1 notes: null -> "first"',
    ]);
    assertEquals(await toldEntries(loading, { change: "3" }), [
      'update Box 1 org: "1" (North) -> "2" (South)',
      'update Box 1 state: "new" -> "old"',
      'update Box 1 size: null -> "3"',
    ]);
    const lines = await toldLines(loading, { change: "3" });
    assertMatch(lines[0] ?? "", /^Run 3 of \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC$/);
    assertEquals(lines.slice(-4), [
      "updated Box 1, b",
      "  Owner: North (1) → South (2)",
      "  State: Brand new → Used",
      "  size: (empty) → 3",
    ]);
  }));

Deno.test("link sets, links, cascades and emptied keys are told with their values; what is gone has no name", () =>
  withModel(SHOP, async (loading) => {
    await loading.load("Sheet", "name\ns1\ns2\n");
    await loading.load("Box", "name,sheets\nb,sheet:1;mark:m|sheet:2\n", { reconciliationkeys: "name" });
    await loading.load("Seal", "name,laid,was\ngoes,1,1\nstays,,1\n", { reconciliationkeys: "name" });
    await loading.load("Box", "name,sheets\nb,sheet:2\n", { reconciliationkeys: "name" });
    assertEquals((await toldEntries(loading, { change: "4" })).toSorted(), [
      'delete Laid 1 box: "1" (b) -> null',
      'delete Laid 1 mark: "m" -> null',
      'delete Laid 1 sheet: "1" (s1) -> null',
      'delete Seal 1 laid: "1" (null) -> null',
      'delete Seal 1 name: "goes" -> null',
      'delete Seal 1 was: "1" (null) -> null',
      `update Box 1 sheets: "'sheet:1';'mark:m';'beside:0'|'sheet:2';'beside:0'" -> "'sheet:2';'beside:0'"`,
      'update Seal 2 was: "1" (null) -> null',
    ]);
    const lines = await toldLines(loading, { change: "4" });
    assertStringIncludes(lines.join("\n"), "deleted Laid 1 (no longer there)\n  box: b (1)\n");
    assertStringIncludes(lines.join("\n"), "updated Seal 2, stays\n  was: 1 (no longer there) → (empty)");
    assertEquals((await toldJson(loading)).map((run) => (run["counts"] as { deleted?: number })?.deleted), [
      2,
      0,
      0,
      0,
      undefined,
    ]);
  }));

Deno.test("the life of an object, the newest run first, by its class or one above it", () =>
  withModel(SHOP, async (loading) => {
    await loading.load("Crate", "name,size\nc,1\n", { reconciliationkeys: "name" });
    await loading.load("Box", "name\nother\n", { reconciliationkeys: "name" });
    await loading.load("Crate", "name,size,notes\nc,2,n\n", { reconciliationkeys: "name" });
    for (const modelClass of ["Crate", "Box"]) {
      assertEquals(await toldEntries(loading, { class: modelClass, object: "1" }), [
        'update Crate 1 size: "1" -> "2"',
        'update Crate 1 notes: null -> "n"',
        "create Crate 1",
        'create Crate 1 name: null -> "c"',
        'create Crate 1 size: null -> "1"',
      ]);
    }
    const lines = await toldLines(loading, { class: "Crate", object: "1" });
    assertEquals(lines[0], "Crate 1, c");
    assertEquals(lines.filter((line) => line.startsWith("Run")).map((line) => line.slice(0, 5)), ["Run 3", "Run 1"]);
    const newest = await toldLines(loading, { class: "Crate", object: "1", last: "1" });
    assertEquals(newest.at(-1), "Older runs wrote to it, too: --last=NUMBER tells of more.");
    assertEquals(newest.filter((line) => line.startsWith("Run")).length, 1);
    assertExit(await askHistory(loading, { class: "Crate", object: "2" }), 64);
  }));

Deno.test("an object that init made, or somebody by hand, is there and has no history", () =>
  withModel(SHOP, async (loading) => {
    assertEquals(await toldLines(loading, { class: "UserLocal", object: "1" }), [
      "UserLocal 1, admin",
      "",
      "The change log tells nothing of it: init made it, or somebody by hand.",
    ]);
  }));

Deno.test("what an object was when it was created is told, whatever became of it since", () =>
  withModel(SHOP, async (loading) => {
    await loading.load("Org", "name\nNorth\n");
    await loading.load("Sheet", "name\ns1\n", { reconciliationkeys: "name" });
    await loading.load("Box", "name,size,notes,org,sheets\na,1,kept,1,sheet:1;mark:m\nb,7,,,\n", KEY);
    await loading.load("Box", "name,size,org,sheets\na,2,,sheet:1;mark:n\n", KEY);
    await loading.load("Box", "name,size,notes,sheets\na,3,other,\n", KEY);
    assertEquals(await toldEntries(loading, { change: "3" }), [
      "create Box 1",
      'create Box 1 name: null -> "a"',
      'create Box 1 org: null -> "1" (North)',
      'create Box 1 size: null -> "1"',
      'create Box 1 notes: null -> "kept"',
      "create Laid 1",
      'create Laid 1 box: null -> "1" (a)',
      'create Laid 1 sheet: null -> "1" (s1)',
      'create Laid 1 mark: null -> "m"',
      "create Box 2",
      'create Box 2 name: null -> "b"',
      'create Box 2 size: null -> "7"',
    ]);
    const lines = await toldLines(loading, { class: "Laid", object: "1" });
    assertEquals(lines.slice(-4), ["  created", "    box: a (1)", "    sheet: s1 (1)", "    mark: m"]);
  }));

const KEY = { reconciliationkeys: "name" };

Deno.test("a deleted object still has its life", () =>
  withModel(SHOP, async (loading) => {
    await loading.load("Sheet", "name\ns1\n");
    await loading.load("Box", "name,sheets\nb,sheet:1\n", { reconciliationkeys: "name" });
    await loading.load("Box", "name,sheets\nb,\n", { reconciliationkeys: "name" });
    const [first, ...lines] = await toldLines(loading, { class: "Laid", object: "1" });
    assertEquals(first, "Laid 1 (no longer there)");
    assertEquals(lines.filter((line) => /^ {2}(created|deleted)/.test(line)), ["  deleted", "  created"]);
  }));

Deno.test("case logs and passwords: the former whole in JSON, the latter never", () =>
  withModel(SHOP, async (loading) => {
    await loading.load("Box", "name,log\nb,one\n", { reconciliationkeys: "name" });
    await loading.load("Box", "name,log\nb,two\n", { reconciliationkeys: "name" });
    const [entry] = await toldEntries(loading, { change: "2" });
    assertMatch(entry ?? "", /^update Box 1 log: "==== .*one\\n" -> "==== .*two\\n==== .*one\\n"$/);
    await loading.load("UserLocal", "login,password\nadmin,N3w-Passw0rd\n", { reconciliationkeys: "login" });
    const login = { auth_pwd: "N3w-Passw0rd", change: "3" };
    assertEquals(await toldEntries(loading, login), ["update UserLocal 1 password: null -> null"]);
    assertEquals((await toldLines(loading, login)).at(-1), "  Password: (not shown)");
  }));

Deno.test("simulations leave nothing behind; a run with errors only is a run that wrote to no object", () =>
  withModel(SHOP, async (loading) => {
    await loading.load("Org", "name\nNorth\n", { simulate: "1" });
    assertEquals((await toldJson(loading)).length, 1);
    await loading.load("Box", "name,size\nb,x\n", { reconciliationkeys: "name" });
    assertEquals((await toldLines(loading, { change: "1" })).at(-1), "It wrote to no object.");
  }));

Deno.test("hostile texts stay on their lines, spelt out, and are whole in JSON", () =>
  withModel(SHOP, async (loading) => {
    const name = "=cmd|' /C calc'!A0";
    const notes = "line one\nRun 99 of 2030-01-01\r\n\u001b[2J\u202e\u009b31m";
    await loading.load("Box", `name,notes\n"${name}",\n`, { reconciliationkeys: "name" });
    await loading.load("Box", `name,notes\n"${name}","${notes}"\n`, {
      reconciliationkeys: "name",
      comment: "x\n  Rows  0 created\u001b[31m",
    });
    for (const isTerminal of [false, true]) {
      for (const params of [{}, { change: "2" }, { class: "Box", object: "1" }] as const) {
        const lines = await toldLines(loading, params, { isTerminal });
        const text = lines.join("\n");
        // deno-lint-ignore no-control-regex -- these are what it is about
        assert(!/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/.test(text), JSON.stringify(text));
        assertEquals(lines.filter((line) => /^Run 99|^ {2}Rows {2}0 created/.test(line)), []);
      }
    }
    const [entry] = (await toldJson(loading, { change: "2" })).filter(({ type }) => type === "entry");
    assertEquals([entry?.["new"], entry?.["name"]], [notes.replace("\r\n", "\n"), name]);
  }));

Deno.test("long values are shown by their beginning to people, and whole to programs", () =>
  withModel(SHOP, async (loading) => {
    const long = "x".repeat(5000);
    await loading.load("Box", "name,notes\nb,\n", { reconciliationkeys: "name" });
    await loading.load("Box", `name,notes\nb,${long}\n`, { reconciliationkeys: "name" });
    const last = (await toldLines(loading, { change: "2" })).at(-1) ?? "";
    assert(last.length < 300);
    assertStringIncludes(last, "(5000 characters)");
    assertEquals(await toldEntries(loading, { change: "2" }), [`update Box 1 notes: null -> "${long}"`]);
  }));
