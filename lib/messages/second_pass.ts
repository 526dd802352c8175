/** The words of `second_pass`: why an external key cannot be filled in a second reading, and what became of rows there. */
import type { StopMessage } from "../errors.ts";
import { quoted } from "./quoted.ts";

const NAME = "second_pass";

/** @param keys the external keys that the file's columns feed */
export function unknownLaterKey(name: string, nearest: string | null, keys: readonly string[]): StopMessage {
  const meant = nearest === null ? "" : `Did you mean ${quoted(nearest)}? `;
  const known = keys.length === 0 ? "No column of the file feeds one" : `The file has: ${keys.join(", ")}`;
  return { text: `#${NAME}: ${quoted(name)} is no external key that a column of the file feeds. ${meant}${known}` };
}

export function mandatoryLaterKey(key: string, modelClass: string): StopMessage {
  return {
    text: `#${NAME}: ${
      quoted(key)
    } must have a value, and no ${modelClass} can be made without it in the first reading`,
    hint: `Leave it out of ${NAME}, and let the rows that others refer to stand above these`,
  };
}

export function laterKeyThatCreates(key: string): StopMessage {
  return {
    text: `#${NAME}: ${
      quoted(key)
    } stands in create_targets, too: what it does not find is created, or stands in the file`,
    hint: "Leave it out of one of them",
  };
}

export function laterKeyOfOrganization(key: string): StopMessage {
  return {
    text:
      `#${NAME}: ${quoted(key)} says to which organisation an object belongs, and you may see those of some only: ` +
      "what the first reading makes would be out of your sight",
    hint: "Let a user load the file who may see all organisations",
  };
}

export function laterKeyOfAccounts(modelClass: string): StopMessage {
  return {
    text: `#${NAME}: objects of ${modelClass} say who may log in, and to what: they are not written in two steps`,
    hint: `Leave ${NAME} out`,
  };
}

/** @param printed the reconciliation key @param later the external key without which its value is not known */
export function reconciledByLaterKey(printed: string, later: string): StopMessage {
  return {
    text: `#${NAME}: the reconciliation key ${quoted(printed)} needs ${
      quoted(later)
    }, which has no value before the second reading`,
    hint: `Name other reconciliationkeys, or leave ${later} out of ${NAME}`,
  };
}

/** @param column that feeds an external key */
export function lookedForByLaterKey(column: string, later: string): StopMessage {
  return {
    text: `#${NAME}: column ${quoted(column)} looks for objects by ${
      quoted(later)
    }, which has no value before the second reading`,
    hint: `Look for them by attributes of their own, or leave ${later} out of ${NAME}`,
  };
}

/** @param times how often the file was read, twice each time */
export function neverSettled(times: number): StopMessage {
  return {
    text: `#${NAME}: the file was read ${times} times, and each time other rows were in error: ` +
      "each is in the way of the next, by a value that only one may have",
    hint: `Look for such values with csvrecon check; or load the file without ${NAME} first, which tells these rows`,
  };
}

/** What became of rows in the first reading. @param reason what the operating system says */
export function firstResultsNotKept(folder: string, reason: string): StopMessage {
  return {
    text: `The results of the first reading could not be kept in a temporary file in '${folder}': ${reason}`,
    hint: "Make room in the folder of the database. Nothing was written",
  };
}
