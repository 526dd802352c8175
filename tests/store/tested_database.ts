/** What the suite of the store must be given of a database: how one is made, opened and looked into. */
import type { Model } from "../../lib/model/model.ts";
import type { Operation } from "../../lib/store/changes.ts";
import type { ObjectId } from "../../lib/store/object_id.ts";
import type { ObjectStore } from "../../lib/store/objects.ts";
import type { Store } from "../../lib/store/store.ts";
import type { WriteRefusal } from "../../lib/store/write_refusal.ts";

/** What a test's database is made of. */
export interface StoreParts {
  readonly model: Model;
  /** Of the model, to be kept. */
  readonly modelText: string;
  readonly now: Date;
  /** Statements that give the database rules of its own, when its tables are made. */
  readonly ownRules: readonly string[];
  /** Hands over the first objects. */
  readonly fill: (objects: ObjectStore) => void;
}

/** A database as a test has it. */
export interface OpenedStore {
  readonly store: Store;
  /** Opens the same database once more, as another process would; it is closed with the first. It waits for no other writer. */
  another(): Store;
  /** Everything that the change log has kept, in its order. */
  log(): Promise<readonly LogEntry[]>;
  /** The runs that the change log has kept, in their order. */
  runs(): Promise<readonly LoggedRun[]>;
}

/** Class, object, operation, attribute, old and new value. */
export type LogEntry = readonly [string, ObjectId, Operation, string | null, string | null, string | null];

/** A run as the change log keeps it, without its id. */
export interface LoggedRun {
  readonly date: string;
  readonly userId: ObjectId | null;
  readonly user: string;
  readonly comment: string;
  readonly origin: string;
  readonly inputName: string | null;
  readonly inputSize: number | null;
  readonly inputSha256: string | null;
  readonly parameters: string;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly inError: number;
}

/** What a refusal tells. */
export type ToldRule = Pick<WriteRefusal, "rule" | "constraint">;

/**
 * Rules that the suite asks a database to add to the tables of the small model, as statements. All are about brands: a trigger minds one
 * whose name is `refused`, be it new or renamed.
 */
export interface OwnRules {
  /** Triggers that refuse, with the text `mine`, each in another way. */
  readonly refusing: Readonly<Record<string, readonly string[]>>;
  /** Triggers that leave the row as it was, or out, without a word. */
  readonly silent: Readonly<Record<string, readonly string[]>>;
  /** Triggers that end the whole transaction. */
  readonly ending: Readonly<Record<string, readonly string[]>>;
  /** A level is below 1000: a check of the name `level_is_small`. */
  readonly smallLevel: readonly string[];
  /** A level belongs to one brand. */
  readonly uniqueLevel: readonly string[];
}

/** What the database tells of what it refuses. */
export interface ToldRules {
  readonly smallLevel: ToldRule;
  readonly uniqueLevel: ToldRule;
  /** Brands with the same name. */
  readonly uniqueName: ToldRule;
  readonly emptyName: ToldRule;
  readonly noName: ToldRule;
  readonly unknownTarget: ToldRule;
}

export interface TestedDatabase {
  /** As tests are named after it. */
  readonly name: string;
  readonly ownRules: OwnRules;
  readonly told: ToldRules;
  /** Makes a database and opens it; when it was used it must be sound, and is removed. */
  open(parts: StoreParts, use: (opened: OpenedStore) => Promise<void>): Promise<void>;
}
