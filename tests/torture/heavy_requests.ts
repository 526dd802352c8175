/** Requests of at most a head and 64 KiB whose texts are heavy to compare, to cut or to decode. Nobody has logged in. */
import { parametersOf } from "../../lib/parameters/list/find_parameter.ts";
import { basic, concat, formPost, multipartPost, type Post, rawPost } from "../server/post.ts";
import type { Random } from "./random.ts";

/** UTF-16 code units, about. */
const LENGTHS = [100, 250, 1000, 4000, 15_000] as const;

/** What makes work: marks that are sorted, letters that grow, what is cut, escaped, or looked for again and again. */
const UNITS: readonly (readonly [what: string, unit: string])[] = [
  ["marks in a row", "\u0316\u0301"],
  ["marks of the same class", "\u0301"],
  ["half-width marks", "\uFF9E\u0316"],
  ["letters that grow in capitals", "ßﬃΐ"],
  ["dotted capitals", "İ"],
  ["letters that decompose twice", "ṩ\u0323"],
  ["Hangul in pieces", "\u1112\u1161\u11ab"],
  ["notes that decompose", "\u{1D15F}"],
  ["one word of Arabic that is a sentence", "\uFDFA"],
  ["blanks", " "],
  ["blanks and a letter", "   \t a"],
  ["asterisks and arrows", "*->"],
  ["commas", ",a,"],
  ["quotes", "\"'"],
  ["percent signs", "%%41"],
  ["halves of escapes", "%c3%"],
  ["separators of a link set", "'a:b'|;"],
  ["backslashes", '\\\\"'],
  ["hyphens, as boundaries begin", "\r\n--"],
  ["line breaks", "\r\n\n\r"],
  ["letters of dates", "Y-m-dH:i"],
  ["a name that is nearly one", "organizatiom"],
  ["halves of characters", "\ud800"],
  ["NUL", "\0"],
];

/** Every parameter of an import that a request may give, those to come too. */
const FIELDS: readonly string[] = parametersOf("import")
  .filter(({ sources }) => sources.includes("http"))
  .map(({ name }) => name);

export interface HeavyRequest {
  readonly what: string;
  readonly post: Post;
}

/** @param number every kind of text and every place come up in turn */
export function heavyRequest(number: number, random: Random): HeavyRequest {
  const [kind, unit] = UNITS[number % UNITS.length] ?? UNITS[0]!;
  const text = "a" + unit.repeat(Math.ceil(random.pick(LENGTHS) / unit.length));
  const [place, make] = random.pick(PLACES);
  const login = { auth_user: `nobody ${number}`, auth_pwd: "wrong" };
  const post = make(text, login, random);
  // Each from elsewhere, or none would be looked at for long.
  const address = `198.51.${number >> 8 & 255}.${number & 255}`;
  return {
    what: `${text.length} of ${kind} ${place}`,
    post: { ...post, headers: { ...post.headers, "X-Forwarded-For": address } },
  };
}

type Fields = Readonly<Record<string, string>>;
type Maker = (text: string, login: Fields, random: Random) => Post;

const PLACES: readonly (readonly [place: string, make: Maker])[] = [
  [
    "in a field",
    (text, login, random) => formPost({ ...login, [random.pick(FIELDS)]: text }, "name\nA\n"),
  ],
  ["in every field", (text, login) => formPost({ ...login, ...everywhere(text.slice(0, 2500)) }, "name\nA\n")],
  [
    "in a field that is a list of many",
    (text, login, random) =>
      formPost({ ...login, [random.pick(FIELDS)]: `${text.slice(0, 9)},`.repeat(4000).slice(0, 16_000) }, "name\nA\n"),
  ],
  ["as a column of a map", mapOf((text) => ({ columns: { [text.slice(0, 9000)]: "name" } }))],
  ["as columns of a map", mapOf((text) => ({ columns: numbered(text.slice(0, 300), 60) }))],
  ["as words of a map", mapOf((text) => ({ values: { status: numbered(text.slice(0, 1000), 20) } }))],
  ["as a template of a map", mapOf((text) => ({ make: { name: text.slice(0, 9000) } }))],
  [
    "as filters of a map",
    mapOf((text) => ({ make: { name: `{a|${text.slice(0, 3000)}|before:${text.slice(0, 50)}}` } })),
  ],
  ["as something else in a map", mapOf((text) => ({ [text.slice(0, 3000)]: numbered("c", 500) }))],
  [
    "in the path of what answers in another format",
    (text) => ({ ...form("class=Person"), path: `/import?output=${encodeName(text).slice(0, 3000)}&output=json` }),
  ],
  [
    "as a login and as its password",
    (text) => formPost({ auth_user: text.slice(0, 255), auth_pwd: text.slice(0, 1024) }, "name\nA\n"),
  ],
  [
    "in a part of a form",
    (text, login, random) => multipartPost({ ...login, [random.pick(FIELDS)]: text }, "name\nA\n", null),
  ],
  [
    "in the name of a part",
    (text, login) => multipartPost({ ...login, [text.slice(0, 6000)]: "x" }, "name\nA\n", null),
  ],
  ["in the name of a file", (text, login) => multipartPost(login, "name\nA\n", text.slice(0, 6000))],
  ["in a field's name", (text, login) => formPost({ ...login, [encodeName(text)]: "x" }, "name\nA\n")],
  ["as 90 fields", (text, login) => formPost({ ...login, ...manyFields(text.slice(0, 300)) }, null)],
  ["in a query", (text, login) => rawPost({ ...login, comment: text.slice(0, 1200) }, "name\nA\n")],
  ["as a form that is not escaped", (text) => form(text)],
  ["as a part that never ends", (text) => multipart(text, "x")],
  ["with a boundary that nearly comes", (text) => multipart("\r\n--xx".repeat(9000) + text, `${"x".repeat(69)}`)],
  ["as rows", (text, login) => formPost(login, text)],
  [
    "as a login in the header",
    (text) => ({ ...form("class=Person"), headers: { ...basic(text.slice(0, 2000), text.slice(0, 1000)) } }),
  ],
  [
    "in headers",
    (text) => ({
      ...form("class=Person"),
      headers: { "Content-Type": "text/csv; " + ascii(text), Cookie: ascii(text), Origin: ascii(text) },
    }),
  ],
  ["in the path", (text) => ({ ...form(""), path: `/${encodeName(text).slice(0, 6000)}` })],
  [
    "as something compressed",
    (text) => ({ ...form(text), headers: { "Content-Type": "text/csv", "Content-Encoding": "gzip" } }),
  ],
];

function mapOf(make: (text: string) => unknown): Maker {
  return (text, login) => formPost({ ...login, mapdata: JSON.stringify(make(text)) }, "name\nA\n");
}

function numbered(text: string, count: number): Fields {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`${text}${index}`, "x"]));
}

function everywhere(text: string): Fields {
  const names = FIELDS.filter((name) => !["auth_user", "auth_pwd", "csvdata"].includes(name));
  return Object.fromEntries(names.map((name) => [name, text]));
}

function manyFields(text: string): Fields {
  return Object.fromEntries(Array.from({ length: 90 }, (_, at) => [encodeName(`${text}${at}`).slice(0, 600), "x"]));
}

function form(text: string): Post {
  const headers = { "Content-Type": "application/x-www-form-urlencoded" };
  return { headers, body: concat(text).subarray(0, 65_536) };
}

function multipart(text: string, boundary: string): Post {
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="class"\r\n\r\n`;
  const headers = { "Content-Type": `multipart/form-data; boundary=${boundary}` };
  return { headers, body: concat(head, text).subarray(0, 65_536) };
}

function encodeName(text: string): string {
  return encodeURIComponent(text.toWellFormed()).slice(0, 9000);
}

/** What a header may hold. */
function ascii(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, "'").slice(0, 2500);
}
