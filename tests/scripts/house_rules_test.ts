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
  const message = "room-order: lib/csv/ may not import from lib/databases/, which comes after it";
  for (
    const source of [
      'import { a } from "../databases/database.ts";',
      'import type { A } from "../databases/database.ts";',
      'import { type A } from "../databases/database.ts";',
      'export { a } from "../databases/database.ts";',
      'export * from "../databases/database.ts";',
      'const a = await import("../databases/database.ts");',
      'import "../databases/database.ts";',
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
    "room-order: lib/utils/a.ts is in no room of scripts/house_rules.ts",
  ]);
});

Deno.test("only the store may use SQLite, and nothing comes from elsewhere", () => {
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
