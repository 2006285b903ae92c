/** The keyboard, in a small dialog. */
import { html, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { type MessageKey, t } from "../i18n.js";
import { Modal } from "./modal.js";

/** Ctrl or ⌘, as the reader's keyboard has it. */
export function isMac(platform = navigator.platform): boolean {
  return /Mac|iPhone|iPad/.test(platform);
}

function keys(): [MessageKey, string][] {
  const command = isMac() ? "⌘" : "Ctrl";
  return [
    ["app.shortcut_undo", `${command} Z`],
    ["app.shortcut_redo", `${command} ⇧ Z`],
    ["app.shortcut_open", `${command} O`],
    ["app.shortcut_save", `${command} S`],
    ["app.shortcut_cancel", "Esc"],
    ["app.shortcut_step", "↑ ↓"],
    ["app.shortcut_big_step", "⇧ ↑ ↓"],
    ["app.shortcut_help", "?"],
  ];
}

@customElement("dc-shortcuts")
export class ShortcutsDialog extends Modal {
  open(): void {
    void this.show();
  }

  protected override heading(): string {
    return t("app.shortcuts");
  }

  protected override body(): TemplateResult {
    return html`<dl class="keys">
      ${keys().map(([label, text]) => html`<div><dt>${t(label)}</dt><dd><kbd>${text}</kbd></dd></div>`)}
    </dl>`;
  }
}
