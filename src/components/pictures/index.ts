/** The pictures of a run, loaded when a reader first asks for them, with their styles. */
/// <reference path="./styles.d.ts" />
import styles from "./pictures.css?url";

export { type PictureHost, Pictures } from "./panel.ts";

/** A module that is imported is ready to draw; without styles a picture is still one. */
await new Promise<void>((resolve) => {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = styles;
  link.onload = link.onerror = () => resolve();
  document.head.append(link);
});
