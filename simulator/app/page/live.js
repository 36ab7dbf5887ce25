// The answer while one types and drags: few paths first, then all, then what stands beside it. What is stale is dropped.

import { Gone, Wrong } from "./engine.js";

const AGAIN = 2_000;

/** Asks for answers as the scenario changes. `show` has a function for each thing that can come. */
export class Live {
  #running = null;
  #again = null;

  constructor(engine, scenario, show) {
    this.engine = engine;
    this.scenario = scenario;
    this.show = show;
  }

  /** Asks anew; what is under way for an earlier state is given up, unless it is about to come anyway. */
  ask() {
    clearTimeout(this.#again);
    if (this.#running) this.#running.stale = true;
    if (!this.#running || this.#running.long) {
      this.#running?.gone.abort();
      this.#run();
    }
  }

  /** Gives up what is under way: its scenario is no longer the one on the page. */
  drop() {
    clearTimeout(this.#again);
    this.#running?.gone.abort();
    this.#running = null;
  }

  async #run() {
    const run = { gone: new AbortController(), stale: false, long: false };
    this.#running = run;
    this.show.busy(true);
    try {
      await this.#answers(run);
    } catch (error) {
      if (error instanceof Wrong && !run.stale) this.show.wrong(error);
      else if (error instanceof Gone) this.#lost(error);
      else if (error.name !== "AbortError" && !(error instanceof Wrong)) throw error;
    }
    if (this.#running !== run) return;
    this.#running = null;
    if (run.stale) this.#run();
    else this.show.busy(false);
  }

  /** Few paths, all of them, and what stands beside: each is left out once the scenario is another. */
  async #answers(run) {
    const asked = async (call, more) => {
      const { content } = await this.engine.ask(call, this.scenario.question(more), run.gone.signal);
      return content.text();
    };
    const first = await asked("compare", { few: true });
    const answer = JSON.parse(first);
    if (this.#running !== run) return;
    if (run.stale) return this.show.answer(answer, first, true); // while one drags, the last but one is better than none
    const few = answer.scenario.settings?.some((one) => one.startsWith("returns.paths="));
    this.show.answer(answer, first, Boolean(few));
    run.long = true;
    if (few) {
      const whole = await asked("compare");
      if (this.#running === run && !run.stale) this.show.answer(JSON.parse(whole), whole, false);
    }
    const beside = JSON.parse(await asked("beside"));
    if (this.#running === run && !run.stale) this.show.beside(beside);
  }

  /** Nobody answers: it is said, and asked again until somebody does. */
  #lost(error) {
    this.show.gone(error.message);
    this.#again = setTimeout(() => this.ask(), AGAIN);
  }
}
