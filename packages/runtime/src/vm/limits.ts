/** What ends a run of a block that gets out of hand, unless the page says otherwise. */

/**
 * More than any honest example needs, and less than what a tab survives: a process takes some 200 bytes, and a worker may have
 * one or two gigabytes.
 */
export const defaultLimits = {
  processes: 1_050_000,
  output: 4_000_000,
  mailbox: 1_000_000,
  memory: 600_000_000,
};
