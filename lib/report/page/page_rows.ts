/** The rows of the page, each as an article. Every text comes from outside: it is escaped, and what nobody sees in it is spelt out. */
import { escape } from "@std/html/entities";
import type { Cell } from "../../csv/record.ts";
import { cutText } from "../../cut_text.ts";
import { goneSince, goneStatus } from "../../messages/feeds.ts";
import { objectPlace, PAGE, rowPlace } from "../../messages/page.ts";
import { rowReasons } from "../../messages/row_reasons.ts";
import { visibleText } from "../../messages/visible_text.ts";
import type { GoneObject } from "../../reconcile/gone_object.ts";
import type { ReportedChange, ReportedObject, RowOutcome, RowResult } from "../../reconcile/row_result.ts";
import type { StoredValue } from "../../model/model.ts";
import { givenPasswords, keyCellsOf, typedText } from "../key_cells.ts";
import type { RunColumns } from "../run_facts.ts";
import { SECRET_MARK } from "../../secret_mark.ts";

/** What is shown of a text, in UTF-16 code units. */
const LONGEST_TEXT = 2000;
/** So many cells are shown of a row. */
const MOST_CELLS = 60;
/** So many reasons are shown of a row. */
const MOST_REASONS = 50;

/** Text as HTML. */
export function html(text: string): string {
  return escape(visibleText(cutText(text, LONGEST_TEXT)));
}

export class PageRows {
  readonly #keys: readonly number[];

  constructor(private readonly columns: RunColumns) {
    this.#keys = keyCellsOf(columns);
  }

  rejected({ line, typed }: RowResult, outcome: Extract<RowOutcome, { readonly kind: "rejected" }>): string {
    const keys = this.#keys.map((cell) => `${this.#header(cell)}: ${typedText(typed.cells[cell])}`).join(", ");
    const reasons = rowReasons(outcome).slice(0, MOST_REASONS).map((reason) => `<li>${html(reason)}</li>`).join("");
    const cells = typed.cells.slice(0, MOST_CELLS).map((cell, index) => this.#typed(cell, index)).join("");
    return article(
      keys === "" ? rowPlace(line) : keys,
      [rowPlace(line), placeOf(outcome.object)],
      `<ul>${reasons}</ul>` +
        `<details><summary>${PAGE.wholeRow}</summary><table>${cells}</table></details>`,
    );
  }

  created({ line, typed }: RowResult, { object, values }: Extract<RowOutcome, { readonly kind: "created" }>): string {
    const passwords = givenPasswords(this.columns, typed);
    const told = values.filter(({ newValue, attribute }) => isSaid(newValue) || passwords.includes(attribute))
      .map((value) => line2(this.#label(value.attribute), this.#value(value, "new"))).join("");
    return article(this.#name(object, typed.cells), [placeOf(object), rowPlace(line)], `<table>${told}</table>`);
  }

  updated({ line, typed }: RowResult, { object, changes }: Extract<RowOutcome, { readonly kind: "updated" }>): string {
    const told = changes.map((change) => this.#change(change)).join("");
    return article(this.#name(object, typed.cells), [placeOf(object), rowPlace(line)], `<table>${told}</table>`);
  }

  gone(one: GoneObject): string {
    const { object, since, outcome } = one;
    const changes = outcome.kind === "updated" ? outcome.changes.map((change) => this.#change(change)).join("") : "";
    const reasons = outcome.kind === "rejected" ? rowReasons(outcome).slice(0, MOST_REASONS) : [];
    const told = outcome.kind === "rejected"
      ? `<ul>${reasons.map((reason) => `<li>${html(reason)}</li>`).join("")}</ul>`
      : `<p>${html(goneStatus(one))}</p><table>${changes}</table>`;
    return article(object.name, [placeOf(object), goneSince(since).trim()], told);
  }

  #name({ name }: ReportedObject, cells: readonly Cell[]): string {
    return name ?? this.#keys.map((cell) => typedText(cells[cell])).join(" ");
  }

  #change(change: ReportedChange): string {
    const label = `<th data-changed scope="row">${html(this.#label(change.attribute))}</th>`;
    if (this.#isSecret(change.attribute)) return `<tr>${label}<td colspan="2">${PAGE.changed}</td></tr>`;
    return `<tr>${label}<td><del title="${PAGE.from}">${this.#value(change, "old")}</del></td>` +
      `<td><ins title="${PAGE.to}">${this.#value(change, "new")}</ins></td></tr>`;
  }

  /** HTML. */
  #value(change: ReportedChange, side: "old" | "new"): string {
    const { attribute } = change;
    if (this.#isSecret(attribute)) return PAGE.changed;
    const value = side === "old" ? change.oldValue : change.newValue;
    const names = (side === "old" ? change.oldNames : change.newNames) ?? [];
    if (this.columns.attribute(attribute)?.kind === "external_key") return html(targetText(value, names));
    return isSaid(value) ? html(this.columns.valueText(attribute, value)) : PAGE.empty;
  }

  #typed(cell: Cell, index: number): string {
    const isSecret = this.columns.secretCells.includes(index);
    return line2(this.#header(index), isSecret ? SECRET_MARK : html(typedText(cell)));
  }

  #header(cell: number): string {
    return this.columns.headers[cell] ?? "";
  }

  #label(attribute: string): string {
    return this.columns.label(attribute);
  }

  #isSecret(attribute: string): boolean {
    return this.columns.attribute(attribute)?.kind === "password";
  }
}

/** An external key's target: by its name, with its id. What the user may not see is told as if it were none. */
function targetText(value: StoredValue, names: readonly (string | null)[]): string {
  const [name] = names;
  if (value === null) return PAGE.empty;
  // An object that a simulation would create has no id yet.
  const id = value === 0 ? PAGE.newObject : String(value);
  return name === undefined || name === null ? id : `${name} (${id})`;
}

function isSaid(value: StoredValue): boolean {
  return value !== null && value !== "";
}

/** An id that the run may take back is not told. */
function placeOf(object: ReportedObject | null): string | null {
  if (object === null) return null;
  return objectPlace(object.class, object.isNew === true || object.id === 0 ? null : String(object.id));
}

function article(title: string, places: readonly (string | null)[], content: string): string {
  const place = places.filter((one) => one !== null).join(", ");
  return `<article><h3>${html(title)} <small>${html(place)}</small></h3>${content}</article>\n`;
}

/** @param value HTML */
function line2(label: string, value: string): string {
  return `<tr><th scope="row">${html(label)}</th><td>${value}</td></tr>`;
}
