/** Sentences about what databases that csvrecon did not make hold. */
import type { StopMessage } from "../errors.ts";
import { quoted, visible } from "./quoted.ts";

/** @param column as it is called, behind its table @param number one of them @param row what tells its row */
export function holdsNumbers(table: string, column: string, number: string, row: string): StopMessage {
  return {
    text: `Column ${quoted(`${table}.${column}`)} is declared as a date and holds numbers, ` +
      `such as ${number} in the row ${quoted(row)}: say in the overlay how its dates are stored ` +
      "(unix_seconds, unix_milliseconds, unix_microseconds, mac_seconds or julian_days)",
    hint: `In the file of --model: ${
      visible(JSON.stringify({ classes: { [table]: { attributes: { [column]: { stored: "unix_seconds" } } } } }))
    }`,
  };
}

/** @param found as JSON */
export function neitherYesNorNo(column: string, found: string): string {
  return `the database holds ${quoted(found)} in ${quoted(column)}, which is neither yes nor no: ` +
    `say in the overlay how it is stored, such as "stored": ["f", "t"]`;
}

/** @param key as it is read */
export function keyNoText(key: string): string {
  return `the key ${quoted(key)} of its row is a text whose bytes are no UTF-8, so nothing can name the row: ` +
    "give it another key with the program that owns the database";
}

/** @param column as it is called, behind its table */
export function noNumberLeft(column: string): string {
  return `no number is left for a new row: a row has the last one that SQLite knows in ${quoted(column)}, ` +
    "9223372036854775807. Give that row a smaller one with the program that owns the database";
}

/** A trigger did so without a word, as RAISE(IGNORE) does. */
export const LEFT_OUT = "a trigger left it out";
