/** What the parameters of `serve` mean. */
import { checkNeeded, checkOptional, problemsOf, stopForProblems, valueOf } from "../reading/check_parameters.ts";
import type { MergedParameters } from "../reading/merge_parameters.ts";
import { readAddresses, readBytes, readWholeNumber } from "../reading/read_numbers.ts";
import { MOST_SECONDS, readNonEmpty, readSeconds, readSwitch, readText } from "../reading/read_values.ts";
import { checkAddress, type ServeAddress } from "./serve_address.ts";

export interface ServeLimits {
  /** Bytes. */
  readonly body: number;
  /** Bytes of CSV. */
  readonly bodyBeforeLogin: number;
  /** Bytes. */
  readonly header: number;
  readonly headerSeconds: number;
  readonly idleSeconds: number;
  readonly requestSeconds: number;
  readonly bytesPerSecond: number;
  readonly connections: number;
  readonly requests: number;
  readonly waiting: number;
}

export interface ServeSettings {
  readonly database: string;
  /** Seconds. */
  readonly busyTimeout: number;
  readonly address: ServeAddress;
  /** IP addresses, and `unix`. */
  readonly proxies: readonly string[];
  readonly limits: ServeLimits;
  /** A path; `-` is standard output; empty: none. */
  readonly accessLog: string;
  readonly metrics: boolean;
}

const readCount = readWholeNumber(1, 1_000_000);
const readWait = readWholeNumber(1, MOST_SECONDS);

/** @throws UsageStop (64) with all problems */
export function serveSettings(merged: MergedParameters): ServeSettings {
  const address = checkAddress(merged);
  const checks = {
    database: checkNeeded(merged, "db", readNonEmpty),
    busyTimeout: checkNeeded(merged, "busy_timeout", readSeconds),
    proxies: checkOptional(merged, "proxies", readAddresses, []),
    accessLog: checkNeeded(merged, "access_log", readText),
    metrics: checkNeeded(merged, "metrics", readSwitch),
  };
  const limits = checkLimits(merged);
  const problems = [...address.problems, ...problemsOf(Object.values(checks)), ...problemsOf(Object.values(limits))];
  stopForProblems([...merged.problems, ...problems], merged.command);
  return {
    database: valueOf(checks.database),
    busyTimeout: valueOf(checks.busyTimeout),
    address: address.settled(),
    proxies: valueOf(checks.proxies),
    limits: settledLimits(limits),
    accessLog: valueOf(checks.accessLog),
    metrics: valueOf(checks.metrics),
  };
}

type CheckedLimits = ReturnType<typeof checkLimits>;

function checkLimits(merged: MergedParameters) {
  return {
    body: checkNeeded(merged, "max_body", readBytes),
    bodyBeforeLogin: checkNeeded(merged, "max_body_before_login", readBytes),
    header: checkNeeded(merged, "max_header", readBytes),
    headerSeconds: checkNeeded(merged, "header_timeout", readWait),
    idleSeconds: checkNeeded(merged, "idle_timeout", readWait),
    requestSeconds: checkNeeded(merged, "request_timeout", readWait),
    bytesPerSecond: checkNeeded(merged, "min_rate", readBytes),
    connections: checkNeeded(merged, "max_connections", readCount),
    requests: checkNeeded(merged, "max_requests", readCount),
    waiting: checkNeeded(merged, "max_waiting", readCount),
  };
}

function settledLimits(limits: CheckedLimits): ServeLimits {
  return {
    body: valueOf(limits.body),
    bodyBeforeLogin: valueOf(limits.bodyBeforeLogin),
    header: valueOf(limits.header),
    headerSeconds: valueOf(limits.headerSeconds),
    idleSeconds: valueOf(limits.idleSeconds),
    requestSeconds: valueOf(limits.requestSeconds),
    bytesPerSecond: valueOf(limits.bytesPerSecond),
    connections: valueOf(limits.connections),
    requests: valueOf(limits.requests),
    waiting: valueOf(limits.waiting),
  };
}
