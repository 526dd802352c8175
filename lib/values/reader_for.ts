/** Chooses the reader of an attribute. */
import type { ColumnAttribute, ExternalKeyAttribute, LanguageCode, Model } from "../model/model.ts";
import { booleanReader } from "./boolean_reader.ts";
import { caseLogReader } from "./case_log_reader.ts";
import type { DateFormat } from "./date_format.ts";
import { dateReader } from "./date_reader.ts";
import { decimalReader } from "./decimal_reader.ts";
import { enumCodeReader, enumLabelReader } from "./enum_reader.ts";
import { integerReader } from "./integer_reader.ts";
import { languageReader } from "./language_reader.ts";
import { looseReader } from "./loose_reader.ts";
import { numberReader } from "./number_reader.ts";
import type { NumberSigns } from "./number_signs.ts";
import { passwordReader } from "./password_reader.ts";
import { patternTextReader } from "./pattern_text_reader.ts";
import { textReader } from "./text_reader.ts";
import type { ValueReader } from "./value_reader.ts";

/** An attribute whose value stands in its cell. External keys are looked up instead. */
export type ValueAttribute = Exclude<ColumnAttribute, ExternalKeyAttribute>;

/** What the reading of cells depends on in a run. */
export interface ValueContext {
  /** False: enumerations are labels in `language`. */
  readonly codesNotLabels: boolean;
  /** The user's. */
  readonly language: LanguageCode;
  readonly model: Model;
  /** Null: dates are as they are stored. */
  readonly dateFormat: DateFormat | null;
  /** With which the file writes numbers. Null: they are as they are stored. */
  readonly numberSigns: NumberSigns | null;
}

/** Made once for each column; reading a cell then chooses nothing any more. */
export function readerFor(attribute: ValueAttribute, context: ValueContext): ValueReader {
  switch (attribute.kind) {
    case "string":
    case "text":
    case "html":
      return textReader(attribute);
    case "email":
    case "phone":
    case "url":
    case "ip":
    case "ipv4":
      return patternTextReader({ ...attribute, kind: attribute.kind });
    case "enum":
      if (context.codesNotLabels) return enumCodeReader(attribute);
      return enumLabelReader(attribute, context.language, context.model);
    case "language":
      return languageReader(attribute, context.model);
    case "boolean":
      return booleanReader(attribute, context.language);
    case "integer":
      return integerReader(attribute, context.numberSigns);
    case "number":
      return numberReader(attribute, context.numberSigns);
    case "loose":
      return looseReader(attribute);
    case "decimal":
      return decimalReader(attribute, context.numberSigns);
    case "date":
    case "datetime":
      return dateReader(attribute, context.dateFormat);
    case "password":
      return passwordReader(attribute);
    case "case_log":
      return caseLogReader(attribute);
  }
}
