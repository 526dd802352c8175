/** `csvrecon model show` and `csvrecon model check FILE`. */
import { EXIT, type ExitCode, RunStop } from "../errors.ts";
import type { ProgramIo } from "../io.ts";
import { modelIsGood } from "../messages/commands.ts";
import { describeClass, describeModel } from "../model/file/describe_model.ts";
import type { Model } from "../model/model.ts";
import { mergeParameters } from "../parameters/reading/merge_parameters.ts";
import { LOOKED_AT } from "../parameters/settings/foreign_settings.ts";
import { type ModelSettings, modelSettings } from "../parameters/settings/model_settings.ts";
import type { TypedArguments } from "../parameters/reading/parse_arguments.ts";
import { printedLines } from "../report/printed_lines.ts";
import { openStore } from "../databases/open_store.ts";
import { classProblems } from "../run/unknown_class.ts";
import { knownLanguage } from "./known_language.ts";
import { print } from "./print.ts";
import { checkModelText, readModelFile } from "./read_model_file.ts";

/** Seconds. */
const BUSY_TIMEOUT = 10;

/** @throws RunStop 64, 66, 74 or 78 */
export async function modelCommand(typed: TypedArguments, io: ProgramIo): Promise<ExitCode> {
  const settings = modelSettings(await mergeParameters(typed, io));
  const lines = settings.action === "check" ? await check(settings.file, io) : await show(settings, io);
  await print(printedLines(lines, io.stdout), io);
  return EXIT.done;
}

async function check(file: string, io: ProgramIo): Promise<readonly string[]> {
  const { model } = checkModelText(await readModelFile(file, io), file);
  return [modelIsGood(file, model.name, model.classes.size)];
}

async function show(
  settings: Extract<ModelSettings, { readonly action: "show" }>,
  io: ProgramIo,
): Promise<readonly string[]> {
  const model = await modelOf(settings.database, io);
  const language = settings.language === null ? model.languages[0] ?? "" : knownLanguage(model, settings.language);
  if (settings.class === null) return describeModel(model, language);
  const modelClass = model.classes.get(settings.class);
  if (modelClass !== undefined) return describeClass(model, modelClass, language);
  throw new RunStop(EXIT.usage, classProblems(settings.class, model));
}

async function modelOf(path: string, { workingFolder }: ProgramIo): Promise<Model> {
  const store = await openStore(path, { busyTimeoutSeconds: BUSY_TIMEOUT, workingFolder, foreign: LOOKED_AT });
  try {
    return await store.model();
  } finally {
    await store.close();
  }
}
