import { assertEquals, assertRejects } from "@std/assert";
import { RunStop } from "../../lib/errors.ts";
import { mergeParameters } from "../../lib/parameters/reading/merge_parameters.ts";
import { parseArguments } from "../../lib/parameters/reading/parse_arguments.ts";
import { type ServeSettings, serveSettings } from "../../lib/parameters/settings/serve_settings.ts";

async function settings(...args: string[]): Promise<ServeSettings> {
  return serveSettings(await mergeParameters(parseArguments(["serve", ...args]), { env: () => undefined }));
}

async function refusal(...args: string[]): Promise<string[]> {
  const stop = await assertRejects(() => settings(...args), RunStop);
  assertEquals(stop.exitCode, 64);
  return stop.messages.map(({ text }) => text);
}

Deno.test("without parameters a server listens at this machine alone, with its limits", async () => {
  assertEquals(await settings(), {
    database: "csvrecon.db",
    busyTimeout: 10,
    address: { transport: "tcp", host: "127.0.0.1", port: 8080, tls: null },
    proxies: [],
    limits: {
      body: 4 * 2 ** 30,
      bodyBeforeLogin: 16 * 2 ** 20,
      header: 16 * 2 ** 10,
      headerSeconds: 10,
      idleSeconds: 60,
      requestSeconds: 3600,
      bytesPerSecond: 1024,
      connections: 1000,
      requests: 256,
      waiting: 100,
    },
    accessLog: "-",
    metrics: false,
  });
});

Deno.test("a certificate and its key make HTTPS, a socket stands in for the address", async () => {
  const { address } = await settings("--host=::", "--port=8443", "--tls_cert=c.pem", "--tls_key=k.pem");
  assertEquals(address, {
    transport: "tcp",
    host: "::",
    port: 8443,
    tls: { certificate: "c.pem", key: "k.pem" },
  });
  assertEquals((await settings("--socket=/run/csvrecon.sock")).address, {
    transport: "unix",
    path: "/run/csvrecon.sock",
  });
});

Deno.test("bytes may have a unit, proxies are addresses", async () => {
  const { limits, proxies } = await settings("--max_body=1.5g", "--max_header=8192", "--proxies= ::1, 10.0.0.1,UNIX,");
  assertEquals([limits.body, limits.header, proxies], [1.5 * 2 ** 30, 8192, ["::1", "10.0.0.1", "unix"]]);
});

const REFUSED: readonly (readonly [readonly string[], readonly string[]])[] = [
  [["--port=65536"], ["#Wrong port '65536': expected a whole number from 0 to 65535"]],
  [["--port=http"], ["#Wrong port 'http': expected a whole number from 0 to 65535"]],
  [["--max_connections=0"], ["#Wrong max_connections '0': expected a whole number from 1 to 1000000"]],
  [["--header_timeout=1.5"], ["#Wrong header_timeout '1.5': expected a whole number from 1 to 2147483"]],
  [["--max_body=0"], [
    "#Wrong max_body '0': expected a number of bytes, more than 0, such as 4096, 16K, 64M or 4G",
  ]],
  [["--max_body=4GB"], [
    "#Wrong max_body '4GB': expected a number of bytes, more than 0, such as 4096, 16K, 64M or 4G",
  ]],
  [["--proxies=10.0.0.1,proxy.example.org"], [
    "#Wrong proxies 'proxy.example.org': expected IP addresses, with commas between them, or unix",
  ]],
  [["--tls_cert=c.pem"], ["ERROR: Missing argument 'tls_key'"]],
  [["--tls_key=k.pem"], ["ERROR: Missing argument 'tls_cert'"]],
  [["--socket=s", "--port=80"], ["#Parameters socket and port are both given"]],
  [["--socket=s", "--tls_cert=c", "--tls_key=k"], [
    "#Parameters socket and tls_cert are both given",
    "#Parameters socket and tls_key are both given",
  ]],
  [["--metrics=perhaps", "--host="], [
    "#Parameter host is empty",
    "#Wrong metrics 'perhaps': expected 1 or 0, yes or no, true or false, on or off",
  ]],
];

for (const [args, messages] of REFUSED) {
  Deno.test(`refused: csvrecon serve ${args.join(" ")}`, async () => {
    assertEquals(await refusal(...args), messages);
  });
}
