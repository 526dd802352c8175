/** One of every kind of problem: a kind that is missing here does not compile. */
import type { CellProblem, CellTrouble, LinkProblem, WriteProblem } from "../../lib/reconcile/problems.ts";
import type { Rejection } from "../../lib/reconcile/row_result.ts";
import type { WriteRefusal } from "../../lib/store/write_refusal.ts";
import type { ValueProblem } from "../../lib/values/value_reader.ts";

type EveryKind<Problem extends { readonly kind: string }> = {
  readonly [Kind in Problem["kind"]]: Problem & { readonly kind: Kind };
};

const VALUE_PROBLEMS: EveryKind<ValueProblem> = {
  null_not_allowed: { kind: "null_not_allowed" },
  value_not_allowed: { kind: "value_not_allowed", found: "bad", allowed: ["good"], nearest: null },
  label_not_allowed: { kind: "label_not_allowed", allowed: ["Active", "Inactive"], nearest: "Active" },
  wrong_format: { kind: "wrong_format", found: "1,5", expected: "decimal", suspected: "decimal_comma" },
  too_many_decimals: { kind: "too_many_decimals", found: "1.234", limit: 2 },
  line_break: { kind: "line_break" },
  too_long: { kind: "too_long", found: 256, limit: 255 },
  out_of_range: { kind: "out_of_range", found: "99", least: "1", most: "10" },
  no_such_spelling: { kind: "no_such_spelling", allowed: ["yes", "no"] },
  wrong_date: { kind: "wrong_date", example: "23/10/2022", partOf: "d/m/Y H:i" },
};

const LINK_PROBLEMS: EveryKind<LinkProblem> = {
  link_format: { kind: "link_format", found: "Configuration Manager" },
  no_link_attribute: { kind: "no_link_attribute", class: "URP_UserProfile", code: "nope" },
  link_attribute_twice: { kind: "link_attribute_twice", class: "URP_Profiles", code: "name" },
  too_many_link_attributes: { kind: "too_many_link_attributes", key: "profileid", most: 100 },
  link_target_not_found: {
    kind: "link_target_not_found",
    key: "profileid",
    searched: [{ code: "id", value: "3" }, { code: "name", value: "Nope" }],
  },
  link_target_ambiguous: {
    kind: "link_target_ambiguous",
    key: "profileid",
    searched: [{ code: "name", value: "Two" }],
    count: 7,
    objects: [{ class: "URP_Profiles", id: 1 }],
    more: true,
  },
  link_lacks: { kind: "link_lacks", codes: ["profileid", "reason"] },
  link_value: { kind: "link_value", attribute: "reason", problem: VALUE_PROBLEMS.too_long },
  link_items_disagree: {
    kind: "link_items_disagree",
    key: "person_id",
    target: "Person",
    id: 7,
    attribute: "share",
    values: ["10", "20"],
  },
  link_differs: {
    kind: "link_differs",
    key: "person_id",
    target: "Person",
    id: 7,
    attribute: "share",
    values: ["10", "20"],
  },
  link_sets_disagree: {
    kind: "link_sets_disagree",
    key: "functionalci_id",
    target: "FunctionalCI",
    id: 7,
    other: "applicationsolution_list",
  },
  duplicate: {
    kind: "duplicate",
    class: "lnkContactToTeam",
    rule: "role",
    template: "{role} is taken in {team_id}",
    values: { role: "Chief", team_id: 7 },
    objects: [],
    more: false,
  },
  duplicates_hidden_object: { kind: "duplicates_hidden_object", class: "lnkContactToTeam" },
};

const CELL_PROBLEMS: EveryKind<CellProblem> = {
  ...VALUE_PROBLEMS,
  no_match: {
    kind: "no_match",
    searched: "Nope X",
    target: "Organization",
    examples: ["Acme 1", "Bcme 2"],
    more: true,
    columnByName: "Organization->Name",
    apart: { attributes: ["name", "code"], values: ["Nope", "X"], examples: [["Acme", "1"], ["Bcme", "2"]] },
  },
  hidden_objects: {
    kind: "hidden_objects",
    target: "Organization",
    examples: ["Acme 1"],
    more: false,
    apart: { attributes: ["name", "code"], examples: [["Acme", "1"]] },
  },
  no_objects: { kind: "no_objects", target: "Location" },
  no_visible_objects: { kind: "no_visible_objects", target: "Location" },
  target_not_made: {
    kind: "target_not_made",
    searched: "Brand X",
    target: "Brand",
    reasons: [
      { kind: "value", attribute: "name", problem: { kind: "too_long", found: 300, limit: 255 } },
      { kind: "lacks_keys", codes: ["org_id"], labels: ["Organization"] },
      { kind: "refused", problem: { kind: "missing_value", attribute: "code", label: "Code" } },
    ],
  },
  target_in_error: { kind: "target_in_error", searched: "Ann X", target: "Person", record: 3, line: 5 },
  ambiguous_key: { kind: "ambiguous_key", count: 1, objects: [{ class: "Person", id: 3 }], more: false },
  key_is_null: { kind: "key_is_null" },
  missing_mandatory_key: { kind: "missing_mandatory_key" },
  target_not_found: { kind: "target_not_found", target: "Organization", id: "7" },
  object_not_found: { kind: "object_not_found" },
  bad_link_set: { kind: "bad_link_set", problem: LINK_PROBLEMS.link_format },
};

/** One of each rule that a database refuses by. */
export const REFUSALS: { readonly [Rule in WriteRefusal["rule"]]: WriteRefusal & { readonly rule: Rule } } = {
  unique: {
    kind: "refused_write",
    rule: "unique",
    constraint: "organization.code",
    text: "UNIQUE constraint failed: organization.code",
  },
  check: { kind: "refused_write", rule: "check", constraint: "code_is_short", text: "CHECK constraint failed" },
  foreign_key: { kind: "refused_write", rule: "foreign_key", constraint: null, text: "FOREIGN KEY constraint failed" },
  not_null: { kind: "refused_write", rule: "not_null", constraint: "team.boss", text: "NOT NULL constraint failed" },
  type: { kind: "refused_write", rule: "type", constraint: "team.size", text: "cannot store TEXT in INTEGER column" },
  trigger: { kind: "refused_write", rule: "trigger", constraint: null, text: "Not on Sundays." },
  expression: { kind: "refused_write", rule: "expression", constraint: null, text: "integer overflow" },
  stored: { kind: "refused_write", rule: "stored", constraint: "pinned", text: "nobody knows what it means" },
};

const WRITE_PROBLEMS: EveryKind<WriteProblem> = {
  referred_to: { kind: "referred_to", class: "Person", id: 3, attribute: "manager_id" },
  missing_value: { kind: "missing_value", attribute: "version", label: "Version" },
  twin: { kind: "twin", record: 4, line: 6 },
  empty_keys: { kind: "empty_keys", keys: ["Email", "Employee number"] },
  target_twin: { kind: "target_twin", attribute: "maker", class: "Brand", keys: ["name"], other: "brand" },
  loop_of_rows: { kind: "loop_of_rows", attribute: "parent_id", label: "Parent" },
  held_back: { kind: "held_back" },
  loop: { kind: "loop", attribute: "parent_id", label: "Parent", id: 3 },
  log_entry_changed: { kind: "log_entry_changed", attribute: "log" },
  duplicate: {
    kind: "duplicate",
    class: "User",
    rule: "login",
    template: 'Login must be unique - "{login}" is already being used.',
    values: { login: "a.b" },
    objects: [{ class: "UserLocal", id: 2 }],
    more: false,
  },
  duplicates_hidden_object: { kind: "duplicates_hidden_object", class: "Location" },
  consequence: { kind: "consequence", reason: "not_allowed", class: "Note", id: 3, emptied: null },
  login_too_long: { kind: "login_too_long", found: 300, most: 255 },
  login_not_one_line: { kind: "login_not_one_line" },
  no_profile: { kind: "no_profile" },
  own_status_change: { kind: "own_status_change" },
  own_account_deleted: { kind: "own_account_deleted" },
  own_rights_lost: { kind: "own_rights_lost" },
  own_profile_denied: { kind: "own_profile_denied", profile: "Portal user" },
  last_administrator_lost: { kind: "last_administrator_lost" },
  last_unlimited_administrator_lost: { kind: "last_unlimited_administrator_lost" },
  administrators_only: { kind: "administrators_only" },
  beyond_own_organizations: { kind: "beyond_own_organizations" },
  refused_write: REFUSALS.unique,
};

const REJECTIONS: EveryKind<Rejection> = {
  cell_count: { kind: "cell_count", found: 3, expected: 5 },
  text_after_qualifier: { kind: "text_after_qualifier", line: 7, column: "Last Name" },
  nameless_cell: { kind: "nameless_cell", column: 3, value: "x" },
  shifted: { kind: "shifted", column: "First Name", end: "Last Name" },
  backslash: { kind: "backslash", column: "Last Name" },
  nul: { kind: "nul", column: "Last Name" },
  made_too_long: { kind: "made_too_long", column: "email", madeOf: ["sn", "givenName"], limit: 100 },
  wrong_date: { kind: "wrong_date" },
  failed_to_reconcile: {
    kind: "failed_to_reconcile",
    unfound: { class: "Person", searched: [{ column: "id", value: "7" }], reason: "id", column: "id" },
  },
  ambiguous: { kind: "ambiguous", count: 9, objects: [{ class: "Person", id: 3 }], more: true },
  hidden_match: { kind: "hidden_match", class: "Location" },
  no_object: { kind: "no_object", class: "Person", searched: [{ column: "Email", value: "a@b.example" }] },
  object_exists: { kind: "object_exists", class: "Person", id: 7 },
  abstract_class: { kind: "abstract_class", class: "Contact" },
  bad_cells: { kind: "bad_cells" },
  missing_external_keys: {
    kind: "missing_external_keys",
    codes: ["org_id", "software_id"],
    labels: ["Organization", "Software"],
  },
  refused: { kind: "refused", problems: [WRITE_PROBLEMS.duplicate] },
};

export const everyRefusal: readonly WriteRefusal[] = Object.values(REFUSALS);

/** Every kind of value problem stands in a link set once, too. */
export const everyLinkProblem: readonly LinkProblem[] = [
  ...Object.values(LINK_PROBLEMS),
  ...Object.values(VALUE_PROBLEMS).map((problem) => ({ kind: "link_value", attribute: "reason", problem } as const)),
];

/** Every link problem stands in a bad link set. */
export const everyCellProblem: readonly CellProblem[] = [
  ...Object.values(CELL_PROBLEMS),
  ...everyLinkProblem.map((problem) => ({ kind: "bad_link_set", problem } as const)),
  {
    kind: "bad_link_set",
    problem: LINK_PROBLEMS.link_format,
    others: { problems: [LINK_PROBLEMS.link_format], more: 3 },
  },
];

export const everyWriteProblem: readonly WriteProblem[] = [...Object.values(WRITE_PROBLEMS), ...everyRefusal];

/** Every write problem stands in a refusal. */
export const everyRejection: readonly Rejection[] = [
  ...Object.values(REJECTIONS),
  ...everyWriteProblem.map((problem) => ({ kind: "refused", problems: [problem] } as const)),
];

/** A cell of the column `Typed Name` that has this problem. */
export function trouble(problem: CellProblem, changes: Partial<CellTrouble> = {}): CellTrouble {
  return { attribute: "name", columns: ["Typed Name"], cell: "x", problem, ...changes };
}
