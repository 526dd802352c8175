/** Encrypted listeners, of which two may share a port while a certificate is replaced. */
import { ListenFailed } from "./listen_failed.ts";

export interface TlsListenAddress {
  readonly kind: "tls";
  /** An address of this machine, or a name. */
  readonly hostname: string;
  /** 0: any that is free. */
  readonly port: number;
  /** PEM text, with the certificates that lead to a known authority. */
  readonly certificate: string;
  /** PEM text. */
  readonly key: string;
}

/** @throws ListenFailed also where another server listens with the same option */
export function listenTls(at: TlsListenAddress): Deno.TlsListener {
  // Alone on the port for a moment: the option that lets two listeners share it would let two servers share it too.
  if (at.port !== 0) listenAlone(at.hostname, at.port).close();
  return listenBeside(at);
}

/** Beside another listener on the port. @throws ListenFailed */
export function listenBeside({ hostname, port, certificate, key }: TlsListenAddress): Deno.TlsListener {
  // Types of Deno say this in its unstable library only.
  const options: Deno.ListenTlsOptions & Deno.TlsCertifiedKeyPem & { readonly reusePort: boolean } = {
    hostname,
    port,
    cert: certificate,
    key,
    alpnProtocols: ["http/1.1"],
    reusePort: true,
  };
  try {
    return Deno.listenTls(options);
  } catch (error) {
    const failed = ListenFailed.from(error);
    if (failed.problem.kind !== "other") throw failed;
    throw new ListenFailed({ kind: "bad_certificate", detail: failed.problem.detail }, { cause: error });
  }
}

/** @throws ListenFailed */
export function listenAlone(hostname: string, port: number): Deno.TcpListener {
  try {
    return Deno.listen({ hostname, port });
  } catch (error) {
    throw ListenFailed.from(error);
  }
}
