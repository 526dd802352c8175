import { assert, assertEquals } from "@std/assert";
import { parameterProblem } from "../../lib/messages/parameters.ts";
import { usageStop } from "../../lib/parameters/reading/check_parameters.ts";
import { PARAMETERS } from "../../lib/parameters/list/definitions.ts";
import { checkImport } from "../../lib/parameters/settings/import_settings.ts";
import {
  faultyField,
  forbiddenField,
  mergePosted,
  type PostedField,
} from "../../lib/parameters/reading/posted_parameters.ts";

function fields(text: string): PostedField[] {
  return [...new URLSearchParams(text)].map(([name, value]) => ({ name, value }));
}

const WHOLE = "auth_user=a&auth_pwd=b&class=Person&csvdata=";

Deno.test("posted fields are the parameters of an import; of a repeated one the last value of the first level counts", async () => {
  const merged = mergePosted([
    fields("class=Team&class=Person&auth-user=a&auth_pwd=b&csvdata=&separator=;"),
    fields("class=Server&comment=c&result=json"),
  ]);
  const checked = await checkImport(merged, "csvdata");
  assert(checked.ok);
  const { class: modelClass, login, comment, output, dialect } = checked.settings;
  assertEquals([modelClass, login, comment, output, dialect.separator], ["Person", "a", "c", "json", ";"]);
});

Deno.test("what names a path, the database or a part of the server is forbidden whatever its value; the rest is not", () => {
  const forbidden = PARAMETERS.map(({ name }) => name).filter((name) => forbiddenField(name) !== null);
  const allowed = PARAMETERS.map(({ name }) => name).filter((name) => forbiddenField(name) === null);
  assertEquals(allowed, [
    "auth_user",
    "auth_pwd",
    "csvdata",
    "class",
    "charset",
    "date_format",
    "separator",
    "qualifier",
    "decimal_sign",
    "grouping_sign",
    "null_words",
    "empty_cells",
    "mapdata",
    "skip_lines",
    "comment_sign",
    "footer_lines",
    "header",
    "short_rows",
    "escape_sign",
    "ignore_columns",
    "output",
    "safe_csv",
    "reconciliationkeys",
    "second_pass",
    "twins",
    "on_missing",
    "on_found",
    "create_targets",
    "links",
    "simulate",
    "max_errors",
    "max_changes",
    "source",
    "gone",
    "gone_set",
    "gone_after",
    "gone_limit",
    "once",
    "comment",
    "no_localize",
  ]);
  for (
    const name of ["param_file", "csvfile", "auth_pwd_file", "db", "busy_timeout", "socket", "import", "admin_pwd"]
  ) {
    assert(forbidden.some((one) => one === name), name);
  }
  assert(forbiddenField("param-file") !== null);
  assertEquals(forbiddenField("surname"), null);
});

async function messages(text: string): Promise<string[]> {
  const checked = await checkImport(mergePosted([fields(text)]), "csvdata");
  return checked.ok ? [] : checked.problems.map((problem) => parameterProblem(problem).text);
}

Deno.test("wrong fields are told together, without the hyphens of a command line", async () => {
  assertEquals(await messages(`${WHOLE}&clas=Person&csvfile=/etc/passwd&simulate=perhaps`), [
    "#Unknown parameter: 'clas'. Did you mean 'class'?",
    "#Parameter csvfile may not be given over HTTP",
    "#Wrong simulate 'perhaps': expected 1 or 0, yes or no, true or false, on or off",
  ]);
});

Deno.test("who posts too little is told what may be posted, and of no file", async () => {
  const checked = await checkImport(mergePosted([fields("class=Person")]), "csvdata");
  assert(!checked.ok);
  const stop = usageStop(checked.problems, "import", "http");
  assertEquals(stop.messages, [
    { text: "ERROR: Missing argument 'auth_user'" },
    { text: "ERROR: Missing argument 'auth_pwd'" },
    { text: "ERROR: Missing argument 'csvdata'" },
  ]);
  assert(stop.usage?.includes("\nauth_pwd = password, mandatory\n"));
  assert(stop.usage?.includes("\ncsvdata = "));
  assert(!/csvfile =|param_file =|auth_pwd_file/.test(stop.usage ?? ""));
});

Deno.test("a value that is too long, or holds NUL, is refused whatever it means, and never repeated", async () => {
  for (const name of ["auth_user", "auth_pwd", "class", "comment", "charset", "date_format", "reconciliationkeys"]) {
    assertEquals(await messages(`${WHOLE}&${name}=a%00b`), [
      `#Wrong ${name}: it holds the character NUL (U+0000), which no value may`,
    ]);
    const most = name === "auth_user" ? 255 : name === "auth_pwd" ? 1024 : 4096;
    assertEquals(await messages(`${WHOLE}&${name}=${"x".repeat(most + 1)}`), [
      `#Wrong ${name}: it has ${most + 1} characters, expected at most ${most}`,
    ]);
  }
  assertEquals(await messages(`${WHOLE}&comment=${"x".repeat(4096)}`), []);
});

Deno.test("a field is looked at for its length alone, before it means anything", () => {
  const field = (name: string, length: number) => faultyField({ name, value: "x".repeat(length) })?.kind ?? null;
  assertEquals([field("auth-user", 255), field("auth-user", 256)], [null, "wrong_value"]);
  assertEquals([field("csvdata", 100_000), field("surname", 100_000)], [null, null]);
});
