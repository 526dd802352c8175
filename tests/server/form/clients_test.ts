/** What programs really send: curl and Python as they are here, others as they were recorded. */
import { assertEquals } from "@std/assert";
import type { FormProblem } from "../../../lib/server/form/form_problem.ts";
import { isInstalled, runShell } from "../../helpers/shell.ts";
import { type TemporaryFolder, withTemporaryFolder } from "../../helpers/temporary_folder.ts";
import { latin1, outcome, type Read, utf8 } from "./posting.ts";

const CSV = 'name;city\r\nA & B=1 +2%;Zürich\r\n"x\ny";\xff\r\n';
const nothing: Read = { fields: [], data: null, dataName: null, charset: null };
const fields = [["class", "Person"], ["comment", "é & +%=\n"]] as const;

/** Reads one request over a real connection. */
async function received(send: (url: string) => Promise<void>, query = ""): Promise<Read | FormProblem> {
  const answer = Promise.withResolvers<Read | FormProblem>();
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, async ({ url, headers, body }) => {
    const sent = Object.fromEntries(headers.entries());
    answer.resolve(
      await outcome({ query: new URL(url).search.slice(1), headers: sent, ...(body === null ? {} : { body }) }),
    );
    return new Response("done\n");
  });
  try {
    await send(`http://127.0.0.1:${server.addr.port}/import${query}`);
    return await answer.promise;
  } finally {
    await server.shutdown();
  }
}

/** Sends with a command whose arguments may name files of the folder: the data, and a field. The address comes last. */
function sent(args: (path: TemporaryFolder["path"]) => readonly string[], query = ""): Promise<Read | FormProblem> {
  return withTemporaryFolder(({ path, write }) => {
    write("data.csv", latin1(CSV));
    write("comment.txt", utf8(fields[1][1]));
    const [command = "", ...rest] = args(path);
    return received(async (url) => {
      const { code, stderr } = await runShell(command, [...rest, url]);
      assertEquals(code, 0, stderr);
    }, query);
  });
}

interface Client {
  readonly name: string;
  readonly args: (path: TemporaryFolder["path"]) => readonly string[];
  readonly query?: string;
  readonly expected: unknown;
}

const CURL = ["curl", "--silent", "--show-error", "--fail"];
const CURL_CLIENTS: readonly Client[] = [
  {
    name: "--data-urlencode",
    args: (
      path,
    ) => [
      "-d",
      "class=Person",
      "--data-urlencode",
      `comment@${path("comment.txt")}`,
      "--data-urlencode",
      `csvdata@${path("data.csv")}`,
    ],
    expected: { ...nothing, fields, data: CSV },
  },
  {
    name: "-F with a file",
    args: (
      path,
    ) => [
      "-F",
      "class=Person",
      "-F",
      `comment=<${path("comment.txt")}`,
      "-F",
      `csvdata=@${path("data.csv")};type=text/csv;charset=latin1`,
    ],
    expected: { fields, data: CSV, dataName: "data.csv", charset: "latin1" },
  },
  {
    name: "-F with a field of a file's content",
    args: (path) => ["-F", "class=Person", "-F", `csvdata=<${path("data.csv")}`],
    expected: { ...nothing, fields: [fields[0]], data: CSV },
  },
  {
    name: "--data-binary as text/csv",
    args: (path) => ["-H", "Content-Type: text/csv; charset=ISO-8859-1", "--data-binary", `@${path("data.csv")}`],
    query: "?class=Person&simulate=1",
    expected: { ...nothing, fields: [["class", "Person"], ["simulate", "1"]], data: CSV, charset: "ISO-8859-1" },
  },
  {
    name: "-T, in chunks",
    args: (
      path,
    ) => ["-X", "POST", "-H", "Content-Type: text/csv", "-H", "Transfer-Encoding: chunked", "-T", path("data.csv")],
    expected: { ...nothing, data: CSV },
  },
  {
    name: "--data-binary without a type",
    args: (path) => ["--data-binary", `@${path("data.csv")}`],
    query: "?class=Person",
    expected: { kind: "not_a_form", at: 0 },
  },
  {
    name: "-d @file without a type",
    args: (path) => ["-d", `@${path("comment.txt")}`],
    expected: { kind: "not_a_form", at: 0 },
  },
];

for (const { name, args, query, expected } of CURL_CLIENTS) {
  Deno.test({
    name: `curl ${name}`,
    ignore: !isInstalled("curl"),
    fn: async () => assertEquals(await sent((path) => [...CURL, ...args(path)], query), expected),
  });
}

const PYTHON = `
import sys, urllib.parse, urllib.request, gzip
folder, kind, url = sys.argv[1:]
data = open(folder + "/data.csv", "rb").read()
if kind == "form":
    body = urllib.parse.urlencode({"class": "Person", "comment": "é & +%=\\n", "csvdata": data}).encode()
    request = urllib.request.Request(url, data=body)
else:
    headers = {"Content-Type": "text/csv", "Content-Encoding": "gzip"}
    request = urllib.request.Request(url + "?class=Person", data=gzip.compress(data), headers=headers)
urllib.request.urlopen(request).read()
`;

for (
  const [kind, expected] of [["form", { ...nothing, fields, data: CSV }], ["gzip", {
    ...nothing,
    fields: [fields[0]],
    data: CSV,
  }]] as const
) {
  Deno.test({
    name: `Python's urllib: ${kind}`,
    ignore: !isInstalled("python3"),
    fn: async () => assertEquals(await sent((path) => ["python3", "-c", PYTHON, path("."), kind]), expected),
  });
}

/** Bodies as recorded; `\n` stands for CR LF. */
const RECORDED: readonly (readonly [name: string, type: string, body: string, expected: Partial<Read>])[] = [
  [
    "Chrome: a form with a file",
    "multipart/form-data; boundary=----WebKitFormBoundary7MA4YWxkTrZu0gW",
    '------WebKitFormBoundary7MA4YWxkTrZu0gW\nContent-Disposition: form-data; name="class"\n\nPerson\n' +
    '------WebKitFormBoundary7MA4YWxkTrZu0gW\nContent-Disposition: form-data; name="csvdata"; filename="caf\xc3\xa9 %22x%22.csv"\n' +
    "Content-Type: text/csv\n\nname\nA\n\n------WebKitFormBoundary7MA4YWxkTrZu0gW--\n",
    { fields: [["class", "Person"]], data: "name\r\nA\r\n", dataName: "café %22x%22.csv" },
  ],
  [
    "Firefox: a form whose file was not chosen",
    "multipart/form-data; boundary=---------------------------41184676334377876771994853",
    '-----------------------------41184676334377876771994853\nContent-Disposition: form-data; name="csvdata"; filename=""\n' +
    "Content-Type: application/octet-stream\n\n\n-----------------------------41184676334377876771994853--\n",
    { data: "", dataName: null },
  ],
  [
    "a browser's plain form: every line break is CR LF, and a blank is a plus",
    "application/x-www-form-urlencoded",
    "class=Person&csvdata=name%3Bcity%0D%0AA+B%3BZ%C3%BCrich%0D%0A&simulate=on",
    { fields: [["class", "Person"], ["simulate", "on"]], data: "name;city\r\nA B;Z\xc3\xbcrich\r\n" },
  ],
  [
    "fetch with URLSearchParams",
    "application/x-www-form-urlencoded;charset=UTF-8",
    "class=Person&csvdata=a*%27%28%29%21%7E%0A",
    { fields: [["class", "Person"]], data: "a*'()!~\n" },
  ],
  [
    "PHP's curl with an array and a CURLFile",
    "multipart/form-data; boundary=------------------------d74496d66958873e",
    '--------------------------d74496d66958873e\nContent-Disposition: form-data; name="class"\n\nPerson\n' +
    '--------------------------d74496d66958873e\nContent-Disposition: form-data; name="csvdata"; filename="/srv/data/persons.csv"\n' +
    "Content-Type: application/octet-stream\n\nname\n\n--------------------------d74496d66958873e--\n",
    { fields: [["class", "Person"]], data: "name\r\n", dataName: "/srv/data/persons.csv" },
  ],
  [
    "PHP's http_build_query",
    "application/x-www-form-urlencoded",
    "auth_user=admin&auth_pwd=p%40ss+w%2Brd&class=Person&csvdata=%22name%22%2C%22city%22%0A%22A%22%2C%22B%22",
    {
      fields: [["auth_user", "admin"], ["auth_pwd", "p@ss w+rd"], ["class", "Person"]],
      data: '"name","city"\n"A","B"',
    },
  ],
  [
    "Python's requests: fields and a file",
    "multipart/form-data; boundary=0a1b2c3d4e5f60718293a4b5c6d7e8f9",
    '--0a1b2c3d4e5f60718293a4b5c6d7e8f9\nContent-Disposition: form-data; name="class"\n\nPerson\n' +
    "--0a1b2c3d4e5f60718293a4b5c6d7e8f9\nContent-Disposition: form-data; name=\"csvdata\"; filename*=utf-8''caf%C3%A9.csv\n\n" +
    "name\n\n--0a1b2c3d4e5f60718293a4b5c6d7e8f9--\n",
    { fields: [["class", "Person"]], data: "name\r\n", dataName: "café.csv" },
  ],
  [
    "Apache HttpClient: every part with its type",
    "multipart/form-data; boundary=VtV3tVKBOBy4YCCqcmVYkR6EJ8pMZ6",
    '--VtV3tVKBOBy4YCCqcmVYkR6EJ8pMZ6\nContent-Disposition: form-data; name="comment"\nContent-Type: text/plain; charset=ISO-8859-1\n' +
    "Content-Transfer-Encoding: 8bit\n\n\xe9\n" +
    '--VtV3tVKBOBy4YCCqcmVYkR6EJ8pMZ6\nContent-Disposition: form-data; name="csvdata"\nContent-Type: text/plain; charset=ISO-8859-1\n' +
    "Content-Transfer-Encoding: 8bit\n\nname\n\xe9\n--VtV3tVKBOBy4YCCqcmVYkR6EJ8pMZ6--\n",
    { fields: [["comment", "é"]], data: "name\r\n\xe9", charset: "ISO-8859-1" },
  ],
  [
    "PowerShell's MultipartFormDataContent: boundary in quotes, names without",
    'multipart/form-data; boundary="6ecd9f56-3d5b-4b6c-8f0a-6d1f0a2b3c4d"',
    "--6ecd9f56-3d5b-4b6c-8f0a-6d1f0a2b3c4d\nContent-Type: text/plain; charset=utf-8\nContent-Disposition: form-data; name=class\n\nPerson\n" +
    "--6ecd9f56-3d5b-4b6c-8f0a-6d1f0a2b3c4d\nContent-Disposition: form-data; name=csvdata; filename=a.csv; filename*=utf-8''a.csv\n\n" +
    "name\n--6ecd9f56-3d5b-4b6c-8f0a-6d1f0a2b3c4d--\n",
    { fields: [["class", "Person"]], data: "name", dataName: "a.csv" },
  ],
];

for (const [name, type, body, expected] of RECORDED) {
  Deno.test(`as recorded: ${name}`, async () => {
    const bytes = latin1(type.startsWith("multipart") ? body.replaceAll("\n", "\r\n") : body);
    for (const pieces of [[bytes], [...bytes].map((byte) => Uint8Array.of(byte))]) {
      assertEquals(await outcome({ headers: { "content-type": type }, body: pieces }), { ...nothing, ...expected });
    }
  });
}
