/** Properties of a look at any file: it ends with findings, and what it says of a good file reads that file. */
import { assertEquals } from "@std/assert";
import { Breath } from "../../lib/breath.ts";
import { inspectInput } from "../../lib/inspect/inspect_input.ts";
import type { GivenFormat, InspectedClass, Inspection } from "../../lib/inspect/inspection.ts";
import { inspectionJson } from "../../lib/inspect/inspection_json.ts";
import { paramText } from "../../lib/inspect/param_text.ts";
import { suggestedParameters } from "../../lib/inspect/suggested_parameters.ts";
import { inspectionLines } from "../../lib/messages/check.ts";
import { paramFileLines } from "../../lib/messages/check_params.ts";
import { builtInModelText } from "../../lib/model/file/built_in_model.ts";
import { readModel } from "../../lib/model/file/read_model.ts";
import { parseParamFile } from "../../lib/parameters/reading/param_file.ts";
import { Random } from "../torture/random.ts";
import { NOTHING_GIVEN_OF_FILE } from "../helpers/plain_file.ts";

const NOTHING: GivenFormat = {
  charset: null,
  separator: null,
  qualifier: null,
  file: NOTHING_GIVEN_OF_FILE,
  dateFormat: null,
  numberSigns: null,
  nullWords: [],
  keys: [],
  secondPass: [],
  createTargets: [],
  map: null,
  overlay: null,
  codes: null,
  language: null,
};

function look(
  bytes: Uint8Array,
  given: GivenFormat,
  inspected: InspectedClass | null,
  cut: number,
): Promise<Inspection> {
  async function* pieces(): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve(bytes.subarray(0, cut));
    yield bytes.subarray(cut);
  }
  const rest = { isWhole: true, breath: new Breath(undefined), progress: () => Promise.resolve() };
  return inspectInput({ size: bytes.length, pieces: pieces(), tail: null }, { given, inspected, ...rest });
}

const PIECES = [
  ...["a", "Name", "First Name", "email", "org_id", "Organization->Name", "id", ";", ",", "\t", "|", '"', "'", "\n"],
  ...["\r\n", " ", "1", "1,5", "03/04/2020", "31.12.2020", "2020-01-02T10:11:12Z", "yes", "<NULL>", "ü", "\u200b"],
  ...[
    "\ufeff",
    "\0",
    "\\",
    "sep=;\n",
    "sep=|\n",
    'sep="\n',
    "#TYPE x\n",
    "=",
    "#",
    "->",
    "*",
    "東京",
    "😀",
    "\u0085",
    "x".repeat(50),
  ],
];

function anyBytes(random: Random): Uint8Array {
  const text = Array.from({ length: random.int(0, 60) }, () => random.pick(PIECES)).join("");
  const bytes = random.chance(0.3)
    ? Uint8Array.from(text, (one) => one.charCodeAt(0) & 0xff)
    : new TextEncoder().encode(text);
  if (bytes.length > 0 && random.chance(0.3)) bytes[random.int(0, bytes.length - 1)] = random.int(0, 255);
  return bytes;
}

Deno.test("whatever the bytes are, there are findings in words, JSON and a parameter file that is read as it is meant", async () => {
  const read = readModel(await builtInModelText("itop"));
  if (!read.ok) throw new Error("the built-in model is not good");
  const { model } = read;
  for (let seed = 0; seed < 400; seed++) {
    const random = new Random(seed);
    const bytes = anyBytes(random);
    const modelClass = random.pick([...model.classes.values()]);
    const inspected = random.chance(0.5) ? { model, modelClass } : null;
    const qualifier = random.pick([null, null, '"', "'", "|", ";"]);
    const given = { ...NOTHING, qualifier, keys: random.chance(0.3) ? ["Name"] : [] };
    const inspection = await look(bytes, given, inspected, random.int(0, bytes.length));
    const parameters = inspection.table === null
      ? []
      : suggestedParameters(inspection.table, given, inspection.findings);
    inspectionLines("any", inspection, []);
    JSON.stringify(inspectionJson("any", inspection, parameters));
    const text = paramText(paramFileLines({ file: "any", database: "any.db", inspection, parameters }));
    const parsed = parseParamFile(new TextEncoder().encode(text), "any.params", "import");
    assertEquals(parsed.problems, [], `seed ${seed}`);
    for (const { name, value } of parameters) {
      if (/[\n\r\0]|"[ \t]+#/.test(value)) continue;
      assertEquals(parsed.values.get(name)?.text, value, `seed ${seed}`);
    }
  }
});

const ENCODINGS: Readonly<Record<string, (text: string) => Uint8Array>> = {
  "UTF-8": (text) => new TextEncoder().encode(text),
  "WINDOWS-1252": (text) => Uint8Array.from(text, (one) => one.charCodeAt(0)),
  "UTF-16LE": (text) => Uint8Array.from([...text].flatMap((one) => [one.charCodeAt(0) & 0xff, one.charCodeAt(0) >> 8])),
};

Deno.test("tables in every charset and dialect are found to be what they are", async () => {
  const WORDS = ["Müller", "Zoë Straße", "Ann", "x;y", "1,5", "a|b", "tab\there", "two\nlines", "König"];
  let seed = 0;
  for (const [charset, encode] of Object.entries(ENCODINGS)) {
    for (const separator of [",", ";", "\t", "|"]) {
      for (const qualifier of ['"', "'"]) {
        const random = new Random(seed++);
        const cell = (text: string) => `${qualifier}${text}${qualifier}`;
        const row = () => [0, 1, 2].map(() => cell(random.pick(WORDS))).join(separator);
        const header = ["Näme", "Code", "Größe"].map(cell).join(separator);
        const bytes = encode([header, ...Array.from({ length: 12 }, row), ""].join("\n"));
        const { table, findings } = await look(bytes, NOTHING, null, random.int(0, bytes.length));
        const found = [table?.charset.name, table?.dialect.separator, table?.dialect.qualifier, table?.columns.length];
        assertEquals(found, [charset, separator, qualifier, 3]);
        assertEquals(findings.filter(({ level }) => level !== "warning"), []);
      }
    }
  }
});
