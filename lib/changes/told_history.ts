/** What somebody is told of the change log: facts, without words. */
import type { AttributeCode, ClassCode } from "../model/model.ts";
import type { Operation } from "../store/changes.ts";
import type { LoggedRun } from "../store/logged_runs.ts";
import type { ShownId } from "../store/object_id.ts";

export interface ToldRun {
  readonly run: LoggedRun;
  /** Of an import; of an undo that of the run which it took back. Null: nobody knows of one. */
  readonly class: ClassCode | null;
  /** False: only its number and its date are told. */
  readonly isWhole: boolean;
  /** False: what it did is no longer in the log, or what others did since is not. */
  readonly canBeUndone: boolean;
}

export type ToldValue =
  /** There is none, or none that may be told. */
  | { readonly kind: "none" }
  /** `label`: what people call it; null: as it stands. */
  | { readonly kind: "text"; readonly text: string; readonly label: string | null }
  /** `name`: the friendly name that it has now; null: it is gone. */
  | { readonly kind: "object"; readonly id: ShownId; readonly name: string | null };

export interface ToldEntry {
  readonly run: number;
  readonly operation: Operation;
  /** The object's own class. */
  readonly class: ClassCode;
  readonly id: ShownId;
  /** The friendly name that the object has now; null: it is gone. */
  readonly name: string | null;
  /** Null: the object as a whole. */
  readonly attribute: ToldAttribute | null;
  readonly old: ToldValue;
  readonly new: ToldValue;
}

export interface ToldAttribute {
  readonly code: AttributeCode;
  readonly label: string;
  /** A password: it was changed, and nobody is told more. */
  readonly isSecret: boolean;
}

export const NO_VALUE: ToldValue = { kind: "none" };
