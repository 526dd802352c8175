import { assertEquals } from "@std/assert";
import { writeProblem } from "../../lib/messages/write_problems.ts";
import type { WriteProblem } from "../../lib/reconcile/problems.ts";
import type { WriteRefusal } from "../../lib/store/write_refusal.ts";

/** As the reference words them, but for what only we check. */
const SENTENCES: readonly (readonly [WriteProblem, string])[] = [
  [
    { kind: "missing_value", attribute: "version", label: "Version" },
    "Unexpected value for attribute 'Version' (version) : Null not allowed",
  ],
  [
    { kind: "loop", attribute: "parent_id", label: "Parent", id: 3 },
    "Unexpected value for attribute 'Parent' (parent_id) : Value not allowed [3]",
  ],
  [
    { kind: "loop", attribute: "parent_id", label: "Parent", id: "0191-af" },
    "Unexpected value for attribute 'Parent' (parent_id) : Value not allowed [0191-af]",
  ],
  [
    { kind: "duplicates_hidden_object", class: "Location" },
    "it would duplicate a 'Location' object not visible with your current profile",
  ],
  [{ kind: "login_too_long", found: 300, most: 255 }, "The login has 300 characters: at most 255 are possible"],
  [{ kind: "login_not_one_line" }, "A login is one line, without control characters"],
  [{ kind: "no_profile" }, "At least one profile must be assigned to this user."],
  [{ kind: "own_status_change" }, "Changing status is not allowed for your own User"],
  [
    { kind: "own_rights_lost" },
    "The current list of profiles does not give sufficient access rights (Users are not modifiable anymore)",
  ],
  [{ kind: "own_account_deleted" }, "Your own account would be deleted"],
  [
    { kind: "own_profile_denied", profile: "Portal user" },
    'Profile "Portal user" cannot be added it will deny the access to backoffice',
  ],
  [{ kind: "last_administrator_lost" }, "No enabled user with an administrator's profile would be left"],
  [
    { kind: "last_unlimited_administrator_lost" },
    "No enabled administrator who is not limited to some organizations would be left",
  ],
  [
    { kind: "consequence", reason: "not_allowed", class: "Note", id: 3, emptied: null },
    "removing links would delete Note::3, and you are not allowed to perform a bulk update of objects of class Note",
  ],
  [
    { kind: "consequence", reason: "not_visible", class: "Note", id: null, emptied: "link_id" },
    "removing links would empty 'link_id' of a 'Note' object, which is not visible with your current profile",
  ],
  [
    { kind: "consequence", reason: "own_object", class: "Book", id: 3, emptied: null },
    "removing links would delete Book::3, the very object that the row updates",
  ],
  [
    { kind: "consequence", reason: "earlier_row", class: "Book", id: 3, emptied: "shelf_id" },
    "removing links would empty 'shelf_id' of Book::3, which an earlier row has loaded",
  ],
  [{ kind: "twin", record: 4, line: 6 }, "Row 4 (line 6) is this object already, with other values"],
  [
    { kind: "empty_keys", keys: ["Email", "Employee number"] },
    "the reconciliation keys are empty ('Email', 'Employee number'), and an object without any is there already: " +
    "without a key no object is changed. Fill a key, or name other columns with reconciliationkeys",
  ],
  [
    { kind: "administrators_only" },
    "Only an administrator may change an administrator's account, or make one",
  ],
  [
    { kind: "beyond_own_organizations" },
    "The account must be limited to organizations that you are allowed yourself",
  ],
];

for (const [problem, sentence] of SENTENCES) {
  Deno.test(`a write is refused: ${sentence}`, () => assertEquals(writeProblem(problem), sentence));
}

const TEMPLATES: readonly (readonly [template: string, sentence: string])[] = [
  ['Login must be unique - "{login}" is already being used.', 'Login must be unique - "a$&b" is already being used.'],
  ["{nb} of {none}, {missing}", "4 of , "],
  ["{login}{login} { login } {}", "a$&ba$&b { login } {}"],
  ["{constructor}", ""],
];

for (const [template, sentence] of TEMPLATES) {
  Deno.test(`a duplicate is told in the model's words: ${template}`, () => {
    const values = { login: "a$&b", nb: 4, none: null };
    const told = { class: "User", rule: "login", template, values, more: false };
    assertEquals(writeProblem({ kind: "duplicate", ...told, objects: [] }), sentence);
    const objects = [{ class: "UserLocal", id: 7 }];
    assertEquals(writeProblem({ kind: "duplicate", ...told, objects }), `${sentence} (UserLocal::7)`);
  });
}

const UNIQUE: WriteRefusal = {
  kind: "refused_write",
  rule: "unique",
  constraint: "a.code",
  text: "UNIQUE constraint failed: a.code",
};

function refused(changes: Partial<WriteRefusal>): string {
  return writeProblem({ ...UNIQUE, ...changes });
}

Deno.test("a row that the database refuses is told by which rule, in the database's words, and what to do", () => {
  assertEquals(
    refused({}),
    "the database refused the row because of a UNIQUE constraint ('a.code'): UNIQUE constraint failed: a.code. " +
      "Give values that no other object has, or ask whoever keeps the database about this rule of its own",
  );
  assertEquals(
    refused({ rule: "trigger", constraint: null, text: "Not on Sundays." }),
    "the database refused the row because of a trigger: Not on Sundays. " +
      "Give values that the trigger allows, or ask whoever keeps the database about this rule of its own",
  );
  assertEquals(
    refused({ rule: "trigger", constraint: null, text: "" }),
    "the database refused the row because of a trigger. " +
      "Give values that the trigger allows, or ask whoever keeps the database about this rule of its own",
  );
});

Deno.test("what a database says stays one line, and commands no terminal", () => {
  assertEquals(
    refused({ constraint: "a\u001b[31m", text: "duplicate key\r\nDETAIL:\tKey (a)=(\u202e\u0000) exists.\n" }),
    "the database refused the row because of a UNIQUE constraint ('a\\u001b[31m'): " +
      "duplicate key\\r\\nDETAIL:\\tKey (a)=(\\u202e\\u0000) exists. " +
      "Give values that no other object has, or ask whoever keeps the database about this rule of its own",
  );
});
