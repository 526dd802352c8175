/** Mistakes in job files and their parameter files, collected so that they are told all together. */
import { EXIT, RunStop, type StopMessage } from "../errors.ts";
import { firstOfMany } from "../messages/first_of_many.ts";
import { missingInImport } from "../messages/jobs.ts";
import { parameterProblem } from "../messages/parameters.ts";
import { exitCodeOf, type ParameterProblem } from "../parameters/reading/parameter_problem.ts";

export class Mistakes {
  /** By their words: a mistake in a job file is found once for each import. */
  readonly #messages = new Map<string, StopMessage>();
  readonly #codes = new Set<RunStop["exitCode"]>();

  get isEmpty(): boolean {
    return this.#messages.size === 0;
  }

  /** A file is missing, or cannot be read. */
  addFile(message: StopMessage): void {
    this.#add(message, EXIT.inputMissing);
  }

  add(message: StopMessage): void {
    this.#add(message, EXIT.usage);
  }

  #add(message: StopMessage, code: RunStop["exitCode"]): void {
    this.#messages.set(JSON.stringify(message), message);
    this.#codes.add(code);
  }

  addProblems(problems: readonly ParameterProblem[]): void {
    for (const [code, those] of Map.groupBy(problems, (problem) => exitCodeOf([problem]))) {
      for (const message of firstOfMany(those.map(parameterProblem))) this.#add(message, code);
    }
  }

  /** The same for an import: what is missing is missing in its file. */
  addImportProblems(problems: readonly ParameterProblem[], paramFile: string, jobFile: string): void {
    for (const problem of problems) {
      if (problem.kind === "missing") this.add(missingInImport(problem.parameter, paramFile, jobFile));
    }
    this.addProblems(problems.filter(({ kind }) => kind !== "missing"));
  }

  /** Goes on if there are none. @throws RunStop with all of them, and the code of each if it is the same for all, else 64 */
  stop(): void {
    if (this.isEmpty) return;
    const [code = EXIT.usage, ...others] = this.#codes;
    throw new RunStop(others.length === 0 ? code : EXIT.usage, [...this.#messages.values()]);
  }
}
