/** What `csvrecon check FILE` was asked to look at. */
import type { MapFile } from "../../mapping/map_file.ts";
import type { Charset } from "../../source/charset.ts";
import {
  type Checked,
  checkNeeded,
  checkOptional,
  problemsOf,
  stopForProblems,
  valueOf,
} from "../reading/check_parameters.ts";
import type { MergedParameters } from "../reading/merge_parameters.ts";
import { checkMap } from "./check_map.ts";
import type { ParameterProblem } from "../reading/parameter_problem.ts";
import { readNames } from "../reading/read_file_values.ts";
import { readCharset, readNonEmpty, readOutput, readSwitch, readText } from "../reading/read_values.ts";
import { checkFile, type GivenFile } from "./file_settings.ts";
import { checkLookedAt } from "./foreign_settings.ts";
import { type ForeignSettings, OUTPUT_FORMATS } from "./settings.ts";
import { checkNotation, notationOf, type ValueNotation } from "./value_notation.ts";

/** What of the notation is null, or has no words, is to be found out. */
export interface CheckSettings extends ValueNotation {
  /** Path of the file; `-` is standard input. */
  readonly file: string;
  /** Null: it is to be found out, as are the others that are null. */
  readonly charset: Charset | null;
  readonly given: GivenFile;
  readonly codesNotLabels: boolean | null;
  readonly language: string | null;
  readonly reconciliationKeys: readonly string[];
  /** External keys, as typed. */
  readonly secondPass: readonly string[];
  readonly createTargets: readonly string[];
  readonly map: MapFile | null;
  readonly database: string;
  /** How it is opened if it is not ours. */
  readonly foreign: ForeignSettings;
  /** Null: the database is not opened. */
  readonly class: string | null;
  readonly isWhole: boolean;
  /** The parameter file to write; null: none. */
  readonly write: string | null;
  readonly isForPrograms: boolean;
}

/** @throws UsageStop (64) with all problems */
export async function checkSettings(merged: MergedParameters): Promise<CheckSettings> {
  const given = checkFile(merged);
  const checks = {
    file: fileOf(merged),
    charset: checkOptional<Charset | null>(merged, "charset", readCharset, null),
    ...checkNotation(merged),
    codesNotLabels: checkOptional<boolean | null>(merged, "no_localize", readSwitch, null),
    language: checkOptional<string | null>(merged, "language", readNonEmpty, null),
    keys: checkOptional(merged, "reconciliationkeys", readNames, []),
    secondPass: checkOptional(merged, "second_pass", readNames, []),
    createTargets: checkOptional(merged, "create_targets", readNames, []),
    database: checkNeeded(merged, "db", readNonEmpty),
    class: checkOptional<string | null>(merged, "class", readNonEmpty, null),
    isWhole: checkNeeded(merged, "whole", readSwitch),
    write: checkOptional<string | null>(merged, "write", readNonEmpty, null),
    output: checkNeeded(merged, "output", readOutput(OUTPUT_FORMATS)),
  };
  const { map, problems } = await checkMap(merged);
  const looked = await checkLookedAt(merged);
  const found = [...given.problems, ...problemsOf(Object.values(checks)), ...problems, ...looked.problems];
  stopForProblems([...merged.problems, ...found], merged.command);
  return {
    map,
    file: valueOf(checks.file),
    charset: valueOf(checks.charset),
    given: given.settled(),
    ...notationOf(checks),
    codesNotLabels: valueOf(checks.codesNotLabels),
    language: valueOf(checks.language),
    reconciliationKeys: valueOf(checks.keys),
    secondPass: valueOf(checks.secondPass),
    createTargets: valueOf(checks.createTargets),
    database: valueOf(checks.database),
    foreign: looked.foreign,
    class: valueOf(checks.class),
    isWhole: valueOf(checks.isWhole),
    write: valueOf(checks.write),
    isForPrograms: valueOf(checks.output) === "json",
  };
}

/** The word behind `check` wins over what a param file says. */
function fileOf(merged: MergedParameters): Checked<string> {
  const [word] = merged.words;
  const given = merged.values.get("csvfile");
  if (word === undefined) {
    return given === undefined ? { ok: false, problem: MISSING } : checkNeeded(merged, "csvfile", readText);
  }
  if (given?.origin.kind !== "command_line") return { ok: true, value: word };
  return { ok: false, problem: { kind: "stray_word", found: word, nearest: null } };
}

const MISSING: ParameterProblem = { kind: "checked_file_missing" };
