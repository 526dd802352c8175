/** Why nothing can be listened on. */
import { systemReason } from "../messages/system_reason.ts";

export type ListenProblem =
  /** Another process, or this one, listens there. */
  | { readonly kind: "in_use" }
  /** A file that is no socket has the path. */
  | { readonly kind: "not_a_socket" }
  | { readonly kind: "no_permission" }
  /** The path of a Unix socket, with a name of at least `shortestName` bytes, has more bytes than the system takes. */
  | {
    readonly kind: "path_too_long";
    readonly bytes: number;
    readonly most: number;
    readonly shortestName: number;
  }
  /** No network interface of this machine has the address, or its name is unknown. */
  | { readonly kind: "no_address"; readonly detail: string }
  /** The certificate or its key cannot be used. @property detail in English, from the TLS library */
  | { readonly kind: "bad_certificate"; readonly detail: string }
  /** @property detail what the operating system says */
  | { readonly kind: "other"; readonly detail: string };

/** Nothing can be listened on. */
export class ListenFailed extends Error {
  constructor(readonly problem: ListenProblem, options?: ErrorOptions) {
    super(problem.kind, options);
    this.name = "ListenFailed";
  }

  /** What an error of the system means. */
  static from(error: unknown): ListenFailed {
    return error instanceof ListenFailed ? error : new ListenFailed(problemOf(error), { cause: error });
  }
}

function problemOf(error: unknown): ListenProblem {
  const detail = systemReason(error);
  if (error instanceof Deno.errors.AddrInUse) return { kind: "in_use" };
  if (error instanceof Deno.errors.PermissionDenied) return { kind: "no_permission" };
  if (error instanceof Deno.errors.AddrNotAvailable) return { kind: "no_address", detail };
  return { kind: "other", detail };
}
