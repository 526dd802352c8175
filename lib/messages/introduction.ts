/** What is said to whoever types the program's name and nothing else. */
import type { StopMessage } from "../errors.ts";

/** Ends with a line end. */
export const INTRODUCTION = `\
csvrecon loads a CSV file into an SQLite or PostgreSQL database by reconciliation: each row is matched, by
keys that you name, to an object that exists already; the object is then created, updated or left alone, and a
report says which. Load the same file as often as you like: only what differs is written, in one transaction,
with a change log. Any SQLite database will do, as it is; one with users and a model (persons, servers,
software …, or classes of yours) is made by init, in a file or at a server.

  What a file would do to a table of a database that another program made:
      csvrecon --db=shop.db --class=Track --csvfile=prices.csv --reconciliationkeys=Name --simulate
  A database with its first administrator, whose password is the first line of a file:
      csvrecon init --admin_user=admin --admin_pwd_file=admin.pwd
  The classes that a file can be loaded into, and the columns of one:
      csvrecon model show --class=Person
  What a file would do, and nothing written (without --simulate it is done):
      csvrecon --auth_user=admin --auth_pwd_file=admin.pwd --class=Person --csvfile=persons.csv --simulate

csvrecon help lists the commands, csvrecon help import the parameters of an import.
`;

/** Why nothing was done. */
export function nothingAsked(): StopMessage {
  return { text: "#No parameter is given: csvrecon help says which there are" };
}
