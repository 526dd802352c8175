/** The last lines of the history: what it does not tell, and why. */
import type { HistoryEnd } from "../changes/history_story.ts";

/** Below everything else. */
export function endNotes(end: HistoryEnd): readonly string[] {
  return [...nothingNotes(end), ...moreNotes(end), ...withheldNotes(end)];
}

function nothingNotes({ about, told, withheld, prunedUpTo, isForeign }: HistoryEnd): readonly string[] {
  if (told > 0) return [];
  switch (about) {
    case "runs":
      return [
        withheld === "nothing"
          ? `The change log is empty: nothing was written yet${isForeign ? "" : ", but by init"}.`
          : "The change log has no run that you may be told of.",
      ];
    case "run":
      if (prunedUpTo !== null) return [];
      return [withheld === "nothing" ? "It wrote to no object." : "It wrote to no object that you may be told of."];
    case "object":
      return [
        prunedUpTo === null
          ? `The change log tells nothing of it: ${
            isForeign ? "csvrecon has not written it" : "init made it, or somebody by hand"
          }.`
          : `The change log tells nothing of it: what runs did up to ${prunedUpTo} was removed from the log.`,
      ];
  }
}

function moreNotes({ about, more, isMoreCounted }: HistoryEnd): readonly string[] {
  if (more === 0) return [];
  if (about === "object") return ["Older runs wrote to it, too: --last=NUMBER tells of more."];
  return [`${isMoreCounted ? more : `More than ${more}`} older: --last=NUMBER tells of more.`];
}

function withheldNotes({ about, withheld }: HistoryEnd): readonly string[] {
  if (withheld === "nothing") return [];
  if (about === "runs" && withheld === "others") {
    return [
      "Only your own runs are listed. What others did to objects that you see is told with --class and --object.",
    ];
  }
  return ["Told is only what you may load and see."];
}
