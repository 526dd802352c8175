/** `csvrecon model show`, `csvrecon model derive` and `csvrecon model check FILE`. */
import { EXIT, type ExitCode, RunStop } from "../errors.ts";
import type { ProgramIo } from "../io.ts";
import { describeClass, describeModel } from "../model/file/describe_model.ts";
import type { Model } from "../model/model.ts";
import { type ModelSettings, modelSettings } from "../parameters/settings/model_settings.ts";
import type { TypedArguments } from "../parameters/reading/parse_arguments.ts";
import { printedLines } from "../report/printed_lines.ts";
import { openStore } from "../databases/open_store.ts";
import { classProblems } from "../run/unknown_class.ts";
import { knownLanguage } from "./known_language.ts";
import { print } from "./print.ts";
import { readParameters } from "./told_database.ts";

/** Seconds. */
const BUSY_TIMEOUT = 10;

/** @throws RunStop 64, 66, 73, 74, 75 or 78 */
export async function modelCommand(typed: TypedArguments, io: ProgramIo): Promise<ExitCode> {
  const settings = await modelSettings(await readParameters(typed, io));
  await print(printedLines(await linesOf(settings, io), io.stdout), io);
  return EXIT.done;
}

async function linesOf(settings: ModelSettings, io: ProgramIo): Promise<readonly string[]> {
  switch (settings.action) {
    case "show":
      return await show(settings, io);
    case "derive":
      return await (await import("./derive_model.ts")).derivedLines(settings.database, io);
    case "check":
      return await (await import("./check_model.ts")).checkModel(settings, io);
  }
}

type ShowSettings = Extract<ModelSettings, { readonly action: "show" }>;

async function show(settings: ShowSettings, io: ProgramIo): Promise<readonly string[]> {
  const model = await modelOf(settings, io);
  const language = settings.language === null ? model.languages[0] ?? "" : knownLanguage(model, settings.language);
  if (settings.class === null) return describeModel(model, language);
  const modelClass = model.classes.get(settings.class);
  if (modelClass !== undefined) return describeClass(model, modelClass, language);
  throw new RunStop(EXIT.usage, classProblems(settings.class, model));
}

async function modelOf(
  { database, foreign }: Pick<ShowSettings, "database" | "foreign">,
  { workingFolder, interruption, env }: ProgramIo,
): Promise<Model> {
  const options = { busyTimeoutSeconds: BUSY_TIMEOUT, workingFolder, interruption, env, foreign };
  const store = await openStore(database, options);
  try {
    return await store.model();
  } finally {
    await store.close();
  }
}
