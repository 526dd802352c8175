/** Gives a user a new password, for who may write the database itself: nobody logs in. */
import { EXIT, RunStop } from "../errors.ts";
import { passwordRefusedByDatabase, unknownLogin } from "../messages/passwd.ts";
import type { Model } from "../model/model.ts";
import { nearestName } from "../nearest_name.ts";
import type { ObjectSearches } from "../store/objects.ts";
import type { ObjectId } from "../store/object_id.ts";
import type { Store, StoreTransaction } from "../store/store.ts";
import { repeatedTransaction } from "../store/transaction_conflict.ts";
import { countedElsewhere, countedLogin } from "./login_back_off.ts";
import { hashPassword, isPasswordHash, type PasswordCost, verifyPassword } from "./password.ts";
import { valuesOfFound } from "./stored_values.ts";
import { STATUS_ENABLED, USER } from "./user_classes.ts";

export interface NewPassword {
  /** In any case. */
  readonly login: string;
  /** In clear: never printed or logged. */
  readonly password: string;
  readonly cost: PasswordCost | undefined;
  now(): Date;
}

export interface GivenPassword {
  /** As it is stored. */
  readonly login: string;
  /** False: the user had it already. */
  readonly isChanged: boolean;
  /** Whether the user may log in at all. */
  readonly isEnabled: boolean;
}

/** Who writes, for the change log: no user of the database. */
const ORIGIN = "csvrecon passwd";

/**
 * Writes it, with a line of the change log that has no value, and forgets failed logins of the user.
 * @throws RunStop 64 when there is no such user, 73 when the database refuses it, 75 when another writer holds the database
 */
export async function giveNewPassword(store: Store, model: Model, wanted: NewPassword): Promise<GivenPassword> {
  // It takes long on purpose: nobody waits for the lock meanwhile.
  const hash = hashPassword(wanted.password, wanted.cost);
  const work = (transaction: StoreTransaction) => write(transaction, model, { ...wanted, hash });
  const given = await repeatedTransaction(store, work, { rollback: false });
  // Only when it is kept, and without the lock of the transaction.
  const failures = store.failedLogins("login", () => wanted.now().getTime());
  for (const counted of [countedLogin(given.login), countedElsewhere(given.login)]) await failures.clear(counted);
  return given;
}

async function write(
  transaction: StoreTransaction,
  model: Model,
  wanted: NewPassword & { readonly hash: string },
): Promise<GivenPassword> {
  const run = await transaction.run(model, {
    date: wanted.now(),
    userId: null,
    user: ORIGIN,
    comment: "",
    origin: ORIGIN,
    inputName: null,
    parameters: { user: wanted.login },
    simulate: false,
  });
  const found = await userWith(wanted.login, run.objects);
  const given = { login: found.login, isEnabled: found.isEnabled };
  if (found.stored !== null && isPasswordHash(found.stored) && verifyPassword(wanted.password, found.stored)) {
    return { ...given, isChanged: false };
  }
  const changes = [{ attribute: USER.password, oldValue: found.stored, newValue: wanted.hash }];
  run.objects.update({ class: found.class, id: found.id, changes });
  const [refused] = await run.objects.settled();
  if (refused !== undefined) {
    throw new RunStop(EXIT.databaseNotWritable, [passwordRefusedByDatabase(refused.refusal.text)]);
  }
  await run.finish({ created: 0, updated: 1, unchanged: 0, inError: 0 }, null);
  return { ...given, isChanged: true };
}

interface FoundUser {
  readonly id: ObjectId;
  readonly class: string;
  readonly login: string;
  readonly stored: string | null;
  readonly isEnabled: boolean;
}

/** @throws RunStop 64 */
async function userWith(login: string, objects: ObjectSearches): Promise<FoundUser> {
  const read = [USER.login, USER.password, USER.status] as const;
  const search = objects.search({ class: USER.class, conditions: [USER.login], read, includeHidden: true });
  const [match] = await search.find([[login]]);
  if (match?.kind !== "one") throw new RunStop(EXIT.usage, [unknownLogin(login, await nearestLogin(login, objects))]);
  const [name, password, status] = await valuesOfFound(search, match.object);
  const stored = typeof password === "string" ? password : null;
  const { id, class: code } = match.object;
  return { id, class: code, login: String(name), stored, isEnabled: status === STATUS_ENABLED };
}

/** So many are looked at: whoever may write the file may see them all. */
const MOST_LOGINS = 1000;

async function nearestLogin(login: string, objects: ObjectSearches): Promise<string | null> {
  const { rows } = await objects.examples(USER.class, [USER.login], MOST_LOGINS);
  return nearestName(login, rows.map(([name]) => String(name)));
}
