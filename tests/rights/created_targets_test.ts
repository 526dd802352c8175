/**
 * Who may create targets (`create_targets`): every profile with every external key of both models, against the rule that only who may load
 * a class creates its objects, and nobody accounts; by imports of every kind for a part.
 */
import { assert, assertEquals } from "@std/assert";
import { planColumns } from "../../lib/columns/column_plan.ts";
import { RunStop } from "../../lib/errors.ts";
import { resolveModel } from "../../lib/model/file/resolve_model.ts";
import { classOf, isColumn, isNeverGiven } from "../../lib/model/look_up.ts";
import type { ClassCode, ExternalKeyAttribute, Model, Profile } from "../../lib/model/model.ts";
import { allowedTargets } from "../../lib/run/allowed_targets.ts";
import type { User } from "../../lib/users/user.ts";
import { CODES, ITOP } from "../columns/planned.ts";
import { explainRow } from "../helpers/explaining.ts";
import { type Loading, type Parameters as Typed, withModel } from "../helpers/loading.ts";
import { describeRun, type ProgramRun } from "../helpers/scratch.ts";
import { MAY_LOAD } from "./everybody.ts";
import { NOTES } from "./notes_model.ts";

const OWN = resolveModel(NOTES as Parameters<typeof resolveModel>[0]);

/** Never created like this. A new profile is not among them: it grants nothing. */
const ACCOUNTS = ["User", "UserInternal", "UserLocal", "URP_UserProfile", "URP_UserOrg"];

/** By profile: the classes of which it may create targets, or might if these were no accounts; links by their own class only. */
const OWN_TABLE: Readonly<Record<string, readonly ClassCode[]>> = {
  Administrator: ["Org", "Book", "Genre", "BookGenre", "Note", "Line", "Mark", "Seal", "URP_Profiles", ...ACCOUNTS],
  Books: ["Book", "Genre", "BookGenre"],
  "Books and notes": ["Book", "Genre", "BookGenre", "Note", "Mark"],
  All: ["Book", "Genre", "BookGenre", "Note", "Mark", "Line"],
  "Both ends": ["Book", "Genre"],
  "One end": ["Book", "Note"],
  "Users, not links": ["User", "UserInternal", "UserLocal", "URP_Profiles"],
};

/** A column that says something of a new target; null: none can. */
function columnTo(model: Model, { code, target }: ExternalKeyAttribute): string | null {
  const attributes = [...classOf(model, target).attributes.values()].filter(isColumn);
  const own = attributes.find((one) => one.kind !== "external_key" && !isNeverGiven(one));
  if (own !== undefined) return `${code}->${own.code}`;
  const further = attributes.find((one) => one.kind === "external_key");
  const name = further?.kind === "external_key" ? columnTo(model, further) : null;
  return name === null ? null : `${code}->${name}`;
}

/** The classes of targets that a profile may create, by any external key of any class; `shut`: those that it may not. */
function askAll(
  model: Model,
  profile: Profile,
): { readonly open: Set<ClassCode>; readonly shut: Map<ClassCode, number> } {
  const [open, shut] = [new Set<ClassCode>(), new Map<ClassCode, number>()];
  const user = { profiles: [profile.id], language: "EN US" } as unknown as User;
  for (const modelClass of model.classes.values()) {
    for (const key of modelClass.attributes.values()) {
      if (key.kind !== "external_key") continue;
      const column = columnTo(model, key);
      const planned = column === null ? null : planColumns(model, modelClass, CODES, [column], [column]);
      if (planned === null || !planned.ok) continue;
      try {
        const settings = { codesNotLabels: true, createdTargets: [key.code] };
        assertEquals([...allowedTargets(model, modelClass, user, settings, planned.plan)], [key.code]);
        open.add(key.target);
      } catch (error) {
        if (!(error instanceof RunStop)) throw error;
        shut.set(key.target, error.exitCode);
      }
    }
  }
  return { open, shut };
}

function assertAllowed(model: Model, profile: Profile, may: (code: ClassCode) => boolean): void {
  const { open, shut } = askAll(model, profile);
  assert(open.size + shut.size > 5);
  for (const code of open) assert(may(code) && !ACCOUNTS.includes(code), `${profile.name} may create ${code}`);
  for (const [code, exit] of shut) {
    const isMade = !classOf(model, code).abstract && !ACCOUNTS.includes(code);
    assertEquals(exit, isMade ? 77 : may(code) || classOf(model, code).abstract ? 64 : 77, `${profile.name}, ${code}`);
    if (isMade) assert(!may(code), `${profile.name} may not create ${code}`);
  }
}

for (const profile of OWN.profiles) {
  Deno.test(`a model of one's own, every external key: which targets may be created by ${profile.name}`, () =>
    assertAllowed(OWN, profile, (code) => OWN_TABLE[profile.name]?.includes(code) === true));
}

for (const profile of ITOP.profiles) {
  Deno.test(`the built-in model, every external key: which targets may be created by ${profile.name}`, () =>
    assertAllowed(ITOP, profile, (code) => MAY_LOAD[profile.name]?.(code) === true));
}

/** Each way in which a file is loaded, or would be. */
const WAYS: Readonly<
  Record<string, (loading: Loading, csv: string, params: Typed) => Promise<ProgramRun>>
> = {
  import: ({ print }, csv, params) => print("Book", csv, params),
  simulate: ({ print }, csv, params) => print("Book", csv, { ...params, simulate: "1" }),
  explain: (loading, csv, params) => explainRow(loading, "Book", csv, 2, params),
  job: ({ scratch, database }, csv, { create_targets, auth_user, auth_pwd }) => {
    scratch.write("own.csv", csv);
    const lines = ["class = Book", "csvfile = own.csv", "no_localize = 1", `create_targets = ${create_targets}`];
    scratch.write("own.params", `${lines.join("\n")}\n`);
    scratch.write("own.job", "import = own.params\n");
    return scratch.run(["run", "own.job", `--db=${database}`, `--auth_user=${auth_user}`, `--auth_pwd=${auth_pwd}`]);
  },
};

for (const [way, run] of Object.entries(WAYS)) {
  Deno.test(`who may not load the class of a target is refused before the first row, by ${way}; who may is not`, () =>
    withModel(NOTES, async (loading) => {
      await loading.load("UserLocal", "login,password,profile_list\neve,secret,profileid->name:One end\n");
      const before = loading.everything();
      const eve = { auth_user: "eve", auth_pwd: "secret" };
      for (const column of ["of->book_id->name", "of->genre_id->name"]) {
        const refused = await run(loading, `name,${column}\nA,new\n`, { ...eve, create_targets: "of" });
        assertEquals(refused.exitCode, 77, `${column}${describeRun(refused)}`);
      }
      assertEquals(loading.everything(), before);
      const made = await run(loading, "name,note->name\nA,new\n", { ...eve, create_targets: "note" });
      assertEquals(made.exitCode, 0, describeRun(made));
      const isKept = way === "import" || way === "job";
      assertEquals(loading.query("SELECT name FROM note"), isKept ? ["new"] : []);
    }));
}
