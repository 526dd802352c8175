/** What can be wrong with a map. The words are in `messages/map.ts`. */
import type { DepthProblem, PlacedProblem, SyntaxProblem } from "../model/file/model_problem.ts";
import type { FilterName } from "./filter.ts";

interface At {
  /** JSON path of what is wrong: `$.make.email`. */
  readonly path: string;
}

/** Why a template cannot be read. `found`: the piece that is meant. */
export type TemplateProblem =
  | { readonly kind: "lone_brace"; readonly found: "{" | "}" }
  | { readonly kind: "nameless"; readonly found: string }
  | { readonly kind: "unknown_filter"; readonly found: string; readonly nearest: string | null }
  /** `filter` is to be followed by something else, or by nothing. */
  | { readonly kind: "filter_form"; readonly found: string; readonly filter: FilterName }
  /** What is behind the filter's colon has more UTF-16 code units than it may. */
  | { readonly kind: "argument_too_long"; readonly filter: FilterName; readonly found: number; readonly most: number }
  /** All filters of the template together. */
  | { readonly kind: "too_many_filters"; readonly found: number; readonly most: number }
  | { readonly kind: "no_column" };

/** What can be told of the map by itself. */
type OwnProblem =
  | TemplateProblem
  | { readonly kind: "empty_name" }
  | { readonly kind: "name_too_long"; readonly found: number; readonly most: number }
  | { readonly kind: "too_many"; readonly found: number; readonly most: number }
  | { readonly kind: "control_character"; readonly code: number }
  | { readonly kind: "half_character" }
  /** Two names or words that are the same to a header or to a cell. */
  | { readonly kind: "same_name" | "same_word"; readonly found: string; readonly first: string };

/** What can be told when the header of a file is known. */
type HeaderProblem =
  | {
    readonly kind: "column_not_there" | "template_column_not_there";
    readonly name: string;
    readonly nearest: string | null;
    /** The columns of the file; none, where they were told before. */
    readonly known: readonly string[];
  }
  /** Attributes that are made of each other, the first one at the end again. */
  | { readonly kind: "made_of_itself"; readonly names: readonly string[] }
  | { readonly kind: "made_too_deep"; readonly most: number };

/** What can be told when the class is known too. */
type ClassProblem =
  | {
    readonly kind: "no_such_attribute";
    readonly class: string;
    readonly name: string;
    readonly nearest: string | null;
  }
  /** `column`: one of the file; else another place in the map. */
  | { readonly kind: "given_already"; readonly code: string; readonly by: { readonly column: string } | At }
  /** Of `values`: neither the file nor the map has a column for it. */
  | { readonly kind: "nobody_gives"; readonly code: string }
  /** A default of a reconciliation key: an object is looked for by what the row says. */
  | { readonly kind: "default_of_key"; readonly code: string }
  | { readonly kind: "default_of_constant"; readonly code: string };

/** A mistake at one place of the map. */
export type PlacedMapProblem = At & (OwnProblem | HeaderProblem | ClassProblem);

/** The shape of the file is told in the words of model files. */
export type MapProblem = SyntaxProblem | DepthProblem | PlacedProblem | PlacedMapProblem;
