/** What can be wrong with the address of a server. The words are in `messages/server_address.ts`. */

/** Where a setting was found. */
export type Place =
  | { readonly kind: "address" }
  | { readonly kind: "variable"; readonly variable: string }
  | { readonly kind: "service_file"; readonly file: string }
  | { readonly kind: "default" };

/** What tells a file that nobody else may read. */
export type SecretFile = "password_file" | "service_file";

/** What an address says is repeated only where it can be no part of a password. */
export type AddressProblem =
  | { readonly kind: "password_in_address" }
  /** What stands before the `//`. */
  | { readonly kind: "other_scheme"; readonly scheme: string }
  | { readonly kind: "address_form" }
  /** A `%` that no two hexadecimal digits follow, or that do not make UTF-8. */
  | { readonly kind: "percent_form" }
  | { readonly kind: "setting_unknown"; readonly found: string; readonly nearest: string | null; readonly place: Place }
  | { readonly kind: "setting_twice"; readonly setting: string }
  | { readonly kind: "several_hosts"; readonly place: Place }
  | { readonly kind: "port_form"; readonly place: Place }
  | { readonly kind: "seconds_form"; readonly place: Place }
  | { readonly kind: "engine_unknown"; readonly found: string; readonly nearest: string | null; readonly place: Place }
  | { readonly kind: "sslmode_unknown"; readonly found: string; readonly nearest: string | null; readonly place: Place }
  /** `tooLong`: more bytes than a name may have. */
  | { readonly kind: "schema_form"; readonly found: string; readonly why: "of_the_system" | "too_long" | "nul" }
  | { readonly kind: "user_missing" }
  | { readonly kind: "database_missing" }
  | { readonly kind: "service_missing"; readonly service: string; readonly files: readonly string[] }
  /** `line` from 1. What stands there is not repeated. */
  | { readonly kind: "service_line"; readonly file: string; readonly line: number }
  /** `reason` null: there is no such file. */
  | {
    readonly kind: "unreadable_file";
    readonly file: string;
    readonly what: FileOfAddress;
    readonly reason: string | null;
  }
  /** `mode` as chmod has it. */
  | { readonly kind: "secret_readable"; readonly file: string; readonly what: SecretFile; readonly mode: string };

export type FileOfAddress = SecretFile | "root_certificate";
