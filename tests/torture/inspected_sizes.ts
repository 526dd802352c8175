/** Files that are heavy for what looks at them before any login: `check`, and `explain` of one of their lines. */
import type { SizeCase } from "./sizes_test.ts";
import { HEADER, MEBI, writeParts } from "./write_parts.ts";

const CHECK = ["check", "own", "--db=world.db", "--class=Organization", "--no_localize=1"];
const EXPLAIN = [
  ...["explain", "--db=world.db", "--auth_user=admin", "--auth_pwd=admin", "--no_localize=1"],
  ...["--class=Organization", "--csvfile=own"],
];

/** Distinct days in several forms, and keys that are all different. */
function days(count: number): string {
  const rows = Array.from({ length: count }, (_, row) => {
    const [day, month, year] = [row % 28 + 1, Math.floor(row / 28) % 12 + 1, 1000 + Math.floor(row / 336)];
    return `n${row},${year}-${month}-${day},${day}.${month}.${year},${month}/${day}/${year} ${row % 24}:${row % 60}\n`;
  });
  return `name,a,b,c\n${rows.join("")}`;
}

export const INSPECTED: readonly SizeCase[] = [
  {
    title: "check: a million columns",
    write: (path) => (writeParts(path, "name" + ",c".repeat(999_999) + "\nA\n"), CHECK),
    exitCode: 65,
    says: ["at most 10000 are read"],
  },
  {
    title: "check: a line of 1 GiB of NUL",
    write: (path) => (writeParts(path, HEADER, 1024 * MEBI), CHECK),
    exitCode: 65,
    says: ["These bytes are no text in any charset"],
  },
  {
    title: "check: 500,000 distinct dates in three columns, and as many keys",
    // 500,000 keys are looked at for twins.
    mostMemory: 320,
    write: (path) => (writeParts(path, days(500_000)), CHECK),
    exitCode: 1,
    says: ["Error: Column 2, 'a', is not known in the class"],
  },
  {
    title: "check: a cell of 15 million qualifiers",
    // The cell is there before what it means, and behind it once more.
    mostMemory: 350,
    write: (path) => (writeParts(path, HEADER, ...Array(30).fill('"'.repeat(MEBI))), CHECK),
    exitCode: 65,
    says: ["own"],
  },
  {
    title: "explain: a line of 1 GiB behind the one that is asked for",
    write: (path) => (writeParts(path, HEADER + "A,1\nB,2\n", 1024 * MEBI), [...EXPLAIN, "--line=2"]),
    exitCode: 0,
    says: ["A"],
  },
  {
    title: "explain: the last of a million rows",
    write: (path) => (writeParts(path, HEADER + "A,1\n".repeat(1_000_000)), [...EXPLAIN, "--line=1000001"]),
    exitCode: 0,
    says: ["1000001"],
  },
];
