/** The pictures of a run, loaded when a reader first asks for them. */
import "./pictures.css";

export { type PictureHost, Pictures } from "./panel.ts";
