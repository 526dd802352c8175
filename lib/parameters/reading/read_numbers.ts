/** What the text of a parameter means that is a number of something. */
import { plainAddress } from "../../ip_address.ts";
import { type Limit, PERCENT_PARTS } from "../settings/settings.ts";
import type { ReadValue } from "./read_values.ts";

/** A whole number in decimal digits. @param least 0 or more */
export function readWholeNumber(least: number, most: number): (typed: string) => ReadValue<number> {
  return (typed) => {
    const text = typed.trim();
    const number = Number(text);
    const isGood = /^[0-9]+$/.test(text) && number >= least && number <= most;
    return isGood
      ? { ok: true, value: number }
      : { ok: false, fault: { kind: "not_a_number", found: typed, least, most } };
  };
}

/** The largest number that a limit may be; no file has as many rows. */
const LARGEST_LIMIT = 1_000_000_000_000;

/** `10`, or `12.5%` with at most four decimals. */
export function readLimit(typed: string): ReadValue<Limit> {
  const text = typed.trim();
  const [, whole = "", decimals = "", sign] = /^([0-9]{1,13})(?:\.([0-9]{1,4})(?=\s*%))?\s*(%?)$/.exec(text) ?? [];
  const fault = { kind: "not_a_limit", found: typed, most: LARGEST_LIMIT } as const;
  if (whole === "") return { ok: false, fault };
  const isPercent = sign === "%";
  const most = isPercent ? Number(whole) * PERCENT_PARTS + Number(decimals.padEnd(4, "0")) : Number(whole);
  if (most > (isPercent ? 100 * PERCENT_PARTS : LARGEST_LIMIT)) return { ok: false, fault };
  return { ok: true, value: { typed: text.replaceAll(/\s/g, ""), unit: isPercent ? "percent" : "count", most } };
}

const UNITS: Readonly<Record<string, number>> = { "": 1, K: 2 ** 10, M: 2 ** 20, G: 2 ** 30, T: 2 ** 40 };

/** A number of bytes, more than 0: `4096`, `16K`, `1.5G`; units are powers of 1024, in any case. */
export function readBytes(typed: string): ReadValue<number> {
  const [, digits = "", unit = ""] = /^([0-9]+(?:\.[0-9]+)?)([KMGT]?)$/i.exec(typed.trim()) ?? [];
  const bytes = Math.round(Number(digits) * (UNITS[unit.toUpperCase()] ?? 1));
  const isGood = digits !== "" && bytes > 0 && bytes <= Number.MAX_SAFE_INTEGER;
  return isGood ? { ok: true, value: bytes } : { ok: false, fault: { kind: "not_bytes", found: typed } };
}

/** IP addresses, or `unix`, with commas between them. @returns plain addresses */
export function readAddresses(typed: string): ReadValue<readonly string[]> {
  const addresses: string[] = [];
  for (const text of typed.split(",").map((text) => text.trim().toLowerCase())) {
    const address = text === "unix" ? text : plainAddress(text);
    if (address !== null) addresses.push(address);
    else if (text !== "") return { ok: false, fault: { kind: "not_addresses", found: text } };
  }
  return { ok: true, value: addresses };
}
