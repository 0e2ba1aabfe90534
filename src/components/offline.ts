/** Has the site kept for reading without a network, once the page is there and unless the reader wants to save data. */
const saves = (navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true;
if ("serviceWorker" in navigator && !saves) {
  addEventListener("load", () =>
    setTimeout(() => void navigator.serviceWorker.register("/sw.js").catch(() => {}), 1000),
  );
}
