/** “Show the math”: what a figure means, its value with all digits, its formula and its source. */
import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { exactMoney } from "../format.js";
import type { Report } from "../generated/dealcast.js";
import { growthValues } from "../growth/values.js";
import { t } from "../i18n.js";
import { partnerValues } from "../partners/values.js";
import { DEFINITIONS, type Definition, type DefinitionId } from "./definitions.js";
import { Modal } from "./modal.js";
import { replay } from "./replay.js";
import { valueBehind } from "./values.js";
import { wordsOf } from "./words.js";
import "../ui/table-file.js";

@customElement("dc-definition")
export class DefinitionDialog extends Modal {
  @state() private shown: DefinitionId = "prob_at_least_target";

  open(id: DefinitionId): void {
    this.shown = id;
    void this.show();
  }

  protected override heading(): string {
    return t(wordsOf(this.shown).name);
  }

  protected override body(): TemplateResult {
    const definition: Definition = DEFINITIONS[this.shown];
    const report = this.store.report;
    return html`
      <p class="meaning">${t(wordsOf(this.shown).meaning)}</p>
      ${report ? value(this.shown, report) : nothing}
      ${this.shown === "engines" && report?.open_pipeline?.not_exact ? html`<p>${t(`app.not_exact_${report.open_pipeline.not_exact}`)}</p>` : nothing}
      <h3>${t("app.formula")}</h3>
      ${definition.formula.map((line) => html`<p class="formula">${line}</p>`)}
      <p class="symbols">${t(definition.symbols ? `meanings.symbols_${definition.symbols}` : "meanings.symbols")}</p>
      ${definition.source ? html`<h3>${t("app.source")}</h3><p>${definition.source}</p>` : nothing}
      ${report && this.shown === "engines" ? crossCheck(report) : nothing}
      ${report ? html`<p class="replay">${replay(report)}</p>` : nothing}
    `;
  }
}

function value(id: DefinitionId, report: Report) {
  const rows = [...partnerValues(id, report), ...growthValues(id, report)];
  if (rows.length > 0)
    return html`<dl class="values">${rows.map(([label, text]) => html`<div><dt>${label}</dt><dd>${text}</dd></div>`)}</dl>`;
  const found = valueBehind(id, report);
  if (!found) return nothing;
  const row = (label: string, text: string | undefined) =>
    text === undefined ? nothing : html`<div><dt>${label}</dt><dd>${text}</dd></div>`;
  const simulation = report.open_pipeline?.headline_engine === "simulation";
  return html`<dl class="values">
    ${row(simulation ? t("app.value_simulated") : t("app.value"), found.shown)}
    ${row(t("app.value_simulated"), found.simulated)}
    ${row(t("app.standard_error"), found.error)}
    ${row(t("app.apart"), found.apart)}
  </dl>`;
}

/** Every figure that both engines computed, side by side. */
function crossCheck(report: Report) {
  const checks = report.open_pipeline?.cross_check ?? [];
  if (checks.length === 0) return nothing;
  const share = (output: string) => output.startsWith("prob_");
  const number = (output: string, one: number) =>
    share(output) ? one.toPrecision(6) : exactMoney(one, report.currency);
  return html`<div class="scroll"><table>
    <caption>${t("app.cross_check_caption")}</caption>
    <thead>
      <tr>
        <th scope="col">${t("app.figure")}</th>
        <th scope="col">${t("app.value_exact")}</th>
        <th scope="col">${t("app.value_simulated")}</th>
        <th scope="col">${t("app.apart")}</th>
      </tr>
    </thead>
    <tbody>
      ${checks.map(
        (check) => html`<tr>
          <th scope="row">${check.output}</th>
          <td data-value=${check.exact}>${number(check.output, check.exact)}</td>
          <td data-value=${check.simulated}>${number(check.output, check.simulated)}</td>
          <td data-value=${check.difference_in_standard_errors ?? nothing}>${check.difference_in_standard_errors?.toFixed(2) ?? "–"}</td>
        </tr>`,
      )}
    </tbody>
  </table></div>
  <dc-table-file .name=${t("app.cross_check_caption")}></dc-table-file>`;
}

declare global {
  interface HTMLElementTagNameMap {
    "dc-definition": DefinitionDialog;
  }
}
