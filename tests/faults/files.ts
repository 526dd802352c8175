/** Faults of files: charsets, separators, what is no CSV, headers. */
import { bytes, type FaultCase, type Load, utf16 } from "./fault_case.ts";

const OLD: Load = {
  class: "Device",
  csv: bytes("Asset tag,Name\r\nU5,M", 0xfc, "ller\r\n"),
  params: { charset: "latin-1" },
};

const CHARSETS: readonly FaultCase[] = [
  {
    fault: "05",
    title: "a mark of UTF-8 wins over a charset that was given, with a warning that counts",
    before: [OLD],
    load: { class: "Device", csv: "\ufeffAsset tag,Name\r\nU5,Müller\r\n", params: { charset: "WINDOWS-1252" } },
    right: { rows: ["unchanged"], warnings: ["byte order mark of UTF-8, but charset is WINDOWS-1252"] },
    stored: ["Device", "name", ["Müller"]],
  },
  {
    fault: "05",
    title: "and so does one of UTF-16",
    load: { class: "Maker", csv: utf16("\ufeffName\r\nZoë\r\n"), params: { charset: "ISO-8859-15" } },
    right: { rows: ["created"], warnings: ["byte order mark of UTF-16LE, but charset is ISO-8859-15"] },
    stored: ["Maker", "name", ["Zoë"]],
  },
  {
    fault: "05",
    title: "no warning where nobody gave a charset, in the built-in model",
    model: "itop",
    load: { class: "Organization", csv: utf16("\ufeffName\nZoë\n") },
    right: { rows: ["created"] },
  },
  {
    fault: "39",
    title: "a mark that agrees with the default is nothing to warn of",
    load: { class: "Device", csv: "\ufeffAsset tag,Name\nA1,x\n" },
    right: { rows: ["created"] },
  },
  {
    fault: "39",
    title: "what is printed as a warning counts: marks, rows of separators, repeated headers",
    load: {
      class: "Device",
      csv: "\ufeffAsset tag,Name\nA1,x\n,\nAsset tag,Name\n",
      params: { charset: "latin-1" },
    },
    right: { rows: ["created"], warnings: ["byte order mark", "separators", "repeats the header"] },
  },
  {
    fault: "39",
    title: "control characters, in the built-in model",
    model: "itop",
    load: { class: "Organization", csv: "\ufeffName\nA\u0085\n" },
    right: { rows: ["created"], warnings: ["control characters"] },
  },
  {
    fault: "23",
    title: "UTF-16 without a mark is named, with the charset that fits",
    load: { class: "Device", csv: utf16("Asset tag\tName\r\nU1\tZoë\r\n"), params: { separator: "tab" } },
    right: { exitCode: 64, told: ["charset=UTF-16LE"] },
  },
  {
    fault: "23",
    title: "with a mark it loads, without a warning",
    load: { class: "Device", csv: utf16("\ufeffAsset tag\tName\r\nU2\tZoë\r\n"), params: { separator: "tab" } },
    right: { rows: ["created"] },
    stored: ["Device", "name", ["Zoë"]],
  },
  {
    fault: "23",
    title: "with its charset it loads, in the built-in model",
    model: "itop",
    load: { class: "Organization", csv: utf16("Name\nZoë\n"), params: { charset: "utf-16le" } },
    right: { rows: ["created"] },
  },
  {
    fault: "24",
    title: "a code page of DOS is named for what it is",
    load: {
      class: "Device",
      csv: bytes("Asset tag;Name\r\nU2;M", 0x81, "ller\r\nU3;Gr", 0x94, 0xe1, "e\r\n"),
      params: { separator: ";" },
    },
    right: { exitCode: 65, told: ["Undecodable bytes at line 2"], untold: ["WINDOWS-1251", "Shift_JIS", "GBK"] },
  },
  {
    fault: "24",
    title: "no advice that would load other letters, in the built-in model",
    model: "itop",
    load: { class: "Organization", csv: bytes("Name\nJ", 0x94, "rg\nB", 0x84, "r\n") },
    right: { exitCode: 65, told: ["Undecodable bytes at line 2"], untold: ["WINDOWS-1251", "Shift_JIS", "GBK"] },
  },
  {
    fault: "24",
    title: "an ordinary legacy file gets the charset that fits",
    load: { class: "Maker", csv: bytes("Name\nJ", 0xf6, "rg M", 0xfc, "ller\n") },
    right: { exitCode: 65, told: ["charset=WINDOWS-1252"] },
  },
  {
    fault: "25",
    title: "a file that ends inside a character: is it whole?",
    load: { class: "Device", csv: bytes("Asset tag,Name\nA1,Häuser\nA2,M", 0xc3) },
    right: { exitCode: 65, told: ["is it whole?"], untold: ["WINDOWS-125"] },
  },
  {
    fault: "25",
    title: "a file that is of two charsets",
    load: { class: "Device", csv: bytes("Asset tag,Name\nA1,Müller\nA2,H", 0xe4, "user\n") },
    right: { exitCode: 65, told: ["line 3", "another charset"], untold: ["WINDOWS-125"] },
  },
  {
    fault: "25",
    title: "UTF-16 with half a character at its end, in the built-in model",
    model: "itop",
    load: { class: "Organization", csv: bytes(...utf16("\ufeffName\nZoë"), 0x41) },
    right: { exitCode: 65, told: ["is it whole?"] },
  },
];

const SEPARATORS: readonly FaultCase[] = [
  {
    fault: "20",
    title: "Excel's sep= line is believed where no separator was given",
    load: { class: "Device", csv: "sep=;\r\nAsset tag;Name\r\nA1;x\r\n" },
    right: { rows: ["created"] },
  },
  {
    fault: "20",
    title: "Excel's sep= line is named where it contradicts the separator",
    load: { class: "Device", csv: "sep=;\r\nAsset tag;Name\r\nA1;x\r\n", params: { separator: "," } },
    right: { exitCode: 64, told: ["sep="] },
  },
  {
    fault: "20",
    title: "with another separator, in the built-in model",
    model: "itop",
    load: { class: "Organization", csv: '"sep=|"\nName|Code\nA|1\n', params: { separator: ";" } },
    right: { exitCode: 64, told: ["sep="] },
  },
  {
    fault: "20",
    title: "where it says another separator than the header has, that of the header is named",
    load: { class: "Device", csv: "\ufeffsep=,\nAsset tag;Name\nA1;x\n" },
    right: { exitCode: 64, told: ["separator=;"] },
  },
  {
    fault: "21",
    title: "the likely separator is named: semicolons",
    load: { class: "Device", csv: "Asset tag;Name;Price\nA1;x;3\n" },
    right: { exitCode: 64, told: ["separator=;"] },
  },
  {
    fault: "21",
    title: "the likely separator is named: tabs",
    load: { class: "Device", csv: "Asset tag\tName\nA1\tx\n" },
    right: { exitCode: 64, told: ["separator=tab"] },
  },
  {
    fault: "21",
    title: "commas, where semicolons were asked for, in the built-in model",
    model: "itop",
    load: { class: "Organization", csv: "Name,Code\nA,1\n", params: { separator: ";" } },
    right: { exitCode: 64, told: ["separator=,"] },
  },
  {
    fault: "19",
    title: "a cell below no name is in error, with the number of its column; empty ones are passed over",
    load: { class: "Device", csv: ",Asset tag,Name\n0,A1,x\n,A2,y\n" },
    right: { rows: ["error: column 1 has no name in the header, but holds '0'", "created"] },
  },
  {
    fault: "19",
    title: "in the middle, in the built-in model",
    model: "itop",
    load: { class: "Organization", csv: "Name,,Code\nA,b,1\n" },
    right: { rows: ["error: column 2 has no name in the header, but holds 'b'"] },
  },
  {
    fault: "19",
    title: "rows with a cell more than the header are in error",
    load: { class: "Device", csv: "Asset tag,Name\nA1,x,\nA2,y\n" },
    right: { rows: ["error: 3 cells where the header has 2", "created"] },
  },
];

const HEADERS: readonly FaultCase[] = [
  {
    fault: "22",
    title: "a no-break space in a name is a blank, in a key too",
    load: {
      class: "Device",
      csv: "Asset\u00a0tag,Name\nA1,x\n",
      params: { reconciliationkeys: "Asset\u2009tag" },
    },
    right: { rows: ["created"] },
  },
  {
    fault: "22",
    title: "a character without width within a name is spelt out",
    load: { class: "Device", csv: "As\u200bset tag,Name\nA1,x\n" },
    right: { exitCode: 64, told: ["'As‹U+200B›set tag'", "Did you mean 'asset tag'?"] },
  },
  {
    fault: "22",
    title: "a character without width before a name",
    load: { class: "Device", csv: "Asset tag,\u200bName\nA1,x\n" },
    right: { rows: ["created"] },
  },
  {
    fault: "22",
    title: "blanks at the end of a name, in another alphabet, in the built-in model",
    model: "itop",
    load: { class: "Organization", csv: "Name \u00a0,\u3000Code\nA,1\n" },
    right: { rows: ["created"] },
  },
  {
    fault: "73",
    title: "a header that is repeated, with and without a mark, is no data",
    load: { class: "Device", csv: "\ufeffAsset tag,Name\nA1,x\n\ufeffAsset tag,Name\nA2,y\nAsset tag,Name\nA3,z\n" },
    right: { rows: ["created", "created", "created"], warnings: ["2 rows"] },
    stored: ["Device", "tag", ["A1", "A2", "A3"]],
  },
  {
    fault: "73",
    title: "in qualifiers, at the end, in the built-in model",
    model: "itop",
    load: { class: "Organization", csv: 'Name;Code\nA;1\n"Name";"Code"', params: { separator: ";" } },
    right: { rows: ["created"], warnings: ["1 row"] },
  },
  {
    fault: "73",
    title: "a row that only begins like the header is data",
    load: { class: "Device", csv: "Asset tag,Name\nAsset tag,x\nA1,Name\n" },
    right: { rows: ["created", "created"] },
  },
  {
    fault: "68",
    title: "3,000 unknown columns are some, and a number",
    load: { class: "Device", csv: `${Array.from({ length: 3000 }, (_, at) => `x${at}`).join(",")}\n` },
    right: { exitCode: 64, told: ["x19'", "2980"], untold: ["x20'", "x2999"] },
  },
  {
    fault: "68",
    title: "unknown keys as well",
    load: {
      class: "Device",
      csv: "Asset tag\nA\n",
      params: { reconciliationkeys: Array.from({ length: 90 }, (_, at) => `x${at}`).join(",") },
    },
    right: { exitCode: 64, told: ["x19'"], untold: ["x20'", "x89"] },
  },
  {
    fault: "68",
    title: "the same column a thousand times, in the built-in model",
    model: "itop",
    load: { class: "Organization", csv: `${Array.from({ length: 1000 }, () => "Name").join(",")}\n` },
    right: { exitCode: 64, told: ["Name"] },
  },
];

const ZIP = bytes("PK", 3, 4, 20, 0, 6, 0, 8, 0, 0, 0, "!", 0, ..."[Content_Types].xml");
const GZIP = bytes(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0x4b, 0x2c, 0x2e, 0x4e, 0x2d);
const NO_CSV: readonly FaultCase[] = [
  {
    fault: "26",
    title: "a page of HTML",
    load: { class: "Device", csv: "<html><body>Please log in</body></html>\n" },
    right: { exitCode: 64, told: ["HTML"] },
  },
  {
    fault: "26",
    title: "a workbook, in the built-in model",
    model: "itop",
    load: { class: "Organization", csv: ZIP },
    right: { exitCode: 65, told: ["workbook"] },
  },
  {
    fault: "26",
    title: "gzip",
    load: { class: "Device", csv: GZIP },
    right: { exitCode: 65, told: ["gzip"] },
  },
  {
    fault: "26",
    title: "a page of HTML before which somebody has put a mark and lines",
    load: { class: "Maker", csv: "\ufeff\n\n<!DOCTYPE html>\n<title>404</title>\n" },
    right: { exitCode: 64, told: ["HTML"] },
  },
];

export const FILE_FAULTS: readonly FaultCase[] = [...CHARSETS, ...SEPARATORS, ...HEADERS, ...NO_CSV];
