/** A small plot of the latest values, one a second. */
export class Plot {
  static #kept = 120;

  #values = [];
  #area;
  #line;

  constructor(svg) {
    this.#area = svg.querySelector(".area");
    this.#line = svg.querySelector(".line");
  }

  get most() {
    return Math.max(...this.#values);
  }

  /** @param least The value that the plot is as high as, at the least: small values stay small. */
  add(value, least) {
    this.#values.push(value);
    if (this.#values.length > Plot.#kept) {
      this.#values.shift();
    }

    if (this.#values.length < 2) {
      return;
    }

    const top = Math.max(least, this.most);
    const left = Plot.#kept - this.#values.length;
    const points = this.#values.map((one, index) => `${left + index} ${(31 - 29 * one / top).toFixed(1)}`);
    this.#line.setAttribute("d", `M${points.join("L")}`);
    this.#area.setAttribute("d", `M${left} 32L${points.join("L")}L${Plot.#kept - 1} 32Z`);
  }
}
