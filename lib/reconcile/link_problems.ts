/** What is wrong with the items of one link-set cell, which may have thousands. */
import type { RefusedLinkSet } from "./link_set.ts";
import type { LinkProblem } from "./problems.ts";

/** So many are told. */
const MOST_TOLD = 10;

export class LinkProblems {
  readonly #told: LinkProblem[] = [];
  #more = 0;

  add(problem: LinkProblem): void {
    if (this.#told.length < MOST_TOLD) this.#told.push(problem);
    else this.#more++;
  }

  /** Null: nothing is wrong. */
  get result(): RefusedLinkSet | null {
    const [problem, ...problems] = this.#told;
    if (problem === undefined) return null;
    return problems.length === 0
      ? { ok: false, problem }
      : { ok: false, problem, others: { problems, more: this.#more } };
  }
}
