/** CSV texts of every kind, in every chunking, against a slow and plain reader. */
import { equal } from "@std/assert";
import type { Dialect } from "../../lib/csv/dialect.ts";
import { RECORD_LIMITS, type RecordLimits } from "../../lib/csv/record_limits.ts";
import { createRecordReader } from "../../lib/csv/record_reader.ts";
import { eachTwoWayCut, singleUnits } from "../csv/read_pieces.ts";
import type { Random } from "./random.ts";
import { type Reading, readSlowly } from "./slow_reader.ts";
import { torture } from "./torture.ts";

const DIALECTS: readonly Dialect[] = [
  { separator: ",", qualifier: '"' },
  { separator: ";", qualifier: "'" },
  { separator: "\t", qualifier: '"' },
  { separator: " ", qualifier: '"' },
  { separator: "|", qualifier: "" },
  { separator: "\t", qualifier: "" },
  { separator: "😀", qualifier: "🙂" },
  { separator: "§", qualifier: "$" },
  { separator: "a", qualifier: "é" },
  { separator: ",", qualifier: "\t" },
  { separator: "\0", qualifier: " " },
  { separator: "\v", qualifier: "\0" },
];

const ALPHABET: readonly string[] = [
  ...["\r", "\n", "\r\n", " ", "\t", "\0", "\v", "\f", ",", '"', "a", "B", "é", "日", "😀", "🙂", "😁"],
  ...["\ud83d", "\ude00", "\u00a0", "\ufeff", "\u2028", "\u0085", "<NULL>", "<"],
];

const TINY: RecordLimits = { cellLength: 4, recordLength: 9, cells: 3 };
const LONGEST = 16;

function randomText(random: Random, { separator, qualifier }: Dialect): string {
  let text = "";
  for (let left = random.int(0, LONGEST); left > 0; left--) {
    // The grammar is about these; the others are there to be left alone.
    text += random.chance(0.5)
      ? random.pick([separator, qualifier, qualifier, "\n", "\r", "a", " "])
      : random.pick(ALPHABET);
  }
  return text;
}

function readAsPieces(pieces: readonly string[], dialect: Dialect, limits: RecordLimits): Reading {
  const reader = createRecordReader(dialect, limits);
  const records = pieces.flatMap((piece) => reader.push(piece));
  records.push(...reader.end());
  return { records, openLine: reader.openQualifier?.line ?? null, tooLongLine: reader.tooLong?.line ?? null };
}

function randomPieces(text: string, random: Random): readonly string[] {
  const pieces: string[] = [];
  for (let at = 0; at < text.length;) {
    const length = random.int(1, 4);
    pieces.push(text.slice(at, at + length));
    at += length;
  }
  return pieces;
}

torture({
  name: "csv",
  title: "CSV texts read like a slow, plain reader does, in every chunking",
  unit: "texts",
  short: 100_000,
  long: 500_000,
  run({ random, amount, tried, count, lost }) {
    for (let trial = 0; trial < amount; trial++) {
      const chance = random.part(trial);
      const dialect = chance.chance(0.4) ? DIALECTS[0] as Dialect : chance.pick(DIALECTS);
      const limits = chance.chance(0.3) ? TINY : RECORD_LIMITS;
      const text = randomText(chance, dialect);
      const expected = readSlowly(text, dialect, limits);
      const asText = JSON.stringify(expected);
      const chunkings = [[text], singleUnits(text), randomPieces(text, chance), ...eachTwoWayCut(text)];
      for (const pieces of chunkings) {
        const found = readAsPieces(pieces, dialect, limits);
        // The same text is the same reading; `equal` alone would take half of the time of this test.
        if (JSON.stringify(found) === asText || equal(found, expected)) continue;
        lost(`trial ${trial}: ${JSON.stringify({ dialect, limits, pieces, expected, found })}`);
        break;
      }
      tried();
      count("chunkings", chunkings.length);
      count("records", expected.records.length);
      if (expected.openLine !== null) count("refused as never closed");
      if (expected.tooLongLine !== null) count("refused as too long");
    }
  },
});
