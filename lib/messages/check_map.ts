/** The map that `check` writes: JSON with comments, which says nothing until somebody has decided. */
import type { MapDraft } from "../inspect/map_draft.ts";
import { onOneLine } from "../one_line.ts";

/** Stands where somebody has to say what is meant; as a name or a word it is refused. */
const TO_BE_SAID = "?";

export function mapDraftText(draft: MapDraft): string {
  const parts = [columnsPart(draft), valuesPart(draft)].filter((part) => part !== "");
  return [
    "// A map for csvrecon, as csvrecon check found the file to be. It is a beginning: it says nothing yet.",
    "// csvrecon check --param_file=FILE shows what it makes of the first rows; docs/map.md has all that it may say.",
    "{",
    parts.join(",\n"),
    "}",
    "",
  ].join("\n");
}

function columnsPart({ class: modelClass, columns }: MapDraft): string {
  if (columns.length === 0) return "";
  return [
    "  // Columns that the class does not know. Name what each is, a code, a label or a path such as org_id->name, and take",
    `  // the first // away; csvrecon model show --class=${modelClass} lists them. The others are for ignore_columns.`,
    '  "columns": {',
    ...columns.map(({ name, nearest: [first, ...others] }) => {
      const or = others.length === 0 ? "" : ` // or ${others.map((one) => onOneLine(one)).join(", ")}`;
      return `    // ${entry(name, first ?? TO_BE_SAID)}${or}`;
    }),
    "  }",
  ].join("\n");
}

function valuesPart({ values }: MapDraft): string {
  if (values.length === 0) return "";
  const attributes = values.map(({ attribute, words, reason }) =>
    [
      `    // ${onOneLine(reason)}`,
      `    ${JSON.stringify(attribute)}: {`,
      ...words.map((word) => `      // ${entry(word, TO_BE_SAID)}`),
      "    }",
    ].join("\n")
  );
  return [
    "  // Words that an attribute does not take, and what they are in the model; null is nothing.",
    '  "values": {',
    attributes.join(",\n"),
    "  }",
  ].join("\n");
}

function entry(name: string, value: string): string {
  return onOneLine(`${JSON.stringify(name)}: ${JSON.stringify(value)},`);
}
