/** What `passwd` says, and asks. */
import type { StopMessage } from "../errors.ts";
import { quoted } from "./quoted.ts";

export function askForPassword(login: string): string {
  return `New password of ${quoted(login)}: `;
}

export const ASK_AGAIN = "The same again: ";

export function passwordChanged(login: string, isEnabled: boolean): string {
  return `The password of ${quoted(login)} is changed.${
    isEnabled ? "" : " (The user is not enabled, and may not log in.)"
  }\n`;
}

export function passwordUnchanged(login: string): string {
  return `The password of ${quoted(login)} is that already: nothing was changed.\n`;
}

export function passwordsDiffer(): StopMessage {
  return { text: "#The two passwords are not the same. Nothing was changed" };
}

export function noPasswordGiven(): StopMessage {
  return {
    text: "#No password was given. Nothing was changed",
    hint:
      "It is the first line of standard input, or of the file that new_pwd_file names; a second line must repeat it",
  };
}

/** @param problem what is wrong with it; the password itself is never told */
export function passwordRefused(problem: string): StopMessage {
  return { text: `#The new password cannot be used: ${problem}. Nothing was changed` };
}

export const PASSWORD_NOT_UTF_8 = "it is no UTF-8";
export const PASSWORD_HAS_NUL = "it holds the character NUL (U+0000)";

export function passwordTooLong(found: number, most: number): string {
  return `it has ${found} characters, expected at most ${most}`;
}

/** @param near a login that is spelt nearly like it */
export function unknownLogin(login: string, near: string | null): StopMessage {
  const text = `#Unknown login: ${quoted(login)}`;
  return near === null ? { text } : { text, hint: `Did you mean ${quoted(near)}?` };
}

export function passwordRefusedByDatabase(text: string): StopMessage {
  return { text: `#The database refuses the new password: ${quoted(text)}. Nothing was changed` };
}

export function passwordNotTold(reason: string): StopMessage {
  return { text: `The output could not be written: ${reason}`, hint: "The password is as it should be all the same" };
}
