/** Paths as people type them, which messages show, and as the system is asked for them. */
import { isAbsolute } from "node:path";

/** What everything that opens files is told. */
export interface WorkingFolder {
  /** What typed paths are relative to; undefined: the working folder of the process. Absolute. */
  readonly workingFolder?: string | undefined;
}

/**
 * The path of a file for the system.
 * @param path as it was typed
 */
export function pathFrom({ workingFolder }: WorkingFolder, path: string): string {
  // No file has an empty name: the system is to say so.
  return workingFolder === undefined || path === "" || isAbsolute(path) ? path : `${workingFolder}/${path}`;
}
