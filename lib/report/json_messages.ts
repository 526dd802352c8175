/**
 * Why a row was rejected, for programs: the `messages` of a row's JSON object.
 *
 * | field | value |
 * | --- | --- |
 * | kind | which problem it is: see the table below |
 * | text | the sentence that the other reports show |
 * | attribute | code of the attribute or external key; not where the whole row is meant |
 * | column | the column as the file's header names it; only where cells are meant. The first one, where an external key has several |
 * | columns | all of them, only where an external key has several |
 * | made | only where a map made a cell: `{ name, value, of }` each: its column, what was made, and the cells of the file, `{ column, cell }` each |
 *
 * and the facts of the problem:
 *
 * | about cells: kind | facts |
 * | --- | --- |
 * | null_not_allowed | `mayBeEmptyText`: only where true: an overlay may say that the empty text is a value of the column |
 * | line_break, object_not_found, key_is_null, missing_mandatory_key | |
 * | value_not_allowed | `found`; `allowed`: the values; `nearest`: the one that may be meant, or null |
 * | label_not_allowed | `allowed`: the labels; `nearest` |
 * | no_such_spelling | `allowed`: in pairs |
 * | wrong_format | `found`; `expected`: email, phone, url, ip, ipv4, integer or decimal; `suspected`: of a number, decimal_comma, grouping, either or null |
 * | too_many_decimals | `found`, `limit` |
 * | too_long | `found`, `limit`: characters |
 * | out_of_range | `found`, `least`, `most` |
 * | wrong_date | `example`; `partOf`: the format of which only the date is read, or null |
 * | no_match | `searched`, `target`: the class; `examples`, `more`: whether there are more than these; `columnByName`: where an id was expected, a column that finds by name, else null; `apart`: only where several columns are joined in these: `attributes`, `values` and `examples` of each |
 * | hidden_objects | `target`, `examples`, `more`; `apart`: the same without `values` |
 * | no_objects, no_visible_objects | `target` |
 * | target_not_made | `searched`, `target`; `reasons`: `{ kind: "value", attribute, problem }`, `{ kind: "lacks_keys", codes, labels }` or `{ kind: "refused", problem }` each |
 * | target_in_error | `searched`, `target`; `record`, `line`: of the row in error that has what is searched |
 * | ambiguous_key | `count`; `objects`: the first five, `{ class, id }` each; `more`: whether there are others |
 * | target_not_found | `target`, `id` |
 * | bad_link_set | `link_problem`: which one; and its facts; only where several items are bad: `other_items`: the next nine, `{ link_problem, … }` each, and `more_items`: how many there are besides |
 *
 * | link_problem | facts |
 * | --- | --- |
 * | link_format | `found` |
 * | no_link_attribute, link_attribute_twice | `class`, `code` |
 * | too_many_link_attributes | `key`, `most` |
 * | link_target_not_found | `key`, `searched`: `{ code, value }` each |
 * | link_target_ambiguous | the same; `count`, `objects`, `more` |
 * | link_lacks | `codes` |
 * | link_items_disagree | `key`, `target`, `id`: the object that both link; `link_attribute`, `values` |
 * | link_differs | `key`, `target`, `id`; `link_attribute`; `values`: of the link that is there, and of the item that would remove it |
 * | link_sets_disagree | `key`, `target`, `id`; `other`: the other link set |
 * | link_value | `link_attribute`, `value_problem`: a kind such as too_long; and its facts |
 * | duplicate, duplicates_hidden_object | as below |
 *
 * | about the row: kind | facts |
 * | --- | --- |
 * | cell_count | `found`, `expected` |
 * | text_after_qualifier | `line`, `column` |
 * | shifted | `column`: with the first qualifier; `end`: the one that ends with the other |
 * | backslash, nul | `column` |
 * | made_too_long | `column`: that the map makes, of `madeOf`: columns of the file; `limit`: characters |
 * | nameless_cell | `column`: its number, from 1; `value`: or null, where it may be a password |
 * | wrong_date, bad_cells | none: the messages about its cells follow |
 * | failed_to_reconcile | `unfound`: only where keys find nothing that no new object could have: `class`, `searched`: `{ column, value }` each; `reason`: id, computed or friendly_name, and `column`: the key of which that is said |
 * | ambiguous | `count`, `objects`, `more` |
 * | hidden_match, abstract_class | `class` |
 * | no_object | `class`; `searched`: `{ column, value }` of each key |
 * | object_exists | `class`, `id` |
 * | missing_external_keys | `codes`, `labels` |
 * | missing_value | `attribute`, `label` |
 * | twin | `record`, `line`: of the earlier row that has reached the same object |
 * | empty_keys | `keys`: the columns of the reconciliation keys, as the header names them |
 * | target_twin | `attribute`: the external key whose new target would be a twin; `class`, `keys`; `other`: the external key whose new target is the same, or null: it is the row's own object |
 * | loop | `attribute`, `label`, `id` |
 * | loop_of_rows | `attribute`, `label` |
 * | held_back | |
 * | log_entry_changed | `attribute` |
 * | referred_to | `class`, `id`: the object that refers to it, null if the user may not see it; `attribute`: its external key, which forbids a deletion |
 * | duplicate | `class`, `rule`: of the model; `values`: by attribute; `objects`: those that have them already, `more` |
 * | duplicates_hidden_object | `class` |
 * | consequence | `class`, `id`: or null, if the user may not see it; `emptied`: the external key, or null if the object would go; `reason`: not_allowed, not_visible, own_object, earlier_row or other_feed; `by`: "deletion" where it would go along with an object that is gone from a feed |
 * | login_too_long | `found`, `most`: characters |
 * | login_not_one_line, no_profile, own_status_change, own_account_deleted, own_rights_lost, last_administrator_lost, last_unlimited_administrator_lost, administrators_only, beyond_own_organizations | |
 * | own_profile_denied | `profile` |
 * | refused_write | `rule`: unique, check, foreign_key, not_null, type, trigger, or stored where nobody can say what is stored; `constraint`: its name or null; `database_text` |
 */
import { cellTrouble } from "../messages/cells.ts";
import { rejectionReason } from "../messages/rows.ts";
import { writeProblem } from "../messages/write_problems.ts";
import type { CellProblem, CellTrouble, DuplicateProblem, LinkProblem, WriteProblem } from "../reconcile/problems.ts";
import type { Rejection } from "../reconcile/row_result.ts";

/** Fields of a problem. None may stand in the way of those that every message has. */
interface RowFacts {
  readonly [fact: string]: unknown;
  readonly kind: string;
  readonly text?: never;
  readonly columns?: never;
}

/** The same beside those that messages about cells have. */
interface CellFacts extends RowFacts {
  readonly made?: never;
  readonly attribute?: never;
  readonly column?: never;
}

export type JsonMessage = Readonly<Record<string, unknown>> & { readonly kind: string; readonly text: string };

/** What speaks against the row as a whole. */
export function rowMessages(rejection: Rejection): JsonMessage[] {
  if (rejection.kind !== "refused") return [{ ...shown(rejection), text: rejectionReason(rejection) }];
  return rejection.problems.map((problem) => ({ ...writeFacts(problem), text: writeProblem(problem) }));
}

/** What is wrong with one cell, or with those of one external key. */
export function cellMessage(trouble: CellTrouble): JsonMessage {
  const { attribute, columns, problem, made } = trouble;
  return {
    attribute,
    column: columns[0],
    ...columns.length > 1 ? { columns } : {},
    ...made === undefined ? {} : { made },
    ...cellFacts(problem),
    text: cellTrouble(trouble),
  };
}

/** Checks that a problem's fields may be shown as they are. */
function shown<Facts extends RowFacts>(facts: Facts): Facts {
  return facts;
}

function writeFacts(problem: WriteProblem): RowFacts {
  if (problem.kind === "duplicate" || problem.kind === "duplicates_hidden_object") return duplicateFacts(problem);
  if (problem.kind !== "refused_write") return shown(problem);
  const { kind, rule, constraint, text } = problem;
  return { kind, rule, constraint, database_text: text };
}

function cellFacts(problem: CellProblem): CellFacts {
  if (problem.kind !== "bad_link_set") return problem;
  const { others } = problem;
  const told = others === undefined
    ? {}
    : { other_items: others.problems.map(namedLinkFacts), more_items: others.more };
  return { kind: problem.kind, ...namedLinkFacts(problem.problem), ...told };
}

function namedLinkFacts(problem: LinkProblem): { readonly link_problem: string } {
  const { kind, ...facts } = linkFacts(problem);
  return { link_problem: kind, ...facts };
}

function linkFacts(problem: LinkProblem): CellFacts {
  if (problem.kind === "duplicate" || problem.kind === "duplicates_hidden_object") return duplicateFacts(problem);
  if (problem.kind === "link_items_disagree" || problem.kind === "link_differs") {
    const { attribute, ...facts } = problem;
    return { ...facts, link_attribute: attribute };
  }
  if (problem.kind !== "link_value") return problem;
  const { kind: valueProblem, ...facts } = problem.problem;
  return { kind: problem.kind, link_attribute: problem.attribute, value_problem: valueProblem, ...facts };
}

/** The template is words. */
function duplicateFacts(problem: DuplicateProblem): CellFacts {
  if (problem.kind === "duplicates_hidden_object") return problem;
  const { template: _, ...facts } = problem;
  return facts;
}
