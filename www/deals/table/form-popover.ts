/** The small form of a cell in a popover: opens at its cell, closes with Escape or a click elsewhere. */
import {
  html,
  nothing,
  type ReactiveController,
  type ReactiveControllerHost,
  type TemplateResult,
} from "lit";
import type { Deal } from "../../generated/dealcast.js";
import { t } from "../../i18n.js";
import { dealLeverButton } from "../../ui/lever.js";
import { activeIn } from "../../ui/root.js";
import type { DraftEdit } from "../events.js";
import { COLUMNS, type ColumnKey, type Row } from "./columns.js";
import { setField } from "./edits.js";
import { amountForm, meddicForm, type SetField, slippageForm } from "./forms.js";
import type { Setting } from "./show.js";

/** Cells with a form. */
export type FormKind = "amount" | "meddic" | "slippage";
const FORMS = { amount: amountForm, meddic: meddicForm, slippage: slippageForm } as const;
/** Room between the form and the edge of the window or its cell, in pixels. */
const GAP = 6;

export class CellForm implements ReactiveController {
  #open: { readonly kind: FormKind; readonly index: number; readonly id: string } | undefined;
  #anchor: HTMLElement | undefined;
  #shown = false;

  constructor(
    private readonly host: ReactiveControllerHost & HTMLElement,
    private readonly edit: (edit: DraftEdit, column: ColumnKey) => void,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    addEventListener("scroll", this.#place, { capture: true, passive: true });
    addEventListener("resize", this.#place);
  }

  hostDisconnected(): void {
    removeEventListener("scroll", this.#place, { capture: true });
    removeEventListener("resize", this.#place);
    this.#open = undefined;
    this.#shown = false;
  }

  open(kind: FormKind, index: number, anchor: HTMLElement, id: string): void {
    this.#open = { kind, index, id };
    this.#anchor = anchor;
    this.host.requestUpdate();
  }

  get isOpen(): boolean {
    return this.#open !== undefined;
  }

  hostUpdated(): void {
    const element = this.#element;
    if (!element || this.#shown) return;
    this.#shown = true;
    element.showPopover();
    this.#place();
    element.querySelector<HTMLElement>("input:checked, select, input")?.focus();
  }

  render(rows: readonly Row[], setting: Setting): TemplateResult | typeof nothing {
    const open = this.#open;
    // The deal may have moved or gone meanwhile.
    const row = open && (rows[open.index]?.deal.deal_id === open.id ? rows[open.index] : undefined);
    if (!open || !row) {
      this.#open = undefined;
      this.#shown = false;
      return nothing;
    }
    const set: SetField = <K extends keyof Deal>(field: K, value: Deal[K] | undefined) =>
      this.edit(setField(row.index, field, value), open.kind);
    const label = COLUMNS.find((column) => column.key === open.kind)?.label ?? "deals.amount";
    const name = row.deal.name || row.deal.deal_id;
    return html`<div
      class="dc-form"
      popover="auto"
      role="dialog"
      aria-label=${t("deals.edit_label", { field: t(label), name })}
      @toggle=${this.#onToggle}
      @keydown=${this.#onKey}
    >
      <p class="dc-form-title">
        <strong>${t(label)}</strong> <span>${name}</span>
        ${open.kind === "meddic" ? nothing : dealLeverButton(row.deal, open.kind)}
      </p>
      ${FORMS[open.kind](row, setting, set)}
      <button type="button" class="dc-button dc-form-close" @click=${this.#close}>${t("deals.done")}</button>
    </div>`;
  }

  get #element(): HTMLElement | null {
    return this.host.querySelector<HTMLElement>(".dc-form");
  }

  readonly #close = () => this.#element?.hidePopover();

  /** Enter in a field takes its value; Escape is the popover's own. */
  readonly #onKey = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === "Enter" && event.target instanceof HTMLInputElement && event.target.type === "radio")
      this.#close();
  };

  readonly #onToggle = (event: Event) => {
    if ((event as ToggleEvent).newState !== "closed") return;
    const active = this.#element ? activeIn(this.#element) : null;
    const elsewhere = active && active !== document.body && !this.#element?.contains(active);
    this.#open = undefined;
    this.#shown = false;
    this.host.requestUpdate();
    if (!elsewhere) this.#anchor?.focus({ preventScroll: true });
  };

  /** Under its cell where there is room, above it otherwise; a sheet at the bottom on a phone (by style). */
  readonly #place = () => {
    const element = this.#element;
    if (!element || !this.#shown || !this.#anchor) return;
    const cell = this.#anchor.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = element;
    const below = cell.bottom + GAP + height <= innerHeight || cell.top < height + GAP;
    const top = below ? Math.min(cell.bottom + GAP, innerHeight - height - GAP) : cell.top - height - GAP;
    const left = Math.min(Math.max(cell.left, GAP), Math.max(innerWidth - width - GAP, GAP));
    element.style.setProperty("--dc-top", `${Math.max(top, GAP)}px`);
    element.style.setProperty("--dc-left", `${left}px`);
  };
}
