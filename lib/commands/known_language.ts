/** A language of a model, by what was typed. */
import { EXIT, RunStop } from "../errors.ts";
import { unknownLanguage } from "../messages/languages.ts";
import type { LanguageCode, Model } from "../model/model.ts";
import { nearestName } from "../nearest_name.ts";

/** @throws RunStop 64 when the model has no such language */
export function knownLanguage({ languages }: Model, typed: string): LanguageCode {
  const known = languages.find((one) => one.toLowerCase() === typed.toLowerCase());
  if (known !== undefined) return known;
  const begins = languages.find((one) => one.toLowerCase().startsWith(`${typed.toLowerCase()} `)) ?? null;
  throw new RunStop(EXIT.usage, [unknownLanguage(typed, begins ?? nearestName(typed, languages), languages)]);
}
