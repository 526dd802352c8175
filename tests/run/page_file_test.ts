/** `report=FILE`: when the page is written, replaced or refused, and what it says (SPEC 15). */
import { assert, assertEquals, assertFalse, assertStringIncludes } from "@std/assert";
import { withWorld } from "../helpers/loading.ts";
import type { RowOutcome } from "../../lib/reconcile/row_result.ts";
import { PageFile } from "../../lib/report/page/page_file.ts";
import { reportsTogether } from "../../lib/report/reports_together.ts";
import { assertExit } from "../helpers/scratch.ts";
import { COLUMNS, created, row, updated } from "../report/facts.ts";
import { type Boxes, withBoxes } from "./rejects_world.ts";

const BAD = "name,size\na,1\nb,x\n";
const PAGED = { rejects: "", report: "page.html" };

/** The parameters of a run with a page only. */
function paged(parameters: Record<string, string> = {}): Record<string, string> {
  const { rejects: _, ...all } = { ...PAGED, ...parameters };
  return all;
}

function page({ scratch }: Pick<Boxes, "scratch">, name = "page.html"): string {
  return Deno.readTextFileSync(scratch.path(name));
}

function load(boxes: Boxes, csv: string, parameters: Record<string, string> = {}) {
  return boxes.print("Box", csv, { output: "summary", ...paged(parameters) });
}

Deno.test("the page has the counts, what was created and the rows in error with their reasons, and nobody else can read it", () =>
  withBoxes(async (boxes) => {
    const run = await load(boxes, BAD, { comment: "Monday" });
    assertExit(run, 1);
    const text = page(boxes);
    assert(text.startsWith("<!DOCTYPE html>\n"), text.slice(0, 40));
    assertStringIncludes(text, "<title>csvrecon: Box, own.csv</title>");
    assertStringIncludes(text, ">1 row in error</p>");
    assertStringIncludes(text, '<div class="created"><b>1</b>created</div>');
    assertStringIncludes(text, "<h3>name: b <small>line 3</small></h3>");
    assertStringIncludes(text, "Wrong format [x], expected a whole number");
    assertStringIncludes(text, '<tr><th scope="row">size</th><td>1</td></tr>');
    assertStringIncludes(text, '<tr><th scope="row">Change tracking comment</th><td>Monday</td></tr>');
    assert(text.endsWith("</html>\n"));
    if (Deno.build.os !== "windows") {
      assertEquals((Deno.statSync(boxes.scratch.path("page.html")).mode ?? 0) & 0o777, 0o600);
    }
    assertFalse(run.stdout.includes("page.html"), "a summary keeps its form");
  }));

Deno.test("changes are told old and new, counted by attribute, and empty values are named", () =>
  withBoxes(async (boxes) => {
    await load(boxes, "name,size,note\na,1,x\nb,2,\n");
    assertExit(await load(boxes, "name,size,note\na,1,\nb,3,y\n"), 0);
    const text = page(boxes);
    assertStringIncludes(text, ">No row in error</p>");
    assertStringIncludes(text, '<tr><th scope="row">note</th><td class="number">2</td></tr>');
    assertStringIncludes(text, '<td><del title="before">2</del></td><td><ins title="after">3</ins></td>');
    assertStringIncludes(text, '<del title="before">x</del></td><td><ins title="after">(empty)</ins>');
    assertFalse(text.includes('id="rejected"'));
  }));

Deno.test("nothing of a cell is markup, and what nobody sees is spelt out", () =>
  withBoxes(async (boxes) => {
    const cells = [
      "<script>alert(1)</script>",
      '"><img src=x onerror=alert(1)>',
      "&lt;b&gt;",
      "a\u202eb",
      "\x1b[31mred",
      "'--><!--",
    ];
    const quoted = cells.map((cell) => `"${cell.replaceAll('"', '""')}"`);
    await load(boxes, `name,note\n${quoted.map((cell) => `${cell},${cell}`).join("\n")}\n`);
    await load(boxes, `name,note,size\n${quoted.map((cell, index) => `${cell},${index},${cell}`).join("\n")}\n`);
    const text = page(boxes);
    for (const part of ["<script>alert", "<img", "<b>", "\u202e", "\x1b", "<!--"]) {
      const found = text.split(part).length - 1;
      assertEquals(found, part === "<b>" ? 6 : 0, `${part} (the six tiles have a <b> each)`);
    }
    assertStringIncludes(text, "&lt;script&gt;alert(1)&lt;/script&gt;");
    assertStringIncludes(text, "a‹U+202E›b");
    assertStringIncludes(text, "\\x1b[31mred");
    assertEquals(text.match(/<script>/g)?.length, 1, "its own");
  }));

Deno.test("a simulated run says what would be, and a run that is taken back that nothing was written", () =>
  withBoxes(async (boxes) => {
    await load(boxes, BAD, { simulate: "1" });
    assertStringIncludes(page(boxes), "Simulated: nothing was written. 1 row in error");
    assertStringIncludes(page(boxes), "<h2>Would be created ");
    assertFalse(/Box \d/.test(page(boxes)), "ids of a simulation");
    assertExit(await load(boxes, BAD, { max_errors: "0" }), 2);
    assertStringIncludes(page(boxes), "Nothing was written. 1 row in error");
    assertStringIncludes(page(boxes), "<h2>Would be created ");
    assertStringIncludes(page(boxes), "Limit exceeded: 1 row is in error, and max_errors=0 allows 0.");
    assertFalse(/Box \d/.test(page(boxes)), "ids of what was taken back");
  }));

Deno.test("a run that is refused has a page that says why: that of last night would tell of another run", () =>
  withBoxes(async (boxes) => {
    await load(boxes, BAD);
    const refusals = [
      [{}, "nome\nx\n", 64, "Unknown column"],
      [{}, 'name,size\nb,x\n"open\n', 65, "never closed"],
      [{ csvfile: "gone.csv" }, "", 66, "gone.csv"],
      [{ auth_pwd: "wrong" }, "name\nx\n", 77, "wrong credentials"],
    ] as const;
    for (const [parameters, csv, exitCode, why] of refusals) {
      const run = await load(boxes, csv, parameters);
      assertExit(run, exitCode);
      assertStringIncludes(page(boxes), "The run was refused: nothing was written");
      assertStringIncludes(page(boxes).toLowerCase(), why.toLowerCase(), run.stdout);
    }
  }));

Deno.test("nothing but a page of csvrecon is written over: no input, no database, no other file, not the rows in error", () =>
  withBoxes(async (boxes) => {
    const { scratch, database, everything } = boxes;
    scratch.write("notes.txt", "mine");
    scratch.write("empty.html", "");
    const before = everything();
    const wrong = {
      "own.csv": "is the input",
      "notes.txt": "no page of csvrecon",
      [database]: "a file of the database",
      "-": "neither",
    };
    for (const [report, why] of Object.entries(wrong)) {
      const run = await load(boxes, BAD, { report });
      assertExit(run, 64);
      assertStringIncludes(run.stdout, why);
    }
    const both = await boxes.print("Box", BAD, { output: "summary", report: "same", rejects: "same" });
    assertExit(both, 64);
    assertStringIncludes(both.stdout, "is the file of rows in error");
    assertEquals(everything(), before, "nothing was loaded");
    assertEquals(Deno.readTextFileSync(scratch.path("notes.txt")), "mine");
    assertExit(await load(boxes, BAD, { report: "empty.html" }), 1);
    assertExit(await load(boxes, BAD, { report: "no/such/page.html" }), 74);
  }));

Deno.test("a folder has a page named after the input, and only so many rows of a kind are shown", () =>
  withBoxes(async (boxes) => {
    Deno.mkdirSync(boxes.scratch.path("pages"));
    const rows = Array.from({ length: 10_001 }, (_, row) => `n${row},1`);
    assertExit(await load(boxes, `name,size\n${rows.join("\n")}\n`, { report: "pages/" }), 0);
    const text = page(boxes, "pages/own.html");
    assertEquals(text.match(/<article>/g)?.length, 10_000);
    assertStringIncludes(text, "The first 10000 of 10001. The report with output=json has all of them.");
  }));

Deno.test("names and values of rows that are not shown any more are not asked for", () =>
  withBoxes(({ scratch }) => {
    const place = { name: "own.html", path: scratch.path("own.html"), others: [] };
    const file = new PageFile(place, { input: null, date: new Date() }, scratch.path("."));
    const other = new PageFile(place, { input: null, date: new Date() }, scratch.path("."));
    const together = reportsTogether([file, reportsTogether([file])]);
    file.columns(COLUMNS);
    const tell = (outcome: RowOutcome, count: number) => {
      for (let index = 0; index < count; index++) file.row(row(index, outcome));
    };
    assertEquals(file.needs, { cells: false, newValues: true, names: { created: true, updated: true } });
    tell(created(1), 9_999);
    assertEquals(file.needs.newValues, true);
    tell(created(1), 1);
    assertEquals(file.needs, { cells: false, newValues: false, names: { created: false, updated: true } });
    assertEquals(together.needs.newValues, false, "nor by reports side by side");
    assertEquals(reportsTogether([file, other]).needs.newValues, true, "but where another one wants them");
    tell(updated(1, ["name"]), 10_000);
    assertEquals(together.needs.names, { created: false, updated: false });
    file.close();
    other.close();
    return Promise.resolve();
  }));

Deno.test("external keys are told by name, those to what a simulation would create too; passwords not at all", () =>
  withWorld(async ({ print, scratch }) => {
    const report = { output: "summary", report: "page.html" };
    const text = () => page({ scratch });
    const tree = "name,parent_id->name\nAbove,\nBelow,Above\n";
    await print("Organization", tree, { ...report, reconciliationkeys: "name", simulate: "1" });
    assertStringIncludes(text(), "<td>Above (new)</td>");
    await print("Organization", "name\nDemo\nOther\n", report);
    await print("Person", "name,first_name,email,org_id->name\nDoe,Ann,ann@example.org,Demo\n", report);
    assertStringIncludes(text(), "<h3>Ann Doe <small>");
    assertStringIncludes(text(), ">Demo (");
    await print("Person", "name,first_name,email,org_id->name\nDoe,Ann,ann@example.org,Other\n", {
      ...report,
      reconciliationkeys: "email",
    });
    assertStringIncludes(text(), '<del title="before">Demo (');
    assertStringIncludes(text(), '<ins title="after">Other (');
    const users = (password: string) => `login,password,language\nann,${password},XX\nbob,${password},EN US\n`;
    for (const password of ["Secret-1", "Secret-2"]) {
      await print("UserLocal", users(password), report);
      assertFalse(text().includes(password));
    }
    assertStringIncludes(text(), "<td>***</td>");
    await print("UserLocal", "login,profile_list\ncarl,profileid->name:Administrator\n", report);
    assertFalse(text().includes("<td>changed</td>"), "a password that nobody gave");
  }));
