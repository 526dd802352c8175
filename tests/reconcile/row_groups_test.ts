/** Files that once came out otherwise in groups than row by row (`tests/torture/row_groups_test.ts` looks for more). */
import { assert } from "@std/assert";
import { assertSameInGroups } from "../helpers/row_groups.ts";

const TEXT = { kind: "string" };
const key = (target: string, more = {}) => ({ kind: "external_key", target, ...more });

function modelOf(node: Record<string, unknown>): Record<string, unknown> {
  return {
    name: "groups",
    languages: ["EN US"],
    classes: {
      Site: { reconciliation_keys: ["name"], attributes: { name: { kind: "string", null: false } } },
      Node: {
        reconciliation_keys: ["name"],
        friendly_name: "{name}",
        ...node,
        attributes: {
          name: { kind: "string", null: false },
          code: TEXT,
          site_id: key("Site"),
          site_name: { kind: "external_field", key: "site_id", attribute: "name" },
          parent_id: key("Node", { hierarchical: true }),
        },
      },
    },
  };
}

Deno.test("names of keys that a second reading fills are told as they are when their row was worked", async () => {
  const printed = await assertSameInGroups({
    model: modelOf({ friendly_name: "{name} {parent_id}" }),
    before: [{ class: "Node", csv: "name\na\nb\n" }, { class: "Site", csv: "name\ns\n" }],
    class: "Node",
    csv: "name,parent_id->name,site_id->name\na,,s\na,b,\n",
    params: { second_pass: "parent_id,site_id", twins: "last", output: "diff" },
  });
  assert(printed.includes("~ Node 1 a 0 (line 2)") && printed.includes("~ Node 1 a 2 (line 3)"), printed);
});

Deno.test("a row with empty keys finds what rows before it have created without any", async () => {
  const printed = await assertSameInGroups({
    model: modelOf({ reconciliation_keys: ["code"] }),
    before: [{ class: "Node", csv: "name,code\na,1\nb,2\nc,3\n" }],
    class: "Node",
    csv: 'name,parent_id->name,code\na,new,1\nb,,2\nc,other,3\n"",,\n',
    params: { create_targets: "parent_id" },
  });
  assert(printed.includes("ambiguous reconciliation: 2 objects (Node::4, Node::5)"), printed);
});

Deno.test("targets of rows in error leave their ids to those who create them", async () => {
  const printed = await assertSameInGroups({
    model: modelOf({}),
    before: [{ class: "Node", csv: "name\na\nb\n" }],
    class: "Node",
    csv: "name,code,parent_id->name,site_id->name\n,1,new,s1\na,2,new,s2\n,3,other,s3\nb,4,third,s1\n",
    params: { create_targets: "parent_id,site_id", output: "json" },
  });
  assert(printed.includes('{"attribute":"parent_id","class":"Node","id":3}'), printed);
});

Deno.test("names that are made of another key of their object are told as they are when a row was worked", async () => {
  const printed = await assertSameInGroups({
    model: modelOf({ friendly_name: "{site_name} {code}" }),
    before: [
      { class: "Site", csv: "name\ns\nt\n" },
      { class: "Node", csv: "name,code,site_id\na,1,1\nb,2,1\nc,3,1\n" },
    ],
    class: "Node",
    csv: "name,site_id,parent_id->code\na,1,2\nb,2,3\n",
    params: { output: "diff" },
  });
  assert(printed.includes("→ s 2 (2)") && printed.includes("→ s 3 (3)"), printed);
});

const LINKED = {
  ...modelOf({}),
  classes: {
    ...(modelOf({}) as { classes: Record<string, unknown> }).classes,
    Wire: {
      reconciliation_keys: ["from_id", "to_id"],
      attributes: {
        from_id: key("Node", { null: false, on_delete: "cascade" }),
        to_id: key("Node", { null: false, on_delete: "cascade" }),
      },
    },
  },
};
(LINKED.classes as Record<string, { attributes: Record<string, unknown> }>)["Node"]!.attributes["feeds"] = {
  kind: "link_set",
  link_class: "Wire",
  key_to_this: "from_id",
  key_to_remote: "to_id",
};

Deno.test("what links refer to is named as it was when their row was worked, though a row below renames it", async () => {
  const printed = await assertSameInGroups({
    model: LINKED,
    before: [{ class: "Node", csv: "name,code\na,1\nb,2\n" }],
    class: "Node",
    csv: "code,name,feeds\n1,a,to_id:2\n2,new,\n1,a,\n",
    params: { reconciliationkeys: "code", output: "diff", twins: "last" },
  });
  assert(printed.includes("+ b (2)") && printed.includes("- new (2)"), printed);
});

Deno.test("an object is named as it was when its row was worked, though a third row renames it", async () => {
  const printed = await assertSameInGroups({
    model: modelOf({}),
    before: [{ class: "Node", csv: "name,code\nA,1\n" }],
    class: "Node",
    csv: "code,name\n1,a\n1,A\n1,á\n1,b\n",
    params: { reconciliationkeys: "code", output: "diff", twins: "last" },
  });
  assert(printed.includes("~ Node 1 A (line 3)"), printed);
});

Deno.test("keys that a second reading fills do not rename what rows before them are told with", async () => {
  await assertSameInGroups({
    model: modelOf({ friendly_name: "{name} {parent_id}" }),
    before: [{ class: "Node", csv: "name\na\nb\nc\n" }],
    class: "Node",
    csv: "name,parent_id->name\na,b\nb,c\n",
    params: { second_pass: "parent_id", output: "diff" },
  });
});

Deno.test("a row whose parent an earlier row has created warns of the namesake that it makes", async () => {
  const printed = await assertSameInGroups({
    model: modelOf({ reconciliation_keys: ["code", "parent_id"] }),
    before: [{ class: "Node", csv: "name,code\na,1\nb,2\n" }],
    class: "Node",
    csv: "name,code,parent_id->name\nnew,3,\nother,1,new\nthird,4,new\nfourth,4,other\n",
  });
  assert(printed.includes("2 rows created an object beside one that agrees in code, the first in line 3"), printed);
});

Deno.test("an object beside which another one is created is named, though a row below has it", async () => {
  const printed = await assertSameInGroups({
    model: modelOf({ reconciliation_keys: ["code", "parent_id"] }),
    before: [{ class: "Node", csv: "name,code\na,1\nb,2\n" }],
    class: "Node",
    csv: "name,code,parent_id->name\nc,1,b\na,1,\n",
  });
  assert(printed.includes("agrees in code, in line 2 (Node::1)"), printed);
});

Deno.test("warnings stand in the order of the lines that they are about", async () => {
  const printed = await assertSameInGroups({
    model: modelOf({ reconciliation_keys: ["code", "parent_id"] }),
    before: [{ class: "Node", csv: "name,code\na,1\nb,2\n" }],
    class: "Node",
    csv: "name,code,parent_id->name\nc,1,b\nd,2,\ne,2,\n",
    params: { twins: "last" },
  });
  const kinds = printed.split("\n").filter((line) => line.startsWith("#Warning: ")).map((line) => line.slice(0, 30));
  assert(kinds[0]?.includes("created") === true && kinds[1]?.includes("changed") === true, printed);
});

const SITES = {
  ...modelOf({}),
  classes: {
    Site: { reconciliation_keys: ["name"], friendly_name: "{name} {code}", attributes: { name: TEXT, code: TEXT } },
    Node: {
      reconciliation_keys: ["name"],
      attributes: { name: { kind: "string", null: false }, site_id: key("Site"), backup_id: key("Site") },
    },
  },
};

Deno.test("a target that another one is in the way of takes no id from those below it", async () => {
  const printed = await assertSameInGroups({
    model: SITES,
    before: [],
    class: "Node",
    csv: "name,site_id->name,site_id->code\na,s1,c1\nb,s1,c2\nc,s2,c3\nd,s1,c1\ne,s2,c4\nf,s5,c5\n",
    params: { create_targets: "site_id", output: "json" },
  });
  assert(printed.includes('"class":"Site","id":3') && !printed.includes('"class":"Site","id":4'), printed);
});

Deno.test("a target that a row above creates by other columns takes no id from those below it", async () => {
  const printed = await assertSameInGroups({
    model: SITES,
    before: [],
    class: "Node",
    csv: "name,site_id->name,site_id->code,backup_id->code\na,s1,c1,\nb,,,c1\nc,,,c3\nd,s4,c4,c3\n",
    params: { create_targets: "site_id,backup_id", output: "json" },
  });
  assert(printed.includes('"class":"Site","id":3') && !printed.includes('"class":"Site","id":4'), printed);
});

Deno.test("targets that defaults of a map make get their ids in the order of their rows", async () => {
  const printed = await assertSameInGroups({
    model: SITES,
    before: [{ class: "Node", csv: "name\nold\n" }],
    class: "Node",
    csv: "name,site_id->name\nold,\na,\nb,s2\nc,\nd,s1\n",
    map: { defaults: { "site_id->name": "s9" } },
    params: { create_targets: "site_id", output: "json" },
  });
  assert(printed.includes('{"attribute":"site_id","class":"Site","id":3}'), printed);
});

const CODED = modelOf({ unique: [{ name: "code", attributes: ["code"], unless_empty: ["code"] }] });

Deno.test("what a trigger takes back of a row is not in the way of rows below it", async () => {
  const printed = await assertSameInGroups({
    model: CODED,
    before: [],
    sql: "CREATE TRIGGER t AFTER INSERT ON node WHEN NEW.name = 'tmp' BEGIN " +
      "UPDATE node SET code = '' WHERE id = NEW.id; END",
    class: "Node",
    csv: "name,code\ntmp,1\nb,1\n",
  });
  assert(printed.includes("#Created: 2"), printed);
});

/** What others have added, and may refuse a row. */
const REFUSALS = {
  "a trigger": "CREATE TRIGGER t BEFORE INSERT ON node WHEN NEW.name = 'x' BEGIN SELECT raise(ABORT, 'no'); END",
  "a unique index": "CREATE UNIQUE INDEX mine ON node ((CASE WHEN name IN ('x', 'old') THEN 1 END))",
  "a column with a check": "ALTER TABLE node ADD COLUMN mine TEXT GENERATED ALWAYS AS (name) CHECK (mine <> 'x')",
};

for (const [what, sql] of Object.entries(REFUSALS)) {
  Deno.test(`rows that are like one which ${what} refuses come before those below them`, async () => {
    const file = { model: CODED, before: [{ class: "Node", csv: "name\nold\n" }], sql, class: "Node" };
    const params = { twins: "last", output: "diff" };
    await assertSameInGroups({ ...file, params, csv: "name,code\nx,2\nc,2\nc,3\n" });
    await assertSameInGroups({ ...file, params, csv: "name,code\nx,2\nx,2\nd,1\n" });
    await assertSameInGroups({ ...file, params, csv: "name,code\nx,2\nx,2\nc,2\nd,2\n" });
  });
}

Deno.test("of what the database refuses and of rows below it the first line is told", async () => {
  const printed = await assertSameInGroups({
    model: CODED,
    before: [{ class: "Node", csv: "name,code\na,1\n", params: { source: "hr" } }],
    sql: "CREATE TRIGGER t BEFORE INSERT ON node WHEN NEW.name = 'b' BEGIN SELECT raise(ABORT, 'no'); END",
    class: "Node",
    csv: "name,code,site_id->name\na,1,\nb,2,\nc,3,x\n",
    params: { source: "hr", gone: "report" },
  });
  assert(printed.includes("line 3"), printed);
});

Deno.test("a target that a default may make gets no id before one of a row above", async () => {
  await assertSameInGroups({
    model: SITES,
    before: [{ class: "Site", csv: "name\ns0\n" }],
    class: "Node",
    csv: "name,site_id->name,backup_id->name\na,,\nb,s0,sB\n",
    map: { defaults: { "site_id->name": "sA", "backup_id->name": "sB" } },
    params: { create_targets: "site_id,backup_id", output: "json" },
  });
});
