// The whole script of Qingqu. Everything works with it off; it only saves the person a step:
// live forms, rows in place, paste from a spreadsheet, a question before unsaved work is left.
(() => {
  "use strict";
  document.documentElement.classList.add("js");

  const WAIT_MS = 350;
  const ROW_ACT = /^(add|delete|paste):/;
  let running = null;
  let timer = 0;
  let leaving = false;

  /** Sends a form to its own address with `X-Live` and swaps the parts that changed. */
  async function look(form, act, extra) {
    clearTimeout(timer);
    if (running) running.abort();
    const mine = (running = new AbortController());
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") body.append(name, value);
    if (act) body.set("act", act);
    for (const [name, value] of extra || []) body.set(name, value);
    form.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(form.action, {
        method: "POST", body, headers: { "X-Live": "1" }, credentials: "same-origin", signal: mine.signal,
      });
      // 422 is the same page with its findings. Anything else is no view of this form.
      if (answer.redirected || !(answer.ok || answer.status === 422)) return false;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (mine.signal.aborted) return true;
      swap(page, act ? act.split(":")[1] : null);
      return true;
    } catch (error) {
      return error.name === "AbortError";
    } finally {
      if (running === mine) {
        running = null;
        form.removeAttribute("aria-busy");
      }
    }
  }

  /** Replaces every `data-part` that differs, but not one that is being used (unless it is `forced`). */
  function swap(page, forced) {
    const used = document.activeElement;
    for (const old of document.querySelectorAll("[data-part]")) {
      if (!old.isConnected) continue;
      const name = old.dataset.part;
      const fresh = page.querySelector(`[data-part="${CSS.escape(name)}"]`);
      if (!fresh || fresh.outerHTML === old.outerHTML) continue;
      if (old.contains(used) && used !== document.body && name !== forced) continue;
      const open = [...old.querySelectorAll("details")].map((one) => one.open);
      const region = old.querySelector(".scroll");
      const place = region ? region.scrollLeft : 0;
      const next = document.importNode(fresh, true);
      old.replaceWith(next);
      next.querySelectorAll("details").forEach((one, index) => { one.open = Boolean(open[index]); });
      if (place) next.querySelector(".scroll").scrollLeft = place;
    }
  }

  const liveForm = (element) => element.closest && element.closest("form[data-live]");

  function later(form) {
    clearTimeout(timer);
    // An answer to what was typed before would take back what is being typed now.
    if (running) running.abort();
    timer = setTimeout(() => look(form), WAIT_MS);
  }

  document.addEventListener("input", (event) => {
    const guarded = event.target.closest("form[data-guard]");
    if (guarded) guarded.dataset.dirty = "";
    const form = liveForm(event.target);
    // While Chinese is being composed the text is not yet what the person means.
    if (form && !event.isComposing && event.target.type !== "file" && !event.target.name.startsWith("paste.")) later(form);
  });
  document.addEventListener("compositionend", (event) => {
    const form = liveForm(event.target);
    if (form) later(form);
  });
  document.addEventListener("change", (event) => {
    const form = liveForm(event.target);
    if (form && event.target.matches("[data-live-now]")) look(form);
  });

  /** Rows are added and deleted in place; when that fails the button sends the form as without script. */
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("button[name=act]");
    const form = button && liveForm(button);
    if (!form || !ROW_ACT.test(button.value)) return;
    event.preventDefault();
    const [verb, table, row] = button.value.split(":");
    form.dataset.dirty = "";
    if (!(await look(form, button.value))) {
      leaving = true;
      form.requestSubmit(button);
      return;
    }
    const section = document.querySelector(`[data-table="${CSS.escape(table)}"]`);
    const rows = section ? [...section.querySelectorAll("tbody tr")] : [];
    const target = verb === "delete" ? rows[Math.min(Number(row), rows.length - 1)] : rows[rows.length - 1];
    const first = (target || section || document).querySelector("input, select, button");
    if (first) first.focus();
  });

  /** Cells copied in a spreadsheet and pasted into a cell fill the table from there on. */
  document.addEventListener("paste", (event) => {
    const cell = event.target.closest("td input, td select");
    const section = cell && cell.closest("[data-table]");
    const form = section && liveForm(cell);
    const text = event.clipboardData ? event.clipboardData.getData("text/plain") : "";
    if (!form || !section.querySelector(".table-tools") || !/[\t\n]/.test(text.replace(/\r?\n$/, ""))) return;
    event.preventDefault();
    const line = cell.closest("tr");
    const row = [...line.parentNode.children].indexOf(line);
    const column = [...line.querySelectorAll("td")].indexOf(cell.closest("td"));
    const table = section.dataset.table;
    form.dataset.dirty = "";
    look(form, `paste:${table}:${row}:${column}`, [[`paste.${table}`, text]]).then(() => {
      const again = document.getElementById(cell.id);
      if (again) again.focus();
    });
  });

  /** A question before unsaved work is left. */
  document.addEventListener("submit", (event) => {
    leaving = true;
    if (running) running.abort();
    clearTimeout(timer);
    // The browser may keep the page (a download, a refused request): then ask again next time.
    setTimeout(() => { leaving = event.defaultPrevented ? false : leaving; }, 0);
  });
  addEventListener("pageshow", () => { leaving = false; });
  addEventListener("beforeunload", (event) => {
    if (!leaving && document.querySelector("form[data-guard][data-dirty]")) {
      event.preventDefault();
      event.returnValue = document.body.dataset.leave || "";
    }
  });

  /** Menus of the head close when something else is pressed, or with Escape. */
  function closeMenus(except) {
    for (const menu of document.querySelectorAll("details.person[open]")) if (menu !== except) menu.open = false;
  }
  document.addEventListener("click", (event) => closeMenus(event.target.closest("details.person")));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = event.target.closest("details.person[open]");
    closeMenus(null);
    if (menu) menu.querySelector("summary").focus();
  });

  const wrong = document.querySelector("[data-focus]");
  if (wrong) wrong.focus();
})();
