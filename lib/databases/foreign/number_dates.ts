/** Dates that are kept as numbers, all of them in UTC. */
import type { DateStorage } from "../../model/derive/derived_model.ts";
import type { Raw } from "../sqlite/raw_value.ts";

export type NumberStorage = Exclude<DateStorage, "text">;

/** Milliseconds from 1970 to where it counts from, and how many of its units a second has. */
const CLOCKS: Readonly<
  Record<Exclude<NumberStorage, "julian_days">, { readonly from: number; readonly units: bigint }>
> = {
  unix_seconds: { from: 0, units: 1n },
  unix_milliseconds: { from: 0, units: 1000n },
  unix_microseconds: { from: 0, units: 1_000_000n },
  mac_seconds: { from: Date.UTC(2001, 0, 1), units: 1n },
};

const MS_OF_DAY = 86_400_000;
/** Of 1970, counted from where days of that kind begin: as SQLite counts. */
const JULIAN_1970 = 210_866_760_000_000;

/** Milliseconds since 1970; null: it is no whole second. */
export function millisecondsIn(value: number | bigint, storage: NumberStorage): number | null {
  if (storage === "julian_days") return wholeSeconds(Math.round(Number(value) * MS_OF_DAY) - JULIAN_1970);
  const { from, units } = CLOCKS[storage];
  if (typeof value === "number" && Number.isSafeInteger(value)) return millisecondsIn(BigInt(value), storage);
  if (typeof value === "bigint") return value % units === 0n ? Number(value / units) * 1000 + from : null;
  return wholeSeconds(value / Number(units) * 1000 + from);
}

function wholeSeconds(milliseconds: number): number | null {
  return milliseconds % 1000 === 0 ? milliseconds : null;
}

/** @param milliseconds of a whole second since 1970 */
export function numberOfDate(milliseconds: number, storage: NumberStorage): Raw {
  if (storage === "julian_days") return (milliseconds + JULIAN_1970) / MS_OF_DAY;
  const { from, units } = CLOCKS[storage];
  return BigInt((milliseconds - from) / 1000) * units;
}
