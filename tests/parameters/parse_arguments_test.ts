import { assertEquals } from "@std/assert";
import { parameterProblem } from "../../lib/messages/parameters.ts";
import { parseArguments } from "../../lib/parameters/reading/parse_arguments.ts";

function valuesOf(...args: string[]): Record<string, string> {
  const typed = parseArguments(args);
  assertEquals(typed.problems, []);
  return Object.fromEntries(typed.values);
}

function problemTexts(...args: string[]): readonly string[] {
  return parseArguments(args).problems.map((problem) => parameterProblem(problem).text);
}

const VALUES: readonly (readonly [what: string, args: readonly string[], values: Record<string, string>])[] = [
  ["--name=value", ["--class=Person"], { class: "Person" }],
  ["--name value", ["--class", "Person"], { class: "Person" }],
  ["hyphens between words", ["--auth-user=x", "--auth-pwd-file", "y"], { auth_user: "x", auth_pwd_file: "y" }],
  ["an alias", ["--result=details"], { output: "details" }],
  ["an empty value", ["--class=", "--comment", ""], { class: "", comment: "" }],
  ["a value with = and a line break", ["--comment=a=b\nc"], { comment: "a=b\nc" }],
  ["a value that looks like a number", ["--auth_pwd=007", "--auth_user", "1e3"], { auth_pwd: "007", auth_user: "1e3" }],
  ["standard input, with =", ["--csvfile=-"], { csvfile: "-" }],
  ["standard input, without =", ["--csvfile", "-", "--class", "A"], { csvfile: "-", class: "A" }],
  ["values that begin with a hyphen", ["--auth_pwd", "-x", "--separator", "-"], { auth_pwd: "-x", separator: "-" }],
  ["a value that begins with hyphens, after =", ["--auth_pwd=--class"], { auth_pwd: "--class" }],
  ["hyphens without a name are a value", ["--comment", "-- draft"], { comment: "-- draft" }],
  ["a value -h", ["--comment", "-h"], { comment: "-h" }],
  ["no_localize is a name of its own", ["--no_localize=1"], { no_localize: "1" }],
  ["no-localize with hyphen and value", ["--no-localize", "0"], { no_localize: "0" }],
  ["a switch without value", ["--simulate", "--no-localize"], { simulate: "1", no_localize: "1" }],
  ["a switch keeps what was typed", ["--simulate=maybe"], { simulate: "maybe" }],
  ["blanks and tabulations are kept", ["--separator= | ", "--qualifier=\t"], { separator: " | ", qualifier: "\t" }],
];

for (const [what, args, values] of VALUES) {
  Deno.test(`typed: ${what}`, () => assertEquals(valuesOf(...args), values));
}

Deno.test("no command is import, with or without parameters", () => {
  assertEquals(parseArguments([]).command, "import");
  assertEquals(parseArguments(["--class=A"]).command, "import");
  assertEquals(parseArguments(["import", "--class=A"]).values.get("class"), "A");
});

Deno.test("commands and the words behind them", () => {
  assertEquals(parseArguments(["init", "--db=x"]).command, "init");
  assertEquals(parseArguments(["model"]).words, []);
  assertEquals(parseArguments(["model", "show", "--class=Person"]).words, ["show"]);
  const check = parseArguments(["model", "check", "model.json"]);
  assertEquals([check.command, ...check.words], ["model", "check", "model.json"]);
  assertEquals(parseArguments(["help", "init"]).words, ["init"]);
});

const WISHES: readonly (readonly [args: readonly string[], command: string, words: readonly string[]])[] = [
  [["--help"], "help", []],
  [["-h"], "help", []],
  [["import", "--help"], "help", ["import"]],
  [["init", "-h"], "help", ["init"]],
  [["--help", "init"], "help", ["init"]],
  [["--nonsense", "--help"], "help", []],
  [["--version"], "version", []],
  [["model", "--version"], "version", []],
];

for (const [args, command, words] of WISHES) {
  Deno.test(`csvrecon ${args.join(" ")} is ${command} ${words.join(" ")}`, () => {
    const typed = parseArguments(args);
    assertEquals([typed.command, typed.words, typed.problems], [command, words, []]);
  });
}

const PROBLEMS: readonly (readonly [args: readonly string[], texts: readonly string[]])[] = [
  [["--simulat=1"], ["#Unknown parameter: '--simulat'. Did you mean '--simulate'?"]],
  [["--CLASS=A"], ["#Unknown parameter: '--CLASS'. Did you mean '--class'?"]],
  [["--frobnicate", "1"], ["#Unknown parameter: '--frobnicate'"]],
  [["--reconcialiationkeys=Login"], [
    "#Unknown parameter: '--reconcialiationkeys'. Did you mean '--reconciliationkeys'?",
  ]],
  [["--constructor=1", "--__proto__"], ["#Unknown parameter: '--constructor'", "#Unknown argument: '--__proto__'"]],
  [["imort", "--class=A"], ["#Unknown command: 'imort'. Did you mean 'import'?"]],
  [["Import"], ["#Unknown command: 'Import'. Did you mean 'import'?"]],
  [["persons.csv"], ["#Unknown command: 'persons.csv'"]],
  [["serv", "--port=80"], ["#Unknown command: 'serv'. Did you mean 'serve'?"]],
  [["serve", "--prt=80", "--class=A"], [
    "#Unknown parameter: '--prt'. Did you mean '--port'?",
    "#Parameter class belongs to import, export, model, history, check, explain, index, not to serve",
  ]],
  [["--class=A", "stray"], ["#Unknown argument: 'stray'"]],
  [["--", "--class=A"], ["#Unknown argument: '--'"]],
  [["model", "show", "a", "b"], ["#Unknown argument: 'b'"]],
  [["class=Person"], ["#Unknown argument: 'class'. Did you mean '--class'?"]],
  [["-class=Person"], ["#Unknown argument: '-class'. Did you mean '--class'?"]],
  [["–auth_user=login", "–class", "A"], [
    "#Unknown argument: '–auth_user'. Did you mean '--auth_user'?",
    "#Unknown argument: '–class'. Did you mean '--class'?",
    "#Unknown argument: 'A'",
  ]],
  [["--auth_pwd=a", "–class=A"], ["#Unknown argument: '–class'. Did you mean '--class'?"]],
  [["--auth_pwd", "my", "class"], ["#Unknown argument after the value of --auth_pwd"]],
  [["--class"], ["#Parameter --class has no value"]],
  [["--class", "--csvfile=a"], ["#Parameter --class has no value"]],
  [["--csvdata=a,b"], ["#Parameter csvdata is for HTTP: a command line names a file with --csvfile"]],
  [["--admin_user=a"], ["#Parameter admin_user belongs to init, not to import"]],
  [["init", "--param_file=a"], [
    "#Parameter param_file belongs to import, export, serve, history, undo, check, explain, not to init",
  ]],
  [["init", "--class=a"], [
    "#Parameter class belongs to import, export, model, history, check, explain, index, not to init",
  ]],
  // Issue 12, the new operator's list: the last of two values won without a word.
  [["--simulate=1", "--simulate=0"], ["#Parameter simulate is given twice on the command line"]],
  [["--class=A", "--output=retcode", "--class=A", "--result=details", "--class=B"], [
    "#Parameter class is given twice on the command line",
    "#Parameter output is given twice on the command line",
  ]],
  [["serve", "--port=1", "--port", "2"], ["#Parameter port is given twice on the command line"]],
  [["run", "a.job", "--auth-user=a", "--auth_user=b"], ["#Parameter auth_user is given twice on the command line"]],
  [["--versoin"], ["#Unknown parameter: '--versoin'. Did you mean '--version'?"]],
  [["init", "--hepl"], ["#Unknown parameter: '--hepl'. Did you mean '--help'?"]],
  [["version"], ["#Unknown command: 'version'. Did you mean '--version'?"]],
  [["load", "--class=A"], ["#Unknown command: 'load'. Did you mean 'import'?"]],
  [["-u", "admin"], ["#Unknown argument: '-u'. Did you mean '--auth_user'?", "#Unknown argument: 'admin'"]],
  [["--clas=A", "stray", "--class", "--simulat"], [
    "#Unknown parameter: '--clas'. Did you mean '--class'?",
    "#Unknown argument: 'stray'",
    "#Parameter --class has no value",
    "#Unknown parameter: '--simulat'. Did you mean '--simulate'?",
  ]],
];

for (const [args, texts] of PROBLEMS) {
  Deno.test(`refused: csvrecon ${args.join(" ")}`, () => assertEquals(problemTexts(...args), texts));
}

Deno.test("what may be a piece of a password is never repeated", () => {
  const typings: readonly (readonly string[])[] = [
    ["--auth_pwd", "my", "SECRET"],
    ["--auth_pw", "my", "SECRET"],
    ["--auth_pw=SECRET"],
    ["–auth_pwd", "SECRET"],
    ["–auth_pwd=SECRET"],
    ["auth_pwd=SECRET"],
    ["init", "--admin_pwd", "my", "SECRET"],
    ["--admin_pwd=SECRET"],
    ["--csvdata=SECRET"],
    ["-p", "SECRET"],
    ["--password", "my", "SECRET"],
    ["--passwd=SECRET"],
    ["init", "-p", "SECRET"],
  ];
  for (const args of typings) {
    const { problems } = parseArguments(args);
    const told = JSON.stringify([problems, problems.map(parameterProblem)]);
    assertEquals([told.includes("SECRET"), problems.length > 0], [false, true], args.join(" "));
  }
});

Deno.test("who names a file alone is told how it is named", () => {
  for (const args of [["persons.csv"], ["import", "data/Persons.CSV"], ["--class=A", "export.tsv"]]) {
    const hints = parseArguments(args).problems.map((problem) => parameterProblem(problem).hint);
    assertEquals(hints, ["A file to load is named with --csvfile=…, and the class of its rows with --class=…"]);
  }
  assertEquals(parseArguments(["imprt"]).problems.map((problem) => parameterProblem(problem).hint), [
    "csvrecon help lists the commands, csvrecon help COMMAND the parameters of one",
  ]);
});
