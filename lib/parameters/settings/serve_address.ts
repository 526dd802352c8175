/** Where a server listens: an address and port, with TLS or without, or a Unix socket. */
import { checkNeeded, checkOptional, problemsOf, valueOf } from "../reading/check_parameters.ts";
import type { ParameterName } from "../list/definitions.ts";
import type { MergedParameters } from "../reading/merge_parameters.ts";
import type { ParameterProblem } from "../reading/parameter_problem.ts";
import { readWholeNumber } from "../reading/read_numbers.ts";
import { readNonEmpty, type ReadValue } from "../reading/read_values.ts";

export type ServeAddress =
  | { readonly transport: "tcp"; readonly host: string; readonly port: number; readonly tls: TlsFiles | null }
  | { readonly transport: "unix"; readonly path: string };

/** Paths of PEM files. */
export interface TlsFiles {
  readonly certificate: string;
  readonly key: string;
}

export interface CheckedAddress {
  readonly problems: readonly ParameterProblem[];
  /** The address, when there are no problems. */
  settled(): ServeAddress;
}

const HIGHEST_PORT = 65_535;
const INSTEAD_OF_A_SOCKET: readonly ParameterName[] = ["host", "port", "tls_cert", "tls_key"];

/** A socket stands in for everything else; a certificate and its key need each other. */
export function checkAddress(merged: MergedParameters): CheckedAddress {
  const socket = checkOptional(merged, "socket", orNull, null);
  const host = checkNeeded(merged, "host", readNonEmpty);
  const port = checkNeeded(merged, "port", readWholeNumber(0, HIGHEST_PORT));
  const certificate = checkOptional(merged, "tls_cert", orNull, null);
  const key = checkOptional(merged, "tls_key", orNull, null);
  const problems = problemsOf([socket, host, port, certificate, key]);
  return {
    problems: [...problems, ...besideSocket(merged), ...halfOfTls(merged)],
    settled() {
      const path = valueOf(socket);
      if (path !== null) return { transport: "unix", path };
      const files = { certificate: valueOf(certificate), key: valueOf(key) };
      const tls = files.certificate === null || files.key === null
        ? null
        : { certificate: files.certificate, key: files.key };
      return { transport: "tcp", host: valueOf(host), port: valueOf(port), tls };
    },
  };
}

function orNull(typed: string): ReadValue<string | null> {
  return readNonEmpty(typed);
}

function besideSocket(merged: MergedParameters): readonly ParameterProblem[] {
  if (!merged.values.has("socket")) return [];
  return INSTEAD_OF_A_SOCKET.flatMap((other): readonly ParameterProblem[] => {
    const origin = merged.values.get(other)?.origin ?? { kind: "default" };
    return origin.kind === "default" ? [] : [{ kind: "both_given", parameter: "socket", other, origin }];
  });
}

function halfOfTls(merged: MergedParameters): readonly ParameterProblem[] {
  const pair = ["tls_cert", "tls_key"] as const;
  const missing = pair.filter((name) => !merged.values.has(name));
  return missing.length === 1 ? missing.map((parameter) => ({ kind: "missing", parameter, instead: null })) : [];
}
