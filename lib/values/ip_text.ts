/** IP addresses as people write them: their text only, which is stored as it is. */

const BYTE = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
const VERSION_4 = new RegExp(`^${BYTE}(?:\\.${BYTE}){3}$`);
const GROUP = /^[0-9a-fA-F]{1,4}$/;
/** Eight groups with an address of version 4 at the end. */
const LONGEST = 45;
const GROUPS = 8;

/** Four numbers without leading zeros. */
export function isVersion4(text: string): boolean {
  return VERSION_4.test(text);
}

/** The forms of RFC 4291, section 2.2: eight groups, `::` once for some of them, an address of version 4 as the last two. No zone, no prefix. */
export function isVersion6(text: string): boolean {
  if (text.length > LONGEST) return false;
  const halves = text.split("::");
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => half === "" ? [] : half.split(":"));
  const endsInVersion4 = !text.endsWith("::") && isVersion4(groups.at(-1) ?? "");
  const hexadecimal = endsInVersion4 ? groups.slice(0, -1) : groups;
  if (!hexadecimal.every((group) => GROUP.test(group))) return false;
  const count = hexadecimal.length + (endsInVersion4 ? 2 : 0);
  return halves.length === 1 ? count === GROUPS : count < GROUPS;
}
