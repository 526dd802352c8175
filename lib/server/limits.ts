/** What the parameters of a server mean to its parts. */
import type { HttpLimits } from "../http/exchange.ts";
import type { ServeLimits, ServeSettings } from "../parameters/settings/serve_settings.ts";
import type { EndpointOptions } from "./import_endpoint.ts";

/** Seconds over which the least rate is averaged. */
const RATE_SECONDS = 10;
/** Seconds for what is still coming when the server is to stop. */
const STOP_SECONDS = 5;
/** Fields beside the data: there are a dozen parameters. */
const MOST_FIELDS = 100;
const LONGEST_FIELD = 64 * 1024;
/** So many requests may keep the most of their data before the login at a time. */
const MOST_BEFORE_LOGIN = 16;
/** They are kept in memory, of many requests at a time, before anybody has logged in. */
const LONGEST_FIELDS = 256 * 1024;

export function httpLimits(limits: ServeLimits): HttpLimits {
  return {
    headerBytes: limits.header,
    headerSeconds: limits.headerSeconds,
    idleSeconds: limits.idleSeconds,
    bodyBytes: limits.body,
    bytesPerSecond: limits.bytesPerSecond,
    rateSeconds: RATE_SECONDS,
    requestSeconds: limits.requestSeconds,
    stopSeconds: STOP_SECONDS,
    connections: limits.connections,
  };
}

export function endpointOptions(
  settings: ServeSettings,
): Omit<EndpointOptions, "bound" | "model" | "login" | "queue" | "folder"> {
  const { database, busyTimeout, proxies, limits } = settings;
  return {
    database,
    busyTimeout,
    proxies,
    limits: {
      fieldBytes: LONGEST_FIELD,
      allFieldBytes: LONGEST_FIELDS,
      fields: MOST_FIELDS,
      mostDataBytes: limits.body,
      mostDataBytesBeforeLogin: limits.bodyBeforeLogin,
    },
    mostRequests: limits.requests,
    roomBeforeLogin: MOST_BEFORE_LOGIN * limits.bodyBeforeLogin,
  };
}
