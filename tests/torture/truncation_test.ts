/** Each golden input cut at every byte: the rows that are whole are loaded right, the others are refused, and no two become one. */
import { equal } from "@std/assert";
import { RECORD_LIMITS } from "../../lib/csv/record_limits.ts";
import type { CsvRecord } from "../../lib/csv/record.ts";
import { RunStop } from "../../lib/errors.ts";
import { readRecords } from "../../lib/run/read_records.ts";
import { findCharset } from "../../lib/source/charset.ts";
import { findByteOrderMark } from "../../lib/source/byte_order_mark.ts";
import { ADMIN, caseNames, type Collection, type GoldenStep, readCase } from "../helpers/golden_case.ts";
import { RunWarnings } from "../../lib/run_warnings.ts";
import { type Scratch, withScratch } from "../helpers/scratch.ts";
import { storedObjects } from "../helpers/stored.ts";
import { copyWorld } from "../helpers/world.ts";
import { expectedOf } from "./charset_oracle.ts";
import { readSlowly } from "./slow_reader.ts";
import { torture } from "./torture.ts";
import { PLAIN_FORM } from "../helpers/plain_file.ts";

interface GoldenInput {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly encoding: string;
  readonly dialect: { readonly separator: string; readonly qualifier: string };
}

function goldenInputs(): readonly GoldenInput[] {
  const collections: readonly Collection[] = ["cases", "differs"];
  return collections.flatMap((collection) =>
    caseNames(collection).flatMap((name) => {
      const golden = readCase(collection, name);
      return golden.steps.flatMap((step) => inputOf(`${collection}/${name}`, golden.folder, step));
    })
  );
}

/** None where the parameters are wrong on purpose, or there is no such file. */
function inputOf(name: string, folder: string, { params }: GoldenStep): GoldenInput[] {
  const { csvfile = "", charset = "UTF-8", separator = ",", qualifier = '"' } = params;
  const path = `${folder}/${csvfile}`;
  const encoding = findCharset(charset)?.encoding;
  const one = separator.toLowerCase() === "tab" ? "\t" : separator;
  if (encoding === undefined || [...one].length !== 1 || [...qualifier].length > 1 || !isFile(path)) return [];
  return [{ name, bytes: Deno.readFileSync(path), encoding, dialect: { separator: one, qualifier } }];
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}

interface Reading {
  readonly records: readonly CsvRecord[];
  readonly isRefused: boolean;
}

/** What is there, by the slow ways of these tests: the text of the cut bytes, and its records. */
function expectedReading({ encoding, dialect }: GoldenInput, bytes: Uint8Array): Reading {
  const mark = bytes.length < 2 ? { length: 0, encoding } : findByteOrderMark(bytes, encoding);
  const { text, byteOffset } = expectedOf(mark.encoding, bytes.subarray(mark.length));
  if (byteOffset !== null) return { records: [], isRefused: true };
  const { records, openLine } = readSlowly(text, dialect, RECORD_LIMITS);
  return openLine === null ? { records, isRefused: false } : { records: [], isRefused: true };
}

async function foundReading({ encoding, dialect }: GoldenInput, bytes: Uint8Array): Promise<Reading> {
  const records: CsvRecord[] = [];
  try {
    const format = { charset: { typed: encoding, encoding }, dialect, ...PLAIN_FORM };
    for await (const read of readRecords(chunksOf(bytes), format, new RunWarnings())) records.push(...read.records);
    return { records, isRefused: false };
  } catch (error) {
    if (error instanceof RunStop && error.exitCode === 65) return { records: [], isRefused: true };
    throw error;
  }
}

async function* chunksOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 7) yield await Promise.resolve(bytes.subarray(at, at + 7));
}

/** Records of a cut input that are not records of the whole one, but for the last. */
function mergedRecords(cut: readonly CsvRecord[], whole: readonly CsvRecord[]): readonly CsvRecord[] {
  return cut.slice(0, -1).filter((record, index) => !equal(record, whole[index]));
}

torture({
  name: "truncation",
  title: "golden inputs cut at every byte: the records that are there, or a refusal, and never two rows in one",
  unit: "cuts",
  short: 1,
  long: 1,
  async run({ tried, count, lost }) {
    for (const input of goldenInputs()) {
      const whole = (await foundReading(input, input.bytes)).records;
      for (let length = 0; length <= input.bytes.length; length++) {
        const bytes = input.bytes.subarray(0, length);
        const expected = expectedReading(input, bytes);
        const found = await foundReading(input, bytes);
        tried();
        if (found.isRefused) count("refused");
        if (!equal(found, expected)) lost(`${input.name} cut at ${length}: ${JSON.stringify({ expected, found })}`);
        const merged = whole.length === 0 ? [] : mergedRecords(found.records, whole);
        if (merged.length > 0) {
          lost(`${input.name} cut at ${length}: ${JSON.stringify(merged)} is no record of the whole`);
        }
      }
    }
  },
});

const LOADED = [
  'name,code\nAcme,"A;1"\n"Line 1\r\nLine 2",B\n"say ""x""",C\n<NULL>,D\nLast,E',
  'name,code\r\n"é, 日 😀","F"\r\n  Padded  ,G\r\n\r\n"",H\r\n"I","I"\r\n',
];

/** What a run of a cut file may leave: nothing, or each whole row, and of the last one what is there. */
async function objectsAfter(scratch: Scratch, bytes: Uint8Array): Promise<{ exitCode: number; stored: string[] }> {
  const database = await copyWorld(scratch);
  scratch.write("own.csv", bytes);
  const login = [`--db=${database}`, `--auth_user=${ADMIN}`, `--auth_pwd=${ADMIN}`, "--no_localize=1"];
  const run = await scratch.run([...login, "--class=Organization", "--csvfile=own.csv", "--reconciliationkeys=code"]);
  return {
    exitCode: run.exitCode,
    stored: storedObjects(database, "Organization", ["name", "code"]).slice(1).map(String),
  };
}

torture({
  name: "truncated_runs",
  title: "files cut at every byte and loaded: each object is a row that is there, and a row that is not whole is told",
  unit: "runs",
  short: 40,
  long: 10_000,
  run: ({ random, amount, tried, count, lost }) =>
    withScratch(async (scratch) => {
      const all = LOADED.flatMap((text) => {
        const bytes = new TextEncoder().encode(text);
        return Array.from({ length: bytes.length + 1 }, (_, length) => bytes.slice(0, length));
      });
      for (const bytes of random.shuffled(all).slice(0, amount)) {
        const { exitCode, stored } = await objectsAfter(scratch, bytes);
        const text = new TextDecoder().decode(bytes);
        tried();
        count(`ended with ${exitCode}`);
        const rows = expectedReading({
          name: "",
          bytes,
          encoding: "utf-8",
          dialect: { separator: ",", qualifier: '"' },
        }, bytes);
        const isGood = ({ cells, problem, hasLineBreak }: CsvRecord) =>
          cells.length === 2 && problem === null && !hasLineBreak;
        const good = rows.records.slice(1).filter(isGood)
          .map(({ cells }) => cells).filter(([name]) => name !== null && name !== "");
        const isAllGood = good.length === rows.records.length - 1;
        const expected = exitCode > 1
          ? []
          : [...new Map(good.map((cells) => [String(cells[1]), String(cells)])).values()];
        if (!equal(stored, expected)) {
          lost(`${JSON.stringify(text)}: ${exitCode}, ${JSON.stringify({ stored, expected })}`);
        }
        if (exitCode === 0 && !isAllGood) lost(`${JSON.stringify(text)}: no row is said to be in error`);
      }
    }),
});
