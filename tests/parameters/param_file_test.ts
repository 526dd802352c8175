import { assert, assertEquals, assertRejects } from "@std/assert";
import { RunStop } from "../../lib/errors.ts";
import { parameterProblem } from "../../lib/messages/parameters.ts";
import { parseParamFile, readParamFiles } from "../../lib/parameters/reading/param_file.ts";

function parse(text: string): ReturnType<typeof parseParamFile> {
  return parseParamFile(new TextEncoder().encode(text), "p.param", "import");
}

const VALUES: readonly (readonly [what: string, text: string, values: Record<string, string>])[] = [
  ["name=value", "class=Person", { class: "Person" }],
  ["blanks around name and value", " \tclass \t= \tPerson  ", { class: "Person" }],
  ["several lines, blank ones too", "class=A\n\n  \t\ncomment=b\n", { class: "A", comment: "b" }],
  ["CRLF and a byte order mark", "\uFEFFclass=A\r\ncomment=crlf\r\n", { class: "A", comment: "crlf" }],
  ["an empty value", "output=\ncomment =  ", { output: "", comment: "" }],
  ["further = belong to the value", "comment=a=b = c", { comment: "a=b = c" }],
  ["hyphens and aliases", "auth-user=x\nresult=details", { auth_user: "x", output: "details" }],
  ["a comment line", "# nightly\n  # load\nclass=A", { class: "A" }],
  ["a comment behind a value", "class=A # the class\nauth_user=b\t#c", { class: "A", auth_user: "b" }],
  ["a comment and no value", "comment= # nothing", { comment: "" }],
  ["# inside a value", "auth_pwd=pa#ss\ncomment=#42", { auth_pwd: "pa#ss", comment: "#42" }],
  ["separator=#", "separator=#\r\ncomment=crlf\r\n", { separator: "#", comment: "crlf" }],
  ["quotes", 'csvfile="1.csv"', { csvfile: "1.csv" }],
  ["quotes keep a #", 'auth_pwd = "pa # ss"', { auth_pwd: "pa # ss" }],
  ["quotes keep blanks", 'comment = "  a\t "', { comment: "  a\t " }],
  ["quotes with nothing between them", 'qualifier = ""', { qualifier: "" }],
  ["quotes and a comment", 'comment = "ticket #42" # "old"', { comment: "ticket #42" }],
  ["quotes inside quotes stand as they are", 'comment = "say "hi""', { comment: 'say "hi"' }],
  ["a quote in quotes", 'qualifier = """', { qualifier: '"' }],
  ["a lone quote", 'qualifier="\nseparator=;', { qualifier: '"', separator: ";" }],
  ["quotes further on belong to the value", 'comment=say "hi"', { comment: 'say "hi"' }],
  ["other alphabets", "comment=Prénom 😀\u00A0", { comment: "Prénom 😀\u00A0" }],
];

for (const [what, text, values] of VALUES) {
  Deno.test(`param file: ${what}`, () => {
    const file = parse(text);
    assertEquals(file.problems, []);
    assertEquals(Object.fromEntries([...file.values].map(([name, value]) => [name, value.text])), values);
  });
}

Deno.test("a value knows its file and line", () => {
  const origin = parse("# first\n\nclass=A\n").values.get("class")?.origin;
  assertEquals(origin, { kind: "param_file", file: "p.param", line: 3 });
});

const PROBLEMS: readonly (readonly [text: string, message: string])[] = [
  ["class", "#Wrong line in 'p.param', line 1: expected name = value"],
  ["\n\nclass: A", "#Wrong line in 'p.param', line 3: expected name = value"],
  ["=x", "#Wrong line in 'p.param', line 1: expected name = value"],
  ["auth user = x", "#Wrong line in 'p.param', line 1: expected name = value"],
  ["class # = A", "#Wrong line in 'p.param', line 1: expected name = value"],
  ["class#=A", "#Wrong line in 'p.param', line 1: expected name = value"],
  ["OUTPUT=retcode", "#Unknown parameter in 'p.param', line 1: 'OUTPUT'. Did you mean 'output'?"],
  // Issue 12, the new operator's list: the last of repeated names won without a word.
  ["class=A\nclass=B", "#Parameter class is given twice in 'p.param', lines 1 and 2"],
  ["class=A\nxyzzy=bar", "#Unknown parameter in 'p.param', line 2: 'xyzzy'"],
  ["--class=A", "#Unknown parameter in 'p.param', line 1: '--class'. Did you mean 'class'?"],
  ["param_file=q.param", "#Parameter param_file in 'p.param', line 1 may not stand in a parameter file"],
  ["csvdata=a", "#Parameter csvdata in 'p.param', line 1 may not stand in a parameter file"],
  ["admin_user=a", "#Parameter admin_user in 'p.param', line 1 belongs to init, not to import"],
  ['comment="a', "#Wrong value in 'p.param', line 1: a value that begins with a double quote ends with one"],
  ['comment="a" b', "#Wrong value in 'p.param', line 1: a value that begins with a double quote ends with one"],
  ['comment="a"#b', "#Wrong value in 'p.param', line 1: a value that begins with a double quote ends with one"],
];

for (const [text, message] of PROBLEMS) {
  Deno.test(`param file refused: ${JSON.stringify(text)}`, () => {
    assertEquals(parse(text).problems.map((problem) => parameterProblem(problem).text), [message]);
  });
}

Deno.test("all problems of a file are collected, and its good lines count", () => {
  const file = parse("OUTPUT=retcode\noutput=details\ncomment=a=b = c\nfoo=bar\n=x\n");
  assertEquals(file.problems.map((problem) => problem.kind), [
    "unknown_parameter",
    "unknown_parameter",
    "not_name_and_value",
  ]);
  assertEquals([...file.values.keys()], ["output", "comment"]);
});

Deno.test("a file in UTF-16 is called so, once, with a mark or without", () => {
  const utf16 = (text: string, littleEndian: boolean) => {
    const view = new DataView(new ArrayBuffer(text.length * 2));
    for (let index = 0; index < text.length; index++) view.setUint16(index * 2, text.charCodeAt(index), littleEndian);
    return new Uint8Array(view.buffer);
  };
  for (const text of ["\uFEFFclass=A\r\nauth_pwd=SECRET\r\n", "class=A\n"]) {
    for (const littleEndian of [true, false]) {
      const { problems } = parseParamFile(utf16(text, littleEndian), "p.param", "import");
      assertEquals(problems.map((problem) => parameterProblem(problem).text), [
        "#Wrong file 'p.param': it is UTF-16, and must be UTF-8",
      ]);
    }
  }
});

Deno.test("bytes that are not UTF-8 are refused with file and line", () => {
  const bytes = new Uint8Array([...new TextEncoder().encode("class=A\ncomment=Pr"), 0xe9, 0x0a]);
  const { problems } = parseParamFile(bytes, "p.param", "import");
  const texts = problems.map((problem) => parameterProblem(problem).text);
  assertEquals(texts, ["#Wrong bytes in 'p.param', line 2: they are not UTF-8"]);
});

Deno.test("a wrong line is not repeated: it may hold a password", () => {
  for (const line of ["auth_pwd: SECRET", 'auth_pwd = "SECRET', "auth_pwd SECRET = x", "auth_pw = SECRET"]) {
    const { problems } = parse(line);
    assertEquals(problems.length, 1, line);
    assertEquals(JSON.stringify([problems, problems.map(parameterProblem)]).includes("SECRET"), false, line);
  }
});

Deno.test("a missing param file stops the run with 66 and the reference's words", async () => {
  const stop = await assertRejects(() => readParamFiles("nope.param", "import", {}), RunStop);
  assertEquals(stop.exitCode, 66);
  assertEquals(stop.messages.map(({ text }) => text), ["Error: Could not find the parameter file: 'nope.param'"]);
});

Deno.test("all missing param files are named, whole and without escapes", async () => {
  const stop = await assertRejects(() => readParamFiles("no&pe.param, nope.param", "import", {}), RunStop);
  assertEquals(stop.messages.map(({ text }) => text), [
    "Error: Could not find the parameter file: 'no&pe.param'",
    "Error: Could not find the parameter file: 'nope.param'",
  ]);
});

Deno.test("a folder is no param file: 66", async () => {
  const folder = await Deno.makeTempDir();
  const stop = await assertRejects(() => readParamFiles(folder, "import", {}), RunStop);
  await Deno.remove(folder);
  assertEquals([stop.exitCode, stop.message], [66, `Error: Could not read the parameter file: '${folder}'`]);
});

Deno.test("several param files: names are trimmed, empty ones skipped, order kept", async () => {
  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(`${folder}/p1.param`, "output=summary\ncomment=one\n");
  await Deno.writeTextFile(`${folder}/p2.param`, "output=details\n");
  const files = await readParamFiles(` ${folder}/p1.param , ${folder}/p2.param ,`, "import", {});
  await Deno.remove(folder, { recursive: true });
  assertEquals(files.map(({ values }) => values.get("output")?.text), ["summary", "details"]);
});

Deno.test("no names are no files", async () => {
  assertEquals(await readParamFiles(" , ", "import", {}), []);
});

Deno.test("a value with as many blanks in it as a file may have is read at once", () => {
  const value = `a${" ".repeat(250_000)}b`;
  const begin = performance.now();
  assertEquals(parse(`comment = ${value} \t\n`).values.get("comment")?.text, value);
  assert(performance.now() - begin < 10_000);
});
