"use strict";
// Sends where the controls stand, and shows what comes back. Two lines answer each wish: one at once, on few
// trials, and a finer one. While the first is on its way, only the newest place of the controls is kept.
(() => {
  const at = id => document.getElementById(id), words = document.body.dataset;
  const sheet = at("sheet"), narrow = matchMedia("(max-width: 640px)"), kept = "wish";
  let moved = {}, underWay = false, hasFirst = false, isNewer = false, stop = null, pin = "", asked = 0;
  // Whether the answer came to its end; who waits to ask again, and for how long, in milliseconds.
  let isWhole = false, wake = null, pause = 0;
  // Pages of one program pin apart from each other.
  const page = Math.random().toString(36).slice(2);
  let signature = sheet.dataset.signature || "";

  const control = element => element.closest("[data-control]")?.dataset.control;
  const places = id => [at("c-" + id), at("b-" + id)].filter(Boolean);
  const wish = () => ({ number: asked, moved, pin, page, signature, language: words.language,
    width: narrow.matches ? "narrow" : "wide" });
  const show = (id, text) => { const place = at("p-" + id); if (place && place.textContent !== text) place.textContent = text; };

  // What was folded or unfolded stays so when it is drawn again.
  const unfolded = new Map();
  const fold = d => [d.closest("figure")?.querySelector("h3")?.textContent, d.closest("[data-group]")?.dataset.group,
    d.querySelector("summary").textContent].join("|");
  document.addEventListener("toggle", event => unfolded.set(fold(event.target), event.target.open), true);

  function replace(place, html) {
    place.innerHTML = html;
    for (const d of place.querySelectorAll("details")) d.open = unfolded.get(fold(d)) ?? d.open;
  }

  function draw(answer) {
    if (answer.controls) {
      const focus = document.activeElement?.id;
      replace(sheet, answer.controls);
      signature = answer.signature;
      for (const id of Object.keys(moved)) if (!places(id).length) delete moved[id];
      for (const [id, value] of Object.entries(moved)) for (const place of places(id)) place.value = value;
      if (focus) at(focus)?.focus();
    }
    for (const place of sheet.querySelectorAll("[data-control]"))
      show(place.dataset.control, answer.problems?.[place.dataset.control] || answer.notes?.[place.dataset.control] || "");
    const general = Object.entries(answer.problems || {}).filter(([id]) => !at("p-" + id));
    at("problems").hidden = !general.length;
    at("problems").replaceChildren(...general.map(([, text]) => {
      const item = document.createElement("li");
      item.textContent = text;
      return item;
    }));
    document.body.classList.toggle("refused", !!answer.refused);
    at("state").textContent = answer.state;
    if (answer.refused || answer.late) { at("said").textContent = answer.state; return; }
    replace(at("first"), answer.first);
    replace(at("figures"), answer.figures);
    replace(at("charts"), answer.charts);
    at("differences").hidden = !answer.differences;
    replace(at("differences-body"), answer.differences || "");
    at("unpin").hidden = !answer.pinned;
    // Who listens hears the last answer in sentences, not each of a hundred.
    if (answer.stage === "whole")
      at("said").textContent = [answer.state, ...[...at("first").querySelectorAll(".say")].map(p => p.textContent)].join(" ");
    document.body.dataset.stage = answer.stage;
    document.body.dataset.number = answer.number;
    performance.mark("drawn-" + answer.stage, { detail: answer.number });
  }

  async function read(response) {
    const lines = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let rest = ""; ;) {
      const { value, done } = await lines.read();
      rest += value || "";
      for (let end; (end = rest.indexOf("\n")) >= 0; rest = rest.slice(end + 1)) {
        const line = rest.slice(0, end);
        if (!line) continue;
        const answer = JSON.parse(line);
        draw(answer);
        if (!hasFirst) pin = "";
        isWhole = answer.stage === "whole" || !answer.stage;
        // The first line is there: what was moved meanwhile goes before the finer one.
        hasFirst = true;
        if (isNewer) return stop.abort();
      }
      if (done) return;
    }
  }

  async function send() {
    if (underWay) {
      isNewer = true;
      if (wake) wake(); else if (hasFirst) stop.abort();
      return;
    }
    underWay = true;
    do {
      isNewer = hasFirst = isWhole = false;
      asked++;
      stop = new AbortController();
      try {
        const response = await fetch("answer", { method: "POST", body: JSON.stringify(wish()),
          headers: { "Content-Type": "application/json" }, signal: stop.signal });
        if (!response.ok) throw new Error(response.status);
        await read(response);
        // Another page's wish took its place: what is shown is not where the controls stand.
        if (!isWhole && !isNewer) {
          document.body.classList.add("refused");
          at("state").textContent = words.overtaken;
          pause = Math.min(pause ? pause * 2 : 300, 5000) * (1 + Math.random() / 4);
          await new Promise(done => { wake = done; setTimeout(done, pause); });
          wake = null;
          isNewer = true;
        } else if (isWhole) pause = 0;
      } catch (error) {
        if (error.name !== "AbortError") at("state").textContent = words.lost;
      }
    } while (isNewer);
    underWay = false;
  }

  function keep() { try { sessionStorage.setItem(kept, JSON.stringify(moved)); } catch { /* not without storage */ } }

  sheet.addEventListener("input", event => {
    const id = control(event.target);
    if (!id) return;
    // What is no number comes as an empty text.
    if (event.target.value === "") { show(id, words.none); return; }
    moved[id] = event.target.value;
    // What was moved within one text is not meant for another.
    const [, fund] = id.match(/^(funds\.\d+\.)(?:programme|model)$/) || [];
    if (fund) for (const other of Object.keys(moved))
      if (other.startsWith(fund) && /^(shares|overrides|readings|refundShare|claimDelay)/.test(other.slice(fund.length)))
        delete moved[other];
    for (const place of places(id)) if (place !== event.target) place.value = event.target.value;
    keep();
    send();
  });
  at("controls").addEventListener("submit", event => event.preventDefault());
  at("pin").addEventListener("click", () => { pin = "set"; send(); });
  at("unpin").addEventListener("click", () => { pin = "clear"; send(); at("pin").focus(); });
  at("reset").addEventListener("click", () => { moved = {}; keep(); signature = ""; send(); });
  narrow.addEventListener("change", send);

  async function order(place, busy) {
    at("told").textContent = busy;
    try {
      const response = await fetch(place, { method: "POST", headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ ...wish(), name: at("name").value }) });
      const told = await response.json();
      at("told").textContent = told.text;
      if (told.link) {
        const link = document.createElement("a");
        link.href = told.link; link.target = "_blank"; link.rel = "noopener"; link.textContent = words.open;
        at("told").append(" ", link);
      }
    } catch { at("told").textContent = words.lost; }
  }
  at("save").addEventListener("click", () => order("save", ""));
  at("report").addEventListener("click", () => order("report", words.writing));

  try { moved = JSON.parse(sessionStorage.getItem(kept)) || {}; } catch { moved = {}; }
  for (const [id, value] of Object.entries(moved)) for (const place of places(id)) place.value = value;
  send();
})();
