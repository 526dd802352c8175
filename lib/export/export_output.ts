/** Where the file goes: to standard output as it comes, or into the place of a file when it is whole. */
import { EXIT, RunStop } from "../errors.ts";
import { systemReason } from "../messages/system_reason.ts";
import type { ProgramIo } from "../io.ts";
import { outputNotWritable } from "../messages/commands.ts";
import { fileIsDatabase, fileIsNoFile, fileIsRead, fileNotWritten, sameFiles } from "../messages/export.ts";
import { printing } from "../report/printing.ts";
import { sameFileAmong } from "../same_file.ts";
import { ReplacedFile } from "../spool/replaced_file.ts";
import { pathFrom } from "../working_folder.ts";

export interface ExportOutput {
  /** @throws RunStop 74 */
  write(bytes: Uint8Array): Promise<void>;
  /** It is whole. @throws RunStop 74 */
  finish(): Promise<void>;
  /** To be called in every case. */
  close(): void;
}

/** @param path as typed; `-` is standard output @throws RunStop 74 */
export function openOutput(path: string, io: Pick<ProgramIo, "stdout" | "workingFolder">): ExportOutput {
  if (path !== "-") return openFile(path, io);
  const { stdout } = io;
  return {
    write: (bytes) => printing(() => stdout.writeBytes(bytes), outputNotWritable),
    finish: () => Promise.resolve(),
    close: () => {},
  };
}

/** @throws RunStop 74 when it cannot be made */
export function openFile(path: string, io: Pick<ProgramIo, "workingFolder">): ExportOutput {
  const orRefused = <T>(act: () => T): T => {
    try {
      return act();
    } catch (error) {
      throw new RunStop(EXIT.reportNotWritable, [fileNotWritten(path, systemReason(error))], { cause: error });
    }
  };
  const file = orRefused(() => new ReplacedFile(pathFrom(io, path)));
  return {
    // deno-lint-ignore require-await -- what it throws must reject
    write: async (bytes) => orRefused(() => file.write(bytes)),
    // deno-lint-ignore require-await
    finish: async () => orRefused(() => file.publish()),
    close: () => file.discard(),
  };
}

/** The files that an export is to write, by the parameter that names them. */
export type WrittenFiles = Readonly<Record<"file" | "write", string | null>>;

/**
 * Looks whether they may be written: a file in use is never replaced.
 * @param database paths of its files
 * @param read paths of files that the export reads
 * @throws RunStop 64 with everything that is wrong
 */
export async function checkWrittenFiles(
  files: WrittenFiles,
  database: readonly string[],
  read: readonly string[],
  io: Pick<ProgramIo, "workingFolder">,
): Promise<void> {
  const problems = [];
  const named = Object.entries(files).filter((one): one is ["file" | "write", string] => one[1] !== null);
  for (const [parameter, path] of named) {
    const place = pathFrom(io, path);
    if (await sameFileAmong(place, database) !== null) problems.push(fileIsDatabase(parameter, path));
    else if (await sameFileAmong(place, read.map((one) => pathFrom(io, one))) !== null) {
      problems.push(fileIsRead(parameter, path));
    } else if (await isSomethingElse(place)) problems.push(fileIsNoFile(path));
  }
  const { file, write } = files;
  if (file !== null && write !== null && await sameFileAmong(pathFrom(io, file), [pathFrom(io, write)]) !== null) {
    problems.push(sameFiles(write));
  }
  if (problems.length > 0) throw new RunStop(EXIT.usage, problems);
}

/** A folder, a pipe, a device, what Deno lets nobody look at below `/dev` or `/proc`. */
async function isSomethingElse(path: string): Promise<boolean> {
  try {
    return !(await Deno.stat(path)).isFile;
  } catch (error) {
    // Nothing is there, or it is out of reach: to write it will tell so.
    return error instanceof Deno.errors.NotCapable;
  }
}
