/**
 * The rules of the house that a linter can check, as a plugin of `deno lint`: which room may import which, what only one room may
 * touch, and how long files and functions may be. `check_rooms.ts` and `check_size.ts` run them.
 */
import { dirname, isAbsolute, join, relative } from "node:path";
import { ROOMS } from "./rooms.ts";

/** The packages beyond the standard library, and the room that each is for. */
const PACKAGES: ReadonlyMap<string, string> = new Map([
  ["ajv/2020", "tests/report/"],
  ["leven", "lib/nearest_name.ts"],
  ["streamsearch", "lib/server/"],
  ["terser", "scripts/"],
  ["llhttp-wasm", "lib/http/"],
  ["pg/client", "lib/databases/postgres/connection.ts"],
]);

/** The doors to databases, and the rooms that may come through them; everybody else is handed a `Store`. */
const DOOR = /^lib\/databases\/[^/]+$/;
const ROOMS_WITH_DOOR: readonly string[] = ["lib/commands/", "lib/jobs/", "lib/server/"];

/** What statements of SQL begin with, or cannot do without. */
const SQL = new RegExp(
  "\\b(?:" + [
    "SELECT\\s[^]*\\sFROM\\s",
    "SELECT\\s+(?:\\d|\\w+\\()",
    "INSERT\\s+(?:OR\\s+\\w+\\s+)?INTO\\s",
    "REPLACE\\s+INTO\\s",
    "UPDATE\\s[^]*\\sSET\\s",
    "DELETE\\s+FROM\\s",
    "(?:CREATE|DROP|ALTER)\\s+(?:TEMP\\s+|TEMPORARY\\s+|UNIQUE\\s+)?(?:TABLE|INDEX|VIEW|TRIGGER)\\s",
    "PRAGMA\\s+\\w",
    "(?:RELEASE|ROLLBACK\\s+TO)\\s+\\w",
  ].join("|") + ")|^\\s*(?:BEGIN|COMMIT|ROLLBACK|SAVEPOINT)\\b",
);

/** Rooms that may know the code of an attribute by heart; everybody else imports it from the model. */
const ROOMS_OF_CODES: readonly string[] = ["lib/model/", "lib/messages/"];
const FINAL_CLASS = "final" + "class";

/** Lines. */
export const LONGEST_FILE = 250;
export const LONGEST_FUNCTION = 60;

type Context = Deno.lint.RuleContext;
type Visitor = Deno.lint.LintVisitor;

const plugin: Deno.lint.Plugin = {
  name: "house",
  rules: {
    "room-order": { create: importVisitor(checkOrder) },
    "room-import": { create: importVisitor(checkSpecifier) },
    "room-door": { create: importVisitor(checkDoor) },
    "room-sql": { create: (context) => textVisitor(context, checkSql) },
    "room-code": { create: (context) => textVisitor(context, checkCode) },
    "room-exit": { create: (context) => memberVisitor(context, "Deno", "exit", "main.ts") },
    "room-console": { create: (context) => memberVisitor(context, "console", null, "scripts/") },
    "size-file": { create: fileSize },
    "size-function": { create: functionSize },
  },
};

export default plugin;

/** An import or export from another module. */
interface Import {
  readonly node: Deno.lint.Node;
  readonly specifier: string;
  readonly isTypeOnly: boolean;
}

function importVisitor(check: (context: Context, found: Import) => void): (context: Context) => Visitor {
  return (context) => {
    const visit = (node: Deno.lint.Node, source: Deno.lint.Node | null, isTypeOnly: boolean) => {
      if (source?.type !== "Literal" || typeof source.value !== "string") return;
      check(context, { node, specifier: source.value, isTypeOnly });
    };
    return {
      ImportDeclaration: (node) => visit(node, node.source, node.importKind === "type"),
      ExportNamedDeclaration: (node) => visit(node, node.source, node.exportKind === "type"),
      ExportAllDeclaration: (node) => visit(node, node.source, node.exportKind === "type"),
      ImportExpression: (node) => visit(node, node.source, false),
    };
  };
}

/** Types of later rooms are free for the sentences, which are told kinds and facts of everything. */
function checkOrder(context: Context, { node, specifier, isTypeOnly }: Import): void {
  if (!specifier.startsWith(".")) return;
  const file = projectPath(context.filename);
  const from = roomOf(file);
  if (from < 0 || (isTypeOnly && file.startsWith("lib/messages/"))) return;
  const target = join(dirname(file), specifier).replaceAll("\\", "/");
  const to = roomOf(target);
  if (to > from) report(context, node, `${ROOMS[from]} may not import from ${ROOMS[to]}, which comes after it`);
  else if (to < 0 && !target.endsWith(".json")) {
    report(context, node, `${target} is in no room of scripts/rooms.ts`);
  }
}

function checkSpecifier(context: Context, { node, specifier }: Import): void {
  const file = projectPath(context.filename);
  if (specifier === "node:sqlite" && file.startsWith("lib/") && !file.startsWith("lib/databases/")) {
    report(context, node, "only lib/databases/ may use node:sqlite");
  }
  const onlyRoom = PACKAGES.get(specifier);
  if (onlyRoom !== undefined) {
    if (!file.startsWith(onlyRoom)) report(context, node, `only ${onlyRoom} may use ${specifier}`);
  } else if (!/^(\.|@std\/|node:)/.test(specifier)) {
    report(context, node, `'${specifier}' is no relative path, @std/ or node: name`);
  }
}

/** Types count: whoever knows them knows the database. */
function checkDoor(context: Context, { node, specifier }: Import): void {
  const file = projectPath(context.filename);
  if (!specifier.startsWith(".") || !file.startsWith("lib/") || file.startsWith("lib/databases/")) return;
  const target = join(dirname(file), specifier).replaceAll("\\", "/");
  if (!target.startsWith("lib/databases/")) return;
  if (!DOOR.test(target)) {
    report(context, node, `only lib/databases/ may import ${target}: the doors stand beside its folders`);
  } else if (!ROOMS_WITH_DOOR.some((room) => file.startsWith(room))) {
    report(context, node, `only ${ROOMS_WITH_DOOR.join(", ")} may import ${target}: others are handed a Store`);
  }
}

/** What stands for the expressions of a template. */
const HOLE = "a";

/** Visits every text of a file, in quotes and in templates. */
function textVisitor(
  context: Context,
  check: (context: Context, node: Deno.lint.Node, text: string) => void,
): Visitor {
  return {
    Literal(node) {
      if (typeof node.value === "string") check(context, node, node.value);
    },
    TemplateLiteral(node) {
      check(context, node, node.quasis.map(({ cooked }) => cooked).join(HOLE));
    },
  };
}

function checkSql(context: Context, node: Deno.lint.Node, text: string): void {
  const file = projectPath(context.filename);
  if (!file.startsWith("lib/")) return;
  if (!file.startsWith("lib/databases/")) {
    if (SQL.test(text)) report(context, node, "only lib/databases/ may know SQL");
  } else if (/\?[1-9]/.test(text)) {
    report(
      context,
      node,
      "node:sqlite of Deno 2.4 binds no numbered parameters: '?' alone, and the value as often as it stands",
    );
  }
}

function checkCode(context: Context, node: Deno.lint.Node, text: string): void {
  const file = projectPath(context.filename);
  if (!file.startsWith("lib/") || ROOMS_OF_CODES.some((room) => file.startsWith(room))) return;
  if (text === FINAL_CLASS) {
    report(context, node, `only ${ROOMS_OF_CODES.join(" and ")} may spell '${FINAL_CLASS}' out`);
  }
}

function memberVisitor(context: Context, object: string, property: string | null, allowed: string): Visitor {
  if (projectPath(context.filename).startsWith(allowed)) return {};
  return {
    MemberExpression(node) {
      if (node.object.type !== "Identifier" || node.object.name !== object) return;
      if (property !== null && !(node.property.type === "Identifier" && node.property.name === property)) return;
      report(context, node, `only ${allowed} may use ${object}${property === null ? "" : `.${property}`}`);
    },
  };
}

function fileSize(context: Context): Visitor {
  return {
    Program(node) {
      const lines = context.sourceCode.text.replace(/\n$/, "").split("\n").length;
      if (lines > LONGEST_FILE) {
        report(context, node, `the file has ${lines} lines, at most ${LONGEST_FILE} are allowed`);
      }
    },
  };
}

function functionSize(context: Context): Visitor {
  const measure = (node: Deno.lint.Node) => {
    const [start, end] = node.range;
    const lines = context.sourceCode.text.slice(start, end).split("\n").length;
    if (lines > LONGEST_FUNCTION) {
      report(context, node, `the function has ${lines} lines, at most ${LONGEST_FUNCTION} are allowed`);
    }
  };
  return { FunctionDeclaration: measure, FunctionExpression: measure, ArrowFunctionExpression: measure };
}

function report(context: Context, node: Deno.lint.Node, message: string): void {
  context.report({ node, message });
}

function roomOf(path: string): number {
  return ROOMS.findIndex((room) => room.endsWith("/") ? path.startsWith(room) : path === room);
}

/** The linter runs in the project's folder. */
function projectPath(file: string): string {
  const path = isAbsolute(file) ? relative(Deno.cwd(), file) : file;
  return path.replaceAll("\\", "/");
}
