/** Rules of the store in which servers differ, once more with what all have that speak the protocol of PostgreSQL. */
import { POSTGRES_RELEASES } from "../helpers/postgres_release.ts";
import { failedLoginRules } from "./failed_login_rules.ts";
import { feedRules } from "./feed_rules.ts";
import { identityRules } from "./identity_rules.ts";
import { limitRules } from "./limit_rules.ts";
import { postgres } from "./open_postgres.ts";
import { searchRules } from "./search_rules.ts";
import { Suite } from "./suite.ts";
import { togetherRules } from "./together_rules.ts";
import { transactionRules } from "./transaction_rules.ts";

const THEMES = [searchRules, limitRules, togetherRules, feedRules, transactionRules, failedLoginRules, identityRules];

const [release] = POSTGRES_RELEASES;
if (release !== undefined) { for (const rules of THEMES) rules(new Suite(postgres(release, "portable"))); }
