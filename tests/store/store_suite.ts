/** Every rule of the store, whatever the database. */
import type { TestedDatabase } from "./tested_database.ts";
import { deletionRules } from "./deletion_rules.ts";
import { exampleRules } from "./example_rules.ts";
import { failedLoginRules } from "./failed_login_rules.ts";
import { feedRules } from "./feed_rules.ts";
import { idRules } from "./id_rules.ts";
import { identityRules } from "./identity_rules.ts";
import { limitRules } from "./limit_rules.ts";
import { listRules } from "./list_rules.ts";
import { loggedRunRules } from "./logged_run_rules.ts";
import { longValueRules } from "./long_value_rules.ts";
import { randomDeletionRules } from "./random_deletion_rules.ts";
import { randomWriteRules } from "./random_write_rules.ts";
import { runLogRules } from "./run_log_rules.ts";
import { searchRules } from "./search_rules.ts";
import { manyDeletionRules } from "./many_deletion_rules.ts";
import { neededRules } from "./needed_rules.ts";
import { numberRules } from "./number_rules.ts";
import { orderRules } from "./order_rules.ts";
import { refusalRules } from "./refusal_rules.ts";
import { Suite } from "./suite.ts";
import { togetherRules } from "./together_rules.ts";
import { transactionRules } from "./transaction_rules.ts";
import { triggerRules } from "./trigger_rules.ts";
import { writeRules } from "./write_rules.ts";

export function storeSuite(database: TestedDatabase): void {
  const suite = new Suite(database);
  const themes = [
    searchRules,
    longValueRules,
    exampleRules,
    limitRules,
    listRules,
    writeRules,
    orderRules,
    refusalRules,
    triggerRules,
    togetherRules,
    neededRules,
    idRules,
    numberRules,
    deletionRules,
    randomDeletionRules,
    manyDeletionRules,
    randomWriteRules,
    runLogRules,
    loggedRunRules,
    feedRules,
    transactionRules,
    failedLoginRules,
    identityRules,
  ];
  for (const rules of themes) rules(suite);
}
