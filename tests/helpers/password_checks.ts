/** How often passwords are checked. */
import { VerifiedPasswords } from "../../lib/users/verified_passwords.ts";

/** How many passwords were checked while something was done, and right. */
export async function checksOf(act: () => Promise<void>): Promise<number> {
  const add = VerifiedPasswords.prototype.add;
  let checks = 0;
  VerifiedPasswords.prototype.add = function (password, stored) {
    checks++;
    add.call(this, password, stored);
  };
  try {
    await act();
  } finally {
    VerifiedPasswords.prototype.add = add;
  }
  return checks;
}
