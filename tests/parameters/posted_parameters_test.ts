import { assert, assertEquals } from "@std/assert";
import { parameterProblem } from "../../lib/messages/parameters.ts";
import { usageStop } from "../../lib/parameters/reading/check_parameters.ts";
import { PARAMETERS } from "../../lib/parameters/list/definitions.ts";
import { checkImport } from "../../lib/parameters/settings/import_settings.ts";
import { forbiddenField, mergePosted, type PostedField } from "../../lib/parameters/reading/posted_parameters.ts";

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
    "output",
    "safe_csv",
    "reconciliationkeys",
    "simulate",
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
