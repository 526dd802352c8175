/** `output=json`: what programs read of a run. */
import { assertEquals, assertMatch } from "@std/assert";
import { withWorld } from "../helpers/loading.ts";
import { lines } from "../helpers/our_report.ts";

const CSV = "\n" +
  'name,code,status\n"A\nB",1,active\n"My Company/Department",NEW,inactive\nMy Company/Department,NEW,inactive\n\nx,y\nBad,2,wrong\n';

Deno.test("one object for each row, with the line where it begins, then one for the run", () =>
  withWorld(async ({ print }) => {
    const run = await print("Organization", CSV, { output: "json", reconciliationkeys: "name", comment: "why" });
    const objects = lines(run.stdout).map((line) => JSON.parse(line));
    const row = { type: "row", version: 1, messages: [], changes: [] };
    assertEquals(objects.slice(0, -1), [
      {
        ...row,
        line: 3,
        record: 0,
        status: "rejected",
        class: null,
        id: null,
        cells: { name: "A\nB", code: "1", status: "active" },
        messages: [
          { kind: "bad_cells", text: "Unexpected attribute value(s)" },
          {
            attribute: "name",
            column: "name",
            kind: "line_break",
            text: "'A\nB' is an invalid value. Unexpected value for attribute 'name': Line break in it, " +
              "expected a text of one line",
          },
        ],
      },
      {
        ...row,
        line: 5,
        record: 1,
        status: "updated",
        class: "Organization",
        id: 1,
        cells: { name: "My Company/Department", code: "NEW", status: "inactive" },
        changes: [
          { attribute: "code", old: "SOMECODE", new: "NEW" },
          { attribute: "status", old: "active", new: "inactive" },
        ],
      },
      {
        ...row,
        line: 6,
        record: 2,
        status: "unchanged",
        class: "Organization",
        id: 1,
        cells: { name: "My Company/Department", code: "NEW", status: "inactive" },
      },
      {
        ...row,
        line: 8,
        record: 3,
        status: "rejected",
        class: null,
        id: null,
        cells: { name: "x", code: "y" },
        messages: [{ kind: "cell_count", found: 2, expected: 3, text: "2 cells where the header has 3" }],
      },
      {
        ...row,
        line: 9,
        record: 4,
        status: "rejected",
        class: null,
        id: null,
        cells: { name: "Bad", code: "2", status: "wrong" },
        messages: [
          { kind: "bad_cells", text: "Unexpected attribute value(s)" },
          {
            attribute: "status",
            column: "status",
            kind: "value_not_allowed",
            found: "wrong",
            allowed: ["active", "inactive"],
            nearest: null,
            text: "'wrong' is an invalid value. Unexpected value for attribute 'status': Value not allowed [wrong], " +
              "expected active, inactive",
          },
        ],
      },
    ]);
    const { seconds, ...end } = objects.at(-1);
    assertEquals(typeof seconds, "number");
    assertEquals(end, {
      type: "run",
      version: 1,
      settings: {
        class: "Organization",
        separator: ",",
        qualifier: '"',
        charset: "UTF-8",
        date_format: null,
        localize: false,
        twins: "error",
        simulate: false,
        max_errors: null,
        max_changes: null,
        comment: "why",
        columns: ["name", "code", "status"],
        keys: ["name"],
      },
      warnings: [],
      counts: { rows: 5, created: 0, updated: 1, unchanged: 1, rejected: 3, warnings: 0 },
      data_size: CSV.length,
      exceeded: [],
      rejects: null,
      exit_code: 1,
    });
    assertEquals(run.exitCode, 1);
  }));

Deno.test("values have the types that are stored: numbers, texts, and null for none", () =>
  withWorld(async ({ load, print }) => {
    await load("Server", "name,org_id,nb_u,move2production\nweb,1,4,\n");
    const csv = "name,nb_u,move2production,brand_id->name\nweb,,29/02/2024,dell\n";
    const run = await print("Server", csv, { output: "json", date_format: "d/m/Y", reconciliationkeys: "name" });
    assertEquals(JSON.parse(lines(run.stdout)[0] ?? "").changes, [
      { attribute: "brand_id", old: null, new: 5 },
      { attribute: "nb_u", old: 4, new: null },
      { attribute: "move2production", old: null, new: "2024-02-29" },
    ]);
  }));

Deno.test("a refused run is one object, with the exit code", () =>
  withWorld(async ({ print }) => {
    const run = await print("Organization", "name,cod\nx,y\n", { output: "json" });
    const [refused, ...others] = lines(run.stdout).map((line) => JSON.parse(line));
    assertEquals([refused.type, refused.version, refused.exit_code, run.exitCode, others.length], [
      "refused",
      1,
      64,
      64,
      0,
    ]);
    assertMatch(refused.messages[0].text, /^Unknown column: 'cod'\. Did you mean 'code'\? Possible columns: /);
  }));
