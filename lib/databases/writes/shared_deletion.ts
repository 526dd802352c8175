/** Deletions of several writes that are done as one, and are told by the write that wanted them. */
import type { ClassCode } from "../../model/model.ts";
import type { LoggedOperation, Operation } from "../../store/changes.ts";
import type { ObjectId } from "../../store/object_id.ts";
import type { ChangeEntries } from "./change_entries.ts";

/** Objects of one class of which nothing else goes, so that each entry of the log is about one of them. */
export class SharedDeletion implements ChangeEntries {
  /** Whose entries are those of an object. */
  readonly #entries = new Map<ObjectId, ChangeEntries>();

  /** The objects, each once. */
  get ids(): readonly ObjectId[] {
    return [...this.#entries.keys()];
  }

  /** Who wants one that goes already has nothing to tell of it. */
  want(ids: readonly ObjectId[], entries: ChangeEntries): void {
    for (const id of ids) if (!this.#entries.has(id)) this.#entries.set(id, entries);
  }

  add(operation: LoggedOperation): void {
    this.#of(operation.objectId).add(operation);
  }

  addObjects(operation: Operation, code: ClassCode, ids: readonly ObjectId[]): void {
    for (const id of ids) this.#of(id).addObjects(operation, code, [id]);
  }

  #of(id: ObjectId): ChangeEntries {
    const entries = this.#entries.get(id);
    if (entries === undefined) throw new Error(`nobody wants ${id} to go`);
    return entries;
  }
}
