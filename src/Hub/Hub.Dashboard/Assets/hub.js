// Light and dark, live parts, streamed answers. Pages work without it.
"use strict";
(() => {
  const root = document.documentElement;
  const key = "hub-theme";
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const saved = () => { try { return localStorage.getItem(key); } catch { return null; } };
  const isDark = () => (saved() ?? (dark.matches ? "dark" : "light")) === "dark";
  const paint = () => {
    root.dataset.theme = isDark() ? "dark" : "light";
    const button = document.getElementById("theme");
    if (!button) return;
    button.hidden = false;
    button.textContent = isDark() ? "Light" : "Dark";
    button.setAttribute("aria-label", isDark() ? "Switch to light" : "Switch to dark");
  };
  paint(); // before the body, so that nothing flashes

  // A part of the page that changes: fetched again, put in place where it differs, the focus kept.
  const keyOf = element => element.dataset.key ? `[data-key="${CSS.escape(element.dataset.key)}"]` : element.hasAttribute("href") ? `a[href="${CSS.escape(element.getAttribute("href"))}"]` : null;
  const refresh = async (part, etag) => {
    const headers = etag ? { "If-None-Match": etag } : {};
    const answer = await fetch(location.href.split("#")[0], { headers, credentials: "same-origin", cache: "no-store" });
    if (answer.status === 304 || answer.redirected || !answer.ok) return { part, etag };
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById(part.id);
    if (!fresh || isBusy(part)) return { part, etag };
    const held = part.contains(document.activeElement) ? keyOf(document.activeElement) : null;
    const open = [...part.querySelectorAll("details")].map(d => d.open);
    part.replaceWith(fresh);
    fresh.querySelectorAll("details").forEach((d, i) => { d.open = open[i] ?? false; });
    if (held) fresh.querySelector(held)?.focus();
    return { part: fresh, etag: answer.headers.get("ETag") };
  };
  const isBusy = part => part.contains(document.activeElement) && /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName);
  const follow = part => {
    let etag = null;
    const again = async () => {
      if (!document.hidden) {
        try { ({ part, etag } = await refresh(part, etag)); } catch { /* the server is away: tried again with the next turn */ }
      }
      if (part.dataset.live) setTimeout(again, Number(part.dataset.live));
    };
    setTimeout(again, Number(part.dataset.live));
  };

  // An answer as it is written.
  const stream = place => {
    const source = new EventSource(place.dataset.stream);
    let said = false;
    source.addEventListener("part", e => {
      if (!said) { place.textContent = ""; place.classList.remove("thinking"); said = true; }
      place.textContent += JSON.parse(e.data);
    });
    source.addEventListener("end", async () => {
      source.close();
      const part = place.closest("[id]");
      await refresh(part, null);
      const button = document.querySelector(".composer button");
      const waits = document.querySelector("[data-stream], #conversation .ask");
      if (button && !waits) button.disabled = false;
    });
    source.addEventListener("error", () => { if (source.readyState === EventSource.CLOSED && !said) place.textContent = "The connection is gone. Reload the page."; });
  };

  addEventListener("DOMContentLoaded", () => {
    paint();
    document.getElementById("theme")?.addEventListener("click", () => {
      try { localStorage.setItem(key, isDark() ? "light" : "dark"); } catch { return; }
      paint();
    });
    dark.addEventListener("change", paint);
    document.querySelectorAll("[data-live]").forEach(follow);
    document.querySelectorAll("[data-stream]").forEach(stream);
    document.querySelectorAll("textarea[data-submit]").forEach(area => area.addEventListener("keydown", e => {
      if (e.key === "Enter" && !e.shiftKey && !e.isComposing) {
        e.preventDefault();
        const button = area.form.querySelector("button.primary");
        if (!button.disabled) area.form.requestSubmit(button);
      }
    }));
  });
})();
