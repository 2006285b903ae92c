/** A link opened: its text unpacked, then read with the engine's own checks. */
import type { InputError, Scenario } from "../generated/dealcast.js";
import { t } from "../i18n.js";
import type { Read } from "../state/files.js";
import { type LinkProblem, unpacked } from "./link.js";

/** Why a file or a link was not opened. */
export interface Refused {
  readonly name: string;
  /** Said in place of the errors of a document, where there is no document. */
  readonly why?: string;
  readonly errors: readonly InputError[];
}

export async function readLink(
  value: string,
  read: Read,
): Promise<{ scenario: Scenario } | { refused: Refused }> {
  const name = t("share.link_name");
  const link = await unpacked(value);
  if ("problem" in link) return { refused: { name, why: sentence(link.problem), errors: [] } };
  const answer = await read(link.text);
  return "scenario" in answer ? answer : { refused: { name, errors: answer.errors } };
}

function sentence({ code, params }: LinkProblem): string {
  return t(`share.${code}`, params);
}
