/** Sentences about the database as a file: missing, locked, full, not ours. */
import type { StopMessage } from "../errors.ts";
import { quoted, visible } from "./quoted.ts";

export function databaseMissing(path: string): StopMessage {
  return {
    text: `Database could not be found: '${path}'`,
    hint:
      "Name an existing database (--db; of copy --from). One of csvrecon with users and a model is made by: csvrecon init " +
      `--db=${path} --admin_user=… --admin_pwd=…`,
  };
}

/** While a server has the file open that was there before. */
export function databaseReplaced(path: string): StopMessage {
  return {
    text: `Another file has taken the place of the database: '${path}'`,
    hint: "Restart csvrecon serve, or put the file back.",
  };
}

/** The file went away under a run, or another one has its name by now. */
export function databaseGone(path: string): StopMessage {
  return {
    text: `Database was deleted or replaced during the run: '${path}'. What the run wrote is lost`,
    hint: "Nothing was written to a file that is there now. Put the database back, and run the import again.",
  };
}

export function databaseExists(path: string): StopMessage {
  return {
    text: `Database could not be created: '${path}' exists already`,
    hint: "Choose another name, or move the existing file away. Nothing was changed.",
  };
}

export function databaseNotCreated(path: string): StopMessage {
  return {
    text: `Database could not be created: '${path}'`,
    hint: "Check that the folder exists and that you may write to it.",
  };
}

export function databaseNotOpened(path: string): StopMessage {
  return {
    text: `Database could not be opened for writing: '${path}'`,
    hint: "Check that you may read and write the file and its folder: SQLite keeps two more files beside it.",
  };
}

/** @param seconds how long the lock was waited for */
export function databaseLocked(path: string, seconds: number): StopMessage {
  return {
    text: `Database is locked by another writer: '${path}' (waited ${seconds} s)`,
    hint: "Try again when the other one is done, or wait longer with --busy_timeout=60. Nothing was changed.",
  };
}

export function databaseFull(path: string): StopMessage {
  return {
    text: `Database could not be written, the disk is full: '${path}'`,
    hint: "Make room and try again. Nothing was changed.",
  };
}

export function databaseReadOnly(path: string): StopMessage {
  return {
    text: `Database is read-only: '${path}'`,
    hint: "Check that you may write to the file and its folder. Nothing was changed.",
  };
}

export function databaseDiskError(path: string): StopMessage {
  return {
    text: `Database could not be read or written, the disk is full or reported an error: '${path}'`,
    hint: "Make room, check the disk and the limits on file sizes, then try again. Nothing was changed.",
  };
}

/** @param words what was said by whoever did it: a trigger, mostly */
export function transactionTakenBack(path: string, words: string): StopMessage {
  return {
    text: `Database took back the whole transaction: ${quoted(path)} (a trigger said: ${quoted(words)})`,
    hint:
      "RAISE(ROLLBACK, …) takes back all that a run has written, RAISE(ABORT, …) refuses one row. Change the trigger, " +
      "or the row that it minds. Nothing was changed.",
  };
}

/** What is there is a folder, or a device. */
export function notAFile(path: string): StopMessage {
  return {
    text: `Not an SQLite database: '${path}' is a folder, or something else that is no plain file`,
    hint: "Name the file of an SQLite database.",
  };
}

export function notADatabase(path: string): StopMessage {
  return {
    text: `Not an SQLite database: '${path}'. If it is one, it may be encrypted`,
    hint: "Name an SQLite database. An encrypted one only the program that owns it reads.",
  };
}

/** @param check the command that looks closer */
export function databaseDamaged(path: string, check: string): StopMessage {
  return {
    text: `Database is damaged: '${path}'`,
    hint: `Restore a copy. What is wrong is told by: ${check}`,
  };
}

/** @param words of the database */
export function schemaChanged(path: string, words: string): StopMessage {
  return {
    text: `Database is not as csvrecon has made it: ${quoted(path)} (${visible(words)})`,
    hint: "Somebody may have dropped or changed a table, a column, an index or a function of it: restore a copy. If " +
      "nobody has, please report this as a bug of csvrecon. Nothing was changed.",
  };
}

export function databaseNotOurs(path: string): StopMessage {
  return {
    text: `Database was not made by csvrecon: '${path}'`,
    hint: "It has no users: csvrecon import, check, explain, export, history and undo work with it, without a login. " +
      "This needs a database that was made by csvrecon init. Nothing was changed.",
  };
}

export function noUsableModel(path: string): StopMessage {
  return {
    text: `Database holds no usable model: '${path}'`,
    hint: "Somebody changed the table csvrecon_model. Restore a copy of the database. Nothing was changed.",
  };
}

export function databaseTooNew(path: string, found: number, known: number): StopMessage {
  return {
    text: `Database was made by a newer csvrecon: '${path}' (schema version ${found}, this program knows ${known})`,
    hint: "Install the newer csvrecon. Nothing was changed.",
  };
}

export function databaseTooOld(path: string, found: number, known: number): StopMessage {
  return {
    text: `Database was made by an older csvrecon: '${path}' (schema version ${found}, this program needs ${known})`,
    hint: "Use the older csvrecon, or create a new database with csvrecon init and load your files again.",
  };
}

export function tableNameTaken(classCode: string, table: string): StopMessage {
  return {
    text:
      `Class ${classCode} cannot be stored: its table '${table}' would bear a name that csvrecon or another class uses`,
    hint: "Rename the class in the model file.",
  };
}

export function attributeRefersToItself(classCode: string, attribute: string): StopMessage {
  return {
    text: `Attribute ${attribute} of class ${classCode} refers to itself, through external fields or friendly names`,
    hint: "Take one of them out of the circle in the model file.",
  };
}
