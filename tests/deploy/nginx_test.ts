/** The example for nginx, run by a real nginx in front of a real server. */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { findParameter } from "../../lib/parameters/list/find_parameter.ts";
import { startProcess } from "../helpers/program_process.ts";
import { assertExit, type Scratch, withScratch } from "../helpers/scratch.ts";
import { isInstalled, outputOf } from "../helpers/shell.ts";
import { deployFile } from "./installation.ts";

const PROGRAMS = ["nginx", "openssl", "curl"];
const MISSING = PROGRAMS.filter((program) => !isInstalled(program) && !isInstalled(`../sbin/${program}`));
const IGNORE = { ignore: MISSING.length > 0 };
const NEEDS = IGNORE.ignore ? ` (left out: there is no ${MISSING.join(", ")} on this machine)` : "";

function freePort(): number {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  listener.close();
  return listener.addr.port;
}

/** The example with paths and a port of the test's own. */
function configuration({ path }: Scratch, port: number, behind: number, plain: number | null = null): string {
  const example = deployFile("csvrecon.nginx")
    .replace("127.0.0.1:8080", `127.0.0.1:${behind}`)
    // The second one without encryption, for requests that no client's library would send.
    .replace(
      /listen 443 ssl[^;]*;/,
      (listen) => `${listen.replace("443", `127.0.0.1:${port}`)} ${plain === null ? "" : `listen 127.0.0.1:${plain};`}`,
    )
    .replaceAll("/etc/nginx/tls/cmdb.example.org", path("tls"));
  const folders = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((kind) =>
    `${kind}_temp_path ${path(`nginx_${kind}`)};`
  );
  return `daemon off; pid ${path("nginx.pid")}; error_log ${path("nginx.log")}; events {}
http { access_log off; ${folders.join(" ")}
${example} }`;
}

async function makeCertificate({ path }: Scratch): Promise<void> {
  await outputOf("openssl", [
    ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"],
    ...["-subj", "/CN=cmdb.example.org", "-keyout", path("tls.key"), "-out", path("tls.pem")],
  ]);
}

async function until(isTrue: () => Promise<boolean> | boolean): Promise<void> {
  for (let tries = 0; tries < 100 && !await isTrue(); tries++) await new Promise((resolve) => setTimeout(resolve, 100));
}

Deno.test("nginx, as in the example, gets no right to a file of csvrecon's, and one client cannot take all places", () => {
  const example = deployFile("csvrecon.nginx");
  assertMatch(example, /\n {4}server 127\.0\.0\.1:8080;\n/);
  assert(!/usermod|unix:|\.sock/.test(example));
  assertMatch(example, /\nlimit_conn_zone \$binary_remote_addr zone=csvrecon:\d+m;\n/);
  assertMatch(example, /\n {4}limit_conn csvrecon \d+;\n/);
});

Deno.test("nginx, as in the example, leaves connections before csvrecon closes them", () => {
  const [, seconds] = /\n {4}keepalive_timeout (\d+)s;\n/.exec(deployFile("csvrecon.nginx")) ?? [];
  assert(Number(seconds) < Number(findParameter("idle_timeout")?.default), seconds);
});

Deno.test(
  `nginx, as in the example, passes imports on and tells the client's address${NEEDS}`,
  IGNORE,
  () =>
    withScratch(async (scratch) => {
      const { folder, path, run, write } = scratch;
      assertExit(await run(["init", "--db=cmdb.db", "--admin_user=admin", "--admin_pwd=secret of nginx"]), 0);
      write("brands.csv", "Name\nDell\nHP\n");
      await makeCertificate(scratch);
      const [port, behind] = [freePort(), freePort()];
      write("nginx.conf", configuration(scratch, port, behind));
      const server = startProcess(["serve", "--db=cmdb.db", `--port=${behind}`, "--proxies=127.0.0.1"], { folder });
      const env = { PATH: `${Deno.env.get("PATH")}:/usr/sbin` };
      const nginx = new Deno.Command("nginx", { args: ["-c", path("nginx.conf")], env, stderr: "null" }).spawn();
      try {
        const url = `https://cmdb.example.org:${port}`;
        // Another address than the proxy's own.
        const curl = [
          "-s",
          "--interface",
          "127.0.0.2",
          "--cacert",
          path("tls.pem"),
          "--resolve",
          `cmdb.example.org:${port}:127.0.0.1`,
        ];
        await until(async () =>
          (await new Deno.Command("curl", { args: [...curl, "-f", `${url}/healthz`] }).output()).success
        );
        const posted = ["-u", "admin:secret of nginx", "-F", "class=Brand", "-F", `csvdata=@${path("brands.csv")}`];
        assertMatch(await outputOf("curl", [...curl, ...posted, `${url}/import`]), /\n#Created: 2\n/);
        assertMatch(await outputOf("curl", [...curl, ...posted, `${url}/webservices/import.php`]), /\n#Unchanged: 2\n/);
        assertMatch(await outputOf("curl", [...curl, `${url}/metrics`]), /404/);
      } finally {
        nginx.kill("SIGTERM");
        await nginx.status;
        server.child.kill("SIGTERM");
      }
      const { exitCode, stdout, stderr } = await server.ended();
      assertEquals(exitCode, 0, stderr);
      const imports = stdout.split("\n").filter((line) => line.includes('"class":"Brand"'));
      assertEquals(imports.length, 2);
      for (const line of imports) assert(line.includes('"client":"127.0.0.2"'), line);
    }),
);

/** A request that one of two programs could take for two. `hidden` is in what the other would take for a body. */
const SMUGGLED: readonly (readonly [what: string, request: (hidden: string) => string])[] = [
  [
    "a length and chunks",
    (hidden) => `${POST}Content-Length: ${5 + hidden.length}\r\n${CHUNKED}\r\n0\r\n\r\n${hidden}`,
  ],
  ["chunks and a length", (hidden) => `${POST}${CHUNKED}Content-Length: 4\r\n\r\n${inChunk(hidden)}`],
  ["two lengths", (hidden) => `${POST}Content-Length: 0\r\nContent-Length: ${hidden.length}\r\n\r\n${hidden}`],
  ["a length with a sign", (hidden) => `${POST}Content-Length: +${hidden.length}\r\n\r\n${hidden}`],
  ["a length of its own coding", (hidden) => `${POST}Content-Length: 0x${hidden.length.toString(16)}\r\n\r\n${hidden}`],
  [
    "a coding with a blank before the colon",
    (hidden) => `${POST}Content-Length: ${hidden.length}\r\nTransfer-Encoding : chunked\r\n\r\n${hidden}`,
  ],
  [
    "a coding in a folded line",
    (hidden) => `${POST}Content-Length: ${hidden.length}\r\nTransfer-Encoding:\r\n chunked\r\n\r\n${hidden}`,
  ],
  [
    "a coding behind a vertical tabulation",
    (hidden) => `${POST}Content-Length: ${hidden.length}\r\nTransfer-Encoding: \x0bchunked\r\n\r\n${hidden}`,
  ],
  ["two codings", (hidden) => `${POST}${CHUNKED}Transfer-Encoding: identity\r\n\r\n0\r\n\r\n${hidden}`],
  ["a chunk size that is too large", (hidden) => `${POST}${CHUNKED}\r\nfffffffffffffffff\r\n${hidden}`],
  ["a chunk extension with a line feed", (hidden) => `${POST}${CHUNKED}\r\n2;\nxx\r\n0\r\n\r\n${hidden}`],
  ["a line feed alone behind a chunk size", (hidden) => `${POST}${CHUNKED}\r\n0\n\n${hidden}`],
  ["a body of GET", (hidden) => `GET /healthz HTTP/1.1\r\n${HOST}Content-Length: ${hidden.length}\r\n\r\n${hidden}`],
  ["a body behind HTTP/1.0", (hidden) => `POST /import HTTP/1.0\r\n${HOST}${CHUNKED}\r\n0\r\n\r\n${hidden}`],
  [
    "a target within blanks",
    (hidden) => `POST  /import HTTP/1.1\r\n${HOST}Content-Length: ${hidden.length}\r\n\r\n${hidden}`,
  ],
  ["a header with a carriage return", (hidden) => `${POST}X: a\r${hidden}\r\n\r\n`],
  ["a path with line breaks", (hidden) => `GET /%0d%0a${encodeURIComponent(hidden)} HTTP/1.1\r\n${HOST}\r\n`],
  [
    "a length that Connection drops",
    (hidden) => `${POST}Connection: keep-alive, Content-Length\r\nContent-Length: ${hidden.length}\r\n\r\n${hidden}`,
  ],
  ["an expectation", (hidden) => `${POST}Expect: 100-continue\r\nContent-Length: ${hidden.length}\r\n\r\n${hidden}`],
  [
    "an upgrade",
    (hidden) =>
      `GET /healthz HTTP/1.1\r\n${HOST}Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABk\r\nContent-Length: ${hidden.length}\r\n\r\n${hidden}`,
  ],
];

const HOST = "Host: cmdb.example.org\r\n";
const POST = `POST /import HTTP/1.1\r\n${HOST}`;
const CHUNKED = "Transfer-Encoding: chunked\r\n";

function inChunk(text: string): string {
  return `${text.length.toString(16)}\r\n${text}\r\n0\r\n\r\n`;
}

/** Milliseconds: whoever sends what is no request may have no answer, and a busy machine takes its time for any other. */
const [BRIEFLY, PATIENTLY] = [400, 20_000];

/** Sends bytes, and reads until the other side closes. @param most in milliseconds: no longer */
async function talk(port: number, text: string, most: number): Promise<string> {
  const connection = await Deno.connect({ hostname: "127.0.0.1", port });
  const timer = setTimeout(() => connection.close(), most);
  let answer = "";
  try {
    await connection.write(Uint8Array.from(text, (character) => character.charCodeAt(0)));
    const buffer = new Uint8Array(16_384);
    for (let count; (count = await connection.read(buffer)) !== null;) {
      answer += new TextDecoder().decode(buffer.subarray(0, count));
    }
    connection.close();
  } catch {
    // Closed, by the timer or by nginx.
  } finally {
    clearTimeout(timer);
  }
  return answer;
}

Deno.test(
  `no request reaches csvrecon hidden in another one through nginx, and nobody gets another's answer${NEEDS}`,
  IGNORE,
  () =>
    withScratch(async (scratch) => {
      const { folder, path, run, write } = scratch;
      assertExit(await run(["init", "--db=cmdb.db", "--admin_user=admin", "--admin_pwd=secret of nginx"]), 0);
      await makeCertificate(scratch);
      const [port, behind, plain] = [freePort(), freePort(), freePort()];
      write("nginx.conf", configuration(scratch, port, behind, plain));
      const server = startProcess(["serve", "--db=cmdb.db", `--port=${behind}`, "--proxies=127.0.0.1"], { folder });
      const env = { PATH: `${Deno.env.get("PATH")}:/usr/sbin` };
      const nginx = new Deno.Command("nginx", { args: ["-c", path("nginx.conf")], env, stderr: "null" }).spawn();
      const healthz = `GET /healthz HTTP/1.1\r\n${HOST}Connection: close\r\n\r\n`;
      try {
        await until(async () => (await talk(plain, healthz, BRIEFLY).catch(() => "")).endsWith("ok\n"));
        for (const [at, [what, request]] of SMUGGLED.entries()) {
          const hidden = `GET /hidden${at} HTTP/1.1\r\n${HOST}X: `;
          await talk(plain, request(hidden), BRIEFLY);
          for (let time = 0; time < 3; time++) {
            const answer = await talk(plain, healthz, PATIENTLY);
            assert(answer.startsWith("HTTP/1.1 200 ") && answer.endsWith("ok\n"), `${what}: ${answer}`);
          }
        }
      } finally {
        nginx.kill("SIGTERM");
        await nginx.status;
        server.child.kill("SIGTERM");
      }
      const { exitCode, stdout, stderr } = await server.ended();
      assertEquals(exitCode, 0, stderr);
      const paths = stdout.trim().split("\n").map((line) => String(JSON.parse(line).path));
      // nginx itself passes none of these addresses on.
      assertEquals(paths.filter((one) => one.startsWith("/hidden")), []);
    }),
);
