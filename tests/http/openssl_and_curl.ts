/** Certificates for tests, made anew by openssl. */
import { join } from "@std/path";

export interface Certificate {
  /** PEM texts. */
  readonly certificate: string;
  readonly key: string;
}

/** A certificate of 127.0.0.1 that signs itself. @param name its common name */
export async function makeCertificate(name: string): Promise<Certificate> {
  const folder = await Deno.makeTempDir();
  try {
    const [certificate, key] = [join(folder, "certificate"), join(folder, "key")];
    const args = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "3"];
    args.push("-subj", `/CN=${name}`, "-keyout", key, "-out", certificate);
    // Deno takes no certificate of an authority for one of a server.
    args.push("-addext", "subjectAltName=IP:127.0.0.1", "-addext", "basicConstraints=critical,CA:FALSE");
    const { code, stderr } = await new Deno.Command("openssl", { args }).output();
    if (code !== 0) throw new Error(new TextDecoder().decode(stderr));
    return { certificate: await Deno.readTextFile(certificate), key: await Deno.readTextFile(key) };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

export interface CurlResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs curl. @param input its standard input */
export async function curl(args: readonly string[], input: Uint8Array = new Uint8Array()): Promise<CurlResult> {
  const command = new Deno.Command("curl", {
    args: ["--silent", "--show-error", "--max-time", "20", ...args],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
    env: { no_proxy: "*" },
  });
  const child = command.spawn();
  const writer = child.stdin.getWriter();
  const sending = writer.write(input).then(() => writer.close()).catch(() => {});
  const { code, stdout, stderr } = await child.output();
  await sending;
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}
