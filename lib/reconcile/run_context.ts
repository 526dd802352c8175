/** What stays the same for all rows of a run. */
import type { Breath } from "../breath.ts";
import type { ColumnPlan } from "../columns/plan.ts";
import type { EmptyCells, RowDecisions } from "../parameters/settings/settings.ts";
import type { RunWarnings } from "../run_warnings.ts";
import type { ObjectId } from "../store/object_id.ts";
import type { Consequence, ObjectStore } from "../store/objects.ts";
import type {
  AttributeCode,
  ClassCode,
  LanguageCode,
  LinkSetAttribute,
  Model,
  StoredValue,
  UniquenessRule,
} from "../model/model.ts";
import type { DateFormat } from "../values/date_format.ts";
import type { NumberSigns } from "../values/number_signs.ts";
import type { HiddenTargets } from "./hidden_targets.ts";
import type { NewTargets } from "./new_targets.ts";
import type { RuleProblem } from "./rule_problem.ts";

/** Turns clear passwords into what is stored. Slow on purpose. */
export interface Passwords {
  hash(clear: string): string;
  matches(clear: string, stored: string): boolean;
}

/** An object as it would be written. */
export interface PlannedWrite {
  /** Null: it is to be created. */
  readonly id: ObjectId | null;
  /** Values that change, before and after; none for a new object. */
  readonly changes: ReadonlyMap<AttributeCode, { readonly before: StoredValue; readonly after: StoredValue }>;
  /** Of the link sets in the file. */
  readonly links: readonly PlannedLinks[];
}

/** The links of one link set that come and go with a write. */
export interface PlannedLinks {
  readonly linkSet: LinkSetAttribute;
  /** Ids of links. */
  readonly removed: readonly ObjectId[];
  /** The values of new links, but for the key to the object that has the link set. */
  readonly added: readonly ReadonlyMap<AttributeCode, StoredValue>[];
}

/** An object as it would be. */
export interface CheckedObject {
  readonly class: ClassCode;
  readonly write: PlannedWrite;
  /** The value that a new object would have. */
  initialValue(attribute: AttributeCode): StoredValue;
  /** The value that an object has before the write, where the match has told it; undefined: it has to be asked for. */
  knownValue(attribute: AttributeCode): StoredValue | undefined;
}

/** Rules of a class beyond its model: those of users. */
export interface ObjectRules {
  /** Any row may change what they find of others, in ways that it does not tell: rows go one by one. */
  readonly followEveryRow: boolean;
  /** Asks at once what would be asked for each of these objects. What was prepared before is forgotten. */
  prepare(objects: readonly CheckedObject[]): Promise<void>;
  /**
   * What speaks against the write; nothing: it may go on.
   * @param consequences what the database does by itself to other objects when links of the write go
   */
  check(object: CheckedObject, consequences: readonly Consequence[]): Promise<readonly RuleProblem[]>;
}

/** What reports show of the rows that are told next; they may come to show less. */
export interface ShownNow {
  /** What new objects have. */
  newValues(): boolean;
  /** The friendly names of objects that rows create or update, and of those that their external keys and links refer to. */
  names(kind: "create" | "update"): boolean;
}

export interface RunContext extends Omit<RowDecisions, "createdTargets"> {
  readonly model: Model;
  readonly plan: ColumnPlan;
  readonly store: ObjectStore;
  /** True: enum cells hold codes; false: labels in `language`. */
  readonly codesNotLabels: boolean;
  readonly language: LanguageCode;
  readonly dateFormat: DateFormat | null;
  readonly numberSigns: NumberSigns | null;
  /** Cells that mean nothing. */
  readonly nullWords: readonly string[];
  readonly emptyCells: EmptyCells;
  /** Reports are told which objects the run has created. */
  readonly newObjectsAreMarked: boolean;
  /** A report shows the cells of every row. */
  readonly cellsAreShown: boolean;
  readonly shown: ShownNow;
  /** The user sees only the objects of some organisations. */
  readonly someObjectsAreHidden: boolean;
  readonly hiddenTargets: HiddenTargets;
  /** Whether the user may load objects of a class. */
  mayWrite(modelClass: ClassCode): boolean;
  readonly passwords: Passwords;
  readonly rules: ObjectRules | null;
  /** Whether a uniqueness rule is looked at; left out: all are. */
  readonly looksAt?: (rule: UniquenessRule) => boolean;
  /** External keys that create the target which they do not find. */
  readonly createTargets: ReadonlySet<AttributeCode>;
  readonly newTargets: NewTargets;
  /** Who loads, for entries of case logs. */
  readonly login: string;
  /** When the run began. */
  readonly now: Date;
  /** To be taken between rows, and within those that take long. */
  readonly breath: Breath;
  /** What somebody should look at, though the rows are not in error. */
  readonly warnings: RunWarnings;
}
