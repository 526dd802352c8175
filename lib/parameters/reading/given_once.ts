/** A parameter given twice in one place: nothing says which of its values was meant. */
import type { ParameterName } from "../list/definitions.ts";
import type { Origin, ParameterProblem } from "./parameter_problem.ts";

/** Watches the parameters of one place: a command line, a file, a request. */
export class GivenOnce {
  readonly #first = new Map<ParameterName, Origin>();
  readonly #told = new Set<ParameterName>();

  /** To be asked for each parameter that is given. @returns what is wrong; null: nothing, or it was told before */
  problemWith(parameter: ParameterName, origin: Origin): ParameterProblem | null {
    const first = this.#first.get(parameter);
    if (first === undefined) this.#first.set(parameter, origin);
    if (first === undefined || this.#told.has(parameter)) return null;
    this.#told.add(parameter);
    return { kind: "given_twice", parameter, first, second: origin };
  }
}
