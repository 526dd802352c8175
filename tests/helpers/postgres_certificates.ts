/** Certificates for servers of tests, made by openssl: of an authority that clients may trust, and of one that nobody does. */
import { assert } from "@std/assert";
import { join } from "@std/path";

export interface Certificates {
  /** The authority that signed the server's. */
  readonly root: string;
  /** Another authority. */
  readonly otherRoot: string;
  /** The server's own, for `localhost` and 127.0.0.1. */
  readonly server: string;
  readonly key: string;
}

async function openssl(folder: string, args: readonly string[]): Promise<void> {
  const run = await new Deno.Command("openssl", { args: [...args], cwd: folder, stdin: "null" }).output();
  assert(run.success, new TextDecoder().decode(run.stderr));
}

const NEW = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];

/** Makes them. @param folder where they go */
export async function makeCertificates(folder: string): Promise<Certificates> {
  const authority = (name: string) =>
    openssl(folder, [...NEW, "-keyout", `${name}.key`, "-out", `${name}.crt`, "-subj", `/CN=${name} of tests`]);
  await Promise.all([authority("root"), authority("other_root")]);
  await openssl(folder, [
    ...NEW,
    ...["-CA", "root.crt", "-CAkey", "root.key", "-keyout", "server.key", "-out", "server.crt"],
    ...["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"],
    ...["-addext", "basicConstraints=critical,CA:FALSE"],
  ]);
  return {
    root: join(folder, "root.crt"),
    otherRoot: join(folder, "other_root.crt"),
    server: join(folder, "server.crt"),
    key: join(folder, "server.key"),
  };
}
