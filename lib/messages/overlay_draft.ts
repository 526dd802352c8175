/** What `csvrecon model derive` says in the comments of the overlay that it prints. */
import type { DerivedModel } from "../model/derive/derived_model.ts";
import type { ProposalReason } from "../model/overlay/proposal.ts";

/** Lines of the head. @param classes how many there are */
export function draftHead(database: string, classes: number): readonly string[] {
  return [
    `What csvrecon knows of ${database} by itself stands here in comments: ${classes} ${
      classes === 1 ? "class" : "classes"
    }.`,
    "An overlay says only what no schema can tell; this one says nothing yet. Where a question is to be answered with yes,",
    "take away the // before the line below it, and before the first and the last line of its class.",
  ];
}

/** @param key empty: nothing tells rows apart */
export function draftKey(key: readonly string[]): string {
  return key.length === 0
    ? "Nothing but the rowid tells its rows apart: an import must name its keys, or reconciliation_keys does it here."
    : `Told apart by ${key.join(" + ")}`;
}

/** @param name the template @param keys of an import that names none */
export function draftNameAndKeys(name: string, keys: string): string {
  return `A row is called ${name}. Default keys: ${keys === "" ? "none" : keys}`;
}

export const REQUIRED = "required";

export function defaultDetails(sql: string): string {
  return `default ${sql}`;
}

/** What is no class, and why. */
export function draftOther(name: string, what: OtherKind): string {
  return `${name} is no class: ${OTHERS[what]}`;
}

type OtherKind = DerivedModel["others"] extends ReadonlyMap<string, infer Kind> ? Kind : never;

const OTHERS: { readonly [kind in OtherKind]: string } = {
  view: "it is a view",
  virtual: "it is a virtual table",
  shadow: "a virtual table keeps its rows in it",
  no_handle: "its rows cannot be addressed",
  hidden: "it is hidden",
};

/** The question before what an overlay might say. @param target the table, or the table and its column */
export function proposalQuestion(column: string, target: string, reason: ProposalReason): string {
  switch (reason.kind) {
    case "implied_key":
      return `Does ${column} refer to ${target}, as its name suggests? ` +
        (reason.values === 0
          ? "It has no values so far"
          : `It has ${counted(reason.values, "different value")}, of which ${reason.found} are there`);
    case "dates_as_texts":
      return `Are the texts in ${column} dates? ${lookedAt(reason.count)} has the form of one`;
    case "dates_as_numbers":
      return `Are the numbers in ${column} times? ${lookedAt(reason.count)} would be one from ${reason.first} to ` +
        `${reason.last}, in UTC${reason.others.length === 0 ? "" : `; it could be ${reason.others.join(", ")}, too`}`;
    case "two_values":
      return `Does ${column} say yes by '${reason.yes}' and no by '${reason.no}'? ${
        lookedAt(reason.count)
      } is one of them`;
    case "empty_texts":
      return `Is an empty cell the empty text in ${column}, which needs a value and has no default? ` +
        `Now the empty text stands in ${reason.empty} of ${counted(reason.count, "row")}`;
    case "made_values":
      return `Is ${column} to be made for new rows? ${lookedAt(reason.count)} has that form`;
  }
}

function lookedAt(count: number): string {
  return count === 1 ? "The only value" : `Each of the ${count} values that were looked at`;
}

function counted(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? "" : "s"}`;
}
