/** What is in a database before files come that are in each other's way: its objects have the numbers of their names, codes and ids. */
import type { Random } from "./random.ts";
import type { EntangledFile } from "./entangled_file.ts";

const ACCENTED = (letter: string, number: number) => number === 0 ? `É${letter}` : `${letter}${number}`;

/** Passwords are slow. */
const MOST_USERS = 6;

/** Of one of a number before: empty for some. */
type Earlier = (of: (number: number) => string) => string;

/** @param count of objects of each class */
export function firstFiles(random: Random, count: number): readonly EntangledFile[] {
  const file = (code: string, header: string, line: (number: number, earlier: Earlier) => string, rows = count) => {
    const lines = Array.from({ length: rows }, (_, number) => line(number, earlierThan(random, number)));
    return {
      class: code,
      csv: `${[header, ...lines].join("\n")}\n`,
      params: { reconciliationkeys: header.split(",")[0] ?? "" },
    };
  };
  return [
    file(
      "Org",
      "name,code,parent_id->name",
      (i, earlier) => `${ACCENTED("O", i)},c${i},${earlier((n) => ACCENTED("O", n))}`,
    ),
    file("Tag", "name,code", (i) => `${ACCENTED("T", i)},c${i}`),
    file("Site", "name,code,org_id", (i) => `${ACCENTED("S", i)},c${i},${i + 1}`),
    file(
      random.chance(0.8) ? "One" : "Two",
      "name,code,serial,size,site_id,boss_id->name,parent_id->name,tags,feeds",
      (i, earlier) => {
        const node = (number: number) => ACCENTED("N", number);
        const tags = `tag_id:${random.int(1, count)};role:r${i}|tag_id->name:T${random.int(1, count - 1)};mark:m${i}`;
        const feeds = earlier((n) => `to_id->name:${node(n)};port:p${i}`);
        return [node(i), `c${i}`, `s${i}`, i, i + 1, earlier(node), earlier(node), tags, feeds].join(",");
      },
    ),
    file(
      "UserLocal",
      "login,password,profile_list,allowed_org_list",
      (i) => `u${i},Pass-Word1,profileid:${random.int(1, 3)},${random.chance(0.5) ? `allowed_org_id:${i + 1}` : ""}`,
      Math.min(count, MOST_USERS),
    ),
    {
      class: "UserLocal",
      csv:
        "login,password,profile_list,allowed_org_list\nlim,L1m-Passw0rd,profileid:2|profileid:3,allowed_org_id:1|allowed_org_id:2\n",
      params: { reconciliationkeys: "login" },
    },
  ];
}

/** Who may see what belongs to the first two organisations and those below them only. */
export const LIMITED = { auth_user: "lim", auth_pwd: "L1m-Passw0rd" };

function earlierThan(random: Random, number: number): Earlier {
  return (of) => number === 0 || random.chance(0.5) ? "" : of(random.int(0, number - 1));
}
