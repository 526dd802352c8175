/** `csvrecon check FILE`: looks at a file before anything is loaded. Nobody logs in, and no object is looked at. */
import { Breath } from "../breath.ts";
import { EXIT, type ExitCode, RunStop } from "../errors.ts";
import type { ProgramIo } from "../io.ts";
import { databaseFiles } from "../databases/database_files.ts";
import { openStore } from "../databases/open_store.ts";
import { inspectInput } from "../inspect/inspect_input.ts";
import type { InspectedClass, Inspection } from "../inspect/inspection.ts";
import { inspectionJson } from "../inspect/inspection_json.ts";
import { TAIL_BYTES } from "../inspect/judge_tail.ts";
import { type SuggestedParameter, suggestedParameters } from "../inspect/suggested_parameters.ts";
import { asArgument, inspectionLines } from "../messages/check.ts";
import { inputName } from "../messages/input.ts";
import { visibleJson } from "../messages/visible_text.ts";
import type { LanguageCode } from "../model/model.ts";
import type { TypedArguments } from "../parameters/reading/parse_arguments.ts";
import { type CheckSettings, checkSettings } from "../parameters/settings/check_settings.ts";
import { printedLines } from "../report/printed_lines.ts";
import { createProgress } from "../report/progress.ts";
import { classProblems } from "../run/unknown_class.ts";
import { readTail } from "../source/file_tail.ts";
import { openSource, type Source } from "../source/open_source.ts";
import { knownLanguage } from "./known_language.ts";
import { print } from "./print.ts";
import { refusedAsJson } from "./refused_as_json.ts";
import { requireFreeName, writeParamFile } from "./write_param_file.ts";

/** Seconds. */
const BUSY_TIMEOUT = 10;

/** @returns 0: nothing was found that would stop an import; 1: something was; 65: it is no CSV @throws RunStop 64, 66, 74 or 78 */
export async function checkCommand(typed: TypedArguments, io: ProgramIo): Promise<ExitCode> {
  const found = await refusedAsJson(typed, io, async (merged) => await look(await checkSettings(merged), io));
  const { settings: { write }, inspection } = found;
  if (write !== null) await writeParamFile(write, found, io);
  return exitCodeOf(inspection);
}

/** Prints what was found. */
async function look(settings: CheckSettings, io: ProgramIo) {
  if (settings.write !== null) requireFreeName(settings.write, settings.database, io);
  const inspected = settings.class === null ? null : await classOf(settings.class, settings, io);
  const inspection = await inspect(settings, inspected, io);
  const { table, findings } = inspection;
  const parameters = table === null ? [] : suggestedParameters(table, givenIn(settings), findings);
  await print(textOf(settings, inspection, parameters, io), io);
  return { settings, inspection, parameters };
}

function givenIn(settings: CheckSettings) {
  const { charset, given: file, dateFormat, numberSigns, nullWords, language, secondPass, createTargets } = settings;
  const { separator, qualifier } = file;
  const form = { charset, separator, qualifier, file, dateFormat, numberSigns, nullWords, language };
  const given = { ...form, secondPass, createTargets };
  const overlay = settings.foreign.overlay?.path ?? null;
  return { ...given, keys: settings.reconciliationKeys, codes: settings.codesNotLabels, map: settings.map, overlay };
}

interface AskedClass extends InspectedClass {
  /** Null: none was given. */
  readonly language: LanguageCode | null;
}

/** @throws RunStop 64 when there is no such class or language; as `openStore` */
async function classOf(
  name: string,
  { database, foreign, language }: CheckSettings,
  { workingFolder, interruption, env }: ProgramIo,
): Promise<AskedClass> {
  const store = await openStore(database, {
    busyTimeoutSeconds: BUSY_TIMEOUT,
    workingFolder,
    interruption,
    env,
    foreign,
  });
  try {
    const model = await store.model();
    const modelClass = model.classes.get(name);
    if (modelClass === undefined) throw new RunStop(EXIT.usage, classProblems(name, model));
    return { model, modelClass, language: language === null ? null : knownLanguage(model, language) };
  } finally {
    await store.close();
  }
}

async function inspect(settings: CheckSettings, inspected: AskedClass | null, io: ProgramIo): Promise<Inspection> {
  const source = await openSource(settings.file, io, databaseFiles(settings.database, io));
  const progress = createProgress(io.stderr, source.size);
  try {
    return await inspectInput(
      { size: source.size, pieces: source.pieces, tail: tailOf(source, settings.file, io) },
      {
        given: { ...givenIn(settings), language: inspected?.language ?? null },
        inspected,
        isWhole: settings.isWhole,
        breath: new Breath(io.interruption),
        progress: (rows, bytes) => progress.update(rows, bytes),
      },
    );
  } finally {
    await progress.clear();
    await source.close();
  }
}

function tailOf({ size }: Source, file: string, io: ProgramIo): (() => Promise<Uint8Array>) | null {
  return size === null ? null : () => readTail(file, io, size, TAIL_BYTES);
}

function textOf(
  { file, isForPrograms }: CheckSettings,
  inspection: Inspection,
  parameters: readonly SuggestedParameter[],
  { stdout }: ProgramIo,
): string {
  if (isForPrograms) return visibleJson(inspectionJson(file, inspection, parameters)) + "\n";
  const needed = parameters.filter(({ isDefault }) => !isDefault).map(({ name, value }) => asArgument(name, value));
  return printedLines(inspectionLines(inputName(file), inspection, needed), stdout);
}

function exitCodeOf({ findings }: Inspection): ExitCode {
  if (findings.some(({ level }) => level === "fault")) return EXIT.badInput;
  return findings.some(({ level }) => level === "error") ? EXIT.rowsInError : EXIT.done;
}
