"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const posts = data.posts.length, lists = posts + data.teams.length, states = data.conditions.length;
  const TEAM = data.conditions.findIndex(one => one.key === "waiting_team");
  const MINUTES = 7 * 24 * 60, SIZE = 9, GREY = "#b9b5ac", SERVED = "#000";
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const say = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const at = id => document.getElementById(id);

  // The changes: minutes, what, who and value of each, as columns.
  const bytes = Uint8Array.from(atob(data.changes), letter => letter.charCodeAt(0));
  const columns = Array.from({length: 4}, () => new Int32Array(data.count));
  for (let place = 0, n = 0; n < data.count * 4; n++) {
    let number = 0, shift = 0, byte;
    do { byte = bytes[place++]; number |= (byte & 127) << shift; shift += 7; } while (byte > 127);
    columns[n & 3][n >> 2] = number;
  }
  const [when, what, who, value] = columns;
  for (let i = 1; i < data.count; i++) when[i] += when[i - 1];

  let citizens = 0;
  for (let i = 0; i < data.count; i++) if (what[i] < 5 || what[i] > 7) citizens = Math.max(citizens, who[i] + 1);

  // What holds now.
  let now, next, list, group, condition, doing, work, queue, places, exits, entries, count, servedBy, left, members, decided, within;
  function begin() {
    now = 0; next = 0; entries = 0;
    list = new Int32Array(citizens).fill(-1);
    left = new Int32Array(citizens).fill(-1);
    group = new Int32Array(citizens).fill(-1);
    servedBy = new Int32Array(citizens).fill(-1);
    condition = new Int32Array(citizens);
    doing = new Int32Array(posts);
    work = new Int32Array(posts).fill(-1);
    queue = new Int32Array(lists);
    places = new Int32Array(posts);
    exits = new Int32Array(data.destinations.length);
    count = new Int32Array(states);
    decided = new Int32Array(data.decisions.length);
    within = data.rooms.map(() => new Set());
    members = Array.from({length: lists}, () => new Set());
  }
  function free(post) {
    if (work[post] >= 0 && servedBy[work[post]] === post) servedBy[work[post]] = -1;
    work[post] = -1;
  }
  function moves(citizen, to) {
    if (list[citizen] >= 0) members[list[citizen]].delete(citizen);
    list[citizen] = to;
    if (to >= 0) members[to].add(citizen);
  }
  const apply = [
    (c, v) => { moves(c, v); },
    (c, v) => { entries++; group[c] = v; },
    (c, v) => { exits[v]++; left[c] = v; moves(c, -1); },
    (c, v) => { group[c] = v; },
    (c, v) => { const post = v >> 4; free(post); work[post] = c; doing[post] = 16 + (v & 15); servedBy[c] = post; },
    (post, v) => { free(post); doing[post] = v; },
    (q, v) => { queue[q] += v ? 1 : -1; },
    (post, v) => { places[post] += v ? 1 : -1; },
    (c, v) => { condition[c] |= 1 << v; count[v]++; data.rooms.forEach((room, i) => { if (room.condition === v) within[i].add(c); }); },
    (c, v) => { condition[c] &= ~(1 << v); count[v]--; data.rooms.forEach((room, i) => { if (room.condition === v) within[i].delete(c); }); },
    (c, v) => { decided[v]++; },
  ];
  function to(weeks) {
    const minutes = weeks * MINUTES;
    if (weeks < now) begin();
    while (next < data.count && when[next] <= minutes) { apply[what[next]](who[next], value[next]); next++; }
    now = weeks;
  }

  // What is shown.
  const cells = {};
  for (const cell of document.querySelectorAll("[data-count]")) cells[cell.dataset.count] = cell;
  const bars = [...document.querySelectorAll("#exits b")];
  const number = new Intl.NumberFormat(data.locale);
  const people = i => i < lists ? members[i] : within[i - lists];
  const cards = [...data.posts, ...data.teams, ...data.rooms.map(room => room.name)].map((name, i) => {
    const card = document.createElement("div");
    card.className = "post";
    card.innerHTML = "<h3></h3><p></p><div class=figures><span></span><span></span></div><div class=queue><b></b></div><canvas></canvas>";
    card.querySelector("h3").textContent = name;
    at("posts").append(card);
    const canvas = card.querySelector("canvas");
    const [there, waits] = card.querySelectorAll("span");
    canvas.addEventListener("click", event => {
      const across = Math.floor(canvas.clientWidth / SIZE);
      const place = Math.floor(event.offsetY / SIZE) * across + Math.floor(event.offsetX / SIZE);
      const chosen = [...people(i)][place];
      if (chosen !== undefined) { at("citizen").value = chosen; draw(); }
    });
    return {card, canvas, text: card.querySelector("p"), there, waits, bar: card.querySelector("b")};
  });
  const longest = new Int32Array(lists);
  function colour(citizen) {
    const of = condition[citizen];
    return of ? data.conditions[31 - Math.clz32(of)].colour : GREY;
  }
  function dots(i, followed) {
    const {canvas} = cards[i], width = canvas.clientWidth || 190, across = Math.max(Math.floor(width / SIZE), 1);
    const all = [...people(i)], rows = Math.max(Math.ceil(all.length / across), 1), ratio = devicePixelRatio || 1;
    const high = rows * SIZE;
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(high * ratio)) {
      canvas.width = Math.round(width * ratio); canvas.height = Math.round(high * ratio);
      canvas.style.height = high + "px";
    }
    const pen = canvas.getContext("2d");
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, width, high);
    all.forEach((citizen, n) => {
      const x = n % across * SIZE, y = Math.floor(n / across) * SIZE;
      if (servedBy[citizen] >= 0) { pen.fillStyle = SERVED; pen.fillRect(x, y, 8, 8); }
      pen.fillStyle = colour(citizen);
      pen.fillRect(x + 1.5, y + 1.5, 5, 5);
      if (citizen === followed) { pen.strokeStyle = "#cc0000"; pen.lineWidth = 2; pen.strokeRect(x, y, 8, 8); }
    });
  }
  function day(weeks) {
    const date = new Date(Date.parse(data.start + "T00:00:00Z") + Math.floor(weeks * 7) * 864e5);
    return date.toISOString().slice(0, 10);
  }
  function tell(citizen) {
    if (!Number.isInteger(citizen)) return "";
    if (citizen < 0 || citizen >= citizens || (group[citizen] < 0 && list[citizen] < 0 && left[citizen] < 0)) {
      return say(data.words.nobody, {citizen});
    }
    if (left[citizen] >= 0) return say(data.words.left, {citizen, destination: data.destinations[left[citizen]].label});
    const parts = data.conditions.filter((_, i) => condition[citizen] >> i & 1).map(one => one.label);
    if (servedBy[citizen] >= 0) {
      const post = servedBy[citizen];
      parts.push(`${data.posts[post]}: ${data.tasks[doing[post] - 16]}`);
    }
    const on = list[citizen];
    const name = on < posts ? data.posts[on] : data.teams[on - posts];
    return say(data.words.followed, {citizen, group: data.groups[group[citizen]] || "", list: name, what: parts.join("; ") || "–"});
  }
  function draw() {
    const text = at("citizen").value, followed = text === "" ? NaN : Number(text);
    let stock = 0;
    for (const set of members) stock += set.size;
    cells.stock.textContent = number.format(stock);
    cells.entries.textContent = number.format(entries);
    data.conditions.forEach((one, i) => { cells[one.key].textContent = number.format(count[i]); });
    const most = Math.max(...exits, 1);
    data.destinations.forEach((one, i) => {
      cells["exits_" + one.key].textContent = number.format(exits[i]);
      bars[i].style.width = 100 * exits[i] / most + "%";
    });
    for (let i = 0; i < lists; i++) {
      const {card, text, there, waits, bar} = cards[i];
      const size = members[i].size + (i < posts ? places[i] : 0);
      longest[i] = Math.max(longest[i], queue[i], 20);
      if (i < posts) {
        const busy = work[i] >= 0;
        text.textContent = busy ? say(data.words.works, {task: data.tasks[doing[i] - 16], citizen: work[i]}) : data.states[doing[i]];
        text.className = busy ? "working" : "";
        card.classList.toggle("away", !busy && doing[i] > 0);
      } else {
        text.textContent = data.words.waits_for;
        card.hidden = size === 0 && queue[i] === 0;
      }
      there.textContent = say(data.words.on_list, {count: number.format(size)});
      waits.textContent = say(data.words.in_queue, {count: number.format(queue[i])});
      bar.style.width = 100 * Math.min(queue[i] / longest[i], 1) + "%";
      if (!card.hidden) dots(i, followed);
    }
    data.rooms.forEach((room, i) => {
      const {card, text, there} = cards[lists + i];
      const made = data.decisions.map((name, d) => `${name} ${decided[d]}`).join(", ");
      text.textContent = room.condition === TEAM ? say(data.words.decided, {decisions: made}) : data.words.programme;
      there.textContent = `${number.format(within[i].size)} – ${data.conditions[room.condition].label}`;
      card.querySelector(".queue").hidden = true;
      dots(lists + i, followed);
    });
    at("now").textContent = say(data.words.now, {day: day(Math.min(now, data.horizon - 1e-9)), week: Math.floor(now)});
    const told = tell(followed);
    if (at("followed").textContent !== told) at("followed").textContent = told;
    at("week").value = now;
    at("week").setAttribute("aria-valuetext", at("now").textContent);
  }

  // Playing.
  let playing = false, last = 0;
  function show(weeks) { to(Math.min(Math.max(weeks, 0), data.horizon)); draw(); }
  function play(on) {
    if (on && now >= data.horizon) show(0);
    playing = on;
    at("play").textContent = on ? data.words.pause : data.words.play;
    at("play").setAttribute("aria-pressed", String(on));
    last = performance.now();
    if (on) requestAnimationFrame(step);
  }
  function step(time) {
    if (!playing) return;
    const weeks = Math.min((time - last) / 1000, 0.25) * Number(at("speed").value);
    if (calm.matches) {
      // Without motion: a whole step once a second.
      if (time - last >= 1000) { show(now + Math.max(Number(at("speed").value), 1)); last = time; }
    } else if (weeks > 0) {
      show(now + weeks); last = time;
    }
    if (now >= data.horizon) play(false); else requestAnimationFrame(step);
  }
  at("play").addEventListener("click", () => play(!playing));
  at("week").addEventListener("input", () => show(Number(at("week").value)));
  at("citizen").addEventListener("input", draw);
  addEventListener("resize", draw);
  addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|BUTTON)$/.test(event.target.tagName)) return;
    const speed = at("speed"), pressed = {
      " ": () => play(!playing), ArrowLeft: () => show(Math.ceil(now) - 1), ArrowRight: () => show(Math.floor(now) + 1),
      Home: () => show(0), End: () => show(data.horizon),
      "+": () => { speed.selectedIndex = Math.min(speed.selectedIndex + 1, speed.length - 1); },
      "-": () => { speed.selectedIndex = Math.max(speed.selectedIndex - 1, 0); },
    }[event.key];
    if (pressed) { event.preventDefault(); pressed(); }
  });
  begin();
  show(0);
})();
