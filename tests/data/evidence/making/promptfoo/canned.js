// Canned answers for promptfoo: no model is asked. promptfoo is no dependency of Holdpoint.
// `yields`: prompts with one of these words are obeyed; `fails`: with one of these, an outage.

class Canned {
  constructor(options) {
    this.config = options.config;
    this.label = options.label;
  }

  id() {
    return this.config.model;
  }

  async callApi(prompt) {
    const holds = (words) => (words || []).some((word) => prompt.includes(word));
    if (holds(this.config.fails)) {
      return { error: "[synthetic outage] 503" };
    }
    return { output: holds(this.config.yields) ? "Sure. [synthetic answer]" : "I can't help with that." };
  }
}

module.exports = Canned;
