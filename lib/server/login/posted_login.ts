/**
 * The login that a request brings along in its fields. Name and password are taken from one place, form or header, or somebody's
 * password would be tried for somebody else's name.
 */
import { findParameter } from "../../parameters/list/find_parameter.ts";
import type { PostedField } from "../../parameters/reading/posted_parameters.ts";
import type { Credentials } from "./credentials.ts";

/**
 * The fields of the login that counts.
 * @param places from the one that wins to the one that all others win over
 */
export function loginFields(places: readonly (readonly PostedField[])[]): readonly PostedField[] {
  return places.map((fields) => fields.filter(isOfLogin)).find(({ length }) => length > 0) ?? [];
}

/** All other fields. */
export function otherFields(fields: readonly PostedField[]): readonly PostedField[] {
  return fields.filter((field) => !isOfLogin(field));
}

/** @returns null: they are not whole, at least not yet */
export function credentialsOf(fields: readonly PostedField[]): Credentials | null {
  const login = lastValue(fields, "auth_user");
  const password = lastValue(fields, "auth_pwd");
  return login === undefined || password === undefined ? null : { login, password };
}

/** The reverse of `credentialsOf`. */
export function fieldsOf({ login, password }: Credentials): readonly PostedField[] {
  return [{ name: "auth_user", value: login }, { name: "auth_pwd", value: password }];
}

/** Whether a field says something else of the login than what was checked. */
export function contradicts(field: PostedField, checked: Credentials): boolean {
  return isOfLogin(field) &&
    !fieldsOf(checked).some(({ name, value }) => isNamed(field, name) && field.value === value);
}

function isOfLogin(field: PostedField): boolean {
  return isNamed(field, "auth_user") || isNamed(field, "auth_pwd");
}

function lastValue(fields: readonly PostedField[], name: string): string | undefined {
  return fields.findLast((field) => isNamed(field, name))?.value;
}

/** Names have more than one spelling. */
function isNamed(field: PostedField, name: string): boolean {
  return findParameter(field.name)?.name === name;
}
