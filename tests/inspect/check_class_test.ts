/** What `check` says of a file for a class: columns, keys and values, by the model alone. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { withWorld } from "../helpers/loading.ts";
import { assertExit, describeRun } from "../helpers/scratch.ts";

type Case = readonly [
  what: string,
  csv: string,
  parameters: readonly string[],
  exitCode: number,
  said: readonly string[],
];

const PERSONS = "Last Name,First Name,Organization->Name,Email,Status\n";

const CASES: readonly Case[] = [
  [
    "labels",
    PERSONS + "Doe,Jo,Demo,jo@example.org,Active\n",
    ["--class=Person"],
    0,
    [
      "Class Person: 5 of 5 columns known, as labels in EN US",
      "Reconciliation keys: name, first_name, org_id (name), email, from 'Last Name', 'First Name', 'Organization->Name' and 'Email'",
      "3 'Organization->Name' → org_id->name",
      "--class=Person",
    ],
  ],
  [
    "columns that are not loaded",
    "Name,Code,Rank,Note\nDemo,D,1,x\n",
    ["--class=Organization", "--ignore_columns=rank, Note"],
    0,
    ["Class Organization: 2 of 4 columns known", "--ignore_columns='rank, Note'"],
  ],
  ["all others are not loaded", "Name,Code,Rank\nDemo,D,1\n", ["--class=Organization", "--ignore_columns=*"], 0, [
    "--ignore_columns='*'",
  ]],
  ["one more than those", "Name,Rank,Note\nDemo,1,x\n", ["--class=Organization", "--ignore_columns=Rank"], 1, [
    "'Note'",
  ]],
  ["codes", "name,first_name,org_id->name\nDoe,Jo,Demo\n", ["--class=Person"], 0, [
    "3 of 3 columns known, as codes (no_localize=1)",
    "--no_localize=1",
  ]],
  [
    "French labels",
    "Nom,Prénom,Organisation->Code\nDoe,Jo,Demo\n",
    ["--class=Person"],
    0,
    ["as labels in FR FR", "→ first_name"],
  ],
  [
    "rows in error that were handed back, mended",
    "Last Name,First Name,Organization->Name,Email,_line,_status,_why\nDoe,Jo,Demo,jo@example.org,7,short_3,3 cells\n",
    ["--class=Person"],
    0,
    [
      "CSV, 1 row, 7 columns",
      "4 of 4 columns known",
      "it ignores _line, _status and _why behind them",
      "Nothing was found",
    ],
  ],
  [
    "rows in error, of which one is not filled, one is too long and one was added without the columns of the import",
    "Last Name,First Name,Organization->Name,Email,_line,_status,_why\nDoe,Jo,,,7,short_2,2 cells\n" +
    "Roe,Jo,Demo,jo@example.org,surplus,8,long_5,5 cells\nPoe,Jo,Demo,poe@example.org\n",
    ["--class=Person"],
    1,
    ["3 rows have another number of cells than the header's 4 (lines 2, 3, 4): 2 in the first"],
  ],
  ["codes, judged as labels", "name,org_id->name\nDoe,Demo\n", ["--class=Person", "--no_localize=0"], 1, [
    "'org_id->name', is not known",
  ]],
  [
    "names that are nearly right, and those that are not",
    "Last Nam,Frist Name,Name,zzz\nA,B,C,D\n",
    ["--class=Person"],
    1,
    [
      "Column 1, 'Last Nam', is not known in the class. Near to it: 'last name'",
      "Column 2, 'Frist Name', is not known in the class. Near to it: 'first name'",
      "Column 3, 'Name', is not known in the class. Near to it: 'last name'",
      "Column 4, 'zzz', is not known in the class\n",
    ],
  ],
  [
    "columns that are not loaded: without a name, unknown, a computed one, and one that is there twice",
    "Last Name,First Name,,Remark,Full name,Organization->Name,Email,email\nDoe,Jo,,x,y,Demo,jo@example.org,z\n",
    ["--class=Person", "--ignore_columns=Remark, Full name, Email"],
    0,
    [
      "Class Person: 3 of 8 columns known, as labels in EN US; 5 not loaded",
      "3 '' → not loaded: always empty",
      "7 'Email' → not loaded",
      "Nothing was found that would stop an import or leave rows out; 0 warnings",
    ],
  ],
  [
    "every column that is not known is not loaded",
    "name,first_name,org_id->name,zzz,\nDoe,Jo,Demo,x,y\n",
    ["--class=Person", "--ignore_columns=*"],
    0,
    ["3 of 5 columns known, as codes (no_localize=1); 2 not loaded", "Nothing was found"],
  ],
  ["no column is left", "name,zzz\nDoe,x\n", ["--class=Person", "--ignore_columns=name, *"], 1, [
    "0 of 2 columns known, as codes (no_localize=1); 2 not loaded",
    "No reconciliation scheme could be defined",
  ]],
  ["a filled cell without a name", "name,first_name,org_id->name,\nDoe,Jo,Demo,y\n", ["--class=Person"], 1, [
    "Column 4 has no name, but filled cells",
  ]],
  [
    "short rows that are filled up, whose empty cells are values of their attributes",
    "name,first_name,org_id->name,email\nDoe,Jo,Demo\n",
    ["--class=Person", "--short_rows=fill"],
    0,
    ["4 'email' → email: always empty", "Nothing was found"],
  ],
  ["nothing is known", "a,b\n1,2\n", ["--class=Person"], 1, ["0 of 2 columns known", "an import would be refused"]],
  ["a computed column", "name,first_name,org_id->name,friendlyname\nDoe,Jo,Demo,x\n", ["--class=Person"], 1, [
    "is computed and cannot be written",
  ]],
  [
    "what a new object needs",
    "Email,Status\na@example.org,Active\n",
    ["--class=Person"],
    0,
    ["A new object needs what has no column: name, org_id, first_name"],
  ],
  [
    "an enumeration",
    PERSONS + "Doe,Jo,Demo,a@x.org,Activ\nRoe,Al,Demo,b@x.org,ACTIVE\nPoe,Al,Demo,c@x.org,gone\n",
    ["--class=Person"],
    1,
    [
      "2 rows have a value in 'Status' that status does not take (lines 2, 4)",
      "'Activ': Allowed 'status' value(s): Active,Inactive. Did you mean 'Active'?",
    ],
  ],
  ["an e-mail address", PERSONS + "Doe,Jo,Demo,nobody,Active\n", ["--class=Person"], 1, [
    "in 'Email' that email does not take (line 2)",
  ]],
  [
    "names where ids are expected",
    "Last Name,First Name,Organization\nDoe,Jo,Demo\nRoe,Al,3\n",
    ["--class=Person"],
    1,
    ["1 row has no id in 'Organization', which takes ids (line 2): 'Demo'", "Name the column 'Organization->Name'"],
  ],
  [
    "keys of one's own",
    PERSONS + "Doe,Jo,Demo,jo@example.org,Active\nRoe,Al,Demo,JO@example.org,Active\n",
    ["--class=Person", "--reconciliationkeys=Email"],
    1,
    ["Reconciliation keys: email, from 'Email'", "line 3 that of line 2"],
  ],
  [
    "keys behind several arrows, by which rows differ",
    "name,first_name,org_id->parent_id->name\nDoe,Jo,Demo\nDoe,Jo,Other\nDoe,Jo,Demo\n",
    ["--class=Person", "--reconciliationkeys=name,first_name,org_id->parent_id->name"],
    0,
    [
      "org_id (parent_id->name), from 'name', 'first_name' and 'org_id->parent_id->name'",
      "1 row repeats an earlier one: line 4 that of line 2",
    ],
  ],
  [
    "a key that is none",
    PERSONS + "Doe,Jo,Demo,a@x.org,Active\n",
    ["--class=Person", "--reconciliationkeys=Emial"],
    1,
    ["Unknown reconciliation key: 'Emial'"],
  ],
  [
    "rows that refer to rows further down",
    "Email,Last Name,First Name,Organization->Name,Manager->Email\n" +
    "ann@example.org,A,Ann,Demo,BOB@example.org\nbob@example.org,B,Bob,Demo,cid@example.org\n" +
    "cid@example.org,C,Cid,Demo,cid@example.org\ndan@example.org,D,Dan,Demo,dan@example.org\n",
    ["--class=Person", "--reconciliationkeys=Email"],
    0,
    [
      "Warning: Rows refer by 'Manager->Email' to rows further down: line 2 to line 3, line 3 to line 4, line 5 to itself\n",
      "second_pass=Manager looks for them when all rows are there",
      "--reconciliationkeys=Email --second_pass=Manager\n",
    ],
  ],
  [
    "rows that refer to rows further down by several columns, and by others' keys",
    "name,code,parent_id->name,parent_id->code\nB,1,A,2\nX,1,A,1\nA,2,Z,\nY,3,<NULL>,\n",
    ["--class=Organization"],
    0,
    [
      "Rows refer by 'parent_id->name' and 'parent_id->code' to rows further down: line 2 to line 4\n",
      "second_pass=parent_id",
    ],
  ],
  [
    "rows that refer to rows above them, or to themselves in a tree",
    "Name,Code,Parent->Name\nA,1,\nB,2,A\nC,3,b\nD,4,D\n",
    ["--class=Organization"],
    0,
    [
      "Nothing was found that would stop an import or leave rows out; 0 warnings",
      "To load it, give: --class=Organization\n",
    ],
  ],
  [
    "rows that refer to rows further down, as was said",
    "Name,Code,Parent->Name\nB,2,A\nA,1,\n",
    ["--class=Organization", "--second_pass=Parent"],
    0,
    ["leave rows out; 0 warnings", "--class=Organization --second_pass=Parent\n"],
  ],
  [
    "rows that refer to rows further down, and create them",
    "Name,Code,Parent->Name,Parent->Code\nB,2,A,1\nA,1,,\n",
    ["--class=Organization", "--create_targets=Parent"],
    0,
    ["leave rows out; 0 warnings", "--class=Organization --create_targets=Parent\n"],
  ],
  [
    "a key that cannot be filled in a second reading",
    "Name,Code,Parent->Name\nB,2,A\nA,1,\n",
    ["--class=Organization", "--second_pass=Code", "--create_targets=Nope"],
    1,
    [
      "Error: second_pass: 'Code' is no external key that a column of the file feeds",
      "Error: Wrong create_targets 'Nope': it is no external key of the class",
    ],
  ],
  [
    "a reconciliation key cannot be filled in a second reading",
    "Name,Parent->Name\nB,A\nA,\n",
    ["--class=Organization", "--reconciliationkeys=Name, Parent->Name"],
    0,
    ["leave rows out; 0 warnings"],
  ],
  ["an abstract class", "Name\nx\n", ["--class=FunctionalCI"], 0, ["No object of FunctionalCI itself can be made"]],
  [
    "dates of attributes",
    "Name,Organization->Name,Purchase date\nx,Demo,31/12/2020\ny,Demo,01/02/2021\n",
    ["--class=Server"],
    0,
    ["dates: d/m/Y (line 2 decides)", "--date_format=d/m/Y"],
  ],
  [
    "dates, judged",
    "Name,Organization->Name,Purchase date\nx,Demo,31/12/2020\ny,Demo,2021-02-01\n",
    ["--class=Server", "--date_format=m/d/Y"],
    1,
    ["2 rows have a value in 'Purchase date' that purchase_date does not take (lines 2, 3)"],
  ],
  ["no dates where dates are expected", "Name,Organization->Name,Purchase date\nx,Demo,soon\n", ["--class=Server"], 1, [
    "The 1 filled cells of 'Purchase date' look like no dates",
  ]],
  ["another separator", "Name;Code\nA;1\n", ["--class=Organization", "--separator=,"], 1, ["Give separator=;"]],
];

for (const [what, csv, parameters, exitCode, said] of CASES) {
  Deno.test(`check for a class: ${what}`, () =>
    withWorld(async ({ scratch, database }) => {
      scratch.write("own.csv", csv);
      const run = await scratch.run(["check", "own.csv", `--db=${database}`, ...parameters]);
      assertExit(run, exitCode);
      for (const text of said) assertStringIncludes(run.stdout, text, describeRun(run));
    }));
}

Deno.test("check refuses a class, a language and a database that are not there", () =>
  withWorld(async ({ scratch, database }) => {
    scratch.write("own.csv", "a\n1\n");
    const refusals: readonly (readonly [string, number, string])[] = [
      ["--class=Persn", 64, "Unknown class: 'Persn'"],
      ["--class=Person --language=XX", 64, "XX"],
      ["--class=Person --db=none.db", 78, "none.db"],
    ];
    for (const [parameters, exitCode, said] of refusals) {
      const given = parameters.includes("--db") ? [] : [`--db=${database}`];
      const run = await scratch.run(["check", "own.csv", ...given, ...parameters.split(" ")]);
      assertExit(run, exitCode);
      assertStringIncludes(run.stderr, said);
    }
  }));

Deno.test("without a class no database is needed, nor looked at", () =>
  withWorld(async ({ scratch }) => {
    scratch.write("own.csv", "a\n1\n");
    assertExit(await scratch.run(["check", "own.csv", "--db=none.db"]), 0);
    assert(!scratch.path("none.db").includes("\0"));
  }));

Deno.test("nobody who is not logged in learns what objects there are", () =>
  withWorld(async ({ scratch, database }) => {
    const opened = new DatabaseSync(database);
    opened.exec("UPDATE organization SET name = 'Secret Works' WHERE id = 1");
    opened.close();
    const told = async (name: string) => {
      scratch.write("own.csv", `Name,Code,Parent->Name\n${name},x,Nobody\nNo Such Works,y,${name}\n`);
      const run = await scratch.run(["check", "own.csv", `--db=${database}`, "--class=Organization", "--output=json"]);
      assertExit(run, 0);
      return run.stdout;
    };
    assertEquals(await told("Secret Works"), await told("Strange Work"));
  }));
