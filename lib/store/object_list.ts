/** Listing all objects of a class, some at a time. */
import type { AttributeCode, ClassCode, StoredValue } from "../model/model.ts";
import type { FoundObject } from "./objects.ts";

/** All objects of a class that are to be listed. */
export interface Listing {
  /** Objects of this class and its subclasses that the user may see. */
  readonly class: ClassCode;
  /** Attributes whose values say the order, as the database sorts them; objects that agree in all of them come by id. */
  readonly orderedBy: readonly AttributeCode[];
  /** As `SearchPlan.read`. */
  readonly read: readonly AttributeCode[];
  /** Only objects that have a text in each of these attributes: other programs may have written there what nobody can read. */
  readonly textsOnly?: true;
}

/** The objects of a listing. */
export interface ObjectList {
  /**
   * Some at a time, in the order of the listing; never an empty page. They may be asked for again.
   * @param size objects of a page; left out: some hundreds
   */
  pages(size?: number): AsyncGenerator<readonly FoundObject[], void>;
  /** The values of an object of this list: those of `Listing.read`. */
  valuesOf(object: FoundObject): Promise<readonly StoredValue[]>;
}
