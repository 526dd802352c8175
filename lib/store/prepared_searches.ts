/** What imports will look for, and whether an index is there for it. */
import type { AttributeCode, ClassCode } from "../model/model.ts";

/** Objects of a class, and of those below it, by some attributes. */
export interface ExpectedSearch {
  readonly class: ClassCode;
  readonly conditions: readonly (AttributeCode | "id")[];
}

export interface PreparedSearch extends ExpectedSearch {
  /** `none`: no index can serve it. */
  readonly index: "made" | "there" | "none";
}
