import { assertEquals } from "@std/assert";
import houseRules, { LONGEST_FILE, LONGEST_FUNCTION } from "../../scripts/house_rules.ts";
import { withTemporaryFolder } from "../helpers/temporary_folder.ts";

/** What the rules say of a file: rule and message. */
function violations(file: string, source: string): string[] {
  return Deno.lint.runPlugin(houseRules, file, source)
    .map(({ id, message }) => `${id.replace("house/", "")}: ${message}`);
}

function functionOf(lines: number, head: string): string {
  return `${head} {\n${"  work();\n".repeat(lines - 2)}}\n`;
}

Deno.test("a room may import from itself and from the rooms before it", () => {
  assertEquals(
    violations("lib/csv/reader.ts", 'import { a } from "./dialect.ts";\nimport { b } from "../errors.ts";\n'),
    [],
  );
  assertEquals(violations("lib/run/import.ts", 'export { a } from "../model/nearest/name.ts";\n'), []);
});

Deno.test("a room may not import from a room after it, neither values nor types", () => {
  const message = "room-order: lib/csv/ may not import from lib/users/, which comes after it";
  for (
    const source of [
      'import { a } from "../users/login.ts";',
      'import type { A } from "../users/login.ts";',
      'import { type A } from "../users/login.ts";',
      'export { a } from "../users/login.ts";',
      'export * from "../users/login.ts";',
      'const a = await import("../users/login.ts");',
      'import "../users/login.ts";',
    ]
  ) assertEquals(violations("lib/csv/reader.ts", source), [message], source);
});

Deno.test("sentences may import types of every room, but no values", () => {
  assertEquals(violations("lib/messages/rows.ts", 'import type { A } from "../reconcile/row_result.ts";'), []);
  assertEquals(violations("lib/messages/rows.ts", 'import { a } from "../reconcile/row_result.ts";'), [
    "room-order: lib/messages/ may not import from lib/reconcile/, which comes after it",
  ]);
});

Deno.test("a file in no room cannot be imported", () => {
  assertEquals(violations("lib/run/import.ts", 'import { a } from "../utils/a.ts";'), [
    "room-order: lib/utils/a.ts is in no room of scripts/rooms.ts",
  ]);
});

Deno.test("databases have doors, through which commands, jobs and the server come; others are handed a store", () => {
  const door = 'import { openOwnStore } from "../databases/open_store.ts";';
  for (const file of ["lib/commands/a.ts", "lib/jobs/a.ts", "lib/server/a.ts"]) {
    assertEquals(violations(file, door), []);
  }
  assertEquals(
    violations("lib/server/login/a.ts", 'const { openOwnStore } = await import("../../databases/open_store.ts");'),
    [],
  );
  assertEquals(violations("lib/databases/open_store.ts", 'import { a } from "./sqlite/database.ts";'), []);
  for (const file of ["lib/run/a.ts", "lib/users/a.ts", "lib/report/a.ts"]) {
    for (const source of [door, 'import type { OpenOptions } from "../databases/open_store.ts";']) {
      assertEquals(violations(file, source), [
        "room-door: only lib/commands/, lib/jobs/, lib/server/ may import lib/databases/open_store.ts: others are handed a Store",
      ]);
    }
  }
  for (const target of ["sqlite/database.ts", "sql/own_layout.ts"]) {
    for (
      const source of [
        `import { a } from "../databases/${target}";`,
        `export type { A } from "../databases/${target}";`,
      ]
    ) {
      assertEquals(violations("lib/jobs/a.ts", source), [
        `room-door: only lib/databases/ may import lib/databases/${target}: the doors stand beside its folders`,
      ]);
    }
  }
});

Deno.test("only lib/databases/ knows SQL: in quotes and in templates, whatever stands around it", () => {
  const statements = [
    '"SELECT name, seq FROM sqlite_sequence"',
    '"SELECT 1"',
    '"SELECT count(*)"',
    '"INSERT INTO a VALUES (1)"',
    '"INSERT OR IGNORE INTO a VALUES (1)"',
    '"REPLACE INTO a VALUES (1)"',
    '"UPDATE a SET b = 1"',
    '"DELETE FROM a"',
    '"CREATE UNIQUE INDEX a ON b (c)"',
    '"DROP TABLE a"',
    '"PRAGMA user_version"',
    '"BEGIN IMMEDIATE"',
    '"COMMIT"',
    '"ROLLBACK"',
    '"SAVEPOINT part"',
    '"RELEASE part"',
    "`  ROLLBACK TO ${part}; RELEASE ${part}`",
    "`INSERT INTO ${table} (a) VALUES (?)`",
    "`DELETE FROM ${table} WHERE a = ?`",
    "`UPDATE ${table} SET a = ?`",
    "`SELECT ${columns} FROM ${table}`",
  ];
  for (const statement of statements) {
    assertEquals(
      violations("lib/run/a.ts", `run(${statement});`),
      ["room-sql: only lib/databases/ may know SQL"],
      statement,
    );
    assertEquals(violations("lib/databases/sqlite/a.ts", `run(${statement});`), [], statement);
    assertEquals(violations("scripts/a.ts", `run(${statement});`), [], statement);
  }
  for (
    const words of ["Select one of them", "the COMMIT comes last", "BEGINS", "Updates are set", "UPDATE", "delete from"]
  ) {
    assertEquals(violations("lib/messages/a.ts", `// SELECT a FROM b\nconst text = "${words}";`), [], words);
  }
});

Deno.test("room-sql: parameters have no numbers, which Deno 2.4 cannot bind", () => {
  const numbered = '"SELECT a FROM b WHERE c = ?1 OR d = ?1"';
  assertEquals(violations("lib/databases/sql/a.ts", `run(${numbered});`), [
    "room-sql: node:sqlite of Deno 2.4 binds no numbered parameters: '?' alone, and the value as often as it stands",
  ]);
  assertEquals(violations("lib/databases/sql/a.ts", 'run("SELECT a FROM b WHERE c = ? OR d = ?");'), []);
});

Deno.test("the code of an object's class is the model's, and others import it", () => {
  const source = 'const code = "finalclass";';
  for (const file of ["lib/model/look_up.ts", "lib/messages/model.ts", "tests/a.ts"]) {
    assertEquals(violations(file, source), []);
  }
  for (const file of ["lib/reconcile/a.ts", "lib/databases/sql/own_layout.ts"]) {
    for (const text of [source, "const code = `finalclass`;"]) {
      assertEquals(violations(file, text), ["room-code: only lib/model/ and lib/messages/ may spell 'finalclass' out"]);
    }
  }
});

Deno.test("only the databases may use SQLite, and nothing comes from elsewhere", () => {
  assertEquals(violations("lib/databases/database.ts", 'import { DatabaseSync } from "node:sqlite";'), []);
  assertEquals(violations("lib/users/login.ts", 'import { DatabaseSync } from "node:sqlite";'), [
    "room-import: only lib/databases/ may use node:sqlite",
  ]);
  assertEquals(violations("lib/users/login.ts", 'import x from "npm:left-pad";'), [
    "room-import: 'npm:left-pad' is no relative path, @std/ or node: name",
  ]);
  assertEquals(violations("lib/server/form/a.ts", 'import S from "streamsearch";'), []);
  assertEquals(violations("lib/users/login.ts", 'import S from "streamsearch";'), [
    "room-import: only lib/server/ may use streamsearch",
  ]);
});

Deno.test("only main.ts may exit, and nothing of lib writes to the console", () => {
  assertEquals(violations("main.ts", "Deno.exit(1);"), []);
  assertEquals(violations("lib/program.ts", "Deno.exit(1);"), ["room-exit: only main.ts may use Deno.exit"]);
  assertEquals(violations("lib/program.ts", "console.error(1);"), ["room-console: only scripts/ may use console"]);
  assertEquals(violations("lib/program.ts", '// Deno.exit(1)\nconst text = "console.log(1)";'), []);
});

Deno.test("a function may have so many lines and not one more", () => {
  const heads = ["function f()", "const f = () =>", "class A { f()"];
  for (const head of heads) {
    const end = head.startsWith("class") ? "}" : "";
    assertEquals(violations("lib/csv/a.ts", functionOf(LONGEST_FUNCTION, head) + end), [], head);
    assertEquals(violations("lib/csv/a.ts", functionOf(LONGEST_FUNCTION + 1, head) + end), [
      `size-function: the function has ${LONGEST_FUNCTION + 1} lines, at most ${LONGEST_FUNCTION} are allowed`,
    ], head);
  }
});

Deno.test("a file may have so many lines and not one more", () => {
  assertEquals(violations("lib/csv/a.ts", "work();\n".repeat(LONGEST_FILE)), []);
  assertEquals(violations("lib/csv/a.ts", "work();\n".repeat(LONGEST_FILE + 1)), [
    `size-file: the file has ${LONGEST_FILE + 1} lines, at most ${LONGEST_FILE} are allowed`,
  ]);
});

async function runScript(name: string, folder: string): Promise<{ code: number; stderr: string }> {
  const command = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-lock",
      "--allow-read",
      "--allow-run",
      new URL(`../../scripts/${name}`, import.meta.url).href,
      folder,
    ],
  });
  const { code, stderr } = await command.output();
  return { code, stderr: new TextDecoder().decode(stderr) };
}

for (
  const [script, source, message] of [
    ["check_rooms.ts", '\nimport { a } from "../databases/a.ts";\n', "lib/csv/may not import from lib/databases/"],
    ["check_size.ts", "\n" + functionOf(LONGEST_FUNCTION + 1, "export function f()"), "the function has 61 lines"],
  ] as const
) {
  Deno.test(`${script} names file and line of what it finds, and fails`, () =>
    withTemporaryFolder(async (scratch) => {
      for (const folder of ["lib", "lib/csv", "scripts"]) Deno.mkdirSync(scratch.path(folder));
      for (const file of ["main.ts", "scripts/a.ts", "lib/csv/a.ts"]) scratch.write(file, "");
      assertEquals(await runScript(script, scratch.folder), { code: 0, stderr: "" });
      scratch.write("lib/csv/a.ts", source);
      const { code, stderr } = await runScript(script, scratch.folder);
      assertEquals(code, 1);
      assertEquals(stderr.startsWith("lib/csv/a.ts:2: "), true, stderr);
      assertEquals(stderr.includes(message.replace("lib/csv/may", "lib/csv/ may")), true, stderr);
    }));
}
