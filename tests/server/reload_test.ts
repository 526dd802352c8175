/** What the operator is told when SIGHUP finds something that cannot be used. */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { withScratch } from "../helpers/scratch.ts";
import { isInstalled } from "../helpers/shell.ts";
import { copyWorld } from "../helpers/world.ts";
import { until } from "../program/served_process.ts";
import { makeCertificate } from "../http/openssl_and_curl.ts";
import { type Served, serving } from "./served.ts";

async function toldOnHangUp({ hangUp, stderr }: Served): Promise<string> {
  const before = stderr().length;
  hangUp();
  while (stderr().length === before) await new Promise((resolve) => setTimeout(resolve, 1));
  return stderr().slice(before);
}

const KEPT = "The certificate was not renewed, and the one before stays: ";

Deno.test({
  name: "a certificate that cannot be used is told with its reason and a way out",
  ignore: !isInstalled("openssl"),
  fn: () =>
    withScratch(async (scratch) => {
      await copyWorld(scratch);
      const { certificate, key } = await makeCertificate("one");
      const [certificateFile, keyFile] = [scratch.write("cert.pem", certificate), scratch.write("key.pem", key)];
      const parameters = [`--tls_cert=${certificateFile}`, `--tls_key=${keyFile}`];
      await serving(scratch, { parameters }, async (served) => {
        Deno.writeTextFileSync(certificateFile, "junk");
        const junk = await toldOnHangUp(served);
        assert(junk.startsWith(`${KEPT}the certificate and its key cannot be used: `), junk);
        assertMatch(junk, /\n {2}Both must be in PEM form.*\n$/);
        assert(!/listen|#/.test(junk), junk);
        Deno.removeSync(certificateFile);
        const missing = await toldOnHangUp(served);
        assert(missing.startsWith(`${KEPT}The file of tls_cert could not be read: '${certificateFile}'\n  `), missing);
        assertMatch(missing, /\n {2}No such file/);
      });
    }),
});

Deno.test({
  name: "a certificate that is a pipe which nobody writes is not waited for long, and taken when it is written",
  ignore: !isInstalled("openssl") || Deno.build.os === "windows",
  fn: () =>
    withScratch(async (scratch) => {
      await copyWorld(scratch);
      const { certificate, key } = await makeCertificate("one");
      const [certificateFile, keyFile] = [scratch.write("cert.pem", certificate), scratch.write("key.pem", key)];
      const parameters = [`--tls_cert=${certificateFile}`, `--tls_key=${keyFile}`];
      await serving(scratch, { parameters }, async (served) => {
        Deno.removeSync(certificateFile);
        assert((await new Deno.Command("mkfifo", { args: [certificateFile] }).output()).success);
        const begin = performance.now();
        const late = await toldOnHangUp(served);
        assert(performance.now() - begin < 15_000);
        assert(
          late.startsWith(`${KEPT}The files of tls_cert and tls_key could not be read within 5 seconds\n  `),
          late,
        );
        // What is written meanwhile is what the next SIGHUP takes.
        await Deno.writeTextFile(certificateFile, certificate, { create: false });
        const renewed = await toldOnHangUp(served);
        assert(renewed.includes("was read again"), renewed);
      });
    }),
});

Deno.test("an access log that would be moved into the database is not opened again there", () =>
  withScratch(async (scratch) => {
    await copyWorld(scratch);
    const log = scratch.path("access.log");
    await serving(scratch, { parameters: [`--access_log=${log}`] }, async (served) => {
      const before = Deno.readFileSync(served.database);
      Deno.removeSync(log);
      Deno.symlinkSync(served.database, log);
      const told = await toldOnHangUp(served);
      assertMatch(
        told,
        /^The access log could not be opened again: it is the file '.*world\.db', which the server needs; lines/,
      );
      await served.get("/healthz");
      assertEquals(Deno.readFileSync(served.database), before);
    });
  }));

Deno.test("an access log that cannot be opened again goes on in the file before, and that is what is told", () =>
  withScratch(async (scratch) => {
    await copyWorld(scratch);
    Deno.mkdirSync(scratch.path("logs"));
    const log = scratch.path("logs/access.log");
    await serving(scratch, { parameters: [`--access_log=${log}`] }, async (served) => {
      Deno.renameSync(scratch.path("logs"), scratch.path("old"));
      const told = await toldOnHangUp(served);
      assertMatch(
        told,
        /^The access log could not be opened again: No such file.*; lines go on into the file before\n$/,
      );
      await served.get("/healthz");
      // Its line is written when the answer is on its way.
      const lines = () => Deno.readTextFileSync(scratch.path("old/access.log")).split("\n").length;
      await until("the line is there", () => Promise.resolve(lines() === 2));
    });
  }));
