/**
 * The rule of rights itself, without a database: every profile of a model with every class and every way in. What is done with it is tried
 * in `matrix_test.ts`, `link_sets_test.ts` and `consequences_test.ts`.
 */
import { assertEquals } from "@std/assert";
import { classOf, isOrIsBelow } from "../../lib/model/look_up.ts";
import { resolveModel } from "../../lib/model/file/resolve_model.ts";
import type { ClassCode, LinkSetAttribute, Model, ModelClass, Profile } from "../../lib/model/model.ts";
import { consequenceProblems } from "../../lib/reconcile/consequence_check.ts";
import { HiddenTargets } from "../../lib/reconcile/hidden_targets.ts";
import { rootsOfDeletion } from "../../lib/reconcile/roots_behind.ts";
import type { CheckedObject, RunContext } from "../../lib/reconcile/run_context.ts";
import { linkSetRefusal } from "../../lib/users/link_set_rights.ts";
import { mayBulkWrite } from "../../lib/users/rights.ts";
import { ITOP } from "../columns/planned.ts";
import { objectId } from "../helpers/object_id.ts";
import { NOTES } from "./notes_model.ts";

/** A way to write objects of a class, by the file that does it. */
interface Way {
  /** `itself`, `Contact` (a parent class), `Team.persons_list`, `Book.genres > cascade`. */
  readonly name: string;
  readonly file: ModelClass;
  readonly linkSet: LinkSetAttribute | null;
  readonly goesAlong: boolean;
}

function linkSetsOf(model: Model): readonly (readonly [ModelClass, LinkSetAttribute])[] {
  return [...model.classes.values()].flatMap((one) =>
    [...one.attributes.values()].flatMap((attribute) =>
      attribute.kind === "link_set" ? [[one, attribute] as const] : []
    )
  );
}

function waysTo(model: Model, code: ClassCode): readonly Way[] {
  const ways: Way[] = [];
  for (const file of model.classes.values()) {
    if (!isOrIsBelow(model, code, file.code)) continue;
    ways.push({ name: file.code === code ? "itself" : file.code, file, linkSet: null, goesAlong: false });
  }
  for (const [file, linkSet] of linkSetsOf(model)) {
    const name = `${file.code}.${linkSet.code}`;
    const { linkClass } = linkSet;
    if (isOrIsBelow(model, code, linkClass)) ways.push({ name, file, linkSet, goesAlong: false });
    const root = classOf(model, linkClass).root;
    const others = rootsOfDeletion(model, [root]).difference(new Set([root]));
    if (others.has(classOf(model, code).root)) ways.push({ name: `${name} > cascade`, file, linkSet, goesAlong: true });
  }
  return ways;
}

async function isOpen(model: Model, profile: Profile, code: ClassCode, way: Way): Promise<boolean> {
  const user = { profiles: [profile.id] };
  const mayWrite = (one: ClassCode) => mayBulkWrite(user, classOf(model, one), model);
  if (!mayWrite(way.file.code)) return false;
  if (way.linkSet !== null) {
    const columns = [{ name: way.linkSet.code, attribute: way.linkSet }];
    if (linkSetRefusal({ user, modelClass: way.file, model }, columns) !== null) return false;
  }
  if (!way.goesAlong) return true;
  const store = { shownId: () => 1 } as unknown as RunContext["store"];
  const context = { model, store, mayWrite, hiddenTargets: new HiddenTargets(store, false) } as unknown as RunContext;
  const object = { class: way.file.code, write: { id: objectId(9) } } as unknown as CheckedObject;
  const gone = [{ class: code, id: objectId(1), emptied: null }];
  return (await consequenceProblems(context, object, gone, () => false)).length === 0;
}

/** The ways that a profile has to a class; those that are shut are not among them. */
async function openWays(model: Model, profile: Profile, code: ClassCode): Promise<string[]> {
  const open: string[] = [];
  for (const way of waysTo(model, code)) if (await isOpen(model, profile, code, way)) open.push(way.name);
  return open;
}

const OWN = resolveModel(NOTES as Parameters<typeof resolveModel>[0]);

const ALONG = ["Book.genres > cascade", "Genre.books > cascade"];
const LINKS = ["Book.genres", "Genre.books"];
const BOOKS = { Book: ["itself", ...ALONG], Genre: ["itself"], BookGenre: ["itself", ...LINKS] };
const NOTES_TOO = { Note: ["itself", ...ALONG], Mark: ["itself", ...ALONG] };

/** By profile and class: the ways that are open. */
const OWN_TABLE: Readonly<Record<string, Readonly<Record<ClassCode, readonly string[]>>>> = {
  Administrator: {
    ...BOOKS,
    ...NOTES_TOO,
    Line: ["itself", ...ALONG],
    Org: ["itself"],
    Seal: ["itself"],
    User: ["itself"],
    UserInternal: ["User", "itself"],
    UserLocal: ["User", "UserInternal", "itself"],
    URP_Profiles: ["itself"],
    URP_UserProfile: [
      "itself",
      "User.profile_list",
      "UserInternal.profile_list",
      "UserLocal.profile_list",
      "URP_Profiles.user_list",
    ],
    URP_UserOrg: ["itself", "User.allowed_org_list", "UserInternal.allowed_org_list", "UserLocal.allowed_org_list"],
  },
  Books: BOOKS,
  "Books and notes": { ...BOOKS, ...NOTES_TOO },
  All: { ...BOOKS, ...NOTES_TOO, Line: ["itself", ...ALONG] },
  // The links by both of their ends only; what goes along with them by its own class only.
  "Both ends": { ...BOOKS, BookGenre: LINKS },
  "One end": { Book: ["itself"], Note: ["itself"] },
  "Users, not links": {
    User: ["itself"],
    UserInternal: ["User", "itself"],
    UserLocal: ["User", "UserInternal", "itself"],
    URP_Profiles: ["itself"],
  },
};

for (const profile of OWN.profiles) {
  Deno.test(`a model of one's own, every class and every way in: ${profile.name}`, async () => {
    for (const code of OWN.classes.keys()) {
      assertEquals(await openWays(OWN, profile, code), OWN_TABLE[profile.name]?.[code] ?? [], code);
    }
  });
}

const OF_USERS = ["User", "UserInternal", "UserLocal", "URP_Profiles", "URP_UserProfile", "URP_UserOrg"];

/** By profile of the built-in model: the classes to which every way is open. To the others none is, whatever the profile. */
const ITOP_TABLE: Readonly<Record<string, (code: ClassCode) => boolean>> = {
  Administrator: () => true,
  "Configuration Manager": (code) => ![...OF_USERS, "FAQ"].includes(code),
  "Problem Manager": (code) => code === "FAQ",
  "Document author": (code) => ["Document", "DocumentNote", "DocumentFile"].includes(code),
};

for (const profile of ITOP.profiles) {
  Deno.test(`the built-in model, every class and every way in: ${profile.name}`, async () => {
    for (const code of ITOP.classes.keys()) {
      const expected = ITOP_TABLE[profile.name]?.(code) === true ? waysTo(ITOP, code).map(({ name }) => name) : [];
      assertEquals(await openWays(ITOP, profile, code), expected, code);
    }
  });
}

Deno.test("the ways are those that there are: itself, parent classes, link sets from both ends and of parents", () => {
  const names = (code: ClassCode) => waysTo(ITOP, code).map(({ name }) => name);
  assertEquals(names("UserLocal"), ["User", "UserInternal", "itself"]);
  assertEquals(names("lnkPersonToTeam"), ["itself", "Person.team_list", "Team.persons_list"]);
  assertEquals(names("URP_UserProfile").slice(-2), ["UserLocal.profile_list", "URP_Profiles.user_list"]);
  assertEquals(names("lnkDocumentToFunctionalCI").length, 14);
});
