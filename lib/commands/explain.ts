/** `csvrecon explain`: what an import looks up for one row, and what it would make of it. */
import { databaseFiles } from "../databases/database_files.ts";
import type { ExitCode } from "../errors.ts";
import { explanationLine } from "../explain/explain_json.ts";
import { explainedLines } from "../explain/explain_text.ts";
import { ExplainedRow } from "../explain/explained_row.ts";
import type { ProgramIo, TextSink } from "../io.ts";
import type { MergedParameters } from "../parameters/reading/merge_parameters.ts";
import type { TypedArguments } from "../parameters/reading/parse_arguments.ts";
import { explainSettings } from "../parameters/settings/explain_settings.ts";
import { loggedParameters } from "../parameters/settings/logged_parameters.ts";
import { printedLines } from "../report/printed_lines.ts";
import { authenticate } from "../run/authenticate.ts";
import { runAlone, unlessStopped } from "../run/run_alone.ts";
import { openSource } from "../source/open_source.ts";
import { print } from "./print.ts";
import { refusedAsJson } from "./refused_as_json.ts";
import { openDatabase } from "./told_database.ts";

/** @throws RunStop as an import */
export async function explainCommand(typed: TypedArguments, io: ProgramIo): Promise<ExitCode> {
  return await refusedAsJson(typed, io, async (merged) => await explain(merged, io));
}

async function explain(merged: MergedParameters, io: ProgramIo): Promise<ExitCode> {
  const { line, import: settings } = await explainSettings(merged);
  const store = await openDatabase(settings, merged, io);
  const explained = new ExplainedRow(line);
  try {
    const end = await runAlone({
      // Its own report is of no use: nobody sees it.
      settings: { ...settings, output: "summary" },
      parameters: loggedParameters(merged),
      origin: "csvrecon explain",
      store,
      logIn: (model, failures) => authenticate(settings, store, model, io, failures),
      openSource: (login) => openSource(settings.csvfile, io, databaseFiles(settings.database, io), login),
      sink: NOWHERE,
      sideReports: [explained],
      explained,
      progressSink: io.stderr,
      now: io.now,
      passwordCost: io.passwordCost,
    });
    const exitCode = unlessStopped(end);
    const { explanation } = explained;
    if (explanation === null) throw new Error("a run that came to its end has worked its row");
    const isJson = settings.output === "json";
    await print(isJson ? explanationLine(explanation) : printedLines(explainedLines(explanation), io.stdout), io);
    return exitCode;
  } finally {
    await store.close();
  }
}

const NOWHERE: TextSink = {
  isTerminal: false,
  write: () => Promise.resolve(),
  writeBytes: () => Promise.resolve(),
};
