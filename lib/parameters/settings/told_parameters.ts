/** The parameters of an import that its reports name only where they were given. */
import { type ParameterName, PARAMETERS } from "../list/definitions.ts";

/** A parameter with its value as it was given. */
export interface ToldParameter {
  readonly name: ParameterName;
  readonly value: string;
}

/** In the order of the list. @param logged the parameters that the change log keeps, defaults included */
export function toldParameters(logged: ReadonlyMap<string, string>): readonly ToldParameter[] {
  return PARAMETERS.flatMap(({ name, isTold, default: unsaid }) => {
    const value = isTold === true ? logged.get(name)?.trim() ?? "" : "";
    return value === "" || value === unsaid ? [] : [{ name, value }];
  });
}
