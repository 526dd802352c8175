/** Every path that the program is given is relative to the working folder of its world, and messages show it as it was typed. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { CollectedText } from "../lib/collected_text.ts";
import { PARAMETERS } from "../lib/parameters/list/definitions.ts";
import { runProgram } from "../lib/program.ts";
import { pathFrom } from "../lib/working_folder.ts";
import { assertExit, PASSWORD_COST, type Scratch, withScratch } from "./helpers/scratch.ts";
import { isInstalled } from "./helpers/shell.ts";
import { makeCertificate } from "./http/openssl_and_curl.ts";
import { send } from "./server/http_client.ts";
import { formPost, requestBytes } from "./server/post.ts";

const MODEL = {
  name: "shelf",
  classes: { Book: { reconciliation_keys: ["name"], attributes: { name: { kind: "string", null: false } } } },
  profiles: [{ id: 1, name: "Administrator", administrator: true }],
};
const FILES = {
  "model.json": JSON.stringify(MODEL),
  "first_password": "Sh3lf-Passw0rd\n",
  "books.csv": "name\nEmma\n",
  "books.params": "auth_pwd_file = first_password\ndb = shelf.db\n",
  "job/nightly.job": "db = ../shelf.db\nimport = imports\nauth_user = ann\nauth_pwd_file = ../first_password\n",
  "job/imports/more.params": "class = Book\ncsvfile = more.csv\n",
  "books.map.json": '{ "columns": { "Title": "name" } }\n',
  "titles.csv": "Title\nEmma\n",
  "more.csv": "name\nIvanhoe\n",
};
/** With which parameters the tests below are about paths. */
const TESTED = new Set<string>();

function withFiles(use: (scratch: Scratch) => Promise<void>): Promise<void> {
  return withScratch(async (scratch) => {
    Deno.mkdirSync(scratch.path("in/job/imports"), { recursive: true });
    for (const [name, content] of Object.entries(FILES)) scratch.write(`in/${name}`, content);
    await use(scratch);
    const elsewhere = namesIn(Deno.cwd());
    const made = namesIn(scratch.path("in"));
    assertEquals(made.filter((name) => elsewhere.includes(name)), [], "files in the working folder of the process");
  });
}

/** Runs the program below the scratch folder, and notes which parameters with paths it was given. */
async function run(scratch: Scratch, args: readonly string[], exitCode = 0): Promise<string> {
  for (const name of args) TESTED.add(/^--(\w+)=/.exec(name)?.[1] ?? "");
  const ended = await scratch.run(args, { folder: scratch.path("in") });
  assertExit(ended, exitCode);
  return ended.stdout + ended.stderr;
}

async function init(scratch: Scratch): Promise<void> {
  const password = "--admin_pwd_file=first_password";
  await run(scratch, ["init", "--db=shelf.db", "--model=model.json", "--admin_user=ann", password]);
}

function namesIn(folder: string): string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
}

Deno.test("a path is relative to the working folder unless it is absolute, or no path", () => {
  assertEquals(pathFrom({ workingFolder: "/w" }, "a/b"), "/w/a/b");
  assertEquals(pathFrom({ workingFolder: "/w" }, "../a"), "/w/../a");
  assertEquals(pathFrom({ workingFolder: "/w" }, "/a"), "/a");
  assertEquals(pathFrom({ workingFolder: "/w" }, ""), "");
  assertEquals(pathFrom({}, "a/b"), "a/b");
});

Deno.test("init, model and import find all their files in the working folder", () =>
  withFiles(async (scratch) => {
    assertStringIncludes(await run(scratch, ["model", "check", "model.json"]), "model.json");
    await init(scratch);
    assertStringIncludes(await run(scratch, ["model", "--db=shelf.db"]), "Book");
    const login = ["--auth_user=ann", "--class=Book"];
    const report = await run(scratch, [
      "--csvfile=books.csv",
      "--param_file=books.params",
      "--backup=before.db",
      ...login,
    ]);
    assert(namesIn(scratch.path("in")).includes("before.db"));
    assertStringIncludes(report, "#Created: 1\n");
    Deno.mkdirSync(scratch.path("in/bad"));
    const rejecting = ["--csvfile=books.csv", "--param_file=books.params", ...login, "--separator=m", "--rejects=bad/"];
    assertStringIncludes(await run(scratch, rejecting, 64), "Unknown column");
    scratch.write("in/wrong.csv", "name\na,b\n");
    const wrongRows = ["--csvfile=wrong.csv", "--param_file=books.params", ...login, "--rejects=bad/"];
    assertStringIncludes(await run(scratch, wrongRows, 1), "#Rejects: bad/books.rejects.csv\n");
    assertEquals(namesIn(scratch.path("in/bad")), ["books.rejects.csv"]);
    assertStringIncludes(await run(scratch, [...wrongRows, "--report=bad/page.html"], 1), "#Issues: 1\n");
    assertEquals(namesIn(scratch.path("in/bad")).sort(), ["books.rejects.csv", "page.html"]);
    const mapped = ["--csvfile=titles.csv", "--param_file=books.params", ...login, "--map=books.map.json"];
    assertStringIncludes(await run(scratch, mapped), "#Unchanged: 1\n");
    const wrong = ["--db=shelf.db", "--csvfile=books.csv", "--auth_pwd_file=first_password", "--auth_user=ann"];
    const told = await run(scratch, [...wrong, "--class=Boot", "--output=nothing"], 64);
    assertStringIncludes(told, "Book", "the class was not looked up");
  }));

Deno.test("check finds its file, its database and its param files in the working folder, and writes there", () =>
  withFiles(async (scratch) => {
    await init(scratch);
    const told = await run(scratch, ["check", "books.csv", "--db=shelf.db", "--class=Book", "--write=new.params"]);
    assertStringIncludes(told, "'new.params'");
    assert(namesIn(scratch.path("in")).includes("new.params"));
    assertStringIncludes(await run(scratch, ["check", "--param_file=new.params"]), "books.csv: CSV, 1 row");
    assertStringIncludes(await run(scratch, ["check", "none.csv"], 66), "'none.csv'");
  }));

Deno.test("an export makes its files in the working folder", () =>
  withFiles(async (scratch) => {
    await init(scratch);
    const login = ["--auth_user=ann", "--class=Book", "--auth_pwd_file=first_password", "--db=shelf.db"];
    await run(scratch, ["--csvfile=books.csv", ...login]);
    await run(scratch, ["export", "--file=out.csv", "--write=out.params", ...login]);
    const told = await run(scratch, ["--param_file=out.params", "--auth_pwd_file=first_password"]);
    assertStringIncludes(told, "#Unchanged: 1\n");
    assertStringIncludes(await run(scratch, ["export", "--file=no/out.csv", ...login], 74), "'no/out.csv'");
  }));

Deno.test("passwd finds the database and the new password in the working folder", () =>
  withFiles(async (scratch) => {
    await init(scratch);
    scratch.write("in/new.pwd", "0ther-Passw0rd\n");
    await run(scratch, ["passwd", "--db=shelf.db", "--user=ann", "--new_pwd_file=new.pwd"]);
  }));

Deno.test("copy finds and makes databases in the working folder", () =>
  withFiles(async (scratch) => {
    await init(scratch);
    const told = await run(scratch, ["copy", "--from=shelf.db", "--to=copy.db"]);
    assertStringIncludes(told, "Copied shelf.db to copy.db\n");
    assertStringIncludes(await run(scratch, ["copy", "--from=no.db", "--to=new.db"], 78), "'no.db'");
    assertStringIncludes(await run(scratch, ["copy", "--from=shelf.db", "--to=copy.db"], 73), "'copy.db'");
  }));

Deno.test("a job finds its files, its databases and their locks in the working folder", () =>
  withFiles(async (scratch) => {
    await init(scratch);
    TESTED.add("import");
    assertStringIncludes(await run(scratch, ["run", "job/nightly.job"]), "job/imports/more.params");
    assert(namesIn(scratch.path("in")).includes("shelf.db.nightly.lock"));
    Deno.removeSync(scratch.path("in/job/imports/more.params"));
    assertStringIncludes(await run(scratch, ["run", "job/nightly.job"], 66), "job/imports");
  }));

Deno.test("what is not there is told as it was typed", () =>
  withFiles(async (scratch) => {
    const login = ["--auth_user=ann", "--class=Book", "--auth_pwd=Sh3lf-Passw0rd"];
    await init(scratch);
    for (
      const [args, exitCode, path] of [
        [["--db=no.db", "--csvfile=books.csv", ...login], 78, "no.db"],
        [["--db=shelf.db", "--csvfile=no.csv", ...login], 66, "no.csv"],
        [["--param_file=no.params", ...login], 66, "no.params"],
        [["model", "--db=no.db"], 78, "no.db"],
        [["run", "no.job"], 66, "no.job"],
        [["init", "--db=shelf.db", "--admin_user=ann", "--admin_pwd=Sh3lf-Passw0rd"], 73, "shelf.db"],
      ] as const
    ) {
      const told = await run(scratch, args, exitCode);
      assertStringIncludes(told, path);
      assert(!told.includes(scratch.folder), told);
    }
  }));

/** Runs a server below the scratch folder until `use` has ended. */
async function serving(scratch: Scratch, parameters: readonly string[], use: () => Promise<void>): Promise<string> {
  for (const name of parameters) TESTED.add(/^--(\w+)=/.exec(name)?.[1] ?? "");
  const [stdout, stderr] = [new CollectedText(), new CollectedText()];
  const end = new AbortController();
  let exitCode: number | null = null;
  const running = runProgram(["serve", "--db=shelf.db", ...parameters], {
    workingFolder: scratch.path("in"),
    stdin: new Blob([]).stream(),
    stdout,
    stderr,
    env: () => undefined,
    now: () => new Date(),
    interruption: end.signal,
    giveUpNetwork: () => {},
    passwordCost: PASSWORD_COST,
  });
  running.then((code) => exitCode = code);
  while (!stderr.text.includes("listens at") && exitCode === null) await new Promise((done) => setTimeout(done, 1));
  try {
    if (exitCode === null) await use();
  } finally {
    end.abort(new Error("the test is over"));
    assertEquals(await running, 0, stderr.text);
  }
  return stderr.text;
}

Deno.test("a server finds its database, socket and log in the working folder, and so does its import thread", () =>
  withFiles(async (scratch) => {
    await init(scratch);
    const socket = scratch.path("in/s");
    const told = await serving(scratch, ["--socket=s", "--access_log=a.log"], async () => {
      const fields = { class: "Book", auth_user: "ann", auth_pwd: "Sh3lf-Passw0rd" };
      const answer = await send({ transport: "unix", path: socket }, requestBytes(formPost(fields, "name\nEmma\n")));
      assertStringIncludes(answer.text, "#Created: 1\n");
    });
    assertStringIncludes(told, "listens at s, ");
    assertEquals(Deno.readTextFileSync(scratch.path("in/a.log")).trim().split("\n").length, 1);
    assert(!namesIn(scratch.path("in")).includes("s"), "the socket is still there");
  }));

Deno.test({
  name: "a server finds its certificate in the working folder",
  ignore: !isInstalled("openssl"),
  fn: () =>
    withFiles(async (scratch) => {
      await init(scratch);
      const { certificate, key } = await makeCertificate("one");
      scratch.write("in/cert.pem", certificate);
      scratch.write("in/key.pem", key);
      const parameters = ["--port=0", "--tls_cert=cert.pem", "--tls_key=key.pem"];
      assertStringIncludes(await serving(scratch, parameters, () => Promise.resolve()), "https://");
    }),
});

Deno.test("all parameters that name files were tested", () => {
  if (isInstalled("openssl")) {
    const names = PARAMETERS.filter(({ valueName }) => ["FILE", "FILES", "PATH"].includes(valueName));
    assertEquals(names.map(({ name }) => name).filter((name) => !TESTED.has(name)), []);
  }
});
