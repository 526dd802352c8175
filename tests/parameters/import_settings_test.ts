import { assertEquals, assertRejects } from "@std/assert";
import { UsageStop } from "../../lib/parameters/reading/check_parameters.ts";
import { importSettings } from "../../lib/parameters/settings/import_settings.ts";
import { mergeParameters } from "../../lib/parameters/reading/merge_parameters.ts";
import { parseArguments } from "../../lib/parameters/reading/parse_arguments.ts";
import { type ImportSettings, OUTPUT_FORMATS } from "../../lib/parameters/settings/settings.ts";
import { overridden } from "../helpers/overridden.ts";
import { withFiles } from "./scratch_folder.ts";

const MANDATORY = ["--auth_user=admin", "--auth_pwd=pwd", "--csvfile=1.csv", "--class=Organization"];

type Env = Readonly<Record<string, string>>;

async function settingsOf(args: readonly string[], env: Env = {}): Promise<ImportSettings> {
  return await importSettings(await mergeParameters(parseArguments(args), { env: (name) => env[name] }));
}

function stopOf(args: readonly string[], env: Env = {}): Promise<UsageStop> {
  return assertRejects(() => settingsOf(args, env), UsageStop);
}

async function textsOf(args: readonly string[], env: Env = {}): Promise<readonly string[]> {
  return (await stopOf(args, env)).messages.map(({ text }) => text);
}

Deno.test("golden a-par-defaults: only the mandatory parameters", async () => {
  assertEquals(await settingsOf(MANDATORY), {
    login: "admin",
    password: "pwd",
    class: "Organization",
    csvfile: "1.csv",
    charset: { typed: "UTF-8", encoding: "utf-8", isGiven: false },
    dateFormat: null,
    numberSigns: null,
    nullWords: [],
    emptyCells: "erase",
    map: null,
    dialect: { separator: ",", qualifier: '"' },
    separatorIsGiven: false,
    frame: { skipLines: 0, footerLines: 0, header: null },
    shortRows: "error",
    ignoredColumns: [],
    output: "summary",
    rejects: null,
    report: null,
    safeCsv: false,
    noColor: false,
    reconciliationKeys: [],
    secondPass: [],
    twins: "error",
    onMissing: "create",
    onFound: "update",
    links: "replace",
    createdTargets: [],
    simulate: false,
    backup: null,
    maxErrors: null,
    maxChanges: null,
    feed: null,
    comment: "",
    codesNotLabels: false,
    database: "csvrecon.db",
    foreign: null,
    busyTimeout: 10,
  });
});

const GOOD: readonly (readonly [args: readonly string[], settings: Partial<ImportSettings>])[] = [
  [["--second_pass=Boss, Parent,"], { secondPass: ["Boss", "Parent"] }],
  [["--twins=last"], { twins: "last" }],
  [["--twins=error"], { twins: "error" }],
  [["--decimal_sign=,"], { numberSigns: { decimal: ",", grouping: null } }],
  [["--decimal_sign=,", "--grouping_sign=."], { numberSigns: { decimal: ",", grouping: "." } }],
  [["--grouping_sign="], { numberSigns: null }],
  [["--grouping_sign=,"], { numberSigns: { decimal: ".", grouping: "," } }],
  [["--grouping_sign= "], { numberSigns: { decimal: ".", grouping: "space" } }],
  [["--grouping_sign=\u202f"], { numberSigns: { decimal: ".", grouping: "space" } }],
  [["--decimal_sign=.", "--grouping_sign=space"], { numberSigns: { decimal: ".", grouping: "space" } }],
  [["--null_words= NULL,\\N, ,#N/A"], { nullWords: ["NULL", "\\N", "#N/A"] }],
  [["--empty_cells=keep"], { emptyCells: "keep" }],
  [["--on_missing=skip"], { onMissing: "skip" }],
  [["--on_missing=error"], { onMissing: "error" }],
  [["--on_found=skip"], { onFound: "skip" }],
  [["--on_found=error"], { onFound: "error" }],
  [["--create_targets= Brand, Location "], { createdTargets: ["Brand", "Location"] }],
  [["--links=add"], { links: "add" }],
  [["--links=remove"], { links: "remove" }],
  [["--separator=;"], { separatorIsGiven: true, dialect: { separator: ";", qualifier: '"' } }],
  [["--separator= | "], { separatorIsGiven: true, dialect: { separator: "|", qualifier: '"' } }],
  [["--separator=TAB"], { separatorIsGiven: true, dialect: { separator: "\t", qualifier: '"' } }],
  [["--separator= tab "], { separatorIsGiven: true, dialect: { separator: "\t", qualifier: '"' } }],
  [["--separator=\t"], { separatorIsGiven: true, dialect: { separator: "\t", qualifier: '"' } }],
  [["--separator= "], { separatorIsGiven: true, dialect: { separator: " ", qualifier: '"' } }],
  [["--separator=é"], { separatorIsGiven: true, dialect: { separator: "é", qualifier: '"' } }],
  [["--separator=😀"], { separatorIsGiven: true, dialect: { separator: "😀", qualifier: '"' } }],
  [["--separator=#"], { separatorIsGiven: true, dialect: { separator: "#", qualifier: '"' } }],
  [["--separator=\u00A0"], { separatorIsGiven: true, dialect: { separator: "\u00A0", qualifier: '"' } }],
  [["--separator=;", "--qualifier='"], { separatorIsGiven: true, dialect: { separator: ";", qualifier: "'" } }],
  [["--separator=||"], { separatorIsGiven: true, dialect: { separator: "||", qualifier: '"' } }],
  [["--separator=\\t"], { separatorIsGiven: true, dialect: { separator: "\t", qualifier: '"' } }],
  [["--escape_sign=\\"], { dialect: { separator: ",", qualifier: '"', escape: "\\" } }],
  [["--escape_sign=None"], { dialect: { separator: ",", qualifier: '"', escape: "" } }],
  [["--escape_sign="], {}],
  [["--comment_sign= // "], { dialect: { separator: ",", qualifier: '"', comment: "//" } }],
  [["--comment_sign="], {}],
  [["--skip_lines=3"], { frame: { skipLines: 3, footerLines: 0, header: null } }],
  [["--footer_lines= 2 "], { frame: { skipLines: 0, footerLines: 2, header: null } }],
  [['--header=Name, "A, B" ,,Code'], {
    frame: { skipLines: 0, footerLines: 0, header: ["Name", "A, B", "", "Code"] },
  }],
  [["--header=  "], {}],
  [["--short_rows=fill"], { shortRows: "fill" }],
  [['--ignore_columns=*, Foo ,, "A, B"'], { ignoredColumns: ["*", "Foo", "A, B"] }],
  [["--qualifier="], { dialect: { separator: ",", qualifier: "" } }],
  [["--qualifier=«"], { dialect: { separator: ",", qualifier: "«" } }],
  [["--output=retcode"], { output: "retcode" }],
  [["--result=details"], { output: "details" }],
  [["--output=json"], { output: "json" }],
  [["--reconciliationkeys= NAME,, Org_Id ,"], { reconciliationKeys: ["NAME", "Org_Id"] }],
  [["--reconciliationkeys=,"], { reconciliationKeys: [] }],
  [['--reconciliationkeys=select, "Name, full" , "a ""b"" "'], {
    reconciliationKeys: ["select", "Name, full", 'a "b"'],
  }],
  [['--second_pass="a, b"'], { secondPass: ["a, b"] }],
  [['--create_targets="a, b",c'], { createdTargets: ["a, b", "c"] }],
  [["--reconciliationkeys=0"], { reconciliationKeys: ["0"] }],
  [["--comment=  nightly #42 "], { comment: "nightly #42" }],
  [["--class=", "--csvfile=", "--auth_user=", "--auth_pwd="], { class: "", csvfile: "", login: "", password: "" }],
  [["--csvfile=-"], { csvfile: "-" }],
  [["--class= Person "], { class: " Person " }],
  [["--charset=iso-8859-15"], { charset: { typed: "iso-8859-15", encoding: "iso-8859-15", isGiven: true } }],
  [["--charset="], { charset: { typed: "UTF-8", encoding: "utf-8", isGiven: false } }],
  [["--date_format="], { dateFormat: null }],
  [["--db=x.db"], { database: "x.db" }],
  [["--busy_timeout=0"], { busyTimeout: 0 }],
  [["--busy_timeout=2.5"], { busyTimeout: 2.5 }],
  [["--simulate"], { simulate: true }],
  [["--backup=before.db"], { backup: "before.db" }],
  [["--max_errors=0"], { maxErrors: { typed: "0", unit: "count", most: 0 } }],
  [["--max_errors= 10 "], { maxErrors: { typed: "10", unit: "count", most: 10 } }],
  [["--max_errors=1000000000000"], { maxErrors: { typed: "1000000000000", unit: "count", most: 1e12 } }],
  [["--max_errors=0%"], { maxErrors: { typed: "0%", unit: "percent", most: 0 } }],
  [["--max_changes=12.5%"], { maxChanges: { typed: "12.5%", unit: "percent", most: 125_000 } }],
  [["--max_changes=0.0001 %"], { maxChanges: { typed: "0.0001%", unit: "percent", most: 1 } }],
  [["--max_changes=100%"], { maxChanges: { typed: "100%", unit: "percent", most: 1_000_000 } }],
  [["--max_changes=100.0000%"], { maxChanges: { typed: "100.0000%", unit: "percent", most: 1_000_000 } }],
];

for (const [args, settings] of GOOD) {
  Deno.test(`settings of ${JSON.stringify(args)}`, async () => {
    const found = await settingsOf(overridden(MANDATORY, ...args));
    assertEquals(found, { ...(await settingsOf(MANDATORY)), ...settings });
  });
}

const SWITCHES: readonly (readonly [boolean, readonly string[]])[] = [
  [true, ["1", "yes", "YES", "true", "True", "on", "On"]],
  [false, ["0", "no", "No", "false", "FALSE", "off", "OFF"]],
];

for (const [value, words] of SWITCHES) {
  Deno.test(`switches are ${value} for ${words.join(", ")}`, async () => {
    for (const word of words) {
      const settings = await settingsOf([...MANDATORY, `--simulate=${word}`, `--no_localize=${word}`]);
      assertEquals([settings.simulate, settings.codesNotLabels], [value, value], word);
    }
  });
}

const SWITCH_WORDS = "expected 1 or 0, yes or no, true or false, on or off";
const SECONDS = "expected a number of seconds from 0 to 2147483";
const LIMIT =
  "expected a whole number from 0 to 1000000000000, or a percentage from 0% to 100%, such as 5% or 12.5%, with at " +
  "most four decimals";

const NO_SEPARATOR = "#Wrong separator X: expected one character, tab, or several characters that are no word";

const BAD: readonly (readonly [argument: string, text: string])[] = [
  ["--decimal_sign=;", "#Wrong decimal_sign ';': expected one of ., ,"],
  ["--grouping_sign=;", "#Wrong grouping_sign ';': expected one of ., ,, ', _, space"],
  ["--grouping_sign=.", "#Wrong grouping_sign '.': it is the decimal sign"],
  ["--empty_cells=drop", "#Wrong empty_cells 'drop': expected one of erase, keep"],
  ["--twins=first", "#Wrong twins 'first': expected one of error, last"],
  ["--on_missing=update", "#Wrong on_missing 'update': expected one of create, error, skip"],
  ["--on_found=create", "#Wrong on_found 'create': expected one of update, error, skip"],
  ["--links=delete", "#Wrong links 'delete': expected one of replace, add, remove"],
  ["--separator=", "#Separator is empty: expected one character, or tab"],
  ["--separator=  ", "#Separator is empty: expected one character, or tab"],
  ["--separator=tabs", NO_SEPARATOR.replace("X", "'tabs'")],
  ["--separator=';'", NO_SEPARATOR.replace("X", "'';''")],
  ["--separator=||||||||||||||||||", NO_SEPARATOR.replace("X", "'||||||||||||||||||'")],
  ['--separator=|"|', "#Separator and text qualifier are the same character: '\"'"],
  ["--skip_lines=-1", "#Wrong skip_lines '-1': expected a whole number from 0 to 10000"],
  ["--footer_lines=101", "#Wrong footer_lines '101': expected a whole number from 0 to 100"],
  ["--short_rows=pad", "#Wrong short_rows 'pad': expected one of error, fill"],
  [
    "--escape_sign=ab",
    "#Wrong escape_sign 'ab': expected one character that is no letter or digit, such as \\, or none",
  ],
  ["--escape_sign=x", "#Wrong escape_sign 'x': expected one character that is no letter or digit, such as \\, or none"],
  ['--escape_sign="', "#Wrong escape_sign '\"': it is the qualifier, or a part of it"],
  ["--escape_sign=,", "#Wrong escape_sign ',': it is the separator, or a part of it"],
  ['--comment_sign="#', "#Wrong comment_sign '\"#': it is the qualifier, or a part of it"],
  ["--comment_sign=,,", "#Wrong comment_sign ',,': it is the separator, or a part of it"],
  [
    "--comment_sign=-----------------",
    "#Wrong comment_sign '-----------------': expected the characters that comments begin with, at most 16",
  ],
  ["--separator=\n", "#Wrong separator: a line break ends the record, and cannot be the separator"],
  ["--separator=\r", "#Wrong separator: a line break ends the record, and cannot be the separator"],
  ["--separator=a\nb", "#Wrong separator: a line break ends the record, and cannot be the separator"],
  ['--qualifier=""', "#Text qualifier is limited to one character, found '\"\"'"],
  ["--qualifier=''", "#Text qualifier is limited to one character, found ''''"],
  ["--qualifier=\r\n", "#Wrong qualifier: a line break ends the record, and cannot be the qualifier"],
  ["--qualifier=,", "#Separator and text qualifier are the same character: ','"],
  ["--output=xml", "#Unknown output format: 'xml'"],
  ["--output=DETAILS", "#Unknown output format: 'DETAILS'"],
  ["--output=", "#Unknown output format: ''"],
  [
    "--charset=latin9000",
    "#Unknown charset: 'latin9000'. Known charsets: UTF-8, ISO-8859-1, WINDOWS-1251, WINDOWS-1252, ISO-8859-15",
  ],
  ["--simulate=maybe", `#Wrong simulate 'maybe': ${SWITCH_WORDS}`],
  ["--simulate=", `#Wrong simulate '': ${SWITCH_WORDS}`],
  ["--no_localize=01", `#Wrong no_localize '01': ${SWITCH_WORDS}`],
  ["--no_localize=1,", `#Wrong no_localize '1,': ${SWITCH_WORDS}`],
  ["--busy_timeout=-1", `#Wrong busy_timeout '-1': ${SECONDS}`],
  ["--busy_timeout=soon", `#Wrong busy_timeout 'soon': ${SECONDS}`],
  ["--busy_timeout=", `#Wrong busy_timeout '': ${SECONDS}`],
  ["--busy_timeout=1e3", `#Wrong busy_timeout '1e3': ${SECONDS}`],
  ["--busy_timeout=2147484", `#Wrong busy_timeout '2147484': ${SECONDS}`],
  ...["-1", "1.5", "five", "", "%", "101%", "-1%", "5%%", "0.00001%", "1e3", "+5", "1000000000001", "5 of 10", "１"]
    .map((
      value,
    ): readonly [string, string] => [`--max_errors=${value}`, `#Wrong max_errors '${value}': ${LIMIT}`]),
  ["--max_changes=half", `#Wrong max_changes 'half': ${LIMIT}`],
  ["--db=", "#Parameter db is empty"],
];

for (const [argument, text] of BAD) {
  Deno.test(`refused with 64: ${JSON.stringify(argument)}`, async () => {
    const stop = await stopOf([...MANDATORY, argument]);
    assertEquals([stop.exitCode, stop.messages.map(({ text }) => text), stop.usage], [64, [text], null]);
  });
}

Deno.test("a date format is translated and checked", async () => {
  const settings = await settingsOf([...MANDATORY, "--date_format=%d/%m/%Y"]);
  assertEquals(settings.dateFormat?.date, "d/m/Y");
});

Deno.test("a wrong date format is refused in the words of the dates", async () => {
  const [text, ...others] = await textsOf([...MANDATORY, "--date_format=H:i"]);
  assertEquals([text?.startsWith("#Wrong date_format 'H:i': "), others], [true, []]);
});

Deno.test("golden a-par-no-password, a-par-no-class: a missing argument, then the usage", async () => {
  for (const name of ["auth_user", "auth_pwd", "csvfile", "class"]) {
    const stop = await stopOf(MANDATORY.filter((argument) => !argument.startsWith(`--${name}=`)));
    assertEquals([stop.exitCode, stop.messages.map(({ text }) => text)], [64, [`ERROR: Missing argument '${name}'`]]);
    assertEquals(stop.usage?.split("\n").slice(0, 4), [
      "",
      "USAGE:",
      "",
      "param_file = one or more parameter files, comma-separated; a later file wins over an earlier one, " +
      "optional, defaults to []",
    ]);
  }
});

Deno.test("the usage lists each parameter that may be typed", async () => {
  const lines = (await stopOf([])).usage?.split("\n") ?? [];
  assertEquals(lines.length, 3 + 51);
  assertEquals(lines[4], "auth_user = login; the user must be allowed to load objects of the class, mandatory");
  assertEquals(lines[5], "auth_pwd = password, mandatory unless auth_pwd_file is given");
  assertEquals(lines.filter((line) => line.startsWith("csvdata")), []);
  assertEquals(
    lines.at(-1),
    "busy_timeout = seconds to wait for another writer of the database, optional, defaults to [10]",
  );
});

Deno.test("missing arguments come first, in the reference's order, and all other problems with them", async () => {
  const args = ["--simulat=1", "--output=xml", "--separator=tabs", "--qualifier=''"];
  assertEquals(await textsOf(args), [
    "ERROR: Missing argument 'auth_user'",
    "ERROR: Missing argument 'auth_pwd'",
    "ERROR: Missing argument 'csvfile'",
    "ERROR: Missing argument 'class'",
    "#Unknown parameter: '--simulat'. Did you mean '--simulate'?",
    NO_SEPARATOR.replace("X", "'tabs'"),
    "#Text qualifier is limited to one character, found ''''",
    "#Unknown output format: 'xml'",
  ]);
});

Deno.test("problems of a param file and of values are reported together, a value's file and line as a hint", async () => {
  await withFiles({ "p.param": "OUTPUT=retcode\noutput=xml\n" }, async (folder) => {
    const file = `${folder}/p.param`;
    const stop = await stopOf([...MANDATORY, `--param_file=${file}`]);
    assertEquals(stop.exitCode, 64);
    assertEquals(stop.messages.map(({ text }) => text), [
      `#Unknown parameter in '${file}', line 1: 'OUTPUT'. Did you mean 'output'?`,
      "#Unknown output format: 'xml'",
    ]);
    assertEquals(
      stop.messages[1]?.hint,
      `It stands in '${file}', line 2. The formats are ${OUTPUT_FORMATS.join(", ")}`,
    );
  });
});

Deno.test("a wrong value of the environment names its variable", async () => {
  const stop = await stopOf(MANDATORY, { CSVRECON_DB: "" });
  assertEquals(stop.messages, [{
    text: "#Parameter db is empty",
    hint: "It comes from the environment variable CSVRECON_DB",
  }]);
});

const PASSWORD_FILES: readonly (readonly [what: string, content: string, password: string])[] = [
  ["LF", "pa ss\n", "pa ss"],
  ["CRLF", "pa ss\r\nmore\r\n", "pa ss"],
  ["no line end", " é# ", " é# "],
  ["a byte order mark", "\uFEFFpwd\n", "pwd"],
];

const NO_PASSWORD = MANDATORY.filter((argument) => !argument.startsWith("--auth_pwd"));

for (const [what, content, password] of PASSWORD_FILES) {
  Deno.test(`auth_pwd_file: the first line without its end (${what})`, async () => {
    await withFiles({ pwd: content }, async (folder) => {
      assertEquals((await settingsOf([...NO_PASSWORD, `--auth_pwd_file=${folder}/pwd`])).password, password);
      assertEquals((await settingsOf(NO_PASSWORD, { CSVRECON_AUTH_PWD_FILE: `${folder}/pwd` })).password, password);
    });
  });
}

Deno.test("a missing auth_pwd_file is 66, with another problem 64", async () => {
  const args = [...NO_PASSWORD, "--auth_pwd_file=nope.pwd"];
  const text = "Error: Could not read the file of auth_pwd_file: 'nope.pwd'";
  const stop = await stopOf(args);
  assertEquals([stop.exitCode, stop.messages.map(({ text }) => text)], [66, [text]]);
  const other = await stopOf([...args, "--output=xml"]);
  assertEquals(other.exitCode, 64);
  assertEquals(other.messages.map(({ text }) => text), [text, "#Unknown output format: 'xml'"]);
});

Deno.test("an auth_pwd_file that another place overrules is not read", async () => {
  assertEquals((await settingsOf(MANDATORY, { CSVRECON_AUTH_PWD_FILE: "nope.pwd" })).password, "pwd");
});

Deno.test("an auth_pwd_file without a password, or not in UTF-8", async () => {
  await withFiles({ empty: "", blank: "\npwd\n", latin: new Uint8Array([0xe9, 0x0a]) }, async (folder) => {
    for (const name of ["empty", "blank"]) {
      const file = `${folder}/${name}`;
      const stop = await stopOf([...NO_PASSWORD, `--auth_pwd_file=${file}`]);
      assertEquals([stop.exitCode, stop.message], [64, `#No password in '${file}', the file of auth_pwd_file`]);
    }
    const stop = await stopOf([...NO_PASSWORD, `--auth_pwd_file=${folder}/latin`]);
    assertEquals(stop.message, `#Wrong bytes in '${folder}/latin', line 1: they are not UTF-8`);
  });
});

Deno.test("auth_pwd and auth_pwd_file on one command line are refused, and the file is not read", async () => {
  const texts = await textsOf([...MANDATORY, "--auth_pwd_file=nope.pwd"]);
  assertEquals(texts, ["#Parameters auth_pwd and auth_pwd_file are both given"]);
});

Deno.test("no message holds the password", async () => {
  const stop = await stopOf(["--auth_pwd=SECRET", "--auth_pwd_file=x", "--class", "--output=xml", "word"]);
  assertEquals(JSON.stringify([stop.messages, stop.usage, stop.message]).includes("SECRET"), false);
});
