/** `csvrecon init`: makes a database with a model and a first administrator. */
import { EXIT, type ExitCode } from "../errors.ts";
import type { ProgramIo } from "../io.ts";
import { databaseMade, databaseMadeNotTold } from "../messages/commands.ts";
import { builtInModelText } from "../model/file/built_in_model.ts";
import { type InitSettings, initSettings } from "../parameters/settings/init_settings.ts";
import type { TypedArguments } from "../parameters/reading/parse_arguments.ts";
import { createStore } from "../databases/create_store.ts";
import { createFirstObjects } from "../users/first_objects.ts";
import { hashPassword } from "../users/password.ts";
import { readMerged } from "./merged_parameters.ts";
import { print } from "./print.ts";
import { checkModelText, readModelFile } from "./read_model_file.ts";

/** @throws RunStop 64, 66, 73 or 78 when no database can be made; then none is left behind. RunStop 74 when one was made and nobody could be told */
export async function initCommand(typed: TypedArguments, io: ProgramIo): Promise<ExitCode> {
  const settings = await initSettings(await readMerged(typed, io));
  const { model, json } = checkModelText(await modelText(settings, io), modelName(settings));
  const passwordHash = hashPassword(settings.adminPassword, io.passwordCost);
  const { interruption, onStatement, workingFolder, env } = io;
  const options = { interruption, onStatement, workingFolder, env, model, modelText: json, now: io.now() };
  await createStore(settings.database, options, (objects) => {
    createFirstObjects(objects, model, settings.adminLogin, passwordHash);
  });
  await print(
    databaseMade(settings.database, model.name, model.classes.size, settings.adminLogin),
    io,
    databaseMadeNotTold,
  );
  return EXIT.done;
}

function modelName({ model }: InitSettings): string {
  return model.kind === "file" ? model.file : model.name;
}

async function modelText({ model }: InitSettings, io: ProgramIo): Promise<string> {
  return model.kind === "file" ? await readModelFile(model.file, io) : await builtInModelText(model.name);
}
