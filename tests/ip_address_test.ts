import { assertEquals } from "@std/assert";
import { plainAddress } from "../lib/ip_address.ts";

Deno.test("an address has one spelling, whatever way it is written", () => {
  const spellings: Readonly<Record<string, readonly string[]>> = {
    "192.0.2.1": ["192.0.2.1", "::ffff:192.0.2.1", "::FFFF:c000:201", "0:0:0:0:0:ffff:192.0.2.1"],
    "2001:db8::1": ["2001:db8::1", "2001:DB8:0:0:0:0:0:1", "2001:0db8::0:0001", "2001:db8::0.0.0.1"],
    "::1": ["::1", "0:0:0:0:0:0:0:1"],
    "::": ["::", "0::0"],
    "fe80::1": ["fe80::1", "FE80::1%eth0", "fe80::1%25"],
    "1:0:0:2::3": ["1:0:0:2:0:0:0:3"],
    "0.0.255.255": ["::ffff:0:ffff"],
  };
  for (const [plain, all] of Object.entries(spellings)) {
    assertEquals(all.map(plainAddress), all.map(() => plain));
  }
});

Deno.test("what is no address has no spelling", () => {
  const none = ["", "unknown", "192.0.2", "192.0.2.1:80", "010.0.0.1", "[::1]", "::1::", "1:2:3:4:5:6:7:8:9", " ::1"];
  assertEquals(none.map(plainAddress), none.map(() => null));
});
