"use strict";
// A button copies the command beside it; where the browser forbids that, the command is selected instead.
for (const button of document.querySelectorAll("button.copy")) {
  button.addEventListener("click", () => {
    const code = button.parentElement.querySelector("code");
    const select = () => window.getSelection().selectAllChildren(code);
    const done = () => {
      const before = button.textContent;
      button.textContent = button.dataset.copied;
      window.setTimeout(() => { button.textContent = before; }, 2000);
    };
    if (navigator.clipboard) {
      navigator.clipboard.writeText(code.textContent).then(done, select);
    } else {
      select();
    }
  });
}

// Sliders over simulated points: the nearest is shown and named; nothing is computed between points.
const holder = document.getElementById("points");
if (holder) {
  const { sliders, points, start } = JSON.parse(holder.textContent);
  const inputs = sliders.map((_, i) => document.getElementById(`slider${i}`));
  const outputs = inputs.map((input) => input.parentElement.querySelector("output"));
  const near = document.getElementById("near");
  const rows = document.querySelectorAll("#chosen tbody tr");
  const command = document.getElementById("command");
  const distance = (point, at) => point.at.reduce((sum, place, i) => {
    const step = (place - at[i]) / Math.max(sliders[i].length - 1, 1);
    return sum + step * step;
  }, 0);
  const nearest = (at) => points.reduce((best, point) => {
    const difference = distance(point, at) - distance(best, at);
    // Of two that are as near, the one with the higher first factor.
    return difference < -1e-12 || (difference < 1e-12 && point.at[0] > best.at[0]) ? point : best;
  });
  const show = (point) => {
    near.textContent = point.name;
    point.rows.forEach((cells, r) => cells.forEach((text, c) => {
      rows[r].querySelectorAll("td")[c].textContent = text;
    }));
    command.textContent = point.command;
  };
  const label = (i) => {
    const text = sliders[i][inputs[i].value];
    outputs[i].textContent = text;
    inputs[i].setAttribute("aria-valuetext", text);
  };
  const moved = () => {
    inputs.forEach((_, i) => label(i));
    show(nearest(inputs.map((input) => Number(input.value))));
  };
  inputs.forEach((input, i) => {
    input.value = points[start].at[i];
    input.addEventListener("input", moved);
  });
  moved();
}
