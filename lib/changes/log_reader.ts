/** Who reads the change log, and what they may be told of its runs. */
import { linkSetRefusal } from "../users/link_set_rights.ts";
import { mayBulkWrite } from "../users/rights.ts";
import type { User } from "../users/user.ts";
import type { ClassCode, LinkSetAttribute, Model, ModelClass } from "../model/model.ts";
import type { LoggedRun, LoggedRuns } from "../store/logged_runs.ts";
import type { ObjectSearches } from "../store/objects.ts";
import type { ToldRun } from "./told_history.ts";

/** What the log is read with. */
export interface LogWorld {
  readonly model: Model;
  readonly user: User;
  readonly log: LoggedRuns;
  /** Within the user's limit. */
  readonly objects: ObjectSearches;
}

/** An undo of an undo of an undo …: of so many the class is looked for. */
const MOST_UNDOS = 100;

export class LogReader {
  readonly #mayLoad = new Map<ClassCode, boolean>();

  /** @param lastPruned as `LoggedRuns.lastPruned` tells it */
  constructor(readonly world: LogWorld, readonly lastPruned: number) {}

  /** The user sees only the objects of some organisations. */
  get isLimited(): boolean {
    return this.world.user.allowedOrganizations !== null;
  }

  /** Nothing of the log is withheld from them but passwords. */
  get seesEverything(): boolean {
    return !this.isLimited && this.mayLoadAll;
  }

  get mayLoadAll(): boolean {
    return [...this.world.model.classes.keys()].every((code) => this.mayLoad(code));
  }

  get mayLoadAny(): boolean {
    return [...this.world.model.classes.keys()].some((code) => this.mayLoad(code));
  }

  mayLoad(code: ClassCode): boolean {
    const known = this.#mayLoad.get(code);
    if (known !== undefined) return known;
    const { model, user } = this.world;
    const modelClass = model.classes.get(code);
    const may = modelClass !== undefined && mayBulkWrite(user, modelClass, model);
    this.#mayLoad.set(code, may);
    return may;
  }

  mayWriteLinkSet(modelClass: ModelClass, attribute: LinkSetAttribute): boolean {
    const { model, user } = this.world;
    return linkSetRefusal({ user, modelClass, model }, [{ name: attribute.code, attribute }]) === null;
  }

  isOwn({ userId }: LoggedRun): boolean {
    return userId === this.world.user.id;
  }

  async told(run: LoggedRun): Promise<ToldRun> {
    const code = await this.#classOf(run);
    return {
      run,
      class: code,
      isWhole: this.seesEverything || this.isOwn(run) || (!this.isLimited && code !== null && this.mayLoad(code)),
      canBeUndone: !run.isPruned && run.id > this.lastPruned,
    };
  }

  async #classOf(run: LoggedRun): Promise<ClassCode | null> {
    let current: LoggedRun | null = run;
    for (let count = 0; current !== null && count < MOST_UNDOS; count++) {
      const code = current.parameters["class"];
      if (current.undoes === null) return code ?? null;
      current = await this.world.log.run(current.undoes);
    }
    return null;
  }
}
