/** After some failed logins in a row, further attempts at that login must wait: guessing passwords becomes hopeless. */
import { comparedForm } from "../compared_text.ts";
import { plainAddress } from "../ip_address.ts";
import { foldCase } from "../model/look_up.ts";
import { type FailedAttempts, HIDDEN_REFUSALS_MARK, type LoginFailures } from "../store/failed_logins.ts";

const FAILURES_WITHOUT_WAIT = 4;
/** Many people may come from one address, and each may mistype. */
const FAILURES_WITHOUT_WAIT_AT_ADDRESS = 19;
const LONGEST_WAIT_SECONDS = 60;
const LONGEST_COUNTED_LOGIN = 255;

/**
 * The spelling under which failures are counted: at least as coarse as the comparison of logins, so that case wins no attempts;
 * and short, so that nobody fills the database with endless logins.
 */
export function countedLogin(login: string): string {
  // What we add to a login stands behind a tab, so that no login is taken for it.
  return foldCase(comparedForm(login)).slice(0, LONGEST_COUNTED_LOGIN).replaceAll("\t", " ");
}

/** What failures over HTTP are counted under, from all addresses together from which the login was never good. */
export function countedElsewhere(login: string): string {
  return `${countedLogin(login)}\t(over HTTP)`;
}

/** What they are counted under from an address from which the login was good. @param address in any spelling */
export function countedClient(login: string, address: string): string {
  return `${countedLogin(login)}\t${countedAddress(address)}`;
}

/** How long to wait after so many failures in a row, in seconds: none before the 5th, then 1, 2, 4 … 60. */
export function waitSeconds(failures: number): number {
  return waitSecondsAfter(failures, FAILURES_WITHOUT_WAIT);
}

function waitSecondsAfter(failures: number, withoutWait: number): number {
  if (failures <= withoutWait) return 0;
  return Math.min(LONGEST_WAIT_SECONDS, 2 ** (failures - withoutWait - 1));
}

/**
 * What failures are counted under for an address: itself, or of IPv6 the /64 network, which one client has for itself (RFC 6177).
 * @param address in any spelling
 */
export function countedAddress(address: string): string {
  const plain = plainAddress(address) ?? address;
  if (!plain.includes(":")) return plain;
  const [front = "", back] = plain.split("::");
  const groups = front === "" ? [] : front.split(":");
  const others = back === undefined || back === "" ? [] : back.split(":");
  const zeros = Array<string>(Math.max(0, 8 - groups.length - others.length)).fill("0");
  return [...groups, ...zeros, ...others].slice(0, 4).join(":");
}

/** Whole seconds until the next attempt is heard; 0: now. */
export function secondsLeft(attempts: FailedAttempts | null, now: Date): number {
  const seconds = Math.ceil(((attempts?.blockedUntil ?? 0) - now.getTime()) / 1000);
  // More than the longest wait: the clock was set back since.
  return seconds > LONGEST_WAIT_SECONDS ? 0 : Math.max(0, seconds);
}

/** Counts one more failure at a login. */
export async function countFailure(login: string, failures: LoginFailures, now: Date): Promise<void> {
  await failures.write(countedLogin(login), (before) => oneMore(before, now, FAILURES_WITHOUT_WAIT));
}

/** Counts one more failure from an address. */
export async function countAddressFailure(address: string, failures: LoginFailures, now: Date): Promise<void> {
  await failures.write(countedAddress(address), (before) => oneMore(before, now, FAILURES_WITHOUT_WAIT_AT_ADDRESS));
}

/**
 * Notes rows that were refused because of objects which their user may not see. It is a line of its own beside the failed logins, under a
 * name that no login can have: nobody has to wait for it, and a good login does not remove it.
 */
export async function countHiddenRefusals(login: string, rows: number, failures: LoginFailures): Promise<void> {
  const counted = countedLogin(login) + HIDDEN_REFUSALS_MARK;
  await failures.write(counted, (before) => ({ failures: (before?.failures ?? 0) + rows, blockedUntil: 0 }));
}

function oneMore(before: FailedAttempts | null, now: Date, withoutWait: number): FailedAttempts {
  const failures = (before?.failures ?? 0) + 1;
  const wait = waitSecondsAfter(failures, withoutWait);
  return { failures, blockedUntil: wait === 0 ? 0 : now.getTime() + wait * 1000 };
}
