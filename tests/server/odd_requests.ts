/** Requests as attackers, broken clients and chance make them. None of them may write: either its login is not good, or it simulates. */
import type { Random } from "../torture/random.ts";
import {
  basic,
  concat,
  type Fields,
  formPost,
  gzipped,
  multipartPost,
  type Post,
  rawPost,
  requestBytes,
} from "./post.ts";

export interface OddRequest {
  readonly bytes: Uint8Array;
  /** Whether the client says that nothing more comes; otherwise it waits for its answer. */
  readonly isCut: boolean;
  /** Whether it has a good login, and must be answered. */
  readonly isSimulation: boolean;
}

const NAMES = [
  "class",
  "output",
  "separator",
  "qualifier",
  "charset",
  "reconciliationkeys",
  "no_localize",
  "comment",
  "date_format",
  "result",
  "CLASS",
  "csvfile",
  "param_file",
  "db",
  "auth_pwd_file",
  "busy_timeout",
  "host",
  "class[]",
  "__proto__",
  "constructor",
  "",
  "é",
  "csvdata\0",
];

const VALUES = [
  "",
  "Organization",
  "Person",
  "NoSuchClass",
  "details",
  "json",
  "retcode",
  "1",
  "tab",
  ";",
  "'",
  "utf-16",
  "windows-1252",
  "x-user-defined",
  "name",
  "\u001b[31mred",
  "a\r\nSet-Cookie: b=c",
  "<script>alert(1)</script>",
  "../../etc/passwd",
  "/etc/passwd",
  "%00%0a",
  "'; DROP TABLE organization; --",
  "\u202e\ufeff\ud83d\ude00",
  "a".repeat(300),
];

const CSVS = [
  "name,code\nA,B\n",
  "",
  "name\n",
  "\ufeffname;code\nA;B",
  '"name","code"\n"A,"B\n',
  "name,code\n\0,\u001b]0;x\u0007\n",
  "org_id->name,name\nx,y\n",
  "name,code\nMy Company/Department,SOMECODE\n",
  "a".repeat(5000),
];

/** Of a trial: the same chance makes the same request. */
export async function oddRequest(random: Random): Promise<OddRequest> {
  if (random.chance(0.03)) return await simulation(random);
  let post = plainPost(random, somebodysLogin(random));
  if (random.chance(0.1)) post = await packed(post, random);
  if (random.chance(0.3)) post = withOddHeaders(post, random);
  if (random.chance(0.25)) post = { ...post, body: mutated(post.body, random) };
  if (random.chance(0.1)) return { bytes: chunked(post, random), isCut: true, isSimulation: false };
  let bytes = requestBytes(post);
  if (random.chance(0.3)) bytes = mutated(bytes, random);
  if (random.chance(0.03)) bytes = random.bytes(random.int(0, 400));
  if (random.chance(0.02)) bytes = concat("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", bytes);
  return { bytes, isCut: random.chance(0.85), isSimulation: false };
}

/** With a good login: only what cannot make more than a simulation of it is left to chance. */
async function simulation(random: Random): Promise<OddRequest> {
  const right = { no_localize: "1", reconciliationkeys: "name", output: random.pick(["details", "json"]) };
  const fields = {
    simulate: "1",
    auth_user: "admin",
    auth_pwd: "admin",
    class: "Organization",
    ...right,
    ...random.chance(0.3) ? oddFields(random) : {},
  };
  const whole = new TextEncoder().encode(random.pick(CSVS));
  const csv = random.chance(0.4) ? mutated(whole, random) : whole;
  const post = inAnyWay(random, fields, csv);
  const bytes = requestBytes(random.chance(0.2) ? await gzipped(post) : post);
  return { bytes, isCut: false, isSimulation: true };
}

function plainPost(random: Random, login: Fields): Post {
  const fields = { ...login, class: "Organization", ...oddFields(random) };
  const post = inAnyWay(random, fields, new TextEncoder().encode(random.pick(CSVS)));
  const { path = "/import" } = post;
  return {
    ...post,
    method: random.chance(0.9) ? "POST" : random.pick(["GET", "PUT", "HEAD", "OPTIONS", "DELETE", "post", "BREW"]),
    path: random.chance(0.9)
      ? path
      : random.pick(["/", "/healthz", "/metrics", "//import", "/import/", "/%2e%2e", "*"]),
  };
}

function inAnyWay(random: Random, fields: Fields, csv: Uint8Array): Post {
  switch (random.int(0, 3)) {
    case 0:
      return formPost(fields, csv);
    case 1:
      return multipartPost(fields, csv, null);
    case 2:
      return multipartPost(fields, csv, random.pick(["a.csv", "../a", "a\u001b[31m", "", "é.csv", 'a\\"b']));
    default:
      return rawPost(fields, csv);
  }
}

/** Nobody's, or a wrong one; each of another address, so that not all of them have to wait. */
function somebodysLogin(random: Random): Fields {
  if (random.chance(0.4)) return {};
  return { auth_user: random.chance(0.1) ? "admin" : `user${random.int(0, 1e6)}`, auth_pwd: "wrong" };
}

function oddFields(random: Random): Fields {
  const count = random.chance(0.5) ? 0 : random.int(1, 4);
  return Object.fromEntries(Array.from({ length: count }, () => [random.pick(NAMES), random.pick(VALUES)]));
}

async function packed(post: Post, random: Random): Promise<Post> {
  const good = await gzipped(post);
  return random.chance(0.3) ? good : { ...good, body: mutated(good.body, random) };
}

function withOddHeaders(post: Post, random: Random): Post {
  const { length } = post.body;
  const odd: readonly Readonly<Record<string, string>>[] = [
    { "Content-Length": String(length + random.int(1, 1000)) },
    { "Content-Length": String(Math.max(0, length - random.int(1, 100))) },
    { "Content-Length": random.pick(["-1", "1e3", "0x10", "99999999999999999999", "", "5, 5", "+5"]) },
    { "content-length": String(length) },
    { "Transfer-Encoding": random.pick(["chunked", "gzip", "identity", "chunked, chunked", "xchunked"]) },
    { "Content-Encoding": random.pick(["gzip", "br", "deflate", "gzip, gzip", "", "x-gzip"]) },
    {
      "Content-Type": random.pick(["", "text/html", "multipart/form-data", "multipart/form-data; boundary=", "a", "/"]),
    },
    { "Content-Type": `multipart/form-data; boundary=${"b".repeat(random.int(1, 300))}` },
    { "Content-Type": `text/csv; charset=${random.pick(VALUES).replaceAll(/[\r\n]/g, " ").slice(0, 20)}` },
    { "X-Large": "x".repeat(random.int(1000, 40_000)) },
    Object.fromEntries(Array.from({ length: 400 }, (_, index) => [`X-${index}`, "y"])),
    { Authorization: random.pick(["Basic", "Basic !!!", "Basic Og==", "Basic /////w==", "Bearer x", "Digest a=b"]) },
    { Expect: random.pick(["100-continue", "200-maybe"]) },
    { Host: random.pick(["", "a b", "[::1", "a@b", "localhost:99999"]) },
    { Upgrade: "websocket", Connection: "Upgrade" },
    { Origin: random.pick(["http://evil.example", "null"]) },
    { "Sec-Fetch-Site": random.pick(["cross-site", "same-site", "none", "\u001b"]) },
    { "X-Forwarded-For": random.pick([",,,", "1.2.3.4, \u001b[31m", "::1", "a".repeat(1000)]) },
    { "Bad Name": "x" },
    { "X-Folded": "a\r\n b" },
    basic(`user${random.int(0, 1e6)}`, "wrong"),
  ];
  return { ...post, headers: { ...post.headers, ...random.pick(odd) } };
}

function chunked(post: Post, random: Random): Uint8Array {
  const { "Content-Length": _length, ...headers } = post.headers;
  const head = requestBytes({
    ...post,
    headers: { ...headers, "Transfer-Encoding": "chunked" },
    body: new Uint8Array(),
  });
  const withoutLength = new TextDecoder("latin1").decode(head).replace(/Content-Length: 0\r\n/, "");
  const size = random.chance(0.6)
    ? post.body.length.toString(16)
    : random.pick(["-1", "g", "fffffffffffffffff", "", "1"]);
  const end = random.chance(0.7)
    ? "\r\n0\r\n\r\n"
    : random.pick(["", "\r\n", "\n0\n\n", "\r\n0\r\nX: y\r\n\r\n", "\r\n00"]);
  return concat(withoutLength, `${size}${random.chance(0.1) ? ";x=y" : ""}\r\n`, post.body, end);
}

const SPLINTERS = ["\r\n", "\r\n\r\n", "\0", "%", "%zz", "&", "=", "--", ";", '"', "\u001b", "\uffff", "\n", ":"];

/** Some bytes of it are others, more, fewer, or twice there. */
export function mutated(bytes: Uint8Array, random: Random): Uint8Array {
  let changed = bytes;
  for (let times = random.int(1, 4); times > 0; times--) changed = mutatedOnce(changed, random);
  return changed;
}

function mutatedOnce(bytes: Uint8Array, random: Random): Uint8Array {
  const from = random.int(0, bytes.length);
  const to = Math.min(bytes.length, from + random.int(1, 20));
  const [before, part, after] = [bytes.subarray(0, from), bytes.subarray(from, to), bytes.subarray(to)];
  switch (random.int(0, 5)) {
    case 0:
      return concat(before, random.bytes(part.length), after);
    case 1:
      return concat(before, after);
    case 2:
      return concat(before, part, part, after);
    case 3:
      return concat(before, random.pick(SPLINTERS), part, after);
    case 4:
      return concat(before, random.bytes(random.int(1, 8)), part, after);
    default:
      return before;
  }
}
