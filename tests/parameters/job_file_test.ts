import { assertEquals } from "@std/assert";
import { parameterProblem } from "../../lib/messages/parameters.ts";
import { parseJobFile } from "../../lib/parameters/reading/job_file.ts";

function parse(text: string, file = "jobs/nightly.job") {
  const { values, imports, problems } = parseJobFile(new TextEncoder().encode(text), file);
  return {
    values: Object.fromEntries([...values].map(([name, { text }]) => [name, text])),
    imports: imports.map(({ text }) => text),
    problems: problems.map((problem) => parameterProblem(problem).text),
  };
}

Deno.test("a job file has the grammar of param files, and as many imports as it has such lines, in their order", () => {
  const text = [
    "# every night",
    "name = nightly   # comment",
    "import = b.params",
    'import = "a # b.params"',
    "",
    "import = b.params",
    "on-failure = continue",
    'comment = "  as it stands "',
  ];
  assertEquals(parse(text.join("\r\n")), {
    values: { name: "nightly", on_failure: "continue", comment: "  as it stands " },
    imports: ["jobs/b.params", "jobs/a # b.params", "jobs/b.params"],
    problems: [],
  });
});

Deno.test("paths of a job file are relative to its folder, other values are taken as they are", () => {
  const text =
    "import = ../p.params\nimport = /abs/p.params\ndb = ../cmdb.db\nauth_pwd_file = pwd\ncsvfile = a/../b.csv\n" +
    "class = Person\nauth_pwd = pwd\nseparator = /\n";
  assertEquals(parse(text), {
    values: {
      db: "cmdb.db",
      auth_pwd_file: "jobs/pwd",
      csvfile: "jobs/b.csv",
      class: "Person",
      auth_pwd: "pwd",
      separator: "/",
    },
    imports: ["p.params", "/abs/p.params"],
    problems: [],
  });
  assertEquals(parse("csvfile = -\ndb = /abs.db", "/srv/a.job").values, { csvfile: "-", db: "/abs.db" });
  for (const db of ["postgres://anna@db.example.com/assets?sslmode=require", "postgresql:///assets"]) {
    assertEquals(parse(`db = ${db}`, "/srv/a.job").values, { db });
  }
  assertEquals(parse("import = p.params\ndb = cmdb.db", "a.job"), {
    values: { db: "cmdb.db" },
    imports: ["p.params"],
    problems: [],
  });
});

Deno.test("every mistake of a job file is found, with its line", () => {
  const text =
    'improt = a\nparam_file = a\ncsvdata = x\nadmin_user = a\nadmin_pwd = m\nnonsense\nname = "a" b\nimport = good.params\n';
  assertEquals(parse(text), {
    values: {},
    imports: ["jobs/good.params"],
    problems: [
      "#Unknown parameter in 'jobs/nightly.job', line 1: 'improt'. Did you mean 'import'?",
      "#Parameter param_file in 'jobs/nightly.job', line 2 may not stand in a job file",
      "#Parameter csvdata in 'jobs/nightly.job', line 3 may not stand in a job file",
      "#Parameter admin_user in 'jobs/nightly.job', line 4 may not stand in a job file",
      "#Parameter admin_pwd in 'jobs/nightly.job', line 5 may not stand in a job file",
      "#Wrong line in 'jobs/nightly.job', line 6: expected name = value",
      "#Wrong value in 'jobs/nightly.job', line 7: a value that begins with a double quote ends with one",
    ],
  });
});
