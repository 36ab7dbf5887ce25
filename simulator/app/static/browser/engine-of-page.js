// Which engine answers on this page: the program itself, in the browser.

export { inPage as engine } from "./engine-in-page.js";
