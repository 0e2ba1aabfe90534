/** The sections of the notes, in the order in which one reads them, behind the first page. */
export const sections = [
  { label: "Working with processes", folder: "processes" },
  { label: "Stateful server processes", folder: "servers" },
  { label: "OTP", folder: "otp" },
  { label: "The runtime", folder: "runtime" },
  { label: "Processes for TypeScript", folder: "package" },
] as const;
