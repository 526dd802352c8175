import { assertEquals } from "@std/assert";
import { countedAddress, countedLogin, secondsLeft, waitSeconds } from "../../lib/users/login_back_off.ts";

Deno.test("the wait begins with the 5th failure and doubles up to a minute", () => {
  const waits = [0, 1, 4, 5, 6, 7, 8, 9, 10, 11, 12, 2000].map(waitSeconds);
  assertEquals(waits, [0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60]);
});

Deno.test("what is left of a wait is told in whole seconds", () => {
  const left = (blockedUntil: number, now: number) => secondsLeft({ failures: 9, blockedUntil }, new Date(now));
  assertEquals(left(16_000, 0), 16);
  assertEquals(left(16_000, 15_001), 1);
  assertEquals(left(16_000, 16_000), 0);
  assertEquals(left(16_000, 99_000), 0);
  assertEquals(left(0, 5), 0);
  assertEquals(secondsLeft(null, new Date(0)), 0);
});

Deno.test("a clock that was set back locks nobody out", () => {
  assertEquals(secondsLeft({ failures: 9, blockedUntil: 60_000 }, new Date(0)), 60);
  assertEquals(secondsLeft({ failures: 9, blockedUntil: 61_000 }, new Date(0)), 0);
});

Deno.test("failures at one login count together, whatever its case and length", () => {
  assertEquals(countedLogin("ADMIN"), countedLogin("admin"));
  assertEquals(countedLogin("x".repeat(100_000)).length, 255);
});

Deno.test("failures from one address count together: IPv4 as it is, IPv6 by its network of 64 bits", () => {
  assertEquals(countedAddress("192.0.2.7"), "192.0.2.7");
  assertEquals(countedAddress("::ffff:192.0.2.7"), "192.0.2.7");
  assertEquals(countedAddress("::ffff:c000:207"), "192.0.2.7");
  assertEquals(countedAddress("2001:db8:0:1:a:b:c:d"), "2001:db8:0:1");
  assertEquals(countedAddress("2001:DB8::1:a:b:c:d"), "2001:db8:0:1");
  assertEquals(countedAddress("2001:0db8:0000:0001::5"), "2001:db8:0:1");
  assertEquals(countedAddress("fe80::1%eth0"), "fe80:0:0:0");
  assertEquals(countedAddress("::1"), "0:0:0:0");
});
