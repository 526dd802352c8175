/** Sentences about a database of a PostgreSQL server. */
import type { StopMessage } from "../errors.ts";
import { quoted } from "./quoted.ts";

/** @param name of a table, a column or a view */
export function nameTooLong(name: string): StopMessage {
  return {
    text: `The model cannot be stored: the name ${quoted(name)} has more than the 63 bytes that PostgreSQL keeps`,
    hint: "Give the class or the attribute a shorter code. Nothing was made.",
  };
}

/** @param found the encoding, as the server calls it */
export function notUtf8(name: string, found: string): StopMessage {
  return {
    text: `Database cannot keep every text: '${name}' has the encoding ${found}, and not UTF8`,
    hint: "Name a database that was made with ENCODING 'UTF8', as one of template0 can be. Nothing was made.",
  };
}

/** The connection was lost in the very moment of the COMMIT. */
export function commitUnknown(name: string): StopMessage {
  return {
    text: `Connection to the server was lost: '${name}' (while it committed, and it could not be asked since). ` +
      "Nobody knows whether the run was kept, whole, or nothing of it",
    hint:
      "When the server is back, csvrecon history tells whether the run is there. To run the import again does no harm.",
  };
}

/** The same while a new database was committed. */
export function creationUnknown(name: string): StopMessage {
  return {
    text: `Connection to the server was lost: '${name}' (while it committed, and it could not be asked since). ` +
      "Nobody knows whether the new database was kept, whole, or nothing of it",
    hint: "When the server is back, csvrecon model show tells whether it is there. If not, do the same again.",
  };
}

export function backupIsOfServer(): StopMessage {
  return {
    text: "backup is for SQLite databases: a server is backed up by its own means",
    hint: "Leave backup out, and see to it that the server is backed up, as by pg_dump or pg_basebackup.",
  };
}

/** @param user who is not the owner */
export function indexesAreOfOwner(name: string, user: string): StopMessage {
  return {
    text: `Indexes are made by the owner of the tables, and ${quoted(user)} is not: ${quoted(name)}`,
    hint: "Name the role that ran csvrecon init, or one that has its rights. Nothing was changed.",
  };
}

/** What is in a database that has none of ours in the schema that was named. */
export interface FoundOfOthers {
  /** Others that have a database of ours. */
  readonly schemas: readonly string[];
  /** How many tables and views are in the schema that was named, and in all others. */
  readonly inSchema: number;
  readonly inOthers: number;
  /** One of them, with its schema. */
  readonly table: string;
}

export function notOursAtServer(name: string, schema: string, found: FoundOfOthers): StopMessage {
  const { schemas: [other, ...more], inSchema, inOthers, table } = found;
  const none = `No database of csvrecon is in the schema ${quoted(schema)}: ${quoted(name)}`;
  if (other !== undefined) {
    return {
      text: `${none}. There is one in the schema ${[other, ...more].map(quoted).join(", ")}`,
      hint: `Name it in the address, as with ?schema=${other}. Nothing was changed.`,
    };
  }
  const ofOthers = (count: number) =>
    `${count} ${count === 1 ? "table or view" : "tables and views"} that csvrecon did not make, as ${quoted(table)}`;
  return {
    text: inSchema > 0 ? `${none}. It has ${ofOthers(inSchema)}` : `${none}. The database has ${ofOthers(inOthers)}`,
    hint:
      "At a server csvrecon works with tables that it has made, in a schema of their own beside all others. They are " +
      `made by: csvrecon init --db=ADDRESS --admin_user=… --admin_pwd=…${
        inSchema > 0 ? ", with ?schema=NAME in the address" : ""
      }. Nothing was changed.`,
  };
}

export function schemaExists(address: string, schema: string): StopMessage {
  return {
    text: `Database could not be created: '${address}' exists already, there is something in the schema '${schema}'`,
    hint: "Name another schema in the address, as with ?schema=NAME, or empty this one. Nothing was changed.",
  };
}

/** @param made the engine that made the schema @param named in its address; null: none */
export function otherEngine(name: string, made: string, named: string | null): StopMessage {
  return {
    text: `Database was made with engine=${made}: ${quoted(name)}`,
    hint: named === null
      ? "Install a newer csvrecon. Nothing was changed."
      : `It can be used in no other way: leave out engine=${named}. Nothing was changed.`,
  };
}
