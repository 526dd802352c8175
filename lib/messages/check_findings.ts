/** Sentences about what `check` finds in a file. */
import type { StopMessage } from "../errors.ts";
import type { FileFault, Finding } from "../inspect/finding.ts";
import { missingData, openQualifier, tooLong, undecodableBytes } from "./input.ts";
import { obstacleMessage } from "./check_obstacles.ts";
import { warningMessage } from "./check_warnings.ts";
import { asSentence, counted } from "./check_words.ts";
import { frameProblem } from "./file_frame.ts";
import { inputKindHint } from "./input_kinds.ts";
import { badHeader } from "./run.ts";

/** What was found and where, and what helps. */
export function findingMessage(finding: Finding): StopMessage {
  switch (finding.level) {
    case "fault":
      return faultMessage(finding.about);
    case "error":
      return obstacleMessage(finding.about);
    case "warning":
      return warningMessage(finding.about);
  }
}

function faultMessage(fault: FileFault): StopMessage {
  switch (fault.kind) {
    case "no_csv":
      return { text: inputKindHint(fault.input) };
    case "no_data":
      return asSentence(missingData());
    case "undecodable":
      return asSentence(undecodableBytes(fault.found, fault.charset, fault.line, fault.likely));
    case "charset_not_read":
      return { text: "The bytes are no text in any charset that is known here", hint: "Save the file as UTF-8" };
    case "no_end_of_line":
      return {
        text: `${counted(fault.characters, "character")} were read, and no row ended` +
          (fault.qualifierLine === null ? "" : `: a cell opened with a qualifier in line ${fault.qualifierLine}`),
        hint: "Is this a text file with line ends, and is each qualifier closed?",
      };
    case "open_qualifier":
      return asSentence(openQualifier({ kind: "open_qualifier", line: fault.line }));
    case "too_long":
      return asSentence(tooLong(fault.found));
    case "bad_header":
      return asSentence(badHeader(fault.problem, fault.line));
    case "wrong_frame":
      return asSentence(frameProblem(fault.problem));
  }
}
