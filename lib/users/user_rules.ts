/** Rules that only user accounts have, checked before one is written. That a login is unique is an ordinary rule of the model. */
import { classOf } from "../model/look_up.ts";
import type { Model } from "../model/model.ts";
import type { RuleProblem } from "../reconcile/rule_problem.ts";
import type { ObjectId } from "../store/object_id.ts";
import type { AccountEffect, AccountState } from "./account_effects.ts";
import { hasAdministratorProfile, type ProfileNumber } from "./profiles.ts";
import { mayBulkWrite } from "./rights.ts";
import type { User } from "./user.ts";
import { PORTAL_USER, STATUS_ENABLED, USER } from "./user_classes.ts";

/** What the rules ask of the database. Of administrators some may be told for all, if the write touches none of these. */
export interface AccountFacts {
  /** Ids of the users who are enabled and have an administrator's profile. */
  enabledAdministrators(): Promise<ReadonlySet<ObjectId>>;
  /** Those of them who are not limited to some organisations. */
  unlimitedAdministrators(): Promise<ReadonlySet<ObjectId>>;
  /** Whether the importer may see all of these organisations. */
  maySee(organizations: readonly ObjectId[]): Promise<boolean>;
}

/**
 * Why accounts cannot be written like this, each reason once; empty: they can.
 * @param effects on every account that one write touches
 * @param importer who runs the import, with the profiles that they have now
 */
export async function accountProblems(
  effects: readonly AccountEffect[],
  importer: User,
  model: Model,
  facts: AccountFacts,
): Promise<RuleProblem[]> {
  const problems: RuleProblem[] = [];
  const isAdministrator = hasAdministratorProfile(importer.profiles, model);
  for (const effect of effects) {
    if (losesLastProfile(effect)) problems.push({ kind: "no_profile" });
    if (effect.id === importer.id) problems.push(...ownAccountProblems(effect, importer, model));
    if (!isAdministrator && isAboutAdministrator(effect, model)) problems.push({ kind: "administrators_only" });
    if (importer.allowedOrganizations !== null && !await isWithinOwn(effect, facts)) {
      problems.push({ kind: "beyond_own_organizations" });
    }
  }
  problems.push(...await lostAdministrators(effects, model, facts));
  return problems.filter(({ kind }, index) => problems.findIndex((problem) => problem.kind === kind) === index);
}

function losesLastProfile({ id, before, after }: AccountEffect): boolean {
  return after !== null && after.profiles.length === 0 && (id === null || before.profiles.length > 0);
}

/** Nobody may lock themselves out. */
function ownAccountProblems({ before, after }: AccountEffect, importer: User, model: Model): RuleProblem[] {
  if (after === null) return [{ kind: "own_account_deleted" }];
  const problems: RuleProblem[] = [];
  if (before.status !== after.status) problems.push({ kind: "own_status_change" });
  if (isSameSet(before.profiles, after.profiles)) return problems;
  const becomesPortalUser = after.profiles.includes(PORTAL_USER.id) && !importer.profiles.includes(PORTAL_USER.id);
  if (becomesPortalUser && hasPortalProfile(model)) {
    problems.push({ kind: "own_profile_denied", profile: PORTAL_USER.name });
  }
  const mayModifyUsers = (profiles: readonly ProfileNumber[]) =>
    mayBulkWrite({ profiles }, classOf(model, USER.class), model);
  if (mayModifyUsers(before.profiles) && !mayModifyUsers(after.profiles)) {
    problems.push({ kind: "own_rights_lost" });
  }
  return problems;
}

/** Who may load users without being an administrator must not become one, not by making an account that is one either. */
function isAboutAdministrator({ before, after }: AccountEffect, model: Model): boolean {
  return [before, after].some((state) => state !== null && hasAdministratorProfile(state.profiles, model));
}

/**
 * Who is limited to some organisations must not see others through an account of their making, nor take over one that sees others by
 * limiting it: administrators neither.
 */
async function isWithinOwn({ id, before, after }: AccountEffect, facts: AccountFacts): Promise<boolean> {
  const states = [id === null ? null : before, after].filter((state) => state !== null);
  for (const state of states) if (!await isLimitedTo(state, facts)) return false;
  return true;
}

async function isLimitedTo({ organizations }: AccountState, facts: AccountFacts): Promise<boolean> {
  const known = organizations.filter((id) => id !== null);
  return known.length > 0 && known.length === organizations.length && await facts.maySee(known);
}

/** Somebody must be left who can give rights back, and somebody who can lift limits. */
async function lostAdministrators(
  effects: readonly AccountEffect[],
  model: Model,
  facts: AccountFacts,
): Promise<RuleProblem[]> {
  const isOne = (state: AccountState | null) =>
    state !== null && state.status === STATUS_ENABLED && hasAdministratorProfile(state.profiles, model);
  const isUnlimited = (state: AccountState | null) => isOne(state) && state?.organizations.length === 0;
  if (await losesLast(effects, isOne, () => facts.enabledAdministrators())) {
    return [{ kind: "last_administrator_lost" }];
  }
  const losesLimits = await losesLast(effects, isUnlimited, () => facts.unlimitedAdministrators());
  return losesLimits ? [{ kind: "last_unlimited_administrator_lost" }] : [];
}

async function losesLast(
  effects: readonly AccountEffect[],
  isOne: (state: AccountState | null) => boolean,
  everyone: () => Promise<ReadonlySet<ObjectId>>,
): Promise<boolean> {
  const lost = new Set(effects.filter(({ before, after }) => isOne(before) && !isOne(after)).map(({ id }) => id));
  if (lost.size === 0 || effects.some(({ after }) => isOne(after))) return false;
  for (const id of await everyone()) if (!lost.has(id)) return false;
  return true;
}

function isSameSet(a: readonly ProfileNumber[], b: readonly ProfileNumber[]): boolean {
  return a.every((id) => b.includes(id)) && b.every((id) => a.includes(id));
}

function hasPortalProfile(model: Model): boolean {
  return model.profiles.some((profile) => profile.id === PORTAL_USER.id && profile.name === PORTAL_USER.name);
}
