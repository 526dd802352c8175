/** Why a file was not loaded again. */
import { utc } from "./moments.ts";

/** @param since when the same file was loaded */
export function notLoadedAgain(since: Date): string {
  return `Not loaded: the file is the last one of the feed, loaded ${utc(since)} with the same parameters (once=1)`;
}
