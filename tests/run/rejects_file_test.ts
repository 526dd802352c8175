/** `rejects=FILE`: when it is written, replaced, removed or refused, and what it says (SPEC 15). */
import { assert, assertEquals, assertFalse, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { assertExit } from "../helpers/scratch.ts";
import { type Boxes, withBoxes } from "./rejects_world.ts";

const BAD = "name,size\na,1\nb,x\n";
const BAD_ROW = "b,x,3,rejected,\"size: 'x' is an invalid value. Unexpected value for attribute 'size': " +
  'Wrong format [x], expected a whole number: digits, a sign before them if need be"\n';

function text(bytes: Uint8Array | null): string | null {
  return bytes === null ? null : new TextDecoder().decode(bytes);
}

function withoutLeftOvers({ scratch }: Boxes, folder = ""): void {
  const names = [...Deno.readDirSync(join(scratch.folder, folder))].map(({ name }) => name);
  assertEquals(names.filter((name) => name.startsWith(".csvrecon-")), []);
}

Deno.test("rows in error are written to a file that nobody else can read, and named on both outputs", () =>
  withBoxes(async (boxes) => {
    const { loadBoxes, fileOf, scratch } = boxes;
    const run = await loadBoxes(BAD);
    assertExit(run, 1);
    assertEquals(text(fileOf()), "name,size,_line,_status,_why\n" + BAD_ROW);
    assertStringIncludes(run.stdout, "#Rejects: bad.csv\n");
    assertStringIncludes(run.stderr, "csvrecon: the rows in error are in 'bad.csv', to be mended and loaded again\n");
    if (Deno.build.os !== "windows") assertEquals((Deno.statSync(scratch.path("bad.csv")).mode ?? 0) & 0o777, 0o600);
    withoutLeftOvers(boxes);
  }));

Deno.test("a run without rows in error removes the file of an earlier one, and says nothing of it", () =>
  withBoxes(async (boxes) => {
    const { loadBoxes, fileOf } = boxes;
    await loadBoxes(BAD);
    const run = await loadBoxes("name,size\nb,2\n");
    assertExit(run, 0);
    assertEquals(fileOf(), null);
    assertFalse(run.stdout.includes("Rejects"), run.stdout);
    assertEquals(run.stderr, "");
    withoutLeftOvers(boxes);
  }));

Deno.test("a run that is refused, or taken back, leaves the file of an earlier one or writes its own", () =>
  withBoxes(async (boxes) => {
    const { loadBoxes, fileOf } = boxes;
    await loadBoxes(BAD);
    const before = text(fileOf());
    const refusals = [
      [{ class: "Bax" }, "name\nx\n", 64],
      [{}, "nome\nx\n", 64],
      [{}, 'name,size\nb,x\n"open\n', 65],
      [{ csvfile: "gone.csv" }, "", 66],
      [{ auth_pwd: "wrong" }, "name\nx\n", 77],
    ] as const;
    for (const [parameters, csv, exitCode] of refusals) {
      assertExit(await loadBoxes(csv, parameters), exitCode);
      assertEquals(text(fileOf()), before);
    }
    withoutLeftOvers(boxes);
    // The caller wants to see why.
    assertExit(await loadBoxes("name,size\nc,y\n", { max_errors: "0" }), 2);
    assertStringIncludes(text(fileOf()) ?? "", "c,y,2,rejected,");
  }));

Deno.test("a run that keeps nothing removes no file of an earlier one", () =>
  withBoxes(async ({ loadBoxes, fileOf }) => {
    await loadBoxes(BAD);
    const before = text(fileOf());
    assertExit(await loadBoxes("name,size\nb,2\n", { simulate: "1" }), 0);
    assertEquals(text(fileOf()), before);
    assertExit(await loadBoxes("name,size\na,2\n", { max_changes: "0" }), 2);
    assertEquals(text(fileOf()), before);
  }));

Deno.test("a simulated run writes it too", () =>
  withBoxes(async ({ loadBoxes, fileOf, objects }) => {
    assertExit(await loadBoxes(BAD, { simulate: "1" }), 1);
    assertEquals(text(fileOf()), "name,size,_line,_status,_why\n" + BAD_ROW);
    assertEquals(objects("Box", "name"), []);
  }));

Deno.test("only a file of rows in error is replaced or removed: everything else is refused before the first row", () =>
  withBoxes(async ({ loadBoxes, fileOf, scratch, objects }) => {
    Deno.mkdirSync(scratch.path("folder"));
    scratch.write("notes.txt", "name,size\n_line,_status,_why are words\n");
    scratch.write("load.params", "class = Box\n");
    const backup = await loadBoxes(BAD, { rejects: "copy.db", backup: "./copy.db" });
    assertExit(backup, 64);
    assertStringIncludes(backup.stdout, "#rejects: 'copy.db' is the backup, which is not overwritten");
    const wrong = [
      ["notes.txt", "#rejects: 'notes.txt' is there already, and is no file of rows in error: it is not overwritten"],
      ["own.csv", "#rejects: 'own.csv' is the input, which is not overwritten"],
      ["./folder/../own.csv", "is the input, which is not overwritten"],
      ["own.db", "#rejects: 'own.db' is a file of the database, which is not overwritten"],
      ["own.db-wal", "#rejects: 'own.db-wal' is a file of the database, which is not overwritten"],
      ["own.db-journal", "is a file of the database, which is not overwritten"],
      ["load.params", "#rejects: 'load.params' is a parameter file, which is not overwritten"],
      ["/dev/null", "#rejects: '/dev/null' is neither a file nor a folder"],
      ["-", "#rejects: '-' is neither a file nor a folder"],
    ] as const;
    for (const [rejects, words] of wrong) {
      const run = await loadBoxes(BAD, { rejects, param_file: "load.params" });
      assertExit(run, 64);
      assertStringIncludes(run.stdout, words);
      assertEquals(objects("Box", "name"), [], "nothing was written");
    }
    assertEquals(text(fileOf("own.csv")), BAD);
    assertStringIncludes(text(fileOf("notes.txt")) ?? "", "words");
    scratch.write("empty.csv", "");
    assertExit(await loadBoxes(BAD, { rejects: "empty.csv" }), 1);
    assertStringIncludes(text(fileOf("empty.csv")) ?? "", "_why");
  }));

Deno.test("a file of rows in error is not loaded into itself", () =>
  withBoxes(async ({ loadBoxes, fileOf, scratch }) => {
    await loadBoxes(BAD);
    const run = await loadBoxes("", { csvfile: scratch.path("bad.csv") });
    assertExit(run, 64);
    assertStringIncludes(run.stderr, "A file of rows in error that was mended is moved away, and loaded from there");
    assertStringIncludes(text(fileOf()) ?? "", BAD_ROW);
  }));

Deno.test("where it cannot be written is told before the first row, with 74", () =>
  withBoxes(async ({ loadBoxes, objects }) => {
    for (const rejects of ["gone/bad.csv", "gone/"]) {
      const run = await loadBoxes(BAD, { rejects });
      assertExit(run, 74);
      assertStringIncludes(run.stdout, "The rows in error could not be written to 'gone/");
      assertEquals(objects("Box", "name"), []);
    }
  }));

Deno.test("in a folder the file is named after the parameter file, the input, or standard input", () =>
  withBoxes(async ({ loadBoxes, scratch }) => {
    Deno.mkdirSync(scratch.path("bad"));
    scratch.write("all.params", "class = Box\n");
    scratch.write("boxes.params", "class = Box\n");
    const named = async (parameters: Record<string, string>) => {
      const run = await loadBoxes(BAD, parameters);
      assertExit(run, 1);
      const names = [...Deno.readDirSync(scratch.path("bad"))].map(({ name }) => name);
      for (const name of names) Deno.removeSync(scratch.path(`bad/${name}`));
      assertStringIncludes(run.stdout, `#Rejects: bad/${names[0]}\n`);
      return names;
    };
    assertEquals(await named({ rejects: "bad/", param_file: "all.params, boxes.params" }), ["boxes.rejects.csv"]);
    assertEquals(await named({ rejects: "bad/" }), ["own.rejects.csv"]);
    assertEquals(await named({ rejects: "bad" }), ["own.rejects.csv"]);
    const run = await scratch.run(
      [
        "--db=own.db",
        "--class=Box",
        "--auth_user=admin",
        "--auth_pwd=admin",
        "--no_localize=1",
        "--rejects=bad/",
        "--csvfile=-",
      ],
      { stdin: BAD },
    );
    assertExit(run, 1);
    assertStringIncludes(run.stdout, "#Rejects: bad/stdin.rejects.csv\n");
  }));

Deno.test("a link is followed: what it leads to is replaced", () =>
  withBoxes(async ({ loadBoxes, fileOf, scratch }) => {
    Deno.mkdirSync(scratch.path("elsewhere"));
    scratch.write("elsewhere/true.csv", "");
    Deno.symlinkSync("elsewhere/true.csv", scratch.path("bad.csv"));
    assertExit(await loadBoxes(BAD), 1);
    assert(Deno.lstatSync(scratch.path("bad.csv")).isSymlink);
    assertStringIncludes(text(fileOf("elsewhere/true.csv")) ?? "", BAD_ROW);
    assertExit(await loadBoxes("name,size\nb,2\n"), 0);
    assert(Deno.lstatSync(scratch.path("bad.csv")).isSymlink, "the link stays");
    assertEquals(fileOf("elsewhere/true.csv"), null);
  }));

Deno.test("output=rejects prints the rows and nothing else; nothing at all when none is in error", () =>
  withBoxes(async ({ print, scratch }) => {
    const run = await print("Box", BAD, { output: "rejects" });
    assertExit(run, 1);
    assertEquals(run.stdout, "name,size,_line,_status,_why\n" + BAD_ROW);
    const good = await print("Box", "name\nz\n", { output: "rejects" });
    assertEquals([good.exitCode, good.stdout], [0, ""]);
    const limited = await print("Box", BAD, { output: "rejects", max_errors: "1" });
    assertEquals([limited.exitCode, limited.stdout], [1, run.stdout]);
    const takenBack = await print("Box", BAD, { output: "rejects", max_errors: "0" });
    assertEquals([takenBack.exitCode, takenBack.stdout], [2, run.stdout]);
    const refused = await print("Box", "nome\nz\n", { output: "rejects" });
    assertExit(refused, 64);
    assertStringIncludes(refused.stdout, "#Unknown column: 'nome'");
    const both = await print("Box", BAD, { output: "rejects", rejects: "bad.csv" });
    assertEquals(Deno.readTextFileSync(scratch.path("bad.csv")), both.stdout);
  }));

Deno.test("JSON names the file", () =>
  withBoxes(async ({ loadBoxes }) => {
    const lineOf = (stdout: string) => JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "");
    assertEquals(lineOf((await loadBoxes(BAD, { output: "json" })).stdout).rejects, "bad.csv");
    assertEquals(lineOf((await loadBoxes("name\nz\n", { output: "json" })).stdout).rejects, null);
  }));

Deno.test("standard input and parameter files work as everywhere, and retcode stays a number", () =>
  withBoxes(async ({ scratch, fileOf }) => {
    scratch.write(
      "p.params",
      "class = Box\ncsvfile = -\nrejects = bad.csv\ndb = own.db\nno_localize = 1\nsafe_csv = 1\n",
    );
    const args = ["--param_file=p.params", "--auth_user=admin", "--auth_pwd=admin", "--output=retcode"];
    const run = await scratch.run(args, { stdin: "name,size\n=1+1,x\n" });
    assertEquals([run.exitCode, run.stdout], [1, "1\n"]);
    // Byte for byte: safe_csv is about reports.
    assertStringIncludes(text(fileOf()) ?? "", "\n=1+1,x,2,rejected,");
  }));
