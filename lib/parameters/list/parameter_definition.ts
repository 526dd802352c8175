/** What the list of parameters (`definitions.ts`) says about each of them. */

/** A command that is typed as a word. */
export type CommandWord =
  | "import"
  | "export"
  | "init"
  | "copy"
  | "model"
  | "run"
  | "serve"
  | "history"
  | "undo"
  | "check"
  | "explain"
  | "passwd"
  | "index"
  | "completions"
  | "man"
  | "help";

/** What the program can be asked to do; the version is asked for by `--version`. */
export type CommandName = CommandWord | "version";

/** In the order of the help. */
export const COMMANDS: readonly CommandWord[] = [
  "import",
  "export",
  "init",
  "copy",
  "model",
  "run",
  "serve",
  "history",
  "undo",
  "check",
  "explain",
  "passwd",
  "index",
  "completions",
  "man",
  "help",
];

/** Where a value may come from. What an import takes from a param file it takes from a job file too. */
export type ParameterSource = "command_line" | "environment" | "param_file" | "job_file" | "http";

/** What a parameter is to one command. */
export interface ParameterUse {
  /** For the help: no capital, no full stop. */
  readonly meaning: string;
  /** The command cannot run without it (or without the parameter that stands in for it). */
  readonly mandatory: boolean;
  /** The command has no default for it: it finds out what is not given. */
  readonly isFoundOut?: boolean;
}

export interface ParameterDefinition {
  /** Lower case, `_` between words. */
  readonly name: string;
  /** Other names, spelt like `name`. */
  readonly aliases: readonly string[];
  /** What the help shows in place of the value. Shells offer files for FILE and, between commas, for FILES. */
  readonly valueName: string;
  /** Values that shells offer; there may be others. */
  readonly values: readonly string[];
  /** The value when none is given; null: there is none. */
  readonly default: string | null;
  readonly uses: Readonly<Partial<Record<CommandName, ParameterUse>>>;
  readonly sources: readonly ParameterSource[];
  /** Never shown and never written to the change log. */
  readonly secret: boolean;
  /** Reports of an import name it where it was given, and says something else than its default. */
  readonly isTold?: boolean;
  /** How long a value may be, in UTF-16 code units. */
  readonly longest: number;
  /** A switch is 1 or 0, and 1 when it is named without a value. */
  readonly kind: "text" | "switch";
  /** The parameter that this one stands in for: one of the two is enough, both at one place are a mistake. */
  readonly standsInFor?: string;
}
