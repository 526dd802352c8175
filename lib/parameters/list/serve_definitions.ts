/** The part of the list of parameters (`definitions.ts`) that is about the server alone. */
import { optional, PLAIN } from "./definition_parts.ts";

const COMMAND_LINE_AND_FILE = ["command_line", "param_file"] as const;

export const SERVE_PARAMETERS = [
  {
    ...PLAIN,
    name: "host",
    valueName: "ADDRESS",
    default: "127.0.0.1",
    sources: COMMAND_LINE_AND_FILE,
    uses: { serve: optional("address to listen at; `0.0.0.0` or `::`: every address of this machine") },
  },
  {
    ...PLAIN,
    name: "port",
    valueName: "NUMBER",
    default: "8080",
    sources: COMMAND_LINE_AND_FILE,
    uses: { serve: optional("port to listen at; 0: any free one, which is then printed") },
  },
  {
    ...PLAIN,
    name: "socket",
    valueName: "FILE",
    sources: COMMAND_LINE_AND_FILE,
    uses: {
      serve: optional(
        "path of a Unix socket to listen at for a reverse proxy on this machine, in place of host and port",
      ),
    },
  },
  {
    ...PLAIN,
    name: "tls_cert",
    valueName: "FILE",
    sources: COMMAND_LINE_AND_FILE,
    uses: { serve: optional("certificate chain in PEM form: speak HTTPS; read again on SIGHUP") },
  },
  {
    ...PLAIN,
    name: "tls_key",
    valueName: "FILE",
    sources: COMMAND_LINE_AND_FILE,
    uses: { serve: optional("private key of the certificate, in PEM form") },
  },
  {
    ...PLAIN,
    name: "proxies",
    valueName: "ADDRESSES",
    sources: COMMAND_LINE_AND_FILE,
    uses: {
      serve: optional(
        "addresses of reverse proxies, comma-separated, whose `X-Forwarded-For` tells the client's address; " +
          "`unix`: the one at the socket",
      ),
    },
  },
  {
    ...PLAIN,
    name: "max_body",
    valueName: "BYTES",
    default: "4G",
    sources: COMMAND_LINE_AND_FILE,
    uses: {
      serve: optional(
        "the most bytes of a request's body, and of the CSV in it after inflating; K, M, G, T: times 1024",
      ),
    },
  },
  {
    ...PLAIN,
    name: "max_body_before_login",
    valueName: "BYTES",
    default: "16M",
    sources: COMMAND_LINE_AND_FILE,
    uses: {
      serve: optional("the most bytes of CSV that are taken before the login, when its fields stand behind the CSV"),
    },
  },
  {
    ...PLAIN,
    name: "max_header",
    valueName: "BYTES",
    default: "16K",
    sources: COMMAND_LINE_AND_FILE,
    uses: { serve: optional("the most bytes of a request's first line and header fields") },
  },
  {
    ...PLAIN,
    name: "header_timeout",
    valueName: "SECONDS",
    default: "10",
    sources: COMMAND_LINE_AND_FILE,
    uses: { serve: optional("seconds for the header fields of a request to arrive") },
  },
  {
    ...PLAIN,
    name: "idle_timeout",
    valueName: "SECONDS",
    default: "60",
    sources: COMMAND_LINE_AND_FILE,
    uses: { serve: optional("seconds that a connection may wait for its next request") },
  },
  {
    ...PLAIN,
    name: "request_timeout",
    valueName: "SECONDS",
    default: "3600",
    sources: COMMAND_LINE_AND_FILE,
    uses: { serve: optional("seconds for a whole request to arrive") },
  },
  {
    ...PLAIN,
    name: "min_rate",
    valueName: "BYTES",
    default: "1K",
    sources: COMMAND_LINE_AND_FILE,
    uses: {
      serve: optional("the least bytes a second, over 10 seconds, at which a body must arrive and an answer be taken"),
    },
  },
  {
    ...PLAIN,
    name: "max_connections",
    valueName: "NUMBER",
    default: "1000",
    sources: COMMAND_LINE_AND_FILE,
    uses: { serve: optional("the most connections at a time") },
  },
  {
    ...PLAIN,
    name: "max_requests",
    valueName: "NUMBER",
    default: "256",
    sources: COMMAND_LINE_AND_FILE,
    uses: { serve: optional("the most imports being received, waiting or running at a time") },
  },
  {
    ...PLAIN,
    name: "max_waiting",
    valueName: "NUMBER",
    default: "100",
    sources: COMMAND_LINE_AND_FILE,
    uses: { serve: optional("the most imports that wait, received as a whole, for the one that runs") },
  },
  {
    ...PLAIN,
    name: "access_log",
    valueName: "FILE",
    default: "-",
    sources: COMMAND_LINE_AND_FILE,
    uses: {
      serve: optional("file for a JSON line a request, opened again on SIGHUP; `-`: standard output; empty: none"),
    },
  },
  {
    ...PLAIN,
    name: "metrics",
    valueName: "1|0",
    values: ["1", "0"],
    default: "0",
    kind: "switch",
    sources: COMMAND_LINE_AND_FILE,
    uses: {
      serve: optional("1: GET /metrics tells counts of requests, runs and rows to everybody, in Prometheus text"),
    },
  },
] as const;
