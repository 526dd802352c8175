/**
 * Job files: lines as in a param file. They say what the job is and which imports it has; a parameter of an import is the default for
 * all of them. Paths are relative to the folder of the file, so that a job can be started from anywhere.
 */
import { dirname, isAbsolute, join } from "node:path";
import { namesServer } from "../../server_address/postgres_address.ts";
import { type ParameterName, PARAMETERS } from "../list/definitions.ts";
import { findParameter, mayStandInJobFile } from "../list/find_parameter.ts";
import { meantOf, nearestAndMeaning, ownParameter } from "../list/meant_parameter.ts";
import { GivenOnce } from "./given_once.ts";
import { fileLines, type GivenValue } from "./param_file.ts";
import type { Origin, ParameterProblem } from "./parameter_problem.ts";

export interface JobFile {
  /** Of a repeated name, which is a problem, the last value; without the imports. */
  readonly values: ReadonlyMap<ParameterName, GivenValue>;
  /** The values of `import`, in the order of the file: parameter files, or folders with some. */
  readonly imports: readonly GivenValue[];
  readonly problems: readonly ParameterProblem[];
}

/** @param file the path of the file, as it was given */
export function parseJobFile(bytes: Uint8Array, file: string): JobFile {
  const values = new Map<ParameterName, GivenValue>();
  const imports: GivenValue[] = [];
  const problems: ParameterProblem[] = [];
  const once = new GivenOnce();
  for (const line of fileLines(bytes, file)) {
    const name = "kind" in line ? line : nameInJobFile(line.name, line.given.origin);
    if (typeof name !== "string") {
      problems.push(name);
    } else if ("given" in line) {
      const given = { ...line.given, text: withFolder(name, line.given.text, dirname(file)) };
      if (name === "import") {
        imports.push(given);
        continue;
      }
      const problem = once.problemWith(name, given.origin);
      if (problem !== null) problems.push(problem);
      values.set(name, given);
    }
  }
  return { values, imports, problems };
}

function nameInJobFile(typed: string, origin: Origin): ParameterName | ParameterProblem {
  const parameter = ownParameter(typed, "import", "param_file");
  if (parameter === null) {
    const known = PARAMETERS.filter(mayStandInJobFile);
    const meant = meantOf(typed, known, ({ uses }) => uses.run?.meaning ?? uses.import?.meaning ?? null);
    return { kind: "unknown_parameter", found: typed, ...nearestAndMeaning(meant), origin };
  }
  return mayStandInJobFile(parameter) ? parameter.name : { kind: "not_in_job_file", parameter: parameter.name, origin };
}

const STANDARD_INPUT = "-";

function withFolder(name: ParameterName, value: string, folder: string): string {
  const isPath = name === "import" || findParameter(name)?.valueName === "FILE";
  if (!isPath || value === "" || isAbsolute(value) || namesServer(value)) return value;
  return name === "csvfile" && value === STANDARD_INPUT ? value : join(folder, value);
}
