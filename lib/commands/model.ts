/** `csvrecon model show` and `csvrecon model check FILE`. */
import { EXIT, type ExitCode, RunStop } from "../errors.ts";
import type { ProgramIo } from "../io.ts";
import { modelIsGood } from "../messages/commands.ts";
import { unknownClass } from "../messages/run.ts";
import { describeClass, describeModel } from "../model/describe_model.ts";
import { nearestName } from "../model/nearest_name.ts";
import { resolveModel } from "../model/resolve_model.ts";
import { mergeParameters } from "../parameters/merge_parameters.ts";
import { type ModelSettings, modelSettings } from "../parameters/model_settings.ts";
import type { TypedArguments } from "../parameters/parse_arguments.ts";
import { openDatabase } from "../store/database.ts";
import { storedModelText } from "../store/stored_model.ts";
import { checkModelText, readModelFile } from "./read_model_file.ts";

/** Seconds. */
const BUSY_TIMEOUT = 10;

/** @throws RunStop 64, 66 or 78 */
export async function modelCommand(typed: TypedArguments, io: ProgramIo): Promise<ExitCode> {
  const settings = modelSettings(await mergeParameters(typed, io.env));
  const lines = settings.action === "check" ? await check(settings.file) : show(settings);
  await io.stdout.write(lines.map((line) => line + "\n").join(""));
  return EXIT.done;
}

async function check(file: string): Promise<readonly string[]> {
  const { model } = checkModelText(await readModelFile(file), file);
  return [modelIsGood(file, model.name, model.classes.size)];
}

function show(settings: Extract<ModelSettings, { readonly action: "show" }>): readonly string[] {
  const database = openDatabase(settings.database, { busyTimeoutSeconds: BUSY_TIMEOUT });
  const text = storedModelText(database);
  database.close();
  const model = resolveModel(JSON.parse(text));
  const language = settings.language ?? model.languages[0] ?? "";
  if (settings.class === null) return describeModel(model, language);
  const modelClass = model.classes.get(settings.class);
  if (modelClass !== undefined) return describeClass(model, modelClass, language);
  throw new RunStop(EXIT.usage, [unknownClass(settings.class, nearestName(settings.class, [...model.classes.keys()]))]);
}
