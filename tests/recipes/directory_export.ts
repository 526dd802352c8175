/** Exports of a made-up directory, as PowerShell's Export-Csv writes them: the same accounts for the same seed. */

/** An account, with what the recipe loads of it. */
export interface Account {
  readonly login: string;
  readonly firstName: string;
  readonly lastName: string;
  /** The department: its organisational unit. */
  readonly unit: string;
  /** Of another account, wherever it stands; null: nobody. */
  readonly manager: string | null;
  /** As a German Windows writes it. */
  readonly created: string;
  readonly flags: string;
}

const FIRST_NAMES = [
  "Jane",
  "Jürgen",
  "Zoë",
  "Łukasz",
  "Grace",
  "Chloé",
  "Søren",
  "Ada",
  "Miloš",
  "Ann",
  "Đặng",
  "Paul",
];
const LAST_NAMES = ["Doe", "Müller", "O'Neil", "Nowak", "Hopper", "Dvořák", "Yılmaz", "Çelik", "van Dyck", "Åberg"];
const UNITS: readonly string[] = ["Sales", "IT Services", "Café & Küche", "Research", "People"];
/** Enabled but for the second and the last. */
const FLAGS = ["512", "514", "512", "66048", "544", "512", "512", "66050"];

/** Numbers from 0 below `limit`, the same for the same seed (mulberry32). */
function seeded(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state + 0x6D2B79F5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32 * limit) | 0;
  };
}

/** Whether an account may log in: the second of its flags says no. */
export function isEnabled({ flags }: Account): boolean {
  return (Number(flags) & 2) === 0;
}

/** Where an account stands. A comma in a name has a backslash before it. */
export function distinguishedName(account: Omit<Account, "manager">): string {
  return `CN=${account.lastName}\\, ${account.firstName},OU=${account.unit},OU=Staff,DC=corp,DC=example`;
}

const two = (number: number): string => String(number).padStart(2, "0");

/** Accounts in random order, each but the first made with a manager: anyone, above or below, themselves left out. */
export function accountsOf(count: number, seed: number): Account[] {
  const random = seeded(seed);
  const plain = Array.from({ length: count }, (_, number) => ({
    login: `u${String(number).padStart(5, "0")}`,
    firstName: FIRST_NAMES[number % FIRST_NAMES.length] ?? "",
    lastName: `${LAST_NAMES[random(LAST_NAMES.length)]}${number < FIRST_NAMES.length ? "" : ` ${number}`}`,
    unit: UNITS[random(UNITS.length)] ?? "",
    created: `${two(1 + random(28))}.${two(1 + random(12))}.20${two(random(24))} ${two(random(24))}:${
      two(random(60))
    }:07`,
    flags: FLAGS[random(FLAGS.length)] ?? "",
  }));
  const named = plain.map((account, number) => {
    const other = plain[(number + 1 + random(count - 1)) % count];
    return { ...account, manager: number === 0 || other === undefined ? null : distinguishedName(other) };
  });
  return shuffled(named, random);
}

function shuffled(accounts: Account[], random: (limit: number) => number): Account[] {
  for (let last = accounts.length - 1; last > 0; last--) {
    const other = random(last + 1);
    const moved = accounts[last];
    const kept = accounts[other];
    if (moved !== undefined && kept !== undefined) [accounts[last], accounts[other]] = [kept, moved];
  }
  return accounts;
}

/** A directory without these accounts: it also empties the keys of those whom they managed. */
export function without(accounts: readonly Account[], leavers: readonly Account[]): Account[] {
  const logins = new Set(leavers.map(({ login }) => login));
  const names = new Set(leavers.map(distinguishedName));
  const staying = accounts.filter(({ login }) => !logins.has(login));
  return staying.map((account) => names.has(account.manager ?? "") ? { ...account, manager: null } : account);
}

const HEADER = [
  ...["DistinguishedName", "SamAccountName", "GivenName", "Surname", "mail", "Manager", "whenCreated"],
  ...["userAccountControl", "ObjectGUID"],
];

function cellsOf(account: Account): (string | null)[] {
  return [
    ...[distinguishedName(account), account.login, account.firstName, account.lastName],
    ...[`${account.login}@CORP.example`, account.manager, account.created, account.flags],
    `5f3a0c00-0000-4000-8000-0000000${account.login.slice(1)}`,
  ];
}

/** The file: UTF-16 with its mark, CRLF, a line for the type, all cells quoted but those of nothing. */
export function exportedPersons(accounts: readonly Account[]): Uint8Array {
  return exported([HEADER, ...accounts.map(cellsOf)]);
}

/** The file of the organisational units. */
export function exportedUnits(): Uint8Array {
  const rows = UNITS.map((unit) => [unit, `All of ${unit}`, `OU=${unit},OU=Staff,DC=corp,DC=example`]);
  return exported([["Name", "Description", "DistinguishedName"], ...rows]);
}

function exported(rows: readonly (readonly (string | null)[])[]): Uint8Array {
  const quoted = rows.map((cells) =>
    cells.map((cell) => cell === null ? "" : `"${cell.replaceAll('"', '""')}"`).join(";")
  );
  return utf16(["#TYPE Selected.Microsoft.ActiveDirectory.Management.ADUser", ...quoted, ""].join("\r\n"));
}

function utf16(text: string): Uint8Array {
  const bytes = new DataView(new ArrayBuffer(2 + 2 * text.length));
  bytes.setUint16(0, 0xFEFF, true);
  for (let at = 0; at < text.length; at++) bytes.setUint16(2 + 2 * at, text.charCodeAt(at), true);
  return new Uint8Array(bytes.buffer);
}
