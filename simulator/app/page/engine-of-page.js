// Which engine answers on this page: the program on this machine.

export { server as engine } from "./engine.js";
