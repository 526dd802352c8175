/** Which parameter was meant by a name that none bears. */
import { nearestName } from "../../nearest_name.ts";
import type { Parameter } from "./definitions.ts";
import { findParameter, parametersOf } from "./find_parameter.ts";
import { meantByForeignName } from "./foreign_names.ts";
import type { CommandName, ParameterSource } from "./parameter_definition.ts";

/** What was meant in all likelihood. */
export interface MeantParameter {
  /** A name or an alias. */
  readonly name: string;
  /** What it does, for those who know it from another program by another name; null: it was only misspelt. */
  readonly meaning: string | null;
}

/** The same, as a problem has it. */
export function nearestAndMeaning(meant: MeantParameter | null): {
  readonly nearest: string | null;
  readonly meaning: string | null;
} {
  return { nearest: meant?.name ?? null, meaning: meant?.meaning ?? null };
}

/**
 * The parameter of that name; null when there is none, or when the command does not take it and another one is called so elsewhere that it
 * takes: `--user` of an import.
 */
export function ownParameter(typed: string, command: CommandName, source: ParameterSource): Parameter | null {
  const parameter = findParameter(typed);
  if (parameter === null || parameter.uses[command] !== undefined) return parameter;
  const foreign = meantByForeignName(typed.replaceAll("-", "_")).map(findParameter);
  const isMeant = foreign.some((one) => one?.uses[command] !== undefined && one.sources.includes(source));
  return isMeant ? null : parameter;
}

/** How much of a name must be there to stand for the whole. */
const SHORTEST_BEGINNING = 3;

/** @returns null: nobody knows. Only parameters are meant that `command` takes from `source`. */
export function meantParameter(typed: string, command: CommandName, source: ParameterSource): MeantParameter | null {
  const taken = parametersOf(command).filter(({ sources }) => sources.includes(source));
  return meantOf(typed, taken, (parameter) => parameter.uses[command]?.meaning ?? null);
}

/** The same among parameters of the caller's choice. @param meaningOf what one of them does there */
export function meantOf(
  typed: string,
  parameters: readonly Parameter[],
  meaningOf: (parameter: Parameter) => string | null,
): MeantParameter | null {
  const spelt = typed.replace(/^[-\u2010-\u2015]+/, "").replaceAll("-", "_");
  const names = parameters.flatMap(({ name, aliases }) => [name, ...aliases]);
  const foreign = meantByForeignName(spelt).find((name) => names.includes(name));
  const meant = foreign === undefined ? null : findParameter(foreign);
  if (meant !== null) return { name: meant.name, meaning: meaningOf(meant) };
  // Every name of two letters is near to a single one.
  const near = spelt.length < 2 ? null : nearestName(spelt, names) ?? onlyOneThatBegins(spelt, names);
  return near === null ? null : { name: near, meaning: null };
}

function onlyOneThatBegins(typed: string, names: readonly string[]): string | null {
  if (typed.length < SHORTEST_BEGINNING) return null;
  const [one, other] = names.filter((name) => name.startsWith(typed.toLowerCase()));
  return one === undefined || other !== undefined ? null : one;
}
