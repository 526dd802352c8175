/** What the rules of user accounts may say against a write. The engine hands it on, and knows no class by name; the words are in `messages/`. */
export type RuleProblem =
  | { readonly kind: "login_too_long"; readonly found: number; readonly most: number }
  | { readonly kind: "login_not_one_line" }
  | { readonly kind: "no_profile" }
  | { readonly kind: "own_status_change" }
  | { readonly kind: "own_account_deleted" }
  | { readonly kind: "own_rights_lost" }
  | { readonly kind: "own_profile_denied"; readonly profile: string }
  | { readonly kind: "last_administrator_lost" }
  | { readonly kind: "last_unlimited_administrator_lost" }
  | { readonly kind: "administrators_only" }
  | { readonly kind: "beyond_own_organizations" };
