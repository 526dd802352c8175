/** What is asked of the tables of spellings (`spelling_tables.ts`), whatever the database. */
import type { TextSource } from "../sql/spelling_tables.ts";
import type { Later } from "../shared/steps.ts";

/** The beginning of its form, the text, and 1 when the form is plain ASCII. */
export type Spelling = readonly [string, string, 0 | 1];

export interface SpellingState {
  /** Of each attribute by which runs have looked: the texts of objects with a larger id are yet to be looked at. */
  readonly upto: ReadonlyMap<string, number>;
  /** The largest id that each table has ever had. */
  readonly last: ReadonlyMap<string, number>;
}

export interface SpellingTables {
  /** False: an older version made the database. */
  areThere(): Later<boolean>;
  state(): Later<SpellingState>;
  /** As in the state; null: no run has looked by it. */
  upto(source: TextSource): Later<number | null>;
  /** As in the state. */
  last(table: string): Later<number>;
  /** All objects that there are have been looked at. */
  keep(sources: readonly TextSource[]): Later<void>;
  /** The objects of a table with a larger id are to be looked at again. */
  lookAgain(upto: number, table: string): Later<void>;
  /** Texts whose form is yet to be worked out. @param most -1: all */
  unfolded(most: number): Later<readonly string[]>;
  forget(texts: readonly string[]): Later<void>;
  /** Whether a form is plain. */
  hasPlain(): Later<boolean>;
  /** Whether there are triggers that csvrecon has not made. */
  hasOtherTriggers(): Later<boolean>;
  insert(spellings: readonly Spelling[]): Later<void>;
  /** The spellings of each form, with its index. */
  find(forms: readonly string[]): Later<readonly (readonly [number, string])[]>;
  /** The texts that are not plain, of objects with a larger id. */
  texts(source: TextSource, upto: number): Later<readonly string[]>;
  /** They are to be folded. @returns how many were not known to be */
  note(source: TextSource, upto: number): Later<number>;
  /** Whether a trigger can note texts that somebody changes; else all of them have to be looked at each time. */
  isTold(source: TextSource): boolean;
  /** From now on texts are noted that somebody changes. */
  makeTrigger(source: TextSource): Later<void>;
}
