import assert from "node:assert/strict";
import { test } from "node:test";
import * as host from "node:zlib";
import fc from "fast-check";
import { deflate, inflate, MalformedData, zlib } from "../../../packages/runtime/src/etf/index.ts";

const data = fc.oneof(
  fc.uint8Array({ maxLength: 2000 }),
  fc.array(fc.constantFrom(1, 2, 3), { maxLength: 3000 }).map((bytes) => Uint8Array.from(bytes)),
);

test("the host reads what this writes", () => {
  fc.assert(
    fc.property(data, (bytes) => {
      assert.deepEqual(new Uint8Array(host.inflateRawSync(deflate(bytes))), bytes);
      assert.deepEqual(new Uint8Array(host.inflateSync(zlib(bytes))), bytes);
    }),
  );
});

test("this reads what the host writes", () => {
  fc.assert(
    fc.property(data, fc.constantFrom(0, 1, 6, 9), (bytes, level) => {
      assert.deepEqual(inflate(host.deflateSync(bytes, { level }), "zlib").data, bytes);
      assert.deepEqual(inflate(host.gzipSync(bytes, { level }), "gzip").data, bytes);
    }),
  );
});

test("data that is none is refused", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      try {
        inflate(bytes, "raw");
      } catch (error) {
        assert.ok(error instanceof MalformedData, String(error));
      }
    }),
  );
});
