/** Sentences of exports. */
import type { StopMessage } from "../errors.ts";
import type { CellFault, CellNote, ColumnNote, LeftOut } from "../export/notes.ts";
import type { ValueProblem } from "../values/value_reader.ts";
import { quoted, shortened } from "./quoted.ts";
import { valueProblem } from "./values.ts";

export function passwordColumn(name: string): StopMessage {
  return {
    text: `#Column ${quoted(name)} is a password: passwords are never written`,
    hint: "Leave it out of columns",
  };
}

export function unknownExportColumn(name: string, near: string | null, modelClass: string): StopMessage {
  const suggestion = near === null ? "" : `. Did you mean '${near}'?`;
  return {
    text: `#Unknown column: ${quoted(shortened(name))}${suggestion}`,
    hint: `Columns are named as the header of an import names them: see csvrecon model show --class=${modelClass}`,
  };
}

export function notACondition(found: string): StopMessage {
  return {
    text: `#No condition: ${quoted(shortened(found))}`,
    hint: "Expected 'Name=value' or 'Name<>value', several joined by AND; a name or value may stand in double quotes",
  };
}

export function unknownConditionName(name: string, near: string | null): StopMessage {
  const suggestion = near === null ? "" : `. Did you mean '${near}'?`;
  return {
    text: `#Unknown column in where: ${quoted(shortened(name))}${suggestion}`,
    hint: "Conditions name columns as the header of an import does",
  };
}

export function unknownExportKey(name: string, near: string | null): StopMessage {
  const suggestion = near === null ? "" : `. Did you mean '${near}'?`;
  return {
    text: `#Unknown reconciliation key: ${quoted(shortened(name))}${suggestion}`,
    hint: "A key bears the name of a column of the file",
  };
}

export function conditionOnThis(name: string): StopMessage {
  return {
    text: `#Column ${quoted(name)} cannot stand in where: it has no value to compare`,
    hint: "Name another column, or one of an external key: Organization->Name=Demo",
  };
}

export function valueOfCondition(name: string, code: string, problem: ValueProblem): StopMessage {
  return {
    text: `#Wrong value for ${quoted(name)} in where: ${valueProblem(code, problem)}`,
    hint: "Values are typed as in the cells of an import",
  };
}

/** @param character that the charset lacks @param place `object`: `Person 12`; null: the header */
export function notInCharset(
  charset: string,
  character: string,
  place: { readonly column: string; readonly object: string | null },
): StopMessage {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  return {
    text: `#Charset ${charset} has no ${quoted(character)} (U+${code}): column ${quoted(place.column)} of ${
      place.object ?? "the header"
    }`,
    hint: "Export with charset=UTF-8, which has every character",
  };
}

/** @param place `object`: `Person 12` */
export function notInDialect(place: { readonly column: string; readonly object: string }): StopMessage {
  return {
    text: `#Without a text qualifier no cell holds what column ${quoted(place.column)} of ${place.object} has: ` +
      "the separator, a line break, or blanks that count",
    hint: 'Export with a qualifier, such as qualifier="',
  };
}

export function fileIsDatabase(parameter: string, path: string): StopMessage {
  return {
    text: `#Parameter ${parameter}: ${quoted(path)} is the database itself, or one of its files`,
    hint: "Name another file",
  };
}

export function fileIsRead(parameter: string, path: string): StopMessage {
  return { text: `#Parameter ${parameter}: ${quoted(path)} is read by this export`, hint: "Name another file" };
}

export function sameFiles(path: string): StopMessage {
  return { text: `#Parameters file and write name the same file: ${quoted(path)}`, hint: "Name two files" };
}

/** @param reason what the system says */
export function fileNotWritten(path: string, reason: string): StopMessage {
  return { text: `#Cannot write ${quoted(path)}: ${reason}`, hint: "What was there before is still there" };
}

export function fileIsNoFile(path: string): StopMessage {
  return { text: `#Cannot write ${quoted(path)}: it is no file`, hint: "To write to a pipe, leave out file" };
}

const LEFT_OUT: Readonly<Record<LeftOut["kind"], string>> = {
  password: "passwords are never written",
  link_set: "the user may not load its links",
  hidden_targets: "some of its objects are not visible to the user, and an import of the column would lose them",
  no_name: "its label means another column, too. With no_localize=1 it has a name of its own",
};

export function leftOut({ kind, code }: LeftOut): string {
  return `Left out: ${code}: ${LEFT_OUT[kind]}`;
}

export function columnNote({ kind, name }: ColumnNote): string {
  return kind === "computed"
    ? `Column ${quoted(name)} is computed: an import refuses it`
    : `Column ${quoted(name)} does not tell the objects apart that it refers to: an import may not find them`;
}

const FAULTS: Readonly<Record<CellFault, string>> = {
  refused: "an import would refuse the value or change it",
  dialect: "nothing that this separator and qualifier can write is read as this text",
  hidden: "the object that it refers to is not visible to the user. The cell is empty, and an import would lose it",
  untold: "nothing in its columns tells which object it refers to",
  loose_link: "a link has no other end, and an import would remove it",
  unreadable: "no import reads such a text: it has a NUL character, or is too long for a cell",
};

export function cellNote({ fault, column, count, first }: CellNote): string {
  const object = `${first.class} ${first.id}`;
  const where = count === 1
    ? `Column ${quoted(column)} of ${object}`
    : `Column ${quoted(column)} of ${count} objects, the first ${object}`;
  return `${where}: ${FAULTS[fault]}`;
}

export const DOES_NOT_LOAD_BACK =
  "The file does not load back by itself: it has no reconciliation keys that tell the objects apart. Name columns that do " +
  "with reconciliationkeys, to the import as well; or add the column id to columns, and give reconciliationkeys=id to the import";

export const HAS_NO_KEYS =
  "The file does not load back by itself: the class has no key that tells all objects apart. Name columns that do with " +
  "reconciliationkeys, to the import as well";

export const SAFE_CSV =
  "The file does not load back: safe_csv has put a ' before texts that a spreadsheet would calculate";

/** @param keys names of columns */
export function loadedBackBy(keys: readonly string[]): string {
  return `The class's own keys do not tell the objects apart. Load the file back with reconciliationkeys=${
    keys.join(",")
  }`;
}

/** The head of a parameter file that loads an export back. */
export function paramFileHead(modelClass: string, login: string): readonly string[] {
  if (login === "") return [`Loads back what csvrecon export has written of ${modelClass}.`];
  return [
    `Loads back what csvrecon export has written of ${modelClass}. Give the password besides: auth_pwd_file.`,
    `Labels are in the language of the user ${login}.`,
  ];
}
