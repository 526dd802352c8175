/** Rules that only user accounts have, checked before one is written. That a login is unique is an ordinary rule of the model. */
import {
  administratorsOnly,
  beyondOwnOrganizations,
  lastAdministratorLost,
  noProfile,
  ownProfileDenied,
  ownRightsLost,
  ownStatusChange,
} from "../messages/users.ts";
import { classOf } from "../model/look_up.ts";
import type { Model } from "../model/model.ts";
import type { AccountEffect, AccountState } from "./account_effects.ts";
import { hasAdministratorProfile } from "./administrators.ts";
import { mayBulkWrite } from "./rights.ts";
import type { User } from "./user.ts";
import { PORTAL_USER, STATUS_ENABLED, USER } from "./user_classes.ts";

/** What the rules ask of the database. */
export interface AccountFacts {
  /** Ids of the users who are enabled and have an administrator's profile. */
  enabledAdministrators(): ReadonlySet<number>;
  /** Whether the importer may see all of these organisations. */
  maySee(organizations: readonly number[]): boolean;
}

/**
 * Why accounts cannot be written like this, in sentences; empty: they can.
 * @param effects on every account that one write touches
 * @param importer who runs the import, with the profiles that they have now
 */
export function accountProblems(
  effects: readonly AccountEffect[],
  importer: User,
  model: Model,
  facts: AccountFacts,
): string[] {
  const problems = effects.flatMap((effect) => [
    ...losesLastProfile(effect) ? [noProfile()] : [],
    ...effect.id === importer.id ? ownAccountProblems(effect, importer, model) : [],
    ...hasAdministratorProfile(importer.profiles, model) ? [] : problemsOfOthers(effect, importer, model, facts),
  ]);
  if (losesLastAdministrator(effects, model, facts)) problems.push(lastAdministratorLost());
  return [...new Set(problems)];
}

function losesLastProfile({ id, before, after }: AccountEffect): boolean {
  return after.profiles.length === 0 && (id === null || before.profiles.length > 0);
}

/** Nobody may lock themselves out. */
function ownAccountProblems({ before, after }: AccountEffect, importer: User, model: Model): string[] {
  const problems: string[] = [];
  if (before.status !== after.status) problems.push(ownStatusChange());
  if (isSameSet(before.profiles, after.profiles)) return problems;
  const becomesPortalUser = after.profiles.includes(PORTAL_USER.id) && !importer.profiles.includes(PORTAL_USER.id);
  if (becomesPortalUser && hasPortalProfile(model)) problems.push(ownProfileDenied(PORTAL_USER.name));
  const mayModifyUsers = (profiles: readonly number[]) => mayBulkWrite({ profiles }, classOf(model, USER.class), model);
  if (mayModifyUsers(before.profiles) && !mayModifyUsers(after.profiles)) problems.push(ownRightsLost());
  return problems;
}

/**
 * Who may load users without being an administrator must not become one, not by making an account that is one either; and who is
 * limited to some organisations must not see others through an account of their making.
 */
function problemsOfOthers(
  { before, after }: AccountEffect,
  importer: User,
  model: Model,
  facts: AccountFacts,
): string[] {
  const problems: string[] = [];
  if ([before, after].some(({ profiles }) => hasAdministratorProfile(profiles, model))) {
    problems.push(administratorsOnly());
  }
  const isWithin = ({ organizations }: AccountState) => organizations.length > 0 && facts.maySee(organizations);
  if (importer.allowedOrganizations !== null && !isWithin(after)) problems.push(beyondOwnOrganizations());
  return problems;
}

/** Somebody must be left who can give rights back. */
function losesLastAdministrator(effects: readonly AccountEffect[], model: Model, facts: AccountFacts): boolean {
  const isOne = ({ status, profiles }: AccountState) =>
    status === STATUS_ENABLED && hasAdministratorProfile(profiles, model);
  const lost = effects.filter(({ before, after }) => isOne(before) && !isOne(after));
  if (lost.length === 0 || effects.some(({ after }) => isOne(after))) return false;
  return [...facts.enabledAdministrators()].every((id) => lost.some((effect) => effect.id === id));
}

function isSameSet(a: readonly number[], b: readonly number[]): boolean {
  return a.every((id) => b.includes(id)) && b.every((id) => a.includes(id));
}

function hasPortalProfile(model: Model): boolean {
  return model.profiles.some((profile) => profile.id === PORTAL_USER.id && profile.name === PORTAL_USER.name);
}
