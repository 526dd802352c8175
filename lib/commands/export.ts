/** `csvrecon export`: writes objects as CSV that loads back. */
import { EXIT, type ExitCode } from "../errors.ts";
import type { ProgramIo } from "../io.ts";
import { databaseFiles } from "../databases/database_files.ts";
import { checkWrittenFiles, openFile, openOutput } from "../export/export_output.ts";
import { paramText } from "../export/param_text.ts";
import { type Exported, runExport } from "../export/run_export.ts";
import { aside } from "../messages/aside.ts";
import * as sentences from "../messages/export.ts";
import type { MergedParameters } from "../parameters/reading/merge_parameters.ts";
import { paramFileNames } from "../parameters/reading/param_file.ts";
import type { TypedArguments } from "../parameters/reading/parse_arguments.ts";
import { type ExportSettings, exportSettings } from "../parameters/settings/export_settings.ts";
import { printedLines } from "../report/printed_lines.ts";
import { createProgress } from "../report/progress.ts";
import { tryToWrite } from "../report/tell_stop.ts";
import { openDatabase, readParameters } from "./told_database.ts";

/** @throws RunStop 64, 65, 66, 73, 74, 75, 77 or 78 */
export async function exportCommand(typed: TypedArguments, io: ProgramIo): Promise<ExitCode> {
  const merged = await readParameters(typed, io);
  const settings = await exportSettings(merged);
  await checkFiles(settings, merged, io);
  const store = await openDatabase(settings, merged, io);
  const progress = createProgress(io.stderr, null);
  try {
    const exported = await runExport({
      settings,
      store,
      now: io.now,
      passwordCost: io.passwordCost,
      open: () => openOutput(settings.file, io),
      progress: (rows, bytes) => progress.update(rows, bytes),
    });
    await progress.clear();
    const notes = notesOf(exported, settings);
    if (settings.paramFile !== null) {
      await writeParams(settings.paramFile, paramText(settings, exported.plan, notes), io);
    }
    await tryToWrite(printedLines(notes.map(aside), io.stderr), io.stderr);
    return exported.notes.rows > 0 ? EXIT.rowsInError : EXIT.done;
  } finally {
    await progress.clear();
    await store.close();
  }
}

async function checkFiles(settings: ExportSettings, { values }: MergedParameters, io: ProgramIo): Promise<void> {
  const { file, paramFile, database } = settings;
  // Only the names of parameter files are separated by commas.
  const paramFiles = paramFileNames(values.get("param_file")?.text ?? "");
  const paths = [...paramFiles, values.get("auth_pwd_file")?.text ?? ""];
  const files = { file: file === "-" ? null : file, write: paramFile };
  await checkWrittenFiles(files, databaseFiles(database, io), paths.filter((path) => path !== ""), io);
}

/** What somebody should know, in the order of its weight. */
function notesOf({ plan, notes }: Exported, { safeCsv }: ExportSettings): readonly string[] {
  return [
    ...notes.all.map(sentences.cellNote),
    ...plan.loadedBy.kind === "nothing" ? [sentences.DOES_NOT_LOAD_BACK] : [],
    ...plan.loadedBy.kind === "unnamed" ? [sentences.HAS_NO_KEYS] : [],
    ...safeCsv ? [sentences.SAFE_CSV] : [],
    ...plan.columnNotes.map(sentences.columnNote),
    ...plan.loadedBy.kind === "id" ? [sentences.loadedBackBy(plan.keyNames)] : [],
    ...plan.leftOut.map(sentences.leftOut),
  ];
}

/** @throws RunStop 74 */
async function writeParams(path: string, text: string, io: ProgramIo): Promise<void> {
  const output = openFile(path, io);
  try {
    await output.write(new TextEncoder().encode(text));
    await output.finish();
  } finally {
    output.close();
  }
}
