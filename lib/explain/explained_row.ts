/** A row of which everything is told: it is worked like any other, by itself, with a store that takes notes. */
import { type ColumnPlan, passwordCells } from "../columns/plan.ts";
import type { Cell, CsvRecord } from "../csv/record.ts";
import { labelIn } from "../model/look_up.ts";
import type { LanguageCode, Model } from "../model/model.ts";
import { type MadeCell, madeCell } from "../columns/came_from.ts";
import type { RowResult } from "../reconcile/row_result.ts";
import { ALL_NAMES, type Report, type ReportNeeds } from "../report/report.ts";
import type { RunColumns, RunEnd, RunHeading } from "../report/run_facts.ts";
import type { RowCounts } from "../report/totals.ts";
import type { ObjectId } from "../store/object_id.ts";
import type { ObjectStore } from "../store/objects.ts";
import type { LookedUpObject, Lookup } from "./lookup.ts";
import { Notes } from "./noted_store.ts";
import { onlyLine } from "./only_line.ts";
import { SECRET_MARK } from "../secret_mark.ts";

/** A found object as it is told. */
export interface ToldObject {
  readonly class: string;
  readonly id: number | string;
  /** Null: it has none. */
  readonly name: string | null;
}

/** A look-up as it is told. */
export interface ToldLookup extends Pick<Lookup, "purpose" | "class" | "count" | "hasMore"> {
  readonly conditions: readonly { readonly attribute: string; readonly label: string; readonly value: string | null }[];
  readonly objects: readonly ToldObject[];
  readonly near: readonly (ToldObject & { readonly value: string })[];
}

/** All that is known of a row. */
export interface Explanation {
  readonly class: string;
  readonly columns: RunColumns;
  readonly cells: readonly Cell[];
  /** What a map made of them. */
  readonly made: readonly MadeCell[];
  readonly lookups: readonly ToldLookup[];
  /** The user sees the objects of some organisations only. */
  readonly isLimited: boolean;
  readonly warnings: readonly string[];
  readonly result: RowResult;
}

export class ExplainedRow implements Report {
  readonly needs: ReportNeeds = { cells: false, newValues: true, names: ALL_NAMES };
  #notes: Notes | null = null;
  #plan: ColumnPlan | null = null;
  #record: CsvRecord | null = null;
  #language: LanguageCode = "";
  #model: Model | null = null;
  #heading: RunHeading | null = null;
  #columns: RunColumns | null = null;
  #result: RowResult | null = null;
  #lookups: readonly ToldLookup[] = [];
  #warnings: readonly string[] = [];

  /** @param line of the file, from 1 */
  constructor(readonly line: number) {}

  /** @throws RunStop 64 when the file has no row on the line */
  only<T extends { readonly records: readonly CsvRecord[] }>(read: AsyncIterable<T>): AsyncIterable<T> {
    return onlyLine(read, this.line);
  }

  works(record: CsvRecord): void {
    if (this.#notes !== null) this.#notes.cells = record.cells;
    this.#record = record;
  }

  /** The store that the row is worked with. */
  storeWith(objects: ObjectStore, model: Model): ObjectStore {
    this.#model = model;
    this.#notes = new Notes(model);
    return this.#notes.storeWith(objects);
  }

  planned(plan: ColumnPlan, language: LanguageCode): void {
    this.#plan = plan;
    this.#notes?.planned(plan);
    this.#language = language;
  }

  /** To be called when the row is worked, and before its transaction ends. */
  worked(objects: ObjectStore): void {
    this.#lookups = (this.#notes?.lookups ?? []).map((lookup) => this.#told(objects, lookup));
  }

  /** @returns null: the row was not worked to its end */
  get explanation(): Explanation | null {
    const [heading, columns, result] = [this.#heading, this.#columns, this.#result];
    if (heading === null || columns === null || result === null) return null;
    const typed = result.typed.cells.slice(0, columns.headers.length);
    const cells = typed.map((cell, index) => columns.secretCells.includes(index) ? null : cell);
    const isLimited = this.#notes?.isLimited === true;
    const [lookups, warnings] = [this.#lookups, this.#warnings];
    return { class: heading.class, columns, cells, made: this.#made(), lookups, isLimited, warnings, result };
  }

  /** Passwords are left out. */
  #made(): readonly MadeCell[] {
    const [plan, record] = [this.#plan, this.#record];
    if (plan === null || record === null) return [];
    const secret = passwordCells(plan);
    return record.cells.flatMap((_, cell) => {
      const made = secret.includes(cell) ? null : madeCell(plan, record, cell);
      return made === null || plan.codes[cell] === "" ? [] : [made];
    });
  }

  prepare(): Promise<void> {
    return Promise.resolve();
  }

  heading(heading: RunHeading): void {
    this.#heading = heading;
  }

  columns(columns: RunColumns): void {
    this.#columns = columns;
  }

  /** There is one. */
  row(result: RowResult): void {
    this.#result = result;
  }

  done(_: RowCounts, { warnings }: RunEnd): Promise<void> {
    this.#warnings = warnings;
    return Promise.resolve();
  }

  refused(): Promise<void> {
    return Promise.resolve();
  }

  restart(): void {
    this.#result = null;
  }

  close(): void {}

  #told(objects: ObjectStore, lookup: Lookup): ToldLookup {
    const { purpose, class: code, count, hasMore } = lookup;
    const told = ({ class: own, id, name }: LookedUpObject) => ({ class: own, id: objects.shownId(own, id), name });
    return {
      purpose,
      class: code,
      count,
      hasMore,
      conditions: lookup.conditions.map((condition) => this.#condition(objects, code, condition)),
      objects: lookup.objects.map(told),
      near: lookup.near.map((one) => ({ ...told(one), value: one.value })),
    };
  }

  #condition(
    objects: ObjectStore,
    code: string,
    { attribute, value }: Lookup["conditions"][number],
  ): ToldLookup["conditions"][number] {
    const model = this.#model;
    const known = model?.classes.get(code)?.attributes.get(attribute);
    const label = known === undefined || model === null
      ? attribute
      : labelIn(known.labels, this.#language, model, attribute);
    if (known?.kind === "password") return { attribute, label, value: SECRET_MARK };
    if (value === null) return { attribute, label, value };
    const target = attribute === "id" ? code : known?.kind === "external_key" ? known.target : null;
    const shown = target === null ? value : objects.shownId(target, value as ObjectId);
    return { attribute, label, value: String(shown) };
  }
}
