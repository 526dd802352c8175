/** After some failed logins in a row, further attempts at that login must wait: guessing passwords becomes hopeless. */
import { foldCase } from "../model/look_up.ts";
import type { FailedAttempts, LoginFailures } from "../store/login_failures.ts";

const FAILURES_WITHOUT_WAIT = 4;
const LONGEST_WAIT_SECONDS = 60;
const LONGEST_COUNTED_LOGIN = 255;

/**
 * The spelling under which failures are counted: at least as coarse as the comparison of logins, so that case wins no attempts;
 * and short, so that nobody fills the database with endless logins.
 */
export function countedLogin(login: string): string {
  return foldCase(login).slice(0, LONGEST_COUNTED_LOGIN);
}

/** How long to wait after so many failures in a row, in seconds: none before the 5th, then 1, 2, 4 … 60. */
export function waitSeconds(failures: number): number {
  if (failures <= FAILURES_WITHOUT_WAIT) return 0;
  return Math.min(LONGEST_WAIT_SECONDS, 2 ** (failures - FAILURES_WITHOUT_WAIT - 1));
}

/** Whole seconds until the next attempt is heard; 0: now. */
export function secondsLeft(attempts: FailedAttempts | null, now: Date): number {
  const seconds = Math.ceil(((attempts?.blockedUntil ?? 0) - now.getTime()) / 1000);
  // More than the longest wait: the clock was set back since.
  return seconds > LONGEST_WAIT_SECONDS ? 0 : Math.max(0, seconds);
}

/** Counts one more failure. */
export function countFailure(login: string, failures: LoginFailures, now: Date): void {
  failures.write(countedLogin(login), (before) => {
    const count = (before?.failures ?? 0) + 1;
    const wait = waitSeconds(count);
    return { failures: count, blockedUntil: wait === 0 ? 0 : now.getTime() + wait * 1000 };
  });
}
