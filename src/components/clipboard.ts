/** Copies text; what became of it, in words. */
export async function copied(text: string, done: string): Promise<string> {
  try {
    await navigator.clipboard.writeText(text);
    return done;
  } catch {
    return "the browser does not let the page copy";
  }
}
