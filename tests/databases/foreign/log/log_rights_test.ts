import { assertEquals } from "@std/assert";
import { giveRightsOf } from "../../../../lib/databases/foreign/log/log_rights.ts";
import { commit, withDatabase } from "./logged_database.ts";

interface Case {
  readonly name: string;
  /** Of the database. */
  readonly mode: number;
  readonly sameOwner: boolean;
  readonly sameGroup: boolean;
  readonly expected: number;
}

const CASES: readonly Case[] = [
  { name: "its own", mode: 0o640, sameOwner: true, sameGroup: true, expected: 0o640 },
  { name: "its own, for all", mode: 0o100664, sameOwner: true, sameGroup: true, expected: 0o664 },
  {
    name: "another group, which may do what others may",
    mode: 0o664,
    sameOwner: true,
    sameGroup: false,
    expected: 0o644,
  },
  { name: "another group, and others may nothing", mode: 0o660, sameOwner: true, sameGroup: false, expected: 0o600 },
  { name: "the group is shut out of the database", mode: 0o604, sameOwner: true, sameGroup: false, expected: 0o600 },
  { name: "another owner", mode: 0o660, sameOwner: false, sameGroup: true, expected: 0o660 },
  { name: "another owner who may only read", mode: 0o466, sameOwner: false, sameGroup: true, expected: 0o644 },
  { name: "another owner and group", mode: 0o666, sameOwner: false, sameGroup: false, expected: 0o666 },
];

for (const { name, mode, sameOwner, sameGroup, expected } of CASES) {
  Deno.test(`a log lets nobody in whom the database keeps out: ${name}`, () => {
    const given: number[] = [];
    giveRightsOf("db", "log", {
      stat: (path) =>
        path === "db" ? { mode, uid: 1, gid: 1 } : { mode: 0o600, uid: sameOwner ? 1 : 2, gid: sameGroup ? 1 : 2 },
      chown: () => {
        throw new Deno.errors.PermissionDenied("no");
      },
      chmod: (_, rights) => given.push(rights),
    });
    assertEquals(given.map((one) => one.toString(8)), [expected.toString(8)]);
  });
}

Deno.test("the file beside a database has its mode and its group, whatever the mask", async () => {
  await withDatabase("beside", (opened, path) => {
    Deno.chmodSync(path, 0o664);
    const { gid } = Deno.statSync(path);
    const before = Deno.umask(0o077);
    try {
      commit(opened);
    } finally {
      Deno.umask(before);
    }
    const made = Deno.statSync(opened.logFile);
    assertEquals([(made.mode ?? 0) & 0o777, made.gid], [0o664, gid]);
  });
});
