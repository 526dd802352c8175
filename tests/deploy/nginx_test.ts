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
function configuration({ path }: Scratch, port: number, behind: number): string {
  const example = deployFile("csvrecon.nginx")
    .replace("127.0.0.1:8080", `127.0.0.1:${behind}`)
    .replace("listen 443 ssl", `listen 127.0.0.1:${port} ssl`)
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
