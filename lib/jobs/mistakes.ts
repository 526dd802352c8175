/** Mistakes in job files and their parameter files, collected so that they are told all together. */
import { EXIT, RunStop, type StopMessage } from "../errors.ts";
import { firstOfMany } from "../messages/first_of_many.ts";
import { missingInImport } from "../messages/jobs.ts";
import { parameterProblem } from "../messages/parameters.ts";
import type { ParameterProblem } from "../parameters/reading/parameter_problem.ts";

export class Mistakes {
  /** By their words: a mistake in a job file is found once for each import. */
  readonly #messages = new Map<string, StopMessage>();
  #areFilesOnly = true;

  get isEmpty(): boolean {
    return this.#messages.size === 0;
  }

  /** A file is missing, or cannot be read. */
  addFile(message: StopMessage): void {
    this.#messages.set(JSON.stringify(message), message);
  }

  add(message: StopMessage): void {
    this.addFile(message);
    this.#areFilesOnly = false;
  }

  addProblems(problems: readonly ParameterProblem[]): void {
    const files = problems.filter(({ kind }) => kind === "unreadable_file");
    const others = problems.filter(({ kind }) => kind !== "unreadable_file");
    for (const message of firstOfMany(files.map(parameterProblem))) this.addFile(message);
    for (const message of firstOfMany(others.map(parameterProblem))) this.add(message);
  }

  /** The same for an import: what is missing is missing in its file. */
  addImportProblems(problems: readonly ParameterProblem[], paramFile: string, jobFile: string): void {
    for (const problem of problems) {
      if (problem.kind === "missing") this.add(missingInImport(problem.parameter, paramFile, jobFile));
    }
    this.addProblems(problems.filter(({ kind }) => kind !== "missing"));
  }

  /** Goes on if there are none. @throws RunStop with all of them: 66 if nothing but files are at fault, else 64 */
  stop(): void {
    if (this.isEmpty) return;
    throw new RunStop(this.#areFilesOnly ? EXIT.inputMissing : EXIT.usage, [...this.#messages.values()]);
  }
}
