/** The JSON Schemas of `undo`, `explain` and `check` are true: of every kind that the program knows, and of what it prints. */
import { assert, assertEquals } from "@std/assert";
import { jsonImpossible, jsonKept, jsonReversed } from "../../lib/changes/undo_json.ts";
import type { Impossible, Kept, LeftChange, Reversed } from "../../lib/changes/undo_outcome.ts";
import type { Finding } from "../../lib/inspect/finding.ts";
import { SHOP } from "../changes/shop_model.ts";
import { ADMIN, caseNames, readCase, stepArguments } from "../helpers/golden_case.ts";
import { withModel } from "../helpers/loading.ts";
import { lines } from "../helpers/our_report.ts";
import { assertFits, fits, type PublishedSchema, SCHEMAS } from "../helpers/published_schemas.ts";
import { type ProgramRun, withScratch } from "../helpers/scratch.ts";
import { copyWorld } from "../helpers/world.ts";
import { REFUSALS } from "../messages/every_problem.ts";

function assertPrinted({ stdout }: Pick<ProgramRun, "stdout">, name: PublishedSchema): void {
  const printed = lines(stdout);
  assert(printed.length > 0, "nothing was printed");
  for (const line of printed) assertFits(JSON.parse(line), name);
}

const OBJECT = { class: "Box", id: 7 };
const BY = { id: 3, user: null, date: new Date(0) };
const CHANGES: readonly LeftChange[] = [{ kind: "creation" }, { kind: "deletion" }, {
  kind: "update",
  attributes: ["a"],
}];

/** One of each kind: one that is missing here does not compile. */
const KEPT: { readonly [Kind in Kept["reason"]["kind"]]: Kept["reason"] & { readonly kind: Kind } } = {
  edited: { kind: "edited", by: BY },
  deleted: { kind: "deleted", by: { ...BY, user: "ann" } },
  edited_elsewhere: { kind: "edited_elsewhere" },
  deleted_elsewhere: { kind: "deleted_elsewhere" },
  password: { kind: "password" },
};
const IMPOSSIBLE: {
  readonly [Kind in Impossible["reason"]["kind"]]: Impossible["reason"] & { readonly kind: Kind };
} = {
  referred_to: { kind: "referred_to", by: OBJECT, attribute: "box_id" },
  target_gone: { kind: "target_gone", attribute: "box_id", target: OBJECT },
  duplicate: { kind: "duplicate", attributes: ["name"], other: null },
  loop: { kind: "loop", attribute: "parent_id" },
  id_taken: { kind: "id_taken" },
  not_in_model: { kind: "not_in_model" },
  account: { kind: "account", problem: { kind: "own_profile_denied", profile: "Administrator" } },
  refused_write: REFUSALS.check,
};
const REVERSED: readonly Reversed["reversal"][] = [
  { kind: "deleted" },
  { kind: "set_back", attributes: ["name"] },
  { kind: "created_again" },
];

Deno.test("the schema of undo knows every part of a run, and every reason", () => {
  for (const reversal of REVERSED) assertFits(JSON.parse(jsonReversed({ object: OBJECT, reversal })), "undo");
  for (const change of CHANGES) {
    for (const reason of Object.values(KEPT)) {
      assertFits(JSON.parse(jsonKept({ object: OBJECT, change, reason })), "undo");
    }
    for (const reason of [...Object.values(IMPOSSIBLE), ...Object.values(REFUSALS)]) {
      assertFits(JSON.parse(jsonImpossible({ object: { ...OBJECT, id: "b-7" }, change, reason })), "undo");
    }
  }
  const later = { type: "impossible", ...OBJECT, change: "creation", attributes: [], text: "why" };
  assert(fits({ ...later, reason: "reason_of_later", facts: { any: 1 } }, "undo"), "reasons may come later");
  assert(!fits({ ...later, reason: "loop", facts: {} }, "undo"), "facts of a known reason are missing");
});

Deno.test("what undo prints is as its schema says, and so is a refusal", () =>
  withModel(SHOP, async ({ load, scratch, database }) => {
    await load("Box", "name,size\na,1\nb,2\n");
    await load("Box", "name,size\na,3\nc,4\n");
    const undo = (change: string, more: readonly string[] = []) =>
      scratch.run([
        "undo",
        `--db=${database}`,
        `--auth_user=${ADMIN}`,
        `--auth_pwd=${ADMIN}`,
        `--change=${change}`,
        "--output=json",
        ...more,
      ]);
    const told = [
      await undo("1", ["--simulate=1"]),
      await undo("1"),
      await undo("1"),
      await undo("99"),
      await undo("x"),
    ];
    assertEquals(told.map(({ exitCode }) => exitCode), [1, 1, 1, 64, 64]);
    for (const run of told) assertPrinted(run, "undo");
    assert(told[0]?.stdout.includes('"type":"kept"') && told[0].stdout.includes('"type":"reversed"'));
  }));

Deno.test("what explain prints of a row of every golden case is as its schema says, and so are refusals", () =>
  withScratch(async (scratch) => {
    const types = new Set<string>();
    for (const name of caseNames("cases")) {
      const { steps: [step], folder } = readCase("cases", name);
      if (step === undefined) continue;
      const database = await copyWorld(scratch, `${name}.db`);
      const { output: _output, result: _result, ...params } = step.params;
      // As a param file: whatever else an import takes there is passed over.
      const wanted = stepArguments({ ...step, params }, database).map((one) => one.replace(/^--/, "") + "\n");
      if (wanted.some((line) => /["#]/.test(line))) continue;
      scratch.write("own.params", wanted.join(""));
      const args = ["explain", `--param_file=${scratch.path("own.params")}`, "--line=2", "--output=json"];
      const run = await scratch.run(args, { folder });
      assertPrinted(run, "explanation");
      for (const line of lines(run.stdout)) types.add(JSON.parse(line).type);
      Deno.removeSync(database);
    }
    assertEquals([...types].sort(), ["explanation", "refused"]);
  }));

type Kinds<Level extends Finding["level"]> = Record<(Finding & { readonly level: Level })["about"]["kind"], true>;

/** Every kind that `check` may find: one that is missing here does not compile, and nor does one that is none. */
const FAULTS: Kinds<"fault"> = {
  no_csv: true,
  no_data: true,
  undecodable: true,
  charset_not_read: true,
  no_end_of_line: true,
  open_qualifier: true,
  too_long: true,
  bad_header: true,
  wrong_frame: true,
};
const ERRORS: Kinds<"error"> = {
  line_before_header: true,
  other_separator: true,
  utf_8_as_other: true,
  nameless_columns: true,
  no_header: true,
  repeated_name: true,
  wrong_length: true,
  bad_rows: true,
  twins: true,
  key_is_no_column: true,
  unknown_column: true,
  more_unknown_columns: true,
  columns_refused: true,
  values_refused: true,
  no_ids: true,
  dates_refused: true,
  dates_undecided: true,
  dates_unreadable: true,
  dates_mixed: true,
  date_formats_differ: true,
};
const WARNINGS: Kinds<"warning"> = {
  other_mark: true,
  charset_guessed: true,
  no_rows: true,
  charset_at_end: true,
  header_like_data: true,
  lines_before_header: true,
  comment_lines: true,
  footer_lines: true,
  escape_sign: true,
  ignored_is_no_column: true,
  unseen_in_name: true,
  separator_rows: true,
  repeated_header: true,
  control_rows: true,
  cut_off: true,
  long_cell: true,
  signs_in_numbers: true,
  null_word: true,
  same_rows: true,
  keys_forgotten: true,
  rows_further_down: true,
  empty_keys: true,
  needed_without_column: true,
  abstract_class: true,
  dates_undecided: true,
  dates_unreadable: true,
  dates_mixed: true,
  date_formats_differ: true,
};

Deno.test("the schema of check knows every kind of finding, and no other", () => {
  const { finding } = SCHEMAS.check["$defs"] as { finding: { anyOf: readonly Known[] } };
  const known = finding.anyOf.flatMap(({ properties }) => properties === undefined ? [] : [properties]);
  const levels: Record<Finding["level"], readonly string[]> = {
    fault: Object.keys(FAULTS),
    error: Object.keys(ERRORS),
    warning: Object.keys(WARNINGS),
  };
  for (const [level, kinds] of Object.entries(levels)) {
    const told = known.filter((one) => one.level.const === level || one.level.enum?.includes(level) === true);
    assertEquals(told.map(({ kind }) => kind.const).sort(), [...kinds].sort(), level);
  }
});

interface Known {
  readonly properties?: {
    readonly kind: { readonly const: string };
    readonly level: { readonly const?: string; readonly enum?: readonly string[] };
  };
}

const latin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

/** Files of all sorts; `docs/check.md` has the words. */
const FILES: readonly (string | Uint8Array)[] = [
  "name,code\nA,1\n",
  "",
  '[{"a":1}]',
  "<html><p>x</p></html>",
  latin1("PK\x03\x04\x14\x00\x06\x00"),
  latin1("BZh91AY&SY"),
  latin1("\x89PNG\r\n\x1a\n"),
  latin1("name;code\nM\xfcller;1\nK\xf6ln;2\n"),
  latin1("\xff\xfea\x00,\x00b\x00\n\x00"),
  "\ufeffname,code\nMüller,1\n",
  "sep=;\nname;code\nA;1\n",
  "#TYPE System.Object\nname,code\nA,1\n",
  'name,code\n"A,1\n',
  'name,"co"de\nA,1\n',
  "name,code,\nA,1,x\nB,2,\n",
  "name,name\nA,1\n",
  "name,code\nA,1\nA,1\nA,2\nshort\n,\nname,code\n",
  'name,code\n1,$78"Table, Round 48"\n"a\\","b"\n"x"y,1\n',
  'name,day,price\na,1/2/2024,1.234\nb,3/4/2024,"2,5"\nc,2024-01-05,7\n',
  "name,day,yes\na,13/2/2024,true\nb,3/14/2024,false\n",
  "nam e,cod\u200be\nA,1\nB\u0085,2\n",
  "1,2\n3,4\n",
  "ann@example.org,Ann\nbob@example.org,Bob\ncid@example.org,Cid\n",
  'Report\n\nname,code\n# x\n"a\\",b",1\nB,2\nTotal,\n',
  'name,code\n"a\\",b",1\nB,2\n',
  "name,code\n",
  "name,org_id,status,Nope\nA,x,wrong,1\n",
];

Deno.test("what check prints of files of all sorts, with a class and without, is as its schema says", () =>
  withScratch(async (scratch) => {
    const database = await copyWorld(scratch);
    const kinds = new Set<string>();
    for (const content of FILES) {
      scratch.write("own.csv", content);
      for (
        const more of [
          [],
          ["--class=Organization", `--db=${database}`],
          ["--class=Person", `--db=${database}`, "--reconciliationkeys=name,zip", "--separator=;"],
          ["--charset=WINDOWS-1252", "--date_format=Y-m-d"],
          ["--skip_lines=20"],
          ["--footer_lines=20"],
          ["--header=a,b"],
        ]
      ) {
        const run = await scratch.run(["check", "own.csv", "--output=json", ...more]);
        assertPrinted(run, "check");
        for (const { kind } of JSON.parse(run.stdout).findings) kinds.add(kind);
      }
    }
    assert(kinds.size > 24, `only ${[...kinds]}`);
    const wrong = [["no.csv"], ["own.csv", "--class=Nope", `--db=${database}`], ["own.csv", "--charset=nope"]];
    for (const args of wrong) assertPrinted(await scratch.run(["check", "--output=json", ...args]), "check");
    for (const name of caseNames("differs")) {
      const { steps, folder } = readCase("differs", name);
      for (const { params: { csvfile, charset = "UTF-8" } } of steps) {
        if (csvfile === undefined) continue;
        const args = ["check", csvfile, `--charset=${charset}`, "--output=json"];
        assertPrinted(await scratch.run(args, { folder }), "check");
      }
    }
  }));
