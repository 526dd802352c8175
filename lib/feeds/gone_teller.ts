/** What is told of objects that are gone beside what became of them: their names, and their own values for the report's table. */
import { isColumn } from "../model/look_up.ts";
import type { Attribute, AttributeCode, StoredValue } from "../model/model.ts";
import type { GoneObject, GoneOutcome } from "../reconcile/gone_object.ts";
import { reportedObject } from "../reconcile/reported_object.ts";
import type { ShownCell } from "../reconcile/row_result.ts";
import type { RunContext } from "../reconcile/run_context.ts";
import { loggedValue } from "../store/logged_value.ts";
import type { ObjectId } from "../store/object_id.ts";
import type { FoundObject, ObjectSearch } from "../store/objects.ts";

/** An object that is there, and the user sees it. */
export interface PresentObject extends FoundObject {
  readonly name: string;
  /** Of the columns that the report shows. */
  readonly shown: ReadonlyMap<AttributeCode, StoredValue>;
}

/** Neither secrets nor what may refer to something out of sight. */
function isShown(attribute: Attribute): boolean {
  return isColumn(attribute) && attribute.kind !== "password" && attribute.kind !== "external_key";
}

export class GoneTeller {
  readonly #search: ObjectSearch;
  readonly #byId: ObjectSearch;
  readonly #codes: readonly AttributeCode[];

  constructor(private readonly context: RunContext) {
    const { plan, store, cellsAreShown } = context;
    const shown = plan.direct.flatMap(({ attribute }) =>
      attribute !== "id" && isShown(attribute) ? [attribute.code] : []
    );
    this.#codes = cellsAreShown ? shown : [];
    const byId = { class: plan.class.code, conditions: ["id"], read: [], includeHidden: false } as const;
    this.#byId = store.search(byId);
    this.#search = store.search({ ...byId, read: ["friendlyname", ...this.#codes] });
  }

  /** Those of the objects that are there and the user sees. */
  async among(ids: readonly ObjectId[]): Promise<ReadonlySet<ObjectId>> {
    const matches = await this.#byId.find(ids.map((id) => [id]));
    return new Set(ids.filter((_, index) => matches[index]?.kind === "one"));
  }

  /** The same, by id, with what is told of them. */
  async present(ids: readonly ObjectId[]): Promise<ReadonlyMap<ObjectId, PresentObject>> {
    const found = new Map<ObjectId, PresentObject>();
    const matches = await this.#search.find(ids.map((id) => [id]));
    for (const [index, match] of matches.entries()) {
      const id = ids[index];
      if (id === undefined || match.kind !== "one") continue;
      const [name, ...values] = await this.#search.valuesOf(match.object);
      const shown = new Map(this.#codes.map((code, place) => [code, values[place] ?? null]));
      found.set(id, { ...match.object, name: String(name ?? ""), shown });
    }
    return found;
  }

  told(present: PresentObject, since: string, outcome: GoneOutcome): GoneObject {
    const { class: code, id, name } = present;
    const object = { ...reportedObject(this.context.store, code, id), name };
    return { object, since, outcome, cells: this.#cells(present, outcome) };
  }

  /** In the order of the table's heading, as the object is now, or was when it went. */
  #cells({ class: code, id, shown }: PresentObject, outcome: GoneOutcome): readonly ShownCell[] {
    const { plan, cellsAreShown, store } = this.context;
    if (!cellsAreShown) return [];
    const changes = outcome.kind === "updated" ? outcome.changes : [];
    const values = new Map([...shown, ...changes.map(({ attribute, newValue }) => [attribute, newValue] as const)]);
    return [
      ...plan.externalKeys.map(() => null),
      ...plan.direct.map(({ attribute }): ShownCell => {
        if (attribute === "id") return store.shownId(code, id);
        return shown.has(attribute.code) ? loggedValue(attribute, values.get(attribute.code) ?? null) : null;
      }),
    ];
  }
}
