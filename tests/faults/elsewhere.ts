/** Faults that more than one import shows, or none: where their tests are. */

/** The file, below `tests/`, and a test in it. */
export type NamedTest = readonly [file: string, name: string];

export const ELSEWHERE: Readonly<Record<string, readonly NamedTest[]>> = {
  "06": [[
    "reconcile/same_texts_test.ts",
    "fault 06: in link sets, through friendly names and as keys with external keys",
  ]],
  "10": [
    ["run/views_load_back_test.ts", "views load back: every class of the built-in model"],
    ["run/views_load_back_test.ts", "views load back: every class of ${name}"],
  ],
  "11": [
    ["reconcile/case_log_test.ts", "the newest entry once more changes nothing, an older one does"],
    ["run/views_load_back_test.ts", "views load back: every kind of attribute, behind external keys too, ${seed}"],
  ],
  "13": [[
    "reconcile/other_ids_test.ts",
    "a summary has it as a counted warning, in the simulation of a run as in the run",
  ]],
  "19": [["inspect/check_files_test.ts", "separators at the ends of rows"]],
  "22": [["inspect/check_files_test.ts", "a blank that is none"]],
  "26": [["inspect/refused_input_test.ts", "a refused input is named: ${what}"]],
  "a uniqueness rule is slow": [
    ["run/statement_count_test.ts", "a uniqueness rule takes one statement for all new rows of a group"],
    [
      "run/statement_count_test.ts",
      "a thousand rows more take ten statements more to be created, and two to be found unchanged",
    ],
  ],
  "many targets are slow": [
    [
      "run/statement_count_test.ts",
      "an external key that means another object in each row takes hardly more statements",
    ],
    ["reconcile/remembered_targets_test.ts", "20,000 names are remembered, and the next one alone"],
  ],
  "given twice": [
    [
      "parameters/given_twice_test.ts",
      "in a param file both lines are named, once for each parameter, whatever name it bears",
    ],
    ["parameters/given_twice_test.ts", "query and body are one place"],
    ["server/given_twice_test.ts", "a parameter given twice is refused: ${what}"],
  ],
  "an alias that serves": [["../README.md", "--allow-net"]],
  "a date of a date_format": [
    ["messages/cells_test.ts", "the date of the date_format 'd.m.Y H:i:s': the attribute has no time of day"],
  ],
  "languages without labels": [
    ["model/languages_test.ts", "model show says which languages have labels, and what the others show"],
    [
      "model/languages_test.ts",
      "a header in the language of a user who has no labels is refused with the language that counts, by labels only",
    ],
    [
      "model/languages_test.ts",
      "a model that is whole in all of its languages says nothing of it, one without labels that codes are shown",
    ],
  ],
  "an enumeration in details": [
    [
      "run/details_words_test.ts",
      "details show an enumeration by its code: of rows created, unchanged, updated and in error",
    ],
    ["run/details_words_test.ts", "so are the words of booleans and of own enumerations"],
    ["run/details_words_test.ts", "a bad word is shown as it was typed, with why"],
  ],
  "a missing input of a job": [
    [
      "jobs/missing_input_test.ts",
      "a folder in the place of an input is told as well, and so are missing ones along with other mistakes",
    ],
    ["jobs/missing_input_test.ts", "in JSON it is a refusal"],
    [
      "jobs/missing_input_test.ts",
      "a job that goes on after failures warns and runs: the file may come until its turn",
    ],
  ],
  "small things": [
    [
      "report/report_writer_test.ts",
      "a retcode report is the number of rows in error and a line end, as every line of text (issue 12: it had none)",
    ],
    ["parameters/parse_arguments_test.ts", "--versoin"],
    ["parameters/meant_parameter_test.ts", '["dry-run", "import", "command_line", "simulate"]'],
    ["parameters/param_file_test.ts", "a file in UTF-16 is called so, once, with a mark or without"],
  ],
  "objects in the way": [
    [
      "reconcile/objects_in_the_way_test.ts",
      "the objects that a row's keys match are named: five of them, and how many there are",
    ],
    [
      "reconcile/objects_in_the_way_test.ts",
      "who has what must be unique is named, but never what the user may not see",
    ],
  ],
  "68": [
    ["run/many_mistakes_test.ts", "three thousand mistakes in few lines: ${what}"],
    ["run/many_mistakes_test.ts", "a link set tells its first ten bad items, and how many more there are"],
  ],
  "no reason in the report": [
    [
      "run/rows_aside_test.ts",
      "a summary keeps its form, and standard error names line, key and reason of each row in error",
    ],
    [
      "run/errors_output_test.ts",
      "comment lines as those of a summary, then the rows in error as a table, byte for byte",
    ],
    [
      "run/rejects_file_test.ts",
      "rows in error are written to a file that nobody else can read, and named on both outputs",
    ],
  ],
  "a password for each import": [
    [
      "jobs/one_password_check_test.ts",
      'seven imports with one login check its password once, with two logins twice: ${way.trim() || "plain"}',
    ],
    ["jobs/one_password_check_test.ts", "another password of the same login is checked, and refused"],
    [
      "jobs/logins_of_jobs_test.ts",
      "a wrong password behind an import of users is counted once for each of its imports, and slows down",
    ],
  ],
  "csvrecon alone": [
    [
      "commands/introduction_test.ts",
      "csvrecon alone says in a few lines what it is, with four examples, and that nothing was done",
    ],
    ["commands/introduction_test.ts", "its examples can be typed as they stand"],
    ["commands/introduction_test.ts", "a command alone tells what is missing, as before"],
  ],
  "hints over HTTP": [
    ["server/hints_test.ts", "what to do is a part of the answer: ${what}"],
    [
      "server/hints_test.ts",
      "/ says what this is and where the docs are, to everybody the same, and nothing of this server",
    ],
    ["server/hints_test.ts", "what is sent where nothing is says where imports go"],
  ],
  "a dense README": [
    ["documents/pages_test.ts", "the README is a door: at most 250 lines, with contents"],
    ["documents/pages_test.ts", "the README's table of tasks leads to every page, once"],
    ["documents/examples_test.ts", "the examples of the documents are these"],
  ],
  "a demo that ends": [["demo_test.ts", "the demo ends with commands that load a file of one's own"]],
};
