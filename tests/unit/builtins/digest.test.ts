import assert from "node:assert/strict";
import { createHash, createHmac } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { DIGESTS, hmac } from "../../../packages/runtime/src/builtins/digest.ts";

const NAMES: Record<string, string> = { sha: "sha1" };

for (const [name, digest] of Object.entries(DIGESTS))
  test(`${name} agrees with the host's`, () => {
    const host = NAMES[name] ?? name;
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.uint8Array({ maxLength: 150 }), (data, key) => {
        assert.deepEqual(Buffer.from(digest.hash(data)), createHash(host).update(data).digest());
        assert.deepEqual(Buffer.from(hmac(digest, key, data)), createHmac(host, key).update(data).digest());
      }),
      { numRuns: 40 },
    );
  });
