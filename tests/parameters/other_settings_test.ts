import { assertEquals, assertRejects } from "@std/assert";
import { UsageStop } from "../../lib/parameters/reading/check_parameters.ts";
import { type InitSettings, initSettings } from "../../lib/parameters/settings/init_settings.ts";
import { type MergedParameters, mergeParameters } from "../../lib/parameters/reading/merge_parameters.ts";
import { type ModelSettings, modelSettings } from "../../lib/parameters/settings/model_settings.ts";
import { parseArguments } from "../../lib/parameters/reading/parse_arguments.ts";
import { withFiles } from "./scratch_folder.ts";

function merge(...args: string[]): Promise<MergedParameters> {
  return mergeParameters(parseArguments(args), { env: () => undefined });
}

async function initOf(...args: string[]): Promise<InitSettings> {
  return await initSettings(await merge("init", ...args));
}

async function modelOf(...args: string[]): Promise<ModelSettings> {
  return await modelSettings(await merge("model", ...args));
}

async function modelTexts(...args: string[]): Promise<readonly string[]> {
  const merged = await merge("model", ...args);
  return (await assertRejects(() => modelSettings(merged), UsageStop)).messages.map(({ text }) => text);
}

Deno.test("init: the built-in model unless a file is named", async () => {
  assertEquals(await initOf("--admin_user=admin", "--admin_pwd=pwd"), {
    database: "csvrecon.db",
    adminLogin: "admin",
    adminPassword: "pwd",
    model: { kind: "built_in", name: "itop" },
  });
  const own = await initOf("--db=b.db", "--model=books.json", "--admin_user=a", "--admin_pwd=b");
  assertEquals([own.database, own.model], ["b.db", { kind: "file", file: "books.json" }]);
});

Deno.test("init: the password may come from a file", async () => {
  await withFiles({ pwd: "from file\n" }, async (folder) => {
    const settings = await initOf("--admin_user=admin", `--admin_pwd_file=${folder}/pwd`);
    assertEquals(settings.adminPassword, "from file");
  });
});

Deno.test("init: missing parameters, then its own usage", async () => {
  const stop = await assertRejects(() => initOf(), UsageStop);
  assertEquals(stop.message, "ERROR: Missing argument 'admin_user'\nERROR: Missing argument 'admin_pwd'");
  assertEquals(stop.messages[1]?.hint, "admin_pwd_file may be given in its place");
  assertEquals(stop.usage?.split("\n").slice(3).map((line) => line.split(" ")[0]), [
    "db",
    "model",
    "admin_user",
    "admin_pwd",
    "admin_pwd_file",
  ]);
});

Deno.test("init: empty values cannot make an administrator, a database or a model", async () => {
  const stop = await assertRejects(() => initOf("--admin_user=", "--admin_pwd=", "--db=", "--model="), UsageStop);
  assertEquals([stop.exitCode, stop.messages.map(({ text }) => text)], [64, [
    "#Parameter admin_user is empty",
    "#Parameter admin_pwd is empty",
    "#Parameter db is empty",
    "#Parameter model is empty",
  ]]);
});

Deno.test("model: show is the default action", async () => {
  const foreign = { overlay: null, changeLog: "none", foreignKeys: true } as const;
  const shown: ModelSettings = { action: "show", database: "csvrecon.db", foreign, class: null, language: null };
  assertEquals(await modelOf(), shown);
  assertEquals(await modelOf("show"), shown);
  assertEquals(await modelOf("show", "--db=x", "--class=Person", "--language=FR FR"), {
    action: "show",
    database: "x",
    foreign,
    class: "Person",
    language: "FR FR",
  });
});

Deno.test("model show: an overlay is read", async () => {
  await withFiles({ "o.jsonc": '{ "classes": {} }' }, async (folder) => {
    const path = `${folder}/o.jsonc`;
    const settings = await modelOf("show", `--model=${path}`);
    assertEquals(settings.action === "show" && settings.foreign.overlay, { path, text: '{ "classes": {} }' });
    assertEquals(await modelTexts("show", `--model=${folder}/none`), [
      `Error: Could not read the file of model: '${folder}/none'`,
    ]);
  });
});

Deno.test("model derive: a database and nothing else", async () => {
  assertEquals(await modelOf("derive", "--db=x.db"), { action: "derive", database: "x.db" });
  assertEquals(await modelTexts("derive", "x.db", "--class=A", "--model=o.jsonc"), [
    "#Unknown argument: 'x.db'",
    "#Parameter --class has no meaning for 'model derive'",
    "#Parameter --model has no meaning for 'model derive'",
  ]);
});

Deno.test("model check: a file, and at most a database", async () => {
  assertEquals(await modelOf("check", "m.json"), { action: "check", file: "m.json", database: null });
  assertEquals(await modelOf("check", "m.json", "--db=x.db"), { action: "check", file: "m.json", database: "x.db" });
  assertEquals(await modelTexts("check"), ["#The file to check is missing: csvrecon model check FILE"]);
  assertEquals(await modelTexts("check", "m.json", "--class=A", "--foo", "--db="), [
    "#Unknown parameter: '--foo'",
    "#Parameter db is empty",
    "#Parameter --class has no meaning for 'model check'",
  ]);
});

Deno.test("model: other words are refused", async () => {
  assertEquals(await modelTexts("chek", "m.json"), ["#Unknown argument: 'chek'. Did you mean 'check'?"]);
  assertEquals(await modelTexts("show", "Person"), ["#Unknown argument: 'Person'"]);
});

Deno.test("model check takes no notice of the environment's database", async () => {
  const merged = await mergeParameters(parseArguments(["model", "check", "m.json"]), { env: () => "env.db" });
  assertEquals(await modelSettings(merged), { action: "check", file: "m.json", database: null });
});

Deno.test("init: the first login is one line of at most 255 characters, wherever its password comes from", async () => {
  const texts = async (...args: string[]) => {
    const merged = await merge("init", ...args);
    return (await assertRejects(() => initSettings(merged), UsageStop)).messages.map(({ text }) => text);
  };
  for (const login of ["ad\nmin", "ad\u0085min", "ad\u2028min", "\u0007"]) {
    assertEquals(await texts(`--admin_user=${login}`, "--admin_pwd=pwd"), [
      "#Wrong admin_user: expected one line, without control characters",
    ]);
  }
  assertEquals(await texts(`--admin_user=${"a".repeat(256)}`, "--admin_pwd=pwd"), [
    "#Wrong admin_user: it has 256 characters, expected at most 255",
  ]);
  await withFiles({ pwd: "p".repeat(1025) }, async (folder) => {
    assertEquals(await texts("--admin_user=admin", `--admin_pwd_file=${folder}/pwd`), [
      "#Wrong admin_pwd_file: it has 1025 characters, expected at most 1024",
    ]);
  });
});
