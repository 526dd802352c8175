/** Mistakes that a file may have thousands of: as many are told as somebody reads. */
import type { StopMessage } from "../errors.ts";

/** Of one kind, in one place. */
const MOST_TOLD = 20;

/** As many names as are told of columns. */
export function firstNames<T>(names: readonly T[]): readonly T[] {
  return names.slice(0, MOST_TOLD);
}

/** The first ones; of the others, how many they are. */
export function firstOfMany(messages: readonly StopMessage[]): readonly StopMessage[] {
  const more = messages.length - MOST_TOLD;
  return more <= 0 ? messages : [...messages.slice(0, MOST_TOLD), { text: `#… and ${more} more of this kind` }];
}
