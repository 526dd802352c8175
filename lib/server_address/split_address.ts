/** The text of an address: `postgres://user@host:port/database?name=value`, each part of which may be left out. */
import { nearestName } from "../nearest_name.ts";
import type { AddressProblem } from "./address_problem.ts";
import { type Given, isSetting, SETTING_NAMES, type SettingName, type Settings } from "./address_settings.ts";

export interface SplitAddress {
  readonly settings: Settings;
  readonly problems: readonly AddressProblem[];
}

/** User, host with port, database, and settings. */
const PARTS = /^[a-z]+:\/\/(?:([^@/?]*)@)?([^@/?]*)(?:\/([^?]*))?(?:\?(.*))?$/is;

/** A name, an IP address of version 4, or one of version 6 in brackets, and a port. */
const HOST = /^(\[[^\]]*\]|[^:[\]]*)(?::(.*))?$/s;

/**
 * `user:password@`. Who forgot to spell an `@`, a `/` or a `?` of a password otherwise has a password there all the same: what follows the
 * colon is no port, or an `@` comes before the settings.
 */
const WITH_PASSWORD = /^[a-z]+:\/\/(?:[^@/?[]*:(?!\d*(?:[/?]|$))[^]*@|[^@?[]*:[^?]*@|[^@/?]*:[^@/?]*@)/i;

const NO_SETTINGS: Settings = new Map();

/** @param text begins as `namesServer` wants it */
export function splitAddress(text: string): SplitAddress {
  if (WITH_PASSWORD.test(text)) return refused({ kind: "password_in_address" });
  const parts = PARTS.exec(text);
  const host = HOST.exec(parts?.[2] ?? "");
  if (parts === null || host === null) return refused({ kind: "address_form" });
  const given = pairs(parts[4]);
  // What its `&` cuts off would be taken for names of settings, and told.
  if (given.some(([name]) => name === "password")) return refused({ kind: "password_in_address" });
  const problems: AddressProblem[] = [];
  const settings = new Map<SettingName, Given>();
  const put = (name: SettingName, typed: string | undefined) => {
    if (typed === undefined || typed === "") return;
    const value = decoded(typed);
    if (value === null) problems.push({ kind: "percent_form" });
    else if (settings.has(name)) problems.push({ kind: "setting_twice", setting: name });
    else settings.set(name, { text: value, place: { kind: "address" } });
  };
  put("user", parts[1]);
  put("host", host[1]?.replace(/^\[(.*)\]$/s, "$1"));
  put("port", host[2]);
  put("dbname", parts[3]);
  for (const [name, value] of given) {
    if (isSetting(name)) put(name, value);
    else problems.push(unknown(name));
  }
  return { settings, problems };
}

function refused(problem: AddressProblem): SplitAddress {
  return { settings: NO_SETTINGS, problems: [problem] };
}

function unknown(found: string): AddressProblem {
  return { kind: "setting_unknown", found, nearest: nearestSetting(found), place: { kind: "address" } };
}

/** Nobody is led to give a password. */
export function nearestSetting(found: string): SettingName | null {
  const nearest = nearestName(found, SETTING_NAMES.filter((name) => name !== "password"));
  return nearest !== null && isSetting(nearest) ? nearest : null;
}

function pairs(query: string | undefined): readonly (readonly [string, string])[] {
  if (query === undefined || query === "") return [];
  return query.split("&").map((pair) => {
    const end = pair.indexOf("=");
    return end < 0 ? [pair, ""] : [pair.slice(0, end), pair.slice(end + 1)];
  });
}

/** Null: it cannot be. */
function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}
