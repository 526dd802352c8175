/** New targets of the rows of a part, as far as it was looked through. */
import type { KeyTarget } from "./key_target.ts";
import { isToCreate, type SharedTarget } from "./new_targets.ts";

export class TargetsBefore {
  readonly #made = new Set<SharedTarget>();
  readonly #claimed = new Set<string>();
  /** Those that defaults of a map make: rows get ids for them only when it is known that there are no objects for these. */
  readonly #late = new Set<SharedTarget>();

  /** @param areApart see `targetsStandApart` */
  constructor(private readonly areApart: boolean) {}

  /** @param targets of a row @param ifNew what they are if there is no object for it */
  add(targets: readonly KeyTarget[], ifNew: readonly KeyTarget[]): void {
    for (const target of targets) this.#add(target);
    for (const target of ifNew) if (this.#add(target) && isToCreate(target)) this.#late.add(target.toCreate.one);
  }

  /** Whether those of a row may be others when these are there, or get their ids too early. */
  areInTheWay(targets: readonly KeyTarget[], ifNew: readonly KeyTarget[]): boolean {
    if (this.#made.size === 0) return false;
    return targets.some((one) => this.#isInTheWay(one, this.#late.size > 0)) ||
      ifNew.some((one) => this.#isInTheWay(one, false));
  }

  #isInTheWay(target: KeyTarget, areLate: boolean): boolean {
    if (!isToCreate(target)) return !target.ok && !this.areApart;
    const { one } = target.toCreate;
    // One that is to get its id late would get it too early here.
    if (this.#made.has(one)) return areLate && this.#late.has(one);
    return areLate || !this.areApart || one.claims.some((claim) => this.#claimed.has(claim));
  }

  /** @returns whether it is a new one that nobody had before */
  #add(target: KeyTarget): boolean {
    if (!isToCreate(target) || this.#made.has(target.toCreate.one)) return false;
    const { one } = target.toCreate;
    this.#made.add(one);
    for (const claim of one.claims) this.#claimed.add(claim);
    return true;
  }
}
