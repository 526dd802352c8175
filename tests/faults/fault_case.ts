/** Inputs that people had trouble with elsewhere, and what is right for each: cases that can be run every way in. */

/** One import. */
export interface Load {
  readonly class: string;
  readonly csv: string | Uint8Array;
  /** Labels are names (`no_localize=0`) unless these say otherwise. */
  readonly params?: Readonly<Record<string, string>>;
}

/** What comes of an import that reads its rows. */
export interface Loaded {
  /**
   * One for each row: `created`, `updated`, `unchanged`, or what its messages tell, together: `error: Wrong format | Allowed`.
   * Of what stands between ` | ` each must be found.
   */
  readonly rows: readonly string[];
  /** One for each warning, in their order: a part of it. */
  readonly warnings?: readonly string[];
  /** What the first run has written the second must find unchanged, and rows in error must be so again; false: it is about that. */
  readonly isSettled?: boolean;
}

/** What is told of an input that is refused: all of these. */
export interface Refused {
  readonly exitCode: 64 | 65 | 66;
  readonly told: readonly string[];
  readonly untold?: readonly string[];
}

export interface FaultCase {
  readonly fault: string;
  /** With its fault the name of its tests. */
  readonly title: string;
  /** `workshop` when left out. */
  readonly model?: "itop" | "library.jsonc" | "workshop";
  /** Loaded before; their rows are created or updated, all of them. */
  readonly before?: readonly Load[];
  readonly load: Load;
  readonly right: Loaded | Refused;
  /** Class, codes of attributes separated by commas, and the objects by id, their values joined by commas. */
  readonly stored?: readonly [modelClass: string, fields: string, objects: readonly string[]];
}

/** A user who sees French labels. */
export const FRENCH: Load = {
  class: "UserLocal",
  csv: "Login,Password,Language,Profiles\nfr,fr,FR FR,profileid->name:Administrator\n",
};

export function isRefused(right: Loaded | Refused): right is Refused {
  return "exitCode" in right;
}

export const bytes = (...parts: readonly (string | number)[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => typeof part === "number" ? [part] : [...new TextEncoder().encode(part)]));

/** In UTF-16, the low byte first. */
export const utf16 = (text: string): Uint8Array =>
  Uint8Array.from(
    Array.from({ length: text.length }, (_, at) => text.charCodeAt(at)).flatMap((unit) => [unit & 255, unit >> 8]),
  );
