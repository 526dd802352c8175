/** Clients as they are in earnest: curl in every way to post, and scripts of the kind that operators have. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { fixturePath } from "../helpers/fixtures.ts";
import { type Scratch, withScratch } from "../helpers/scratch.ts";
import { isInstalled, outputOf, type ProgramOutput, runShell } from "../helpers/shell.ts";
import { storedObjects } from "../helpers/stored.ts";
import { copyWorld } from "../helpers/world.ts";
import { type ServedProcess, until, withServedProcess } from "./served_process.ts";

/** Large enough that curl waits for `100 Continue`; with what a form must escape. */
const ROWS = 30_000;
const NAME = 'Café "Œuf" & Co = 100% + 1';

function csv(): string {
  const rows = Array.from({ length: ROWS }, (_, row) => `Organization number ${row} of a file,O${row}\n`);
  return `name,code\n"${NAME.replaceAll('"', '""')}",CAFE\n${rows.join("")}`;
}

const FIELDS = ["class=Organization", "reconciliationkeys=name", "no_localize=1"];
const QUERY = FIELDS.join("&");
const SMALL = `name,code\n"${NAME.replaceAll('"', '""')}",CAFE\nSmall,S\n`;

type Curl = (place: string) => readonly string[];

const each = (option: string, fields: readonly string[]) => fields.flatMap((field) => [option, field]);
const LOGIN_FIELDS = ["auth_user=admin", "auth_pwd=admin"];
const AS_CSV = ["-H", "Content-Type: text/csv"];

/** Each with the file `small.csv`, or with `large.csv` where its size matters. */
const CURLS: Readonly<Record<string, Curl>> = {
  "-d and --data-urlencode": (place) => [
    ...each("-d", [...LOGIN_FIELDS, ...FIELDS]),
    "--data-urlencode",
    "csvdata@small.csv",
    `${place}/webservices/import.php`,
  ],
  "-F with a file": (place) => [...each("-F", [...LOGIN_FIELDS, ...FIELDS, "csvdata=@small.csv"]), `${place}/import`],
  "-F with a large file": (
    place,
  ) => [...each("-F", [...LOGIN_FIELDS, ...FIELDS, "csvdata=@large.csv"]), `${place}/import`],
  "-F with a field": (place) => [...each("-F", [...LOGIN_FIELDS, ...FIELDS, "csvdata=<small.csv"]), `${place}/import`],
  "-F with the login behind the rows": (place) => [
    ...each("-F", [...FIELDS, "csvdata=@small.csv;type=text/csv", ...LOGIN_FIELDS]),
    `${place}/import`,
  ],
  "--data-binary and a query": (place) => [
    ...["-u", "admin:admin", ...AS_CSV, "--data-binary", "@small.csv"],
    `${place}/import?${QUERY}`,
  ],
  "-T, in chunks, with 100 Continue": (place) => [
    ...["-u", "admin:admin", ...AS_CSV, "-H", "Transfer-Encoding: chunked", "-H", "Expect: 100-continue"],
    ...["-T", "large.csv", "-X", "POST", `${place}/import?${QUERY}`],
  ],
  "a body that gzip made": (place) => [
    ...["-u", "admin:admin", ...AS_CSV, "-H", "Content-Encoding: gzip", "--data-binary", "@small.csv.gz"],
    `${place}/import?${QUERY}`,
  ],
  "HTTP/1.0": (
    place,
  ) => ["-0", "-u", "admin:admin", ...AS_CSV, "--data-binary", "@small.csv", `${place}/import?${QUERY}`],
};

const hasCurl = isInstalled("curl");

function withFiles(test: (scratch: Scratch, database: string) => Promise<void>): Promise<void> {
  return withScratch(async (scratch) => {
    const database = await copyWorld(scratch);
    scratch.write("small.csv", SMALL);
    scratch.write("large.csv", csv());
    const packed = new Blob([SMALL]).stream().pipeThrough(new CompressionStream("gzip"));
    scratch.write("small.csv.gz", new Uint8Array(await new Response(packed).arrayBuffer()));
    await test(scratch, database);
  });
}

function assertReported({ code, stdout, stderr }: ProgramOutput, exitCode = 0): void {
  assertEquals(code, exitCode, stdout + stderr);
  assertStringIncludes(stdout, "#Issues: 0\n", stderr);
}

Deno.test({
  name: `curl posts in each way there is${hasCurl ? "" : " (curl is not installed)"}`,
  ignore: !hasCurl,
  fn: (test) =>
    withFiles((scratch, database) =>
      withServedProcess(scratch, [], async ({ port }) => {
        let created = 0;
        for (const [name, curl] of Object.entries(CURLS)) {
          await test.step({
            name,
            sanitizeOps: false,
            sanitizeResources: false,
            fn: async () => {
              const output = await runShell("curl", ["-sS", "--max-time", "60", ...curl(`http://127.0.0.1:${port}`)], {
                folder: scratch.folder,
              });
              assertReported(output);
              created += Number(/^#Created: (\d+)$/m.exec(output.stdout)?.[1]);
            },
          });
        }
        // Each row was created once, whoever came first.
        assertEquals(created, ROWS + 2);
        const names = storedObjects(database, "Organization", ["name"]).map(([name]) => name);
        assertEquals(names.length, ROWS + 3);
        assertEquals(names.includes(NAME), true);
      })
    ),
});

Deno.test({
  name: `curl is told what is wrong, with a large body too${hasCurl ? "" : " (curl is not installed)"}`,
  ignore: !hasCurl,
  fn: () =>
    withFiles((scratch) =>
      withServedProcess(scratch, ["--max_body=100K"], async ({ port }) => {
        const place = `http://127.0.0.1:${port}`;
        const status = async (...args: readonly string[]) => {
          const options = ["-sS", "--max-time", "60", "-o", "answer", "-w", "%{http_code}"];
          return await outputOf("curl", [...options, ...args], { folder: scratch.folder });
        };
        const form = each("-F", [...LOGIN_FIELDS, ...FIELDS]);
        assertEquals(await status(...form, "-F", "csvdata=@large.csv", `${place}/import`), "413");
        assertEquals(
          await status("-u", "admin:wrong", ...AS_CSV, "-T", "small.csv", "-X", "POST", `${place}/import`),
          "401",
        );
        assertEquals(await status("-T", "small.csv", `${place}/import`), "405");
        assertEquals(await status("-X", "OPTIONS", `${place}/import`), "405");
        assertEquals(await status("-I", `${place}/healthz`), "200");
        assertEquals(await status(`${place}/`), "200");
        assertEquals(await status(`${place}/nowhere`), "404");
        assertEquals(await status("-d", "@large.csv", `${place}/import`), "413");
        assertEquals(await status("-d", "@small.csv", `${place}/import`), "400");
      })
    ),
});

const hasOpenssl = isInstalled("openssl");
const missing = [...hasCurl ? [] : ["curl"], ...hasOpenssl ? [] : ["openssl"]];

Deno.test({
  name: "curl posts over TLS, and SIGHUP renews the certificate; a bad one is not taken" +
    (missing.length === 0 ? "" : ` (${missing.join(" and ")} not installed)`),
  ignore: missing.length > 0 || Deno.build.os === "windows",
  fn: () =>
    withFiles(async (scratch) => {
      await makeCertificate(scratch, "first");
      const parameters = ["--tls_cert=cert.pem", "--tls_key=key.pem"];
      await withServedProcess(scratch, parameters, async (served) => {
        assertReported(await postOverTls(scratch, served));
        const renewals = () => served.stderr().split("\n").length;
        const before = renewals();
        await makeCertificate(scratch, "second");
        served.kill("SIGHUP");
        await until("it tells of the renewal", () => renewals() > before);
        assertStringIncludes(await certificateOf(scratch, served), "second");
        assertReported(await postOverTls(scratch, served));
        Deno.copyFileSync(scratch.path("cert.pem"), scratch.path("good.pem"));
        scratch.write("cert.pem", "no certificate");
        served.kill("SIGHUP");
        await until("it tells that it keeps the one it has", () => renewals() > before + 1);
        Deno.renameSync(scratch.path("good.pem"), scratch.path("cert.pem"));
        assertReported(await postOverTls(scratch, served));
      });
    }),
});

async function makeCertificate({ folder }: Scratch, organization: string): Promise<void> {
  const subject = ["-subj", `/O=${organization}/CN=localhost`, "-addext", "subjectAltName=DNS:localhost"];
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", "key.pem"];
  await outputOf("openssl", ["req", "-x509", "-days", "2", ...subject, ...key, "-out", "cert.pem"], { folder });
}

function postOverTls({ folder }: Scratch, { port }: ServedProcess): Promise<ProgramOutput> {
  const tls = ["--cacert", "cert.pem", "--resolve", `localhost:${port}:127.0.0.1`];
  const post = ["-u", "admin:admin", ...AS_CSV, "--data-binary", "@small.csv"];
  return runShell("curl", ["-sS", ...tls, ...post, `https://localhost:${port}/import?${QUERY}`], { folder });
}

async function certificateOf({ folder }: Scratch, { port }: ServedProcess): Promise<string> {
  return await outputOf("openssl", ["s_client", "-connect", `127.0.0.1:${port}`, "-servername", "localhost"], {
    folder,
  });
}

interface Script {
  readonly program: string;
  readonly args: readonly string[];
}

const SCRIPTS: readonly Script[] = [
  { program: "python3", args: [fixturePath("clients", "post.py")] },
  { program: "php", args: [fixturePath("clients", "post.php")] },
];

for (const { program, args } of SCRIPTS) {
  const has = isInstalled(program);
  Deno.test({
    name: `a script in ${program} posts a file, and ends with the command's exit code${
      has ? "" : ` (${program} is not installed)`
    }`,
    ignore: !has,
    fn: () =>
      withFiles((scratch, database) =>
        withServedProcess(scratch, [], async ({ port }) => {
          const run = (password: string, ...more: readonly string[]) => {
            const url = `http://127.0.0.1:${port}/webservices/import.php`;
            const all = [...args, url, "admin", password, "Organization", "name", "small.csv", ...more];
            // Where a version manager has put the program it may need the user's home.
            return runShell(program, all, { folder: scratch.folder, env: { HOME: Deno.env.get("HOME") ?? "/" } });
          };
          assertReported(await run("admin"));
          assertReported(await run("admin", "--multipart"));
          assertEquals((await run("wrong")).code, 77);
          assertEquals(storedObjects(database, "Organization", ["name"]).map(([name]) => name).includes(NAME), true);
        })
      ),
  });
}
