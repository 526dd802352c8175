/** Sentences about logins, rights and the accounts of users. */
import type { StopMessage } from "../errors.ts";
import type { ClassCode } from "../model/model.ts";
import { quoted } from "./quoted.ts";

/** The same words whether the login is unknown, disabled, or its password wrong. */
export function accessRefused(login: string): string {
  return `Access restricted or wrong credentials (${quoted(login)})`;
}

export function tooManyFailures(seconds: number): string {
  return `Too many failed logins in a row: try again in ${seconds} s`;
}

export function bulkWriteNotAllowed(modelClass: ClassCode): string {
  return `#You are not allowed to perform a bulk update of objects of class ${modelClass}`;
}

export function bulkWriteHint(modelClass: ClassCode): string {
  return `Ask an administrator for a profile that grants the bulk modification of ${modelClass} or of a parent class`;
}

/** @param ends the classes that would do in place of the link class, if any would */
export function linkSetNotAllowed(column: string, linkClass: ClassCode, ends: readonly ClassCode[]): string {
  const instead = ends.length === 0 ? "" : `, or to objects of class ${ends.join(" and ")}`;
  const found = `#You are not allowed to write the column ${quoted(column)}`;
  return `${found}: it makes and deletes links of class ${linkClass}, and needs the right to these${instead}`;
}

export function noProfile(): string {
  return "At least one profile must be assigned to this user.";
}

export function ownStatusChange(): string {
  return "Changing status is not allowed for your own User";
}

export function ownAccountDeleted(): string {
  return "Your own account would be deleted";
}

export function ownRightsLost(): string {
  return "The current list of profiles does not give sufficient access rights (Users are not modifiable anymore)";
}

export function ownProfileDenied(profile: string): string {
  return `Profile "${profile}" cannot be added it will deny the access to backoffice`;
}

export function lastAdministratorLost(): string {
  return "No enabled user with an administrator's profile would be left";
}

export function lastUnlimitedAdministratorLost(): string {
  return "No enabled administrator who is not limited to some organizations would be left";
}

export function administratorsOnly(): string {
  return "Only an administrator may change an administrator's account, or make one";
}

export function beyondOwnOrganizations(): string {
  return "The account must be limited to organizations that you are allowed yourself";
}

export function loginTooLong(found: number, most: number): string {
  return `The login has ${found} characters: at most ${most} are possible`;
}

export function loginNotOneLine(): string {
  return "A login is one line, without control characters";
}

/** The end of a run: deletions that only the database sees have taken the last administrator away. */
export function runLosesAdministrator(): StopMessage {
  const hint = "Give another enabled user an administrator's profile first, then load the file again";
  return { text: `#${lastAdministratorLost()}. Nothing was written`, hint };
}

/** Why the first user has the administrator's profile; stored with the link, in the reference's words. */
export function firstUserReason(): string {
  return "By definition, the administrator must have the administrator profile";
}
